"""The addresses of the foundation: the directory of offices, and the links of invitations."""

from django.urls import path

from offices.views import directory, invitations

urlpatterns = [
    path("kantor/", directory.office_list, name="office_list"),
    path("undangan/<str:token>/", invitations.invitation_detail, name="invitation"),
]
