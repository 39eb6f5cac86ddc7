"""The widget on other sites: which news it shows, how many of them, in which colours, and the code that places it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Article
from news.queries import PARAMETERS, Filters, public_headlines
from news.views.lists import label_of

NUMBERS = range(3, 11)
USUAL_NUMBER = 5
AUTO = "otomatis"
THEMES = {
    AUTO: gettext_lazy("Mengikuti perangkat pembaca"),
    "terang": gettext_lazy("Terang"),
    "gelap": gettext_lazy("Gelap"),
}
HEAD_PX, ROW_PX = 116, 100  # as tall as `embed.css` draws the frame around its rows, and a row of three lines


@dataclass(frozen=True)
class Embed:
    """What a widget shows. `problems` are sentences about values that cannot be understood; it is empty meanwhile."""

    filters: Filters
    number: int = USUAL_NUMBER
    theme: str = AUTO
    problems: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Read the parameters of an address. Raises `Http404` for a name that nobody has."""
        filters = Filters.from_query(query)
        number, theme = query.get("jumlah") or str(USUAL_NUMBER), query.get("tema") or AUTO
        known = number in {str(n) for n in NUMBERS}
        return cls(
            filters=filters,
            number=int(number) if known else USUAL_NUMBER,
            theme=theme if theme in THEMES else AUTO,
            problems=(*filters.problems, *_problems(known, theme)),
        )

    def articles(self) -> list[Article]:
        """The newest public articles it shows, in one query."""
        return [] if self.problems else list(self.filters.apply(public_headlines())[: self.number])

    def as_query(self) -> dict[str, str]:
        """The parameters that say the same again, without what goes without saying."""
        chosen = {"jumlah": str(self.number), "tema": self.theme}
        usual = {"jumlah": str(USUAL_NUMBER), "tema": AUTO}
        return self.filters.as_query() | {name: value for name, value in chosen.items() if value != usual[name]}

    @property
    def title(self) -> str:
        """What it is about, in a reader's words: "Berita Provinsi Bali, Ekonomi"."""
        labels = [label_of(self.filters, name) for name in PARAMETERS if getattr(self.filters, name)]
        return _("Berita %(about)s") % {"about": ", ".join(labels)} if labels else _("Berita daerah")

    @property
    def height(self) -> int:
        """How tall the frame is, in px, so that its rows fit without scrolling on a phone."""
        return HEAD_PX + ROW_PX * self.number

    def code(self, address: str) -> SafeString:
        """The HTML that places the widget at `address` on any page, without a script."""
        return format_html(
            '<iframe src="{}" title="{}" height="{}" style="width: 100%; border: 0" loading="lazy"></iframe>',
            address,
            self.title,
            str(self.height),
        )


def _problems(number_is_known: bool, theme: str) -> Iterator[str]:
    if not number_is_known:
        yield _("Jumlah berita antara %(first)d dan %(last)d.") % {"first": NUMBERS[0], "last": NUMBERS[-1]}
    if theme not in THEMES:
        yield _("Pilih tema otomatis, terang, atau gelap.")
