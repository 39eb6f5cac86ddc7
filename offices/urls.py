"""The addresses of the foundation: the directory of offices."""

from django.urls import path

from offices import views

urlpatterns = [
    path("kantor/", views.office_list, name="office_list"),
]
