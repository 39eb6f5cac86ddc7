"""The parts of the article form in the order in which people write."""

from typing import Any

from django.utils.translation import gettext as _

from news.models import Edition

FOLLOWED_BY = "then-"


def writing_order(edition: Edition | None) -> list[tuple[str | None, dict[str, Any]]]:
    """The groups of fields, as Django's fieldsets; a class `then-<rows>` says which rows stand behind a group."""
    first = ("headline", "deck", "rubric")
    published = edition is not None and edition.article.first_published_at
    credits = ("byline", "source") if published else ("byline", "source", "slug")
    groups = [
        (None, {"fields": first if edition else ("office", *first), "classes": ("then-photos",)}),
        (_("Titimangsa"), {"fields": (("dateline_place", "dateline_on"),)}),
        (_("Isi"), {"fields": ("body",), "classes": ("then-quotes", "then-mentions", "then-attachments")}),
        (_("Tag dan agenda"), {"fields": ("tags", "event"), "classes": ("then-picks",)}),
    ]
    if published:
        groups.append((_("Perbaikan"), {"fields": ("correction", "correction_note")}))
    return [*groups, (_("Penulis dan alamat"), {"fields": credits})]


class WrittenInOrder:
    """Mixed into the page of an article: hands its template groups and rows as one list."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["parts"] = _parts(context["adminform"], context["inline_admin_formsets"])
        return super().render_change_form(request, context, add, change, form_url, obj)


def _parts(fieldsets: Any, formsets: list) -> list[dict[str, Any]]:
    """Each group followed by its rows; rows that no group names come behind all of them."""
    rows = {formset.formset.prefix: formset for formset in formsets}
    parts = []
    for fieldset in fieldsets:
        parts.append({"fieldset": fieldset})
        for name in fieldset.classes.split():
            if name.startswith(FOLLOWED_BY) and name.removeprefix(FOLLOWED_BY) in rows:
                parts.append({"rows": rows.pop(name.removeprefix(FOLLOWED_BY))})
    return [*parts, *({"rows": formset} for formset in rows.values())]
