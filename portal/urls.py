"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from portal.health import healthz, readyz
from portal.home import home
from portal.media import media
from portal.robots import robots

urlpatterns = [
    path("", home, name="home"),
    path("admin/", admin.site.urls),
    path("akun/", include("offices.signin.urls")),
    path("pusat/", include("portal.dashboard.urls")),
    path("api/v1/", include("portal.api.urls")),
    path("", include("portal.offline.urls")),
    path("", include("offices.urls")),
    path("", include("news.urls")),
    path("media/<path:name>", media, name="media"),
    path("robots.txt", robots, name="robots"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]

handler400 = "portal.errors.bad_request"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"
