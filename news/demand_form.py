"""The form by which a reader demands a reply or a correction: bounded, without a cookie, and wary of machines.

Nobody who reads here has a session, so there is nothing a forged form could abuse and no token for it. Instead the
form carries a signed stamp: of which article it is, and since when. It shows a machine that sends without having
looked, makes one form one demand however often it is pressed, and is worthless after a day.
"""

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from news.models import Article
from news.models.demands import PHONE, WEB_ADDRESS, DemandKind
from offices.signin.addresses import client_address

SALT = "news.demand_form"
QUICKEST = timedelta(seconds=3)
STALE = timedelta(days=1)
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")  # PostgreSQL keeps no NUL, and UTF-8 no half of a pair


class Words(forms.CharField):
    """Text as people type it; what no database can keep is refused, and not shown again."""

    def clean(self, value: Any) -> str:
        if UNSTORABLE.search(value or ""):
            raise ValidationError(_("Isian ini memuat karakter yang tidak dapat disimpan. Tulis kembali."))
        return super().clean(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return UNSTORABLE.sub("", data or "")


class DemandForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Yang Anda minta"),
        choices=[
            (DemandKind.REPLY, _("Hak jawab: nama baik saya atau lembaga saya dirugikan, dan saya ingin menanggapi")),
            (DemandKind.CORRECTION, _("Hak koreksi: ada keterangan yang salah")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih hak jawab atau hak koreksi.")},
    )
    wrong = Words(
        label=_("Bagian yang keliru"),
        help_text=_("Salin kalimatnya dari berita."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tulis bagian berita yang keliru.")},
    )
    right = Words(
        label=_("Yang benar, atau tanggapan Anda"),
        help_text=_("Tulis seperti Anda ingin dibaca orang. Paling panjang 4.000 huruf."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Tulis yang benar menurut Anda.")},
    )
    evidence = Words(
        label=_("Tautan bukti (boleh kosong)"),
        required=False,
        max_length=500,
        validators=[WEB_ADDRESS],
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    name = Words(
        label=_("Nama lengkap"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tulis nama Anda.")},
    )
    capacity = Words(
        label=_("Anda berbicara sebagai"),
        help_text=_("Misalnya: diri sendiri, ketua RT 03, kuasa hukum PT Contoh."),
        max_length=160,
        error_messages={"required": _("Tulis sebagai siapa Anda berbicara.")},
    )
    email = forms.EmailField(
        label=_("Surel"),
        help_text=_("Kami mengirim satu surat konfirmasi; tanpa itu permintaan tidak sampai ke redaksi."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = Words(
        label=_("Telepon"),
        help_text=_("Bila Anda tidak mempunyai surel, redaksi menghubungi nomor ini."),
        required=False,
        max_length=30,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    website = forms.CharField(required=False, max_length=200)
    """Hidden from people; whoever fills it in is a machine."""

    def __init__(self, *args: Any, article: Article, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.article = article
        self.stamp = self.data.get("stamp", "")

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        self._refuse_machines()
        if not (cleaned.get("email") or cleaned.get("phone") or {"email", "phone"} & set(self.errors)):
            self.add_error("email", _("Isi surel atau nomor telepon, supaya redaksi dapat menjawab Anda."))
        cleaned["email"] = cleaned.get("email", "").lower()
        return cleaned

    def _refuse_machines(self) -> None:
        if self.data.get("website"):
            raise ValidationError(_("Kolom tersembunyi ikut terisi. Tekan Kirim sekali lagi."))
        try:
            age = _age_of(self.stamp, self.article)
        except signing.BadSignature:
            self.stamp = ""
            raise ValidationError(
                _("Formulir ini sudah terlalu lama terbuka. Periksa isinya, lalu kirim lagi.")
            ) from None
        if age < QUICKEST:
            raise ValidationError(_("Terlalu cepat. Tunggu beberapa detik, lalu kirim lagi."))

    @property
    def stamp_to_send(self) -> str:
        """The stamp the form carries back: the one it came with while that is good, else a new one."""
        return self.stamp or new_stamp(self.article)

    @property
    def key(self) -> str:
        return hashlib.sha256(self.stamp.encode()).hexdigest()

    def words(self) -> dict[str, Any]:
        """What is kept of a form that is in order."""
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}


def new_stamp(article: Article) -> str:
    return signing.dumps([article.pk, int(timezone.now().timestamp()), secrets.token_hex(8)], salt=SALT)


def _age_of(stamp: str, article: Article) -> timedelta:
    """How long ago `stamp` was made; raises `BadSignature` for one that is forged, stale, or of another article."""
    try:
        key, made_at, _nonce = signing.loads(stamp, salt=SALT)
    except (ValueError, TypeError) as error:
        raise signing.BadSignature from error
    age = timezone.now() - datetime.fromtimestamp(made_at, UTC)
    if key != article.pk or age > STALE:
        raise signing.BadSignature
    return age


def sender_of(request: HttpRequest) -> str:
    """A mark of the address a request comes from, which leads back to no address."""
    return salted_hmac(SALT, client_address(request) or "", algorithm="sha256").hexdigest()
