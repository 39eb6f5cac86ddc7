"""Mail to the newsroom's people: what happened and where to go on, never a line of what is not published."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from news.digests import Summary
from news.models import Digest, Notice
from news.models.notices import NoticeKind
from news.wording import address_of, next_step_of, sentence_of
from offices.links import site_address

LONGEST_SUBJECT = 150


def mail_of_notice(notice: Notice) -> EmailMultiAlternatives:
    """The mail that tells one notice; actor and announcement must be loaded."""
    sentence = sentence_of(notice)
    context = {
        "sentence": sentence,
        "text": notice.detail if notice.kind == NoticeKind.ANNOUNCED else "",
        "next_step": next_step_of(notice),
        "address": site_address(address_of(notice)),
    }
    return _mail("notice", notice.recipient, sentence, context, key=f"pemberitahuan-{notice.pk}")


def mail_of_digest(digest: Digest, summary: Summary) -> EmailMultiAlternatives:
    """The mail that sums up a person's day."""
    context = {
        "unread": [(sentence_of(notice), site_address(address_of(notice))) for notice in summary.unread],
        "waiting": [
            (title, [(edition.headline, _page_of(edition)) for edition in editions], more)
            for title, editions, more in summary.waiting
        ],
        "more_unread": summary.more_unread,
        "inbox": site_address(reverse("admin:notices")),
    }
    subject = _("Ringkasan meja redaksi: %(unread)d belum dibaca, %(waiting)d menunggu Anda") % {
        "unread": summary.unread_count,
        "waiting": summary.waiting_count,
    }
    return _mail("digest", digest.recipient, subject, context, key=f"ringkasan-{digest.pk}")


def _page_of(edition: Any) -> str:
    return site_address(reverse("admin:news_article_change", args=[edition.article_id]))


def _mail(name: str, recipient: Any, subject: str, context: dict, *, key: str) -> EmailMultiAlternatives:
    """A mail in plain text and HTML; `key` makes its number, which stays the same however often it is tried."""
    everything = {
        **context,
        "recipient": recipient,
        "site_name": settings.SITE_NAME,
        "preferences": site_address(reverse("admin:preferences")),
    }
    host = urlsplit(site_address("/")).hostname
    mail = EmailMultiAlternatives(
        subject=one_line(f"[{settings.SITE_NAME}] {subject}"),
        body=render_to_string(f"news/mail/{name}.txt", everything),
        to=[recipient.email],
        headers={
            "Message-ID": f"<{key}@{host}>",
            "List-Id": f"<meja-redaksi.{host}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    mail.attach_alternative(render_to_string(f"news/mail/{name}.html", everything), "text/html")
    return mail


def one_line(text: str) -> str:
    """`text` without line breaks and control characters, so that it can begin no header of its own."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    words = " ".join(printable.split())
    return words if len(words) <= LONGEST_SUBJECT else f"{words[: LONGEST_SUBJECT - 1]}…"
