"""What `manage.py check` says about settings with which hubs would be told nothing that they can use."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def hubs_can_be_told(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Every hub is an address of the web, and the portal knows its own, which is all that it tells them."""
    faulty = [hub for hub in settings.WEBSUB_HUBS if not _is_address(hub)]
    found: list[CheckMessage] = [Error(f"WEBSUB_HUBS holds no address: {hub}", id="news.E001") for hub in faulty]
    if settings.WEBSUB_HUBS and not settings.SITE_URL:
        found.append(Error("WEBSUB_HUBS needs SITE_URL: hubs fetch feeds by their full address.", id="news.E002"))
    return found


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("https", "http") and bool(parts.hostname)
