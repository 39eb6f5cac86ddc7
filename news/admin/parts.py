"""The parts of an article's form: what each would send, how it reads, and by what mark a change of it is known."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseModelFormSet, ModelChoiceField
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from news.blocks import blocks_of, plain_text
from news.contents import Content, Item, Passage
from news.html import clean_body
from news.models.fields import BodyFormField
from news.typed import DELETED, IDENTITY, Raw, Row, content_of, mark_of, rows_in, with_rows
from news.widgets import TagsField, readable_blocks

SILENT = {IDENTITY, DELETED, "edition", "version"}


class Parts:
    """The fields and kinds of rows of one form as it stands in the database; unbound, so that nothing is typed yet."""

    def __init__(self, form: forms.ModelForm, formsets: list[BaseModelFormSet]):
        self.form = form
        self.rows = {formset.prefix: formset for formset in formsets}
        self.names = [bound.name for bound in form.visible_fields() if bound.name not in SILENT]

    @property
    def stored(self) -> Row:
        """What the untouched form would send."""
        sent = {name: _sent(self.form[name]) for name in self.names}
        for prefix, formset in self.rows.items():
            stored = [_row_sent(form) for form in formset.initial_forms]
            sent |= with_rows(prefix, stored, [])
        return sent

    def marks(self) -> dict[str, Any]:
        """By which a later comparison knows what somebody changed: one for every field, one for every row."""
        stored = self.stored
        fields = {name: self.mark(name, stored) for name in self.names}
        return {**fields, "rows": {prefix: self.row_marks(prefix, stored) for prefix in self.rows}}

    def row_marks(self, prefix: str, raw: Raw) -> dict[str, str]:
        return {row[IDENTITY]: mark_of(content_of(row)) for row in self.typed_rows(prefix, raw)}

    def mark(self, name: str, raw: Raw) -> str:
        return mark_of(_plain(self.form.fields[name], raw.get(name, "")))

    def typed_rows(self, prefix: str, raw: Raw) -> list[Row]:
        """The rows of `raw` that say something, with every field of the form, in the form's own spelling."""
        empty = self.rows[prefix].empty_form
        untouched = _row_sent(empty)
        found = []
        for row in rows_in(raw, prefix):
            complete = {
                name: _plain(empty.fields[name], row.get(name, "")) if name not in SILENT else row.get(name, "")
                for name in untouched
            }
            if row.get(DELETED):
                complete[DELETED] = "on"
            if row.get(IDENTITY) or content_of(complete) != content_of(untouched):
                found.append(complete)
        return found

    def label(self, name: str) -> str:
        if name in self.rows:
            return str(self.rows[name].model._meta.verbose_name_plural).capitalize()
        return str(self.form[name].label).capitalize()

    def in_words(self, raw: Raw) -> Content:
        """`raw` as it reads, for laying it beside another; the parts keep the order of the form."""
        texts = [name for name in self.names if name != "body"]
        return Content(
            texts={name: _words(self.form.fields[name], raw.get(name, "")) for name in texts},
            body_label="body",
            body=tuple(_passages(raw.get("body", ""))),
            lists={prefix: tuple(self._items(prefix, raw)) for prefix in self.rows},
        )

    def _items(self, prefix: str, raw: Raw) -> Iterator[Item]:
        fields = self.rows[prefix].empty_form.fields
        for number, row in enumerate(self.typed_rows(prefix, raw)):
            lines = [
                f"{fields[name].label}: {words}"
                for name, value in content_of(row).items()
                if not fields[name].widget.is_hidden and (words := _words(fields[name], value))
            ]
            if not row.get(DELETED):
                yield Item(row[IDENTITY] or f"new-{number}", "\n".join(lines) or _("(kosong)"))


def _passages(body: str) -> Iterator[Passage]:
    blocks = blocks_of(clean_body(body))
    for block, readable in zip(blocks, readable_blocks(blocks)):
        yield Passage(plain_text(readable), block.html)


def _row_sent(form: forms.ModelForm) -> Row:
    return {name: _sent(form[name]) for name in form.fields if name not in (DELETED, "edition")}


def _sent(bound: forms.BoundField) -> str:
    """What the untouched field would send."""
    value = bound.value()
    if isinstance(bound.field, ModelChoiceField | BodyFormField):
        return "" if value is None else str(value)
    formatted = bound.field.widget.format_value(value)
    return "" if formatted is None else str(formatted[0] if isinstance(formatted, list) else formatted)


def _plain(field: forms.Field, raw: str) -> str:
    """`raw` as it would be stored, as far as that can be told without asking the database."""
    if isinstance(field, BodyFormField):
        return clean_body(raw)
    text = " ".join(raw.split()) if not isinstance(field.widget, forms.Textarea) else raw.replace("\r\n", "\n").strip()
    if isinstance(field, TagsField):
        return ", ".join(sorted(" ".join(name.split()) for name in raw.split(",") if name.strip()))
    if isinstance(field, forms.DateField | forms.IntegerField):
        try:
            value = field.to_python(text)
        except ValidationError:
            return text
        return "" if value is None else str(value)
    return text


def _words(field: forms.Field, raw: str) -> str:
    """`raw` as a person reads it; what cannot be chosen here has no name."""
    if isinstance(field, ModelChoiceField):
        try:
            row = field.to_python(raw)
        except (ValidationError, ValueError, OverflowError):
            return _("(pilihan yang tidak tersedia)")
        return field.label_from_instance(row) if row is not None else ""
    if isinstance(field, forms.DateField):
        try:
            day = field.to_python(raw)
        except ValidationError:
            return raw
        return date_format(day, "l, j F Y") if day else ""
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(raw, raw)) if raw else ""
    return _plain(field, raw)
