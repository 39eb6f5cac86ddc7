"""The addresses of the foundation: offices and how to reach them, and the links of invitations."""

from django.urls import path

from offices.views import contact, directory, invitations

urlpatterns = [
    path("kontak/", contact.contact, name="contact"),
    path("kantor/", directory.office_list, name="office_list"),
    path("undangan/<str:token>/", invitations.invitation_detail, name="invitation"),
]
