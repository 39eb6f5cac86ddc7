"""Links that share a page elsewhere: plain addresses, WhatsApp first, no script of anybody else."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True)
class ShareLink:
    label: str
    icon: str
    url: str


def share_links(headline: str, address: str) -> list[ShareLink]:
    """The share links of the page at the absolute `address`."""
    both = f"{headline} {address}"
    return [
        ShareLink("WhatsApp", "whatsapp", f"https://wa.me/?text={quote(both)}"),
        ShareLink("Telegram", "telegram", f"https://t.me/share/url?{urlencode({'url': address, 'text': headline})}"),
        ShareLink("Facebook", "facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': address})}"),
        ShareLink("X", "x", f"https://x.com/intent/post?{urlencode({'text': headline, 'url': address})}"),
    ]
