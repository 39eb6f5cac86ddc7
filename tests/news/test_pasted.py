"""Texts as Word and Google Docs put them on the clipboard, and what the sanitiser makes of them."""

import re
import time
import timeit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from news.html import blocks_of, clean_body, plain_text
from tests.news.test_html import assert_harmless

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {mso-style-parent:""} --></style>
<!--[if gte mso 9]><xml><w:LatentStyles DefLockedState="false"></w:LatentStyles></xml><![endif]--></head>
<body lang=IN style='tab-interval:36.0pt'><!--StartFragment-->
<h1><span lang=IN style='mso-fareast-font-family:"Times New Roman"'>Rakornas Kominfo<o:p></o:p></span></h1>
<p class=MsoNormal style='text-align:justify;line-height:150%'><b style='mso-bidi-font-weight:normal'><span
lang=IN style='font-size:12.0pt;font-family:"Arial","sans-serif"'>Jakarta</span></b><span lang=IN
style='font-size:12.0pt'> &#8212; Kepala dinas&nbsp;&nbsp; hadir.<a name="_GoBack"></a><o:p></o:p></span></p>
<p class=MsoNormal><span lang=IN><o:p>&nbsp;</o:p></span></p>
<h2>Pesan<o:p></o:p></h2>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
lang=IN style='font-family:Symbol;mso-list:Ignore'>&middot;<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span><![endif]><span lang=IN>Tidak hanya mengirim<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Wingdings;mso-list:Ignore'>&sect;<span style='font:7.0pt "Times New Roman"'>&nbsp;
</span></span><![endif]>Tetapi <i>sampai</i><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span><![endif]>
Kanal baru</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span>Media sosial</p>
<p class=MsoNormal><a href="file:///C:/Users/humas/naskah.docx">Naskah</a> dan <a
href="https://contoh.example/"><span style='color:blue'>laman</span></a>.</p>
<!--EndFragment--></body></html>"""
CLEAN_WORD = """<h2>Rakornas Kominfo</h2>
<p><strong>Jakarta</strong> — Kepala dinas hadir.</p>
<h3>Pesan</h3>
<ul><li>Tidak hanya mengirim</li><li>Tetapi <em>sampai</em></li></ul>
<ol><li>Kanal baru</li><li>Media sosial</li></ol>
<p>Naskah dan <a href="https://contoh.example/" rel="noopener nofollow">laman</a>.</p>"""

GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-0c5e1a3b-7fff-1b2c">
<h1 dir="ltr" style="line-height:1.38;margin-top:20pt;"><span style="font-size:20pt">Rakornas</span></h1>
<p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;font-weight:700;font-style:normal;">Jakarta</span>
<span style="font-size:11pt;font-weight:400;"> — Kepala dinas </span><span style="font-style:italic;">hadir</span>
<span style="font-weight:700;font-style:italic;">semua</span><span style="font-weight:400;">.</span></p><br /><br />
<ul style="margin-top:0;"><li dir="ltr" style="list-style-type:disc;" aria-level="1"><p dir="ltr"><span
style="font-weight:400;">Satu</span></p></li><li dir="ltr"><p dir="ltr"><span>Dua</span></p></li></ul>
</b><br class="Apple-interchange-newline">"""
CLEAN_GOOGLE = """<h2>Rakornas</h2>
<p><strong>Jakarta</strong>
 — Kepala dinas <em>hadir</em>
<strong><em>semua</em></strong>.</p>
<ul><li>Satu</li><li>Dua</li></ul>"""


@pytest.mark.parametrize(("pasted", "clean"), [(WORD, CLEAN_WORD), (GOOGLE, CLEAN_GOOGLE)], ids=["Word", "Google Docs"])
def test_a_whole_document_comes_out_clean(pasted, clean):
    assert clean_body(pasted) == clean
    assert clean_body(clean) == clean


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ('<b style="font-weight:normal;"><span>Satu</span></b>', "<p>Satu</p>"),
        ('<p><b style="font-weight:bold">Satu</b></p>', "<p><strong>Satu</strong></p>"),
        ('<p><b><strong><span style="font-weight:700">Satu</span></strong></b></p>', "<p><strong>Satu</strong></p>"),
        ('<p><i style="font-style:normal">Satu</i></p>', "<p>Satu</p>"),
        ("<p>Satu<br><br>dua</p>", "<p>Satu</p>\n<p>dua</p>"),
        ("<p>Satu<br>dua</p>", "<p>Satu<br>dua</p>"),
        ("<p><br>Satu<br><br>&nbsp;<br></p>", "<p>Satu</p>"),
        (
            "<p><strong>Satu<br> <br>dua</strong><br></p>",
            "<p><strong>Satu</strong></p>\n<p><strong>dua</strong></p>",
        ),
        ("<p>Satu<br><strong></strong><br>dua</p>", "<p>Satu</p>\n<p>dua</p>"),
        (
            '<p><a href="/x"><em>Satu<br></em><br>dua</a></p>',
            '<p><a href="/x" rel="noopener nofollow"><em>Satu</em></a></p>\n'
            '<p><a href="/x" rel="noopener nofollow">dua</a></p>',
        ),
        ("Satu<br><br>dua", "<p>Satu</p>\n<p>dua</p>"),
        ("<h2>Satu<br><br>dua<br></h2>", "<h2>Satu<br><br>dua</h2>"),
        ("<blockquote><p>&nbsp;</p><p>Satu</p></blockquote>", "<blockquote><p>Satu</p></blockquote>"),
        ("<ul><li>Satu</li><li><br></li></ul>", "<ul><li>Satu</li></ul>"),
        ("<p>&nbsp;&nbsp;Satu&nbsp; dua&nbsp;</p>", "<p>Satu dua</p>"),
        ("<p>Rp&nbsp;5 juta</p>", "<p>Rp\xa05 juta</p>"),
        ("<p>Sa\u200btu&#8203; \ufeffdua</p>", "<p>Satu dua</p>"),
        ('<p>Satu<a name="_GoBack"></a> <a id="x">dua</a></p>', "<p>Satu dua</p>"),
        ("<p>• Satu</p><p>•Dua</p>", "<ul><li>Satu</li><li>Dua</li></ul>"),
        ("<p>o&nbsp;&nbsp; Satu</p>", "<ul><li>Satu</li></ul>"),
        ("<p>- Satu</p><p>– Dua</p>", "<ul><li>Satu</li><li>Dua</li></ul>"),
        ("<p>- Satu<br><br>- Dua</p>", "<ul><li>Satu</li><li>Dua</li></ul>"),
        ("<p>— Satu saja</p><p>Dua</p>", "<p>— Satu saja</p>\n<p>Dua</p>"),
        ("<p>1.&nbsp;&nbsp; Satu</p><p>2.&nbsp;&nbsp; Dua</p>", "<ol><li>Satu</li><li>Dua</li></ol>"),
        ("<p>3.&nbsp;&nbsp; Tiga</p><p>4.&nbsp;&nbsp; Empat</p>", "<p>3. Tiga</p>\n<p>4. Empat</p>"),
        ("<p>1. Satu</p><p>o satu</p>", "<p>1. Satu</p>\n<p>o satu</p>"),
        ("<p>·</p><p>Satu</p>", "<p>Satu</p>"),
        ("<h2>Satu</h2><h3>Dua</h3>", "<h2>Satu</h2>\n<h3>Dua</h3>"),
        (
            '<h2><a href="/x" title="&lt;h1>">Satu</a></h2>',
            '<h2><a href="/x" title="&lt;h1&gt;" rel="noopener nofollow">Satu</a></h2>',
        ),
    ],
)
def test_one_habit_at_a_time(pasted, clean):
    assert clean_body(pasted) == clean
    assert clean_body(clean) == clean


@pytest.mark.parametrize("run", [" ", "\n", "\xa0", " \xa0"])
@pytest.mark.parametrize("around", ["<p>a{}b</p>", "<p>{}a</p>", "<h2>a{}<em>b</em></h2>", "<p>o{}b</p>", "a{}b"])
def test_a_long_run_of_spaces_costs_no_more_than_as_many_letters(run, around):
    def took(filling):
        markup = around.format(filling * 20_000)
        return min(timeit.repeat(lambda: clean_body(markup), number=1, repeat=2, timer=time.process_time))

    assert took(run) < 30 * took("x") + 0.3


HABITS = st.sampled_from(
    [
        *("<p>", "</p>", "<p class=MsoNormal>", "<h1>", "</h1>", "<h2>", "</h2>", "<blockquote>", "</blockquote>"),
        *("<b>", "</b>", "<i>", "</i>", "<ul>", "<li>", "</li>", "</ul>", "<a href=/x>", "</a>", "<a name=x>", "<div>"),
        *('<b style="font-weight:normal">', '<span style="font-weight:700;font-style:italic">', "<span>", "</span>"),
        *("<br>", "<br><br>", "&nbsp;", "&nbsp;&nbsp;", " ", "\n", "<o:p>", "</o:p>", "\u200b", "<td>", "<table>"),
        *("·", "• ", "- ", "– ", "o&nbsp;", "1.&nbsp; ", "2.&nbsp; ", "§&nbsp;", "kata", "Dua kata.", "1 &lt; 2"),
        *('<div class="kutipan" data-quote="1">', '<a href=/y title="<h1>">', "<![if !supportLists]>", "<![endif]>"),
    ]
)


@settings(max_examples=600, deadline=None)
@given(st.lists(HABITS, max_size=24).map("".join))
@example("<p>- a<br><br>- b</p>")
@example("<p>a&nbsp;<span></span>&nbsp;b</p>")
@example("<p>a<br><b> </b><br>b</p>")
def test_cleaning_what_is_clean_changes_nothing(markup):
    cleaned = clean_body(markup)

    assert_harmless(cleaned)
    assert [block for block in blocks_of(cleaned) if not (block.quote or plain_text(block.html))] == []
    assert not re.search("\u200b|<(strong|em|p|li)></", cleaned)
    for block in blocks_of(cleaned):
        assert not block.is_paragraph or not re.search(r"^<p>(<br>|\s)|(<br>|\s)</p>$|<br>\s*<br>", block.html)


@settings(max_examples=300, deadline=None)
@given(st.lists(HABITS, max_size=24).map("".join))
def test_no_word_is_lost_among_habits(markup):
    pasted = re.sub(r'<div class="kutipan"[^>]*>', "", markup)

    assert plain_text(clean_body(pasted)).count("kata") == pasted.count("kata")
