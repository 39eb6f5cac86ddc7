"""The web app manifest: how the portal is called, looks and opens where a reader installs it."""

from collections.abc import Iterator
from textwrap import shorten
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

PAPER = "#fbfaf7"  # --paper of `static/css/tokens.css`
LONGEST_UNDER_AN_ICON = 12
SHORTCUTS = (
    (_("Berita terbaru"), "article_list"),
    (_("Cari"), "search"),
    (_("Agenda"), "event_list"),
    (_("Simpanan"), "shelf"),
)


def manifest(request: HttpRequest) -> JsonResponse:
    """Names, icons, colours and shortcuts, as https://www.w3.org/TR/appmanifest/ has them."""
    content = {
        "id": reverse("home"),
        "name": settings.SITE_NAME,
        "short_name": _short(settings.SITE_NAME),
        "description": settings.SITE_TAGLINE,
        "lang": "id",
        "dir": "ltr",
        "start_url": reverse("home"),
        "scope": reverse("home"),
        "display": "minimal-ui",
        "theme_color": PAPER,
        "background_color": PAPER,
        "categories": ["news", "government"],
        "icons": [_icon("any", 192), _icon("any", 512), _icon("maskable", 192), _icon("maskable", 512)],
        "shortcuts": list(_shortcuts()),
    }
    return JsonResponse(content, content_type="application/manifest+json")


def _short(name: str) -> str:
    """As many whole words of the name as stand beneath an icon."""
    return shorten(name, LONGEST_UNDER_AN_ICON, placeholder="") or name[:LONGEST_UNDER_AN_ICON]


def _icon(purpose: str, size: int) -> dict[str, str]:
    source = static(f"icons/{purpose}-{size}.png")
    return {"src": source, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _shortcuts() -> Iterator[dict[str, Any]]:
    for label, name in SHORTCUTS:
        try:
            yield {"name": label, "url": reverse(name), "icons": [_icon("any", 192)]}
        except NoReverseMatch:
            continue
