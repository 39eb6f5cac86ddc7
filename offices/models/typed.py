"""Columns for what people type, which keep none of the invisible signs that turn a text around."""

import re
from typing import Any

from django.db import models

TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""The embeddings, overrides and isolates of the Unicode Bidirectional Algorithm; telephones wrap numbers in them."""


class Typed:
    """Mixed into a column: it is the same in the database, so migrations call it by Django's name."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return TURNING.sub("", text) if isinstance(text, str) else text

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs


class Line(Typed, models.CharField):
    """A line, or a few."""


class Prose(Typed, models.TextField):
    """A longer text without markup."""
