"""How deep a parser has to go, counted; and that ordinary texts are left as they are."""

from html.parser import HTMLParser

import nh3
import pytest
from django.core.exceptions import ValidationError

from news import html
from news.html import LONGEST_MARKUP, clean_body, plain_text
from news.models import Edition
from news.nesting import DEEPEST, shallow

LEVELS = 2 * DEEPEST + 100
NAMES = {"div", "b", "blockquote", "ul", "li", "table", "tbody", "tr", "td", "p", "i", "section", "em", "object", "dl"}
TRICKS = {
    "one element": "<div>",
    "several": "<blockquote><ul><li>",
    "an end in a comment": "<div><!--</div>-->",
    "an end in an open comment": "<div><!--</div>",
    "an end in an attribute": '<div><b title="></b></div></i><i title=">',
    "an end behind a table": "<div><table></div></table>",
    "an end in plain text": "<xmp><!--</xmp><div><xmp>--></div></xmp>",
    "an end in an unquoted attribute": '<div a=x" b="></div><div c="y">',
    "cells": "<table><tr><td>",
    "formats that come again": "<p><b id=1></p>",
    "capitals": "<DIV>",
    "ends of others": "<div></b></i></p>",
}


class Depth(HTMLParser):
    """How many elements of well-formed markup are open at once, at the most."""

    def __init__(self, markup):
        super().__init__()
        self.now = self.most = 0
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.now += tag != "br"
        self.most = max(self.most, self.now)

    def handle_endtag(self, tag):
        self.now -= 1


def depth_in_a_browser(markup):
    return Depth(nh3.clean(markup, tags=NAMES, attributes={}, link_rel=None)).most


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_takes_the_parser_deeper(trick):
    markup = f"{TRICKS[trick] * LEVELS}dasar"

    assert depth_in_a_browser(shallow(markup)) <= 2 * DEEPEST  # a browser adds the `tbody` that tables leave out
    assert ("dasar" in clean_body(markup)) is (trick != "an end in an open comment")  # which takes all that follows
    assert clean_body(clean_body(markup)) == clean_body(markup)


def test_without_it_the_parser_would_go_all_the_way():
    assert depth_in_a_browser("<div>" * LEVELS + "dasar") == LEVELS
    assert depth_in_a_browser(TRICKS["an end in an attribute"] * LEVELS + "dasar") >= LEVELS


def test_a_text_with_few_tags_is_not_touched():
    markup = "<p title=a>1 < 2 <b>kata<p><!-- a -->" * (DEEPEST // 5)
    assert shallow(markup) == markup


def test_a_long_text_of_ours_is_not_touched():
    cell = '<p><strong>Kata</strong>, <a href="/a?b=1&amp;c=2" title="&lt;a&gt;" rel="noopener nofollow">x</a>.</p>'
    quote = '<div class="baca-juga" data-article="12"></div>\n<blockquote><p>1 &lt; 2<br>tiga</p></blockquote>'
    markup = f"{cell}\n{quote}\n<ul><li>Satu<ul><li>Dua</li></ul></li></ul>\n" * DEEPEST
    assert shallow(markup) == markup


def test_ends_that_were_left_out_are_put_in_and_no_word_is_lost():
    assert shallow("<p>a<p>b<ul><li>c<li>d</ul>" * DEEPEST).startswith("<p>a</p><p>b<ul><li>c</li><li>d</li></ul></p>")
    assert plain_text(clean_body("<table><tr><td>a<td>b</table>" * DEEPEST)) == " ".join(["a b"] * DEEPEST)
    assert clean_body(f"<p>1 < 2</p>{'<br>' * DEEPEST}<p>3 <- 4</p>") == "<p>1 &lt; 2</p>\n<p>3 &lt;- 4</p>"


def test_what_a_word_processor_hides_in_comments_stays_hidden():
    mark = "<!--[if !mso]><!--><p><!--[if !supportLists]-->a<!--[endif]--></p>"
    item = f"{mark}<!--[if gte mso 9]><xml><b>Normal 0</b></xml><![endif]--><!-->"
    few, many = clean_body(item), clean_body(item * DEEPEST)
    assert (few, many) == ("<p>a</p>", "\n".join(["<p>a</p>"] * DEEPEST))


def test_nothing_beyond_what_is_read_reaches_the_parser(monkeypatch):
    read = []
    monkeypatch.setattr(html, "shallow", lambda markup: read.append(len(markup)) or markup)
    clean_body("kata " * LONGEST_MARKUP)
    assert read == [LONGEST_MARKUP]


def test_a_body_that_is_too_long_is_refused_without_being_cleaned_and_shown_with_every_word(monkeypatch):
    read = []
    monkeypatch.setattr(html, "shallow", lambda markup: read.append(len(markup)) or markup)
    field, typed = Edition._meta.get_field("body").formfield(), "kata " * 210_000 + "<b>penghabisan"

    with pytest.raises(ValidationError, match="200000 karakter"):
        field.clean(typed)
    assert field.has_changed("<p>Kata.</p>", typed)
    assert field.widget.format_value(typed).endswith("&lt;b&gt;penghabisan")
    assert read == []
