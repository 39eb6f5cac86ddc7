"""Rows that are only ever added: the base of everything the house must be able to show later."""

from typing import Any

from django.db import models


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a row of the record."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> int:
        raise AppendOnlyError

    def delete(self) -> Any:
        raise AppendOnlyError


class AppendOnly(models.Model):
    """A row that can be added, never changed, never deleted."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, **kwargs: Any) -> Any:
        raise AppendOnlyError
