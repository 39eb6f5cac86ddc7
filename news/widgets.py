"""Widgets of the newsroom's forms."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ckeditor.widgets import CKEditorWidget
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from taggit.forms import TagField, TagWidget

from news.html import LONGEST_MARKUP, Block, blocks_of, clean_body
from offices.admin.scoping import SearchSelect
from offices.models.typed import TURNING

if TYPE_CHECKING:
    from news.models import Tag


class CKEditorBodyWidget(CKEditorWidget):
    """CKEditor 4 with the minimal toolbar of the configuration "article", our two plugins, and no uploader."""

    def __init__(self) -> None:
        plugins = [(name, static(f"editor/{name}/"), "plugin.js") for name in ("bacajuga", "tempel")]
        super().__init__(config_name="article", external_plugin_resources=plugins)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        self.config["bacaJugaUrl"] = reverse("admin:news_article_choose")
        return super().get_context(name, value, attrs)

    def format_value(self, value: Any) -> str:
        """The stored body with a readable text inside each placeholder; the sanitiser takes it out again on saving."""
        if len(value or "") > LONGEST_MARKUP:
            return escape(value)  # refused, and shown with every word
        return "\n".join(readable_blocks(blocks_of(clean_body(value or ""))))


class TagsWidget(TagWidget):
    """Names between commas; with scripts a field that suggests the tags in use, with how often each is used."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(name, value, {**(attrs or {}), "data-suggest": reverse("admin:news_article_tags")})


class TagsField(TagField):
    """Takes the spelling that is in use already, so that "rakornas" beside "Rakornas" is no change."""

    def clean(self, value: Any) -> list[str]:
        from news.tagging import settled  # its models import the field of the body, which names this module

        return settled(super().clean(value))


def tags_from_text(text: str) -> list[str]:
    """The names between the commas, sorted; one of several words needs no quotes, and those it has go."""
    names = TURNING.sub("", text).replace('"', " ").split(",")
    return sorted({" ".join(name.split()) for name in names} - {""})


def text_from_tags(tags: "Iterable[Tag]") -> str:
    """Tags as they are typed."""
    return ", ".join(sorted(tag.name for tag in tags))


def readable_blocks(blocks: list[Block]) -> list[str]:
    """The markup of every block, with a text inside each placeholder; one query for all."""
    headlines = _headlines({block.article for block in blocks if block.article})
    return [_readable(block, headlines) for block in blocks]


def _headlines(article_ids: set[int]) -> dict[int, str]:
    """The headlines of those of the articles that are public: a forged id shows nothing of a draft."""
    from news.models import Article  # the models import the field, which names this widget

    if not article_ids:
        return {}
    public = Article.objects.published().filter(pk__in=article_ids)
    return dict(public.values_list("pk", "live_edition__headline"))


def _readable(block: Block, headlines: dict[int, str]) -> str:
    if block.article:
        label = _("Baca juga: %s") % headlines.get(block.article, _("artikel %d (tidak terbit)") % block.article)
        return f'<div class="baca-juga" contenteditable="false" data-article="{block.article}">{escape(label)}</div>'
    if block.quote:
        label = _("Kutipan %d") % block.quote
        return f'<div class="kutipan" contenteditable="false" data-quote="{block.quote}">{escape(label)}</div>'
    return block.html


class ArticleChooser(SearchSelect):
    """Search-as-you-type over the published articles of every office and the drafts in one's scope.

    The article whose key is `beside` is not offered: it is the one that they will stand beside.
    """

    beside: int | None = None

    def get_url(self) -> str:
        address = reverse("admin:news_article_choose")
        return f"{address}?beside={self.beside}" if self.beside else address
