"""The addresses of what a reader's browser keeps."""

from django.urls import path

from portal.offline import manifest, shelf, worker

urlpatterns = [
    path("sw.js", worker.service_worker, name="service_worker"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
    path("luring/", shelf.offline, name="offline"),
    path("simpanan/", shelf.shelf, name="shelf"),
]
