"""The command that explains what stands beside an article and what does not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from news.related.keeping import make_due_lists
from news.related.vetoes import veto
from offices.roles import Role
from tests.factories import drafted, published, regency_office
from tests.factories.news import someone

pytestmark = pytest.mark.django_db


def explained(article) -> list[str]:
    out = StringIO()
    call_command("explain_related", str(article), stdout=out)
    return out.getvalue().splitlines()


def line_of(lines: list[str], edition) -> str:
    [found] = [line for line in lines if line.endswith(f"  {edition.headline}")]
    return found


def test_every_candidate_is_printed_with_its_parts_and_what_became_of_it():
    crowd = regency_office("73.71")
    inline, picked, vetoed = (published(regency_office(f"1{n}.01"), headline=f"Khusus {n}") for n in (1, 2, 3))
    first, second, third = (published(crowd, tags=("humas",), headline=f"Ramai {n}") for n in (1, 2, 3))
    edition = published(
        tags=("humas",),
        picks=(picked.article,),
        body=f'<p>Satu.</p><div class="baca-juga" data-article="{inline.article_id}"></div>',
    )
    veto(edition.article, vetoed.article_id, by=someone(Role.EDITOR, edition.article.office))
    make_due_lists()
    lines = explained(edition.article_id)
    assert lines[0].startswith(edition.headline)
    assert lines[-1] == "6 calon."
    for other, verdict in (
        (inline, "disisipkan redaksi dalam teks"),
        (picked, "dipilih redaksi"),
        (vetoed, "ditolak redaksi"),
        (third, "tampil di Terkait"),
        (second, "tampil di Terkait"),
        (first, "kuota kantornya penuh"),
    ):
        assert verdict in line_of(lines, other), other.headline
    figures = line_of(lines, third).split()
    assert figures[:2] == ["1", str(third.article_id)]
    assert float(figures[2]) == pytest.approx(sum(map(float, figures[3:9])), abs=0.03)
    assert figures[9] == figures[2]
    assert len({line.index("  Ramai") for line in lines if "  Ramai" in line}) == 1


def test_an_article_is_named_by_its_address_too():
    edition = published()
    path = edition.article.get_absolute_url()
    for address in (path, f"https://berita.example{path}", path.rstrip("/")):
        assert explained(address)[0].startswith(edition.headline)


def test_a_draft_is_explained_as_well():
    published(regency_office("73.71"))
    assert explained(drafted().article_id)[-1] == "1 calon."


@pytest.mark.parametrize("asked", ["999999", "9" * 30, "/berita/2026/11/tidak-ada/", "tanpa arti", "1\x00", ""])
def test_what_is_no_article_is_said_in_a_sentence(asked):
    with pytest.raises(CommandError, match="Tidak ada artikel"):
        explained(asked)
