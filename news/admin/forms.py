"""The forms in which an edition and its rows are written."""

from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.addresses import fault_of
from news.models import Article, Edition, Tag
from news.readiness.headlines import hints
from news.refusals import StaleVersion
from news.widgets import TagsField, TagsWidget
from offices.models import Office

CONTENT = (
    "headline",
    "deck",
    "rubric",
    "dateline_place",
    "dateline_on",
    "body",
    "tags",
    "event",
    "byline",
    "source",
    "correction",
    "correction_note",
)


class EditionForm(forms.ModelForm):
    """The content of one edition and the version it was loaded with; without it, or with a stale one, it is refused."""

    office = forms.ModelChoiceField(label=_("Kantor"), queryset=Office.objects.none(), empty_label=None)
    slug = forms.SlugField(
        label=_("Alamat"),
        max_length=90,
        required=False,
        help_text=_("Mengikuti judul selama dikosongkan. Tetap sejak pertama terbit."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Edition
        fields = CONTENT
        widgets = {"deck": forms.Textarea(attrs={"rows": 3, "class": "vTextField"}), "tags": TagsWidget}
        field_classes = {"tags": TagsField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        started = self.instance.pk is not None
        if started:
            self.fields.pop("office", None)
            self.initial.update(version=self.instance.version, slug=self.instance.article.slug)
        if not started or not self.instance.article.first_published_at:
            self.fields.pop("correction", None)
            self.fields.pop("correction_note", None)
        else:
            self.fields.pop("slug", None)
        self._hint()

    def _hint(self) -> None:
        """Hand the numbers and sentences of the checklist, and the address to come, to the hints of the form."""
        office = self.instance.article.office if self.instance.pk else None
        today = timezone.localdate(timezone=office.region.zone if office else None)
        of_slug = {"slug": {"data-follows": "id_headline", "data-prefix": f"{reverse('article_list')}{today:%Y/%m}/"}}
        of_body = {"body": {"data-beside": str(self.instance.article_id or "")}}
        for name, attributes in {**hints(), **of_slug, **of_body}.items():
            if name in self.fields:
                self.fields[name].widget.attrs.update(attributes)

    def clean_deck(self):
        return " ".join(self.cleaned_data["deck"].split())

    def clean_tags(self):
        """Refuse a tag that its table or its address cannot hold."""
        names = self.cleaned_data["tags"]
        for name in names:
            try:
                Tag(name=name).full_clean(exclude=["slug"], validate_unique=False, validate_constraints=False)
            except ValidationError as error:
                raise ValidationError(error.messages) from error
        return names

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        if slug and (fault := fault_of(slug)):
            raise ValidationError(fault)
        return slug

    def clean(self):
        cleaned = super().clean()
        if "_shown" in self.data:
            raise ValidationError("", code="shown")
        if self.instance.pk and cleaned.get("version") != self._stored_version():
            raise ValidationError(str(StaleVersion()), code="stale")
        return cleaned

    def _stored_version(self) -> int:
        return Edition.objects.values_list("version", flat=True).get(pk=self.instance.pk)


class StepForm(forms.Form):
    """What accompanies a step: the version that was on the screen, and a reason, a moment or a target where due.

    `due_at` is typed on the clock of the office, whose `zone` is given; `redirect_to` is the address of an article.
    """

    edition = forms.IntegerField()
    version = forms.IntegerField()
    note = forms.CharField(max_length=1_000, required=False)
    due_at = forms.DateTimeField(label=_("Waktu"), input_formats=["%Y-%m-%dT%H:%M"], required=False)
    redirect_to = forms.CharField(label=_("Alihkan ke"), max_length=300, required=False)

    def __init__(self, *args, zone: ZoneInfo, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_due_at(self):
        moment = self.cleaned_data["due_at"]
        return on_the_clock(moment, self.zone) if moment else None

    def clean_redirect_to(self):
        address = self.cleaned_data["redirect_to"].strip()
        return article_at(address) if address else None


def on_the_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment that a form has read on the clock of the settings, as it was meant: on the clock of `zone`."""
    return timezone.make_naive(moment).replace(tzinfo=zone)


def article_at(address: str) -> Article:
    """The article whose page `address` is, a full one or its path; raises `ValidationError` where there is none."""
    try:
        found = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        found = None
    if found is not None and found.url_name == "article_detail":
        year, month, slug = found.args or found.kwargs.values()
        article = Article.objects.filter(addresses__year=year, addresses__month=int(month), addresses__slug=slug)
        if article := article.first():
            return article
    raise ValidationError(_("Tidak ada berita di alamat itu. Salin alamat berita terbit yang dituju."))


def name_halves(form: forms.BaseForm, *names: str) -> None:
    """Day and hour are two boxes under one label that names neither; say to listeners which is which."""
    for name in names:
        if name in form.fields:
            day, hour = form.fields[name].widget.widgets
            day.attrs["aria-label"] = _("%(label)s: tanggal") % {"label": form.fields[name].label}
            hour.attrs["aria-label"] = _("%(label)s: jam") % {"label": form.fields[name].label}
