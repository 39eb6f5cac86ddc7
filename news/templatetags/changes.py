"""Two texts as one, with the words that went and came marked."""

from typing import Any

from django import template

from news.changes import word_changes

register = template.Library()


@register.inclusion_tag("news/_word_changes.html", name="word_changes")
def word_changes_of(old: str, new: str) -> dict[str, Any]:
    """`{% word_changes old new %}`: escaped text in which `<del>` and `<ins>` say in words, too, what they are."""
    return {"changes": word_changes(str(old), str(new))}
