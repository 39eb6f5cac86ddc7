"""The rows that belong to an edition, as parts of its form."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery

from news.admin.attachment_forms import EditionAttachmentForm
from news.admin.photo_forms import FOCAL, EditionPhotoForm
from news.admin.photos import focal_picker
from news.models import Article, Edition, EditionAttachment, EditionPhoto, Mention, Quote, RelatedPick
from news.models.related import MOST_PICKS
from news.widgets import ArticleChooser
from offices.admin.scoping import CompleteFormSet, ScopedInline
from offices.scope import rows_in_scope


class EditionInline(ScopedInline):
    """Rows of an edition: whoever may write in the edition may change them."""

    parent_admin_model = Article


class PhotoInline(EditionInline, admin.StackedInline):
    model = EditionPhoto
    form = EditionPhotoForm
    autocomplete_fields = ("photo",)
    fields = ("photo", "position", "picture", FOCAL, "caption", "credit", "alt")
    readonly_fields = ("picture",)
    verbose_name_plural = "Foto (yang pertama menjadi foto utama)"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("photo")

    def get_fields(self, request, obj=None):
        return self.fields if self.has_change_permission(request, obj) else [f for f in self.fields if f != FOCAL]

    @admin.display(description="titik fokus")
    def picture(self, row):
        return focal_picker(row.photo if row.photo_id else None, row.alt)


class LaterFormSet(CompleteFormSet):
    """Rows of which a form that was opened before they were offered says nothing: it is saved, and changes none."""

    def __init__(self, data=None, *args, prefix=None, **kwargs):
        if data is not None and f"{prefix}-TOTAL_FORMS" not in data:
            data = {**data.dict(), f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
        super().__init__(data, *args, prefix=prefix, **kwargs)


class AttachmentInline(EditionInline, admin.StackedInline):
    model = EditionAttachment
    form = EditionAttachmentForm
    formset = LaterFormSet
    autocomplete_fields = ("attachment",)
    verbose_name_plural = "Lampiran"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("attachment")


class MentionInline(EditionInline, admin.StackedInline):
    model = Mention
    autocomplete_fields = ("official", "appointment")

    def get_queryset(self, request):
        place = "appointment__position__office__region"
        return super().get_queryset(request).select_related("official", "appointment__official", place)


class QuoteInline(EditionInline, admin.StackedInline):
    model = Quote
    fields = ("number", "kind", "text", "speaker", "attribution")
    autocomplete_fields = ("speaker",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("speaker__official", "speaker__position__office__region")


class PickInline(EditionInline, admin.StackedInline):
    model = RelatedPick
    fields = ("article", "position")
    max_num = MOST_PICKS

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "article":
            kwargs["queryset"] = choosable_articles(request.user)
            kwargs["widget"] = ArticleChooser(db_field, self.admin_site)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "article":
            field.label_from_instance = choice_label
        return field

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        if obj is not None and "article" in formset.form.base_fields:
            formset.form.base_fields["article"].widget.widget.beside = obj.article_id
        return formset

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("article__live_edition")


def choosable_articles(user):
    """The articles that may be pointed to: every published one, and what one's scope shows besides."""
    published = Article.objects.published()
    in_reach = rows_in_scope(user, Article.objects.all())
    newest = Edition.objects.filter(article=OuterRef("pk")).order_by("-number").values("headline")[:1]
    found = (published | in_reach).annotate(newest_headline=Subquery(newest))
    return found.select_related("live_edition", "office__region").defer("live_edition__body")


def choice_label(article: Article) -> str:
    """How an article is offered and shown as a choice; `choosable_articles` has loaded what it needs."""
    headline = article.live_edition.headline if article.live_edition else article.newest_headline
    return f"{headline} — {article.office.region.name}"


EDITION_INLINES = (PhotoInline, AttachmentInline, QuoteInline, MentionInline, PickInline)
