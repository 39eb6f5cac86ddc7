"""The verbs of comments: write one, settle it, retract it; and who is meant by an @name in it."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from news.models import Article, Comment, Edition
from news.models.comments import LONGEST_COMMENT, LONGEST_QUOTE
from news.notices import owe_notices_of_comment
from news.refusals import NotNow
from news.states import LIVE, WORKING
from offices.models import Membership, User
from offices.roles import EVERY_ROLE, NEWSROOM, Role
from offices.scope import roles_over

NAME = re.compile(r"(?<![\w.@+-])@([\w.@+-]{1,60})")
READING_AT_OWN_OFFICE = EVERY_ROLE - {Role.SUPERVISOR}
OFFICE = "article__office__region__parent"


def may_comment(user: Any, edition: Edition) -> bool:
    """Whoever reads the edition, but for auditors, who change nothing."""
    return bool(roles_over(user, edition.article.office) & Comment.scope.editors)


def may_settle(user: Any, comment: Comment) -> bool:
    """The newsroom that works on the edition, and whoever wrote the comment."""
    held = roles_over(user, comment.edition.article.office)
    return bool(held & NEWSROOM) or comment.author_id == user.pk and bool(held & Comment.scope.editors)


def comment_on(edition: Edition, text: str, *, by: Any, quoted: str = "") -> Comment:
    """Store what `by` says about `edition`, and tell those it mentions.

    Raises `PermissionDenied` where it is not theirs to say, `NotNow` with a sentence where the words do not fit or the
    edition is closed.
    """
    text, quoted = _fitting(text, LONGEST_COMMENT, _("Komentar")), _fitting(quoted, LONGEST_QUOTE, _("Kutipan"))
    if not text:
        raise NotNow(_("Tulis komentarnya dahulu."))
    with transaction.atomic():
        stored = Edition.objects.select_related(OFFICE).get(pk=edition.pk)
        if not may_comment(by, stored):
            raise PermissionDenied
        if stored.state not in (*WORKING, *LIVE):
            raise NotNow(_("Edisi ini sudah ditutup; komentar tidak lagi dapat ditambahkan."))
        comment = Comment.objects.create(edition=stored, author=by, text=text, quoted=quoted, at=timezone.now())
        comment.mentioned.set(people_named(text, colleagues(stored.article))[0])
        owe_notices_of_comment(comment)
    return comment


def _fitting(text: str, longest: int, name: str) -> str:
    """`text` with plain line ends, or `NotNow` where its column cannot hold it."""
    text = text.replace("\r\n", "\n").strip()
    if len(text) > longest:
        raise NotNow(_("%(name)s paling panjang %(most)s huruf.") % {"name": name, "most": number_format(longest)})
    if "\x00" in text:
        raise NotNow(_("%(name)s memuat karakter yang tidak dapat disimpan.") % {"name": name})
    return text


def settle(comment: Comment, *, by: Any) -> None:
    """Mark `comment` as settled."""
    if not may_settle(by, comment):
        raise PermissionDenied
    found = Comment.objects.filter(pk=comment.pk, resolved_at=None, retracted_at=None)
    if not found.update(resolved_at=timezone.now(), resolved_by=by):
        raise NotNow(_("Komentar ini sudah selesai atau sudah ditarik."))


def retract(comment: Comment, *, by: Any) -> None:
    """Take back one's own words: a mark stays in their place, the text is shown to nobody any more."""
    if comment.author_id != by.pk or not may_comment(by, comment.edition):
        raise PermissionDenied
    if not Comment.objects.filter(pk=comment.pk, retracted_at=None).update(retracted_at=timezone.now()):
        raise NotNow(_("Komentar ini sudah ditarik."))


def colleagues(article: Article) -> QuerySet[User]:
    """The people of the article's office who read its editions, and so can be mentioned."""
    held = Membership.objects.filter(
        Membership.held_on(timezone.localdate()), office=article.office_id, role__in=READING_AT_OWN_OFFICE
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def people_named(text: str, among: QuerySet[User]) -> tuple[list[User], list[str]]:
    """The people that `text` mentions as @name, and the names that are nobody's; a full stop may follow a name."""
    written = dict.fromkeys(NAME.findall(text))
    if not written:
        return [], []
    known = {person.username: person for person in among}
    folded = {name.casefold(): person for name, person in known.items()}
    found, unknown = {}, []
    for name in written:
        person = _longest_match(name, known, folded)
        if person:
            found[person.pk] = person
        else:
            unknown.append(name)
    return list(found.values()), unknown


def _longest_match(name: str, known: dict[str, User], folded: dict[str, User]) -> User | None:
    """Whose name begins the word, when only punctuation follows it."""
    while name:
        person = known.get(name) or folded.get(name.casefold())
        if person or name[-1] not in ".@+-":
            return person
        name = name[:-1]
    return None


def comments_of(article: Article) -> QuerySet[Comment]:
    """All that was said about the editions of `article`, oldest first, in two queries."""
    mentioned = Prefetch("mentioned", User.objects.order_by("name"))
    rows = Comment.objects.filter(edition__article=article).select_related("author", "resolved_by", "edition")
    return rows.prefetch_related(mentioned)
