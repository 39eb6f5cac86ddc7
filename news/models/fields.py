"""The column that holds an article's body, and the one place that knows which widget edits it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.utils.module_loading import import_string

from news.html import clean_body

NO_NUL = ProhibitNullCharactersValidator()


class BodyFormField(forms.CharField):
    """Compares what would be stored, not what an editor widget makes of it; what is too long to be, it never cleans."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        is_too_long = self.max_length is not None and len(data or "") > self.max_length
        return is_too_long or clean_body(initial or "") != clean_body(data or "")


class ArticleBodyField(models.TextField):
    """Rich text, sanitised whenever it is written: by `save()`, `update()` and `bulk_update()` alike.

    The widget is named by the setting `ARTICLE_BODY_WIDGET`; changing it needs no migration.
    """

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return super().get_db_prep_save(clean_body(value) if isinstance(value, str) else value, connection)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(
            **{"form_class": BodyFormField, **kwargs, "widget": import_string(settings.ARTICLE_BODY_WIDGET)()}
        )
