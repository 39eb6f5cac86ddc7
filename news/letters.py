"""Letters to people outside the newsroom who demanded a correction: neutral until they have confirmed their address."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.demands import CONFIRM_WITHIN, token_of
from news.mail import one_line
from news.models import DemandLetter
from news.models.demands import DemandState, LetterKind
from news.states import PublicState
from offices.links import site_address

SUBJECTS = {
    LetterKind.CONFIRM: gettext_lazy("Konfirmasikan permintaan %(number)s"),
    LetterKind.OPENED: gettext_lazy("Permintaan %(number)s sudah sampai ke redaksi"),
    LetterKind.CORRECTED: gettext_lazy("Koreksi atas permintaan %(number)s sudah terbit"),
    LetterKind.REFUSED: gettext_lazy("Jawaban atas permintaan %(number)s"),
    LetterKind.RESOLVED: gettext_lazy("Jawaban atas permintaan %(number)s"),
}


def letter_mail(letter: DemandLetter) -> EmailMessage:
    """The mail of `letter`, whose demand is loaded with its article's office.

    The one that asks for confirmation goes to an address that somebody typed: it holds no word of theirs, so that
    nobody can send others anything through us.
    """
    demand = letter.demand
    article = demand.article
    context = {
        "demand": demand,
        "office": article.office,
        "region": article.office.region,
        "headline": one_line(demand.edition.headline),
        "article_url": site_address(article.get_absolute_url()) if article.public_state == PublicState.LIVE else "",
        "status_url": site_address(reverse("demand_status", args=[token_of(demand)])),
        "guidelines_url": site_address(reverse("guidelines")),
        "days": CONFIRM_WITHIN.days,
        "site_name": settings.SITE_NAME,
    }
    host = urlsplit(site_address("/")).hostname
    subject = SUBJECTS[LetterKind(letter.kind)] % {"number": demand.number}
    return EmailMessage(
        subject=one_line(f"[{settings.SITE_NAME}] {subject}"),
        body=render_to_string(f"news/mail/demand_{letter.kind}.txt", context),
        to=[demand.email],
        headers={
            "Message-ID": f"<permintaan-{demand.number.lower()}-{letter.kind}@{host}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def reason_to_drop_letter(letter: DemandLetter) -> str:
    """Why a letter that was owed is not sent after all, as a sentence; empty where it is to be sent."""
    if not letter.demand.email:
        return _("Data pribadi peminta sudah dihapus.")
    if letter.kind == LetterKind.CONFIRM and letter.demand.state != DemandState.RECEIVED:
        return _("Permintaan sudah dikonfirmasi.")
    return ""
