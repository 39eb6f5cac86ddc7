"""The address a request comes from, believed only as far as trusted proxies have written it down."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The client's address; of an IPv6 address the first 64 bits, because one household holds all of the others.

    Every proxy adds to the right of `X-Forwarded-For` the address it was called from. So with `TRUSTED_PROXIES` of
    them the entry that many from the right is the last one that nobody outside could write.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    named = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    proxies = settings.TRUSTED_PROXIES
    if proxies and len(named) >= proxies:
        return _household(named[-proxies]) or _household(peer)
    return _household(peer)


def _household(text: str) -> str | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address.packed, 64), strict=False).network_address)
    return str(address)
