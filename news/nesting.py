"""Markup brought to a depth that a parser can follow without walking back through thousands of open elements."""

import re
from typing import Final

DEEPEST = 500
VOID = frozenset({"br", "hr", "img", "wbr"})
CLOSED_BY_ITSELF = frozenset({"p", "li", "td", "th", "tr", "dd", "dt"})
_TOKEN: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>|<[!?/][^<>]*>|<")
_ATTRIBUTE: Final = re.compile(r"""(?<![\w-])[a-zA-Z][\w-]*+\s*+=\s*+(?:"[^"]*"|'[^']*')""")


def shallow(markup: str) -> str:
    """`markup` with at most `DEEPEST` elements open at once; words stay, and so does all of a text with few tags.

    A parser looks through its open elements at every tag, so its time grows with the square of their depth. Whatever
    could be read in two ways, so that an end tag is none, is written anew: closed in order, attributes in quotes.
    """
    return markup if markup.count("<") <= DEEPEST else _Writer().write(_without_comments(markup))


def _without_comments(markup: str) -> str:
    """Each ends at the next mark of an end, whatever else begins in it; one without an end takes all that follows."""
    kept, at = [], 0
    while (start := markup.find("<!--", at)) >= 0:
        kept.append(markup[at:start])
        end = markup.find("-->", start + 2)  # "<!-->" is a whole one
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join([*kept, markup[at:]])


class _Writer:
    """Writes every tag of some markup anew, with the elements that are open."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def write(self, markup: str) -> str:
        return _TOKEN.sub(self._written, markup)

    def _written(self, found: re.Match[str]) -> str:
        is_end, name = found[1], (found[2] or "").lower()
        if not name:
            return "&lt;" if found[0] == "<" else ""
        return self._end(name) if is_end else self._start(name, found[3])

    def _start(self, name: str, attributes: str) -> str:
        before = self._end(name) if name in CLOSED_BY_ITSELF and self._open[-1:] == [name] else ""
        if name not in VOID:
            if len(self._open) >= DEEPEST:
                return " "
            self._open.append(name)
        return f"{before}<{' '.join([name, *_ATTRIBUTE.findall(attributes)])}>"

    def _end(self, name: str) -> str:
        if name not in self._open:
            return ""
        ended = ""
        while not ended.endswith(f"</{name}>"):
            ended += f"</{self._open.pop()}>"
        return ended
