"""Hostile and clumsy markup, and what the one sanitiser leaves of it."""

import re
import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from news.html import Block, blocks_of, clean_body, plain_text, quote_block, read_also_block

TAGS = {"p", "h2", "h3", "blockquote", "ul", "ol", "li", "strong", "em", "a", "br", "div"}
TOP_LEVEL = {"p", "h2", "h3", "blockquote", "ul", "ol", "div"}
ATTRIBUTES = {"a": {"href", "title", "rel"}, "div": {"class", "data-article", "data-quote"}}
SCHEMES = {"", "http", "https", "mailto", "tel"}


class Reading(HTMLParser):
    """The elements and attributes of some markup, as a parser reads them."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.attributes, self.other = set(), set(), []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(tag, name, value) for name, value in attrs}

    def handle_comment(self, data):
        self.other.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_harmless(cleaned):
    reading = Reading(cleaned)
    assert reading.tags <= TAGS
    assert reading.other == []
    for tag, name, value in reading.attributes:
        assert name in ATTRIBUTES.get(tag, ())
        if name == "href":
            assert urlsplit(re.sub(r"[\x00-\x20]", "", value).lower()).scheme in SCHEMES
        if name.startswith("data-"):
            assert re.fullmatch(r"[1-9][0-9]{0,17}", value)
        if name == "class":
            assert value in {"baca-juga", "kutipan"}
    assert {block.tag for block in blocks_of(cleaned)} <= TOP_LEVEL
    assert clean_body(cleaned) == cleaned


# A parser that follows the standard changes nothing but the order of rel and the way a space is written.
def as_a_browser_reads(markup):
    keep = {"tags": TAGS, "attributes": {"a": {"href", "title"}, "div": {"class", "data-article", "data-quote"}}}
    return nh3.clean(markup, **keep, link_rel="noopener nofollow", url_schemes=SCHEMES).replace("&nbsp;", "\xa0")


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "script in a word": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "script with a slash": "<script/src=//evil.example/x.js></script>",
    "unclosed script": "<p>a<script>alert(1)",
    "upper case": "<SCRIPT SRC=//evil.example></SCRIPT>",
    "image handler": "<img src=x onerror=alert(1)>",
    "handler without quotes": "<p onclick=alert(1)>a</p>",
    "handler after a slash": "<a/onmouseover=alert(1)>a</a>",
    "body handler": "<body onload=alert(1)><p>a</p></body>",
    "details": "<details open ontoggle=alert(1)>a</details>",
    "input": "<input autofocus onfocus=alert(1)>",
    "video": "<video><source onerror=alert(1)></video>",
    "marquee": "<marquee onstart=alert(1)>a</marquee>",
    "javascript link": '<a href="javascript:alert(1)">a</a>',
    "javascript in mixed case": '<a href="JaVaScRiPt:alert(1)">a</a>',
    "javascript after space": '<a href=" \x01javascript:alert(1)">a</a>',
    "javascript with a tab": '<a href="java\tscript:alert(1)">a</a>',
    "javascript in entities": '<a href="&#106;&#97;vascript&colon;alert(1)">a</a>',
    "data link": '<a href="data:text/html,<script>alert(1)</script>">a</a>',
    "vbscript": '<a href="vbscript:msgbox(1)">a</a>',
    "svg": "<svg onload=alert(1)><animate onbegin=alert(1)></svg>",
    "svg script": "<svg><script>alert&#40;1)</script></svg>",
    "math": "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "math link": '<math href="javascript:alert(1)">a</math>',
    "iframe": '<iframe src="javascript:alert(1)"></iframe>',
    "iframe document": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "object": '<object data="x.swf"><embed src="x.swf"></object>',
    "style": "<style>@import 'javascript:alert(1)'</style>",
    "style attribute": '<p style="background:url(javascript:alert(1))">a</p>',
    "link": '<link rel=stylesheet href="//evil.example/x.css">',
    "meta refresh": '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    "base": '<base href="//evil.example/">',
    "form": '<form action="//evil.example"><button formaction="javascript:alert(1)">a</button></form>',
    "comment": "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "broken comment": "<!--><img src=x onerror=alert(1)>-->",
    "processing instruction": "<?xml version='1.0'?><?php echo 1 ?>",
    "cdata": "<![CDATA[<script>alert(1)</script>]]>",
    "doctype": "<!DOCTYPE html [<!ENTITY x 'y'>]>",
    "template": "<template><script>alert(1)</script></template>",
    "noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "textarea": "<textarea><script>alert(1)</script></textarea>",
    "title": "<title><script>alert(1)</script></title>",
    "xmp": "<xmp><script>alert(1)</script></xmp>",
    "plaintext": "<plaintext><script>alert(1)</script>",
    "title with markup": '<a href="/x" title="</a><script>alert(1)</script>">a</a>',
    "quote in an address": "<a href='/x\" onmouseover=\"alert(1)'>a</a>",
    "misnested": "<p><strong><em>a</strong>b</em><blockquote>c</p></blockquote>",
    "unclosed": "<ul><li>a<li>b<strong>c",
    "null bytes": "<scr\x00ipt>alert(1)</scr\x00ipt>\x00<p>a\x00b</p>",
    "null entity": "<p>a&#0;b</p>",
    "double entities": "<p>&amp;lt;script&amp;gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "half a surrogate": "<p>a\ud800b</p>",
    "link in a link": '<a href="/x">a<button><a href="/y">b</a></button></a>',
    "paragraph in a button": "<p>a<button><p>b</p></button></p>",
    "item in a button": "<ul><li>a<button><li>b</button></ul>",
    "table in a heading": "<h2>a<table><tr><td><h3>b</h3><p>c</p></td></tr></table></h2>",
    "form in a form": '<form><div></form><form id="x"><p>a</p></form>',
    "carriage returns": "<p title='&#13;'>a&#13;b&#13;&#10;c</p><a href='/x' title='&#13;'>d</a>",
    "class of its own": '<div class="baca-juga modal" data-article="5">a</div><p class="baca-juga">b</p>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_is_harmless(name):
    assert_harmless(clean_body(HOSTILE[name]))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_inside_a_paragraph_of_a_list_of_a_link_is_harmless(name):
    around = f"<blockquote><ul><li><a href='/x'><strong>{HOSTILE[name]}</strong></a></li></ul></blockquote>"

    assert_harmless(clean_body(around))


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_left_reads_to_a_browser_as_it_is_written(name):
    cleaned = clean_body(HOSTILE[name])

    assert as_a_browser_reads(cleaned) == cleaned


PIECES = st.one_of(
    st.sampled_from([*HOSTILE.values()]),
    st.builds(
        "<{}{}>{}".format,
        st.sampled_from([*sorted(TAGS), "b", "h1", "h4", "h6", "span", "td", "tr", "table", "section", "button"]),
        st.sampled_from(["", ' class="baca-juga" data-article="5"', ' class="kutipan" data-quote="1"', " href=/x"]),
        st.text(max_size=4),
    ),
    st.builds("</{}>".format, st.sampled_from([*sorted(TAGS), "span", "td", "table", "button", "script"])),
    st.text(max_size=12),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
@example("<b><p>a</p><p>b</p></b>")
@example("<p>a<button><div>b</div></button></p>")
@example("<h2><button><h3>a</h3></button></h2>")
@example("a<br>b<li>c</li>d<td>e</td>")
def test_cleaning_anything_gives_allowed_markup_that_cleaning_again_leaves_alone(markup):
    cleaned = clean_body(markup)

    assert_harmless(cleaned)
    assert "<script" not in cleaned.lower()
    assert as_a_browser_reads(cleaned) == cleaned


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["a", "b c", "1 < 2", "Rp5&6", "“kata”"]), min_size=1, max_size=6))
def test_no_word_of_a_plain_paragraph_is_lost(words):
    markup = "".join(f"<p>{word.replace('&', '&amp;').replace('<', '&lt;')}</p>" for word in words)

    assert plain_text(clean_body(markup)) == " ".join(words)


@pytest.mark.parametrize("tag", ["div", "blockquote", "em", "ul><li", "section", "table><tr><td", "span", "p"])
def test_five_thousand_levels_are_cleaned_without_falling_over(tag):
    started = time.process_time()

    cleaned = clean_body(f"<{tag}>" * 5_000 + "dasar")

    assert plain_text(cleaned) == "dasar"
    assert clean_body(cleaned) == cleaned
    assert time.process_time() - started < 10


@pytest.mark.parametrize("text", ["a" * 1_000_000, "kata " * 100_000, "<p>a</p>" * 20_000, "<br>" * 50_000])
def test_huge_texts_are_cleaned_in_seconds(text):
    started = time.process_time()

    cleaned = clean_body(text)

    assert plain_text(cleaned) == plain_text(text)
    assert time.process_time() - started < 10


def test_what_stands_outside_a_block_becomes_a_paragraph():
    assert clean_body("satu <b>dua</b><br>tiga<p>empat</p>lima") == (
        "<p>satu <strong>dua</strong><br>tiga</p>\n<p>empat</p>\n<p>lima</p>"
    )


def test_empty_blocks_go():
    assert clean_body("<p></p><p>&nbsp;</p><p><br></p><ul><li></li></ul><div></div> \n <h2> </h2>") == ""


def test_headings_bold_and_italics_take_the_houses_names():
    assert clean_body("<h1>a</h1><h2>b</h2><h4>c</h4><h6>d</h6><p><b>e</b> <i>f</i></p>") == (
        "<h2>a</h2>\n<h3>b</h3>\n<h3>c</h3>\n<h3>d</h3>\n<p><strong>e</strong> <em>f</em></p>"
    )


def test_lists_quotations_and_links_stay():
    body = (
        "<ul><li>a<ol><li>b</li></ol></li></ul>\n<blockquote><p>c</p><p>d</p></blockquote>\n"
        '<p><a href="https://contoh.example/?a=1&amp;b=2" title="&quot;x&quot;" rel="noopener nofollow">e</a></p>'
    )

    assert clean_body(body) == body


@pytest.mark.parametrize("address", ["https://a.example/", "mailto:a@b.example", "tel:+6221", "/berita/", "#a"])
def test_ordinary_addresses_stay(address):
    assert clean_body(f'<p><a href="{address}">a</a></p>') == (
        f'<p><a href="{address}" rel="noopener nofollow">a</a></p>'
    )


def test_a_document_pasted_from_google_keeps_its_paragraphs():
    pasted = '<b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr"><span>a</span></p><p>b</p></b>'

    assert clean_body(pasted) == "<p>a</p>\n<p>b</p>"


def test_a_document_pasted_from_word_becomes_plain_paragraphs():
    pasted = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {color: red}</style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=IN><!--StartFragment-->
<p class=MsoNormal style='margin:0'><span lang=IN>Bupati <b>hadir</b>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoListParagraph><![if !supportLists]>·<![endif]>Butir</p>
<table class=MsoTableGrid><tr><td><p>No</p></td><td>Nama</td></tr></table><!--EndFragment--></body></html>"""

    assert clean_body(pasted) == (
        "<p>Bupati <strong>hadir</strong>.</p>\n<ul><li>Butir</li></ul>\n<p>No</p>\n<p>Nama</p>"
    )


@pytest.mark.parametrize(
    "markup",
    ["<tr><td>No</td><td>Nama</td></tr>", "<dt>No</dt><dd>Nama</dd>", "<section>No</section><h5>Nama</h5>"],
)
def test_words_of_neighbouring_containers_stay_apart(markup):
    assert plain_text(clean_body(f"<table>{markup}</table>")) == "No Nama"
    assert plain_text(clean_body(f"<blockquote><table>{markup}</table></blockquote>")) == "No Nama"


def test_placeholders_are_emptied_and_keep_their_identity():
    body = '<p>a</p><div class="baca-juga" data-article="15" style="x">Baca juga: judul lama</div>'
    body += '<div data-quote="2" class="kutipan"><p>teks</p></div><p>b</p>'

    assert blocks_of(clean_body(body)) == [
        Block("p", "<p>a</p>"),
        Block("div", '<div class="baca-juga" data-article="15"></div>', article=15),
        Block("div", '<div class="kutipan" data-quote="2"></div>', quote=2),
        Block("p", "<p>b</p>"),
    ]
    assert read_also_block(15) + quote_block(2) == (
        '<div class="baca-juga" data-article="15"></div><div class="kutipan" data-quote="2"></div>'
    )


@pytest.mark.parametrize(
    "reference",
    ["0", "-1", "1.5", "1e3", "", "abc", "1 or 1=1", " 1", "٣", "9" * 19, "1\n", "&#49;x", "<b>"],
)
def test_a_placeholder_that_holds_no_number_vanishes(reference):
    assert clean_body(f'<div class="baca-juga" data-article="{reference}">teks</div>') == ""
    assert clean_body(f'<div class="kutipan" data-quote="{reference}">teks</div>') == ""


def test_a_placeholder_with_the_other_ones_attribute_vanishes():
    assert clean_body('<div class="baca-juga" data-quote="1"></div><div class="kutipan" data-article="1"></div>') == ""


@pytest.mark.parametrize("around", ["<ul><li>a{}</li></ul>", "<blockquote>a{}</blockquote>"])
def test_a_placeholder_stands_at_the_top_level_only(around):
    body = around.format('<div class="baca-juga" data-article="5">teks<p>lagi</p></div>')

    assert clean_body(body) == around.format("")


def test_a_placeholder_in_a_paragraph_or_container_comes_to_stand_beside_it():
    block = '<div class="baca-juga" data-article="5"></div>'

    assert clean_body(f"<p>a{block}b</p>") == f"<p>a</p>\n{block}\n<p>b</p>"
    assert clean_body(f"<div><section><strong>{block}</strong></section></div>") == block


def test_blocks_say_which_of_them_are_paragraphs():
    blocks = blocks_of(clean_body("<h2>a</h2><p>b</p>c<ul><li>d</li></ul>"))

    assert [(block.tag, block.is_paragraph) for block in blocks] == [
        ("h2", False),
        ("p", True),
        ("p", True),
        ("ul", False),
    ]


def test_plain_text_is_the_words_alone():
    assert plain_text("<p>Satu &amp; dua</p><p>tiga<br>empat &lt;lima&gt;</p>") == "Satu & dua tiga empat <lima>"
    assert plain_text('<div class="kutipan" data-quote="2"></div>') == ""
