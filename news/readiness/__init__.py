"""What is still missing before publication, and what deserves a look, in sentences an editor can act on."""

from collections.abc import Iterator

from news.models import Edition
from news.readiness import completeness, dates, doublets, headlines, links, officials, pictures
from news.readiness.manuscript import Manuscript

BLOCKERS = (
    completeness.missing_text,
    completeness.missing_photo_words,
    completeness.missing_quotes,
    completeness.missing_correction,
)
DOUBTS = (
    headlines.doubts,
    doublets.similar_headlines,
    pictures.doubts,
    completeness.missing_tags,
    completeness.unplaced_quotes,
    dates.doubts,
    officials.doubts,
    links.lost_read_also,
    links.lost_picks,
    links.dead_links,
)


def problems(edition: Edition) -> Iterator[str]:
    """Blockers: while one is left, the edition cannot be submitted, approved or published."""
    manuscript = Manuscript(edition)
    for check in BLOCKERS:
        yield from check(manuscript)


def warnings(edition: Edition) -> Iterator[str]:
    """What deserves a look and blocks nothing; a sentence with a link in it is marked safe for HTML.

    The article's office, with its region and parent, must be loaded. Names no text that a reader of `edition` could
    not open: besides those of its own office only public ones.
    """
    manuscript = Manuscript(edition)
    for check in DOUBTS:
        yield from check(manuscript)
