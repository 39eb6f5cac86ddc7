"""The addresses of the dashboard."""

from django.urls import path

from portal.dashboard import views

urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("berita/", views.dashboard_rows, name="dashboard_rows"),
    path("unduh/<slug:kind>.csv", views.dashboard_export, name="dashboard_export"),
]
