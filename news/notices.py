"""Who is told of what: one table from each step to the people it concerns."""

from news.inbox import tell
from news.models import Comment
from news.models.notices import NoticeKind


def owe_notices_of_comment(comment: Comment) -> None:
    """Tell those a comment mentions, then those whose text it is and those who said something about it before."""
    edition = comment.edition
    about = {"by": comment.author, "article": edition.article, "edition": edition, "headline": edition.headline}
    tell(NoticeKind.MENTIONED, comment.mentioned.values_list("pk", flat=True), comment=comment, **about)
    spoke = Comment.objects.filter(edition=edition, pk__lt=comment.pk).values_list("author", flat=True)
    tell(NoticeKind.COMMENTED, {edition.started_by_id, *spoke}, comment=comment, **about)
