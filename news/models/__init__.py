"""The tables of the main floor."""

from news.models.addresses import AddressChange
from news.models.announcements import Announcement, Dismissal
from news.models.articles import Address, Article
from news.models.attachments import Attachment, EditionAttachment
from news.models.cards import ShareCard
from news.models.comments import Comment
from news.models.demands import Demand, DemandLetter, DemandTransition
from news.models.editions import Edition
from news.models.events import Event, EventSeries, EventTransition
from news.models.history import Contribution, Transition
from news.models.inspections import Inspection
from news.models.listings import ListedOfficial, ListedTag
from news.models.mail import Digest, MailLog
from news.models.mentions import Mention
from news.models.notices import Notice
from news.models.photos import EditionPhoto, Photo
from news.models.pings import Ping
from news.models.pins import Pin
from news.models.preferences import NoticePreference
from news.models.presence import Presence
from news.models.quotes import Quote
from news.models.reads import ReadCount
from news.models.related import Orphan, Pointer, RelatedList, RelatedPick, RelatedRow, RelatedVeto
from news.models.rubrics import FormerRubric, Rubric
from news.models.schedules import Schedule
from news.models.search import SearchBuild, SearchMonth, SearchRow, SearchWord
from news.models.sharelinks import ShareLink
from news.models.tags import FormerTag, Tag, TaggedEdition
from news.models.unsaved import UnsavedText

__all__ = [
    "Address",
    "AddressChange",
    "Announcement",
    "Article",
    "Attachment",
    "Comment",
    "Contribution",
    "Demand",
    "DemandLetter",
    "DemandTransition",
    "Digest",
    "Dismissal",
    "Edition",
    "EditionAttachment",
    "EditionPhoto",
    "Event",
    "EventSeries",
    "EventTransition",
    "Inspection",
    "ListedOfficial",
    "ListedTag",
    "MailLog",
    "FormerRubric",
    "FormerTag",
    "Mention",
    "Notice",
    "NoticePreference",
    "Orphan",
    "Photo",
    "Pin",
    "Ping",
    "Pointer",
    "Presence",
    "Quote",
    "ReadCount",
    "RelatedList",
    "RelatedPick",
    "RelatedRow",
    "RelatedVeto",
    "Rubric",
    "Schedule",
    "SearchBuild",
    "SearchMonth",
    "SearchRow",
    "SearchWord",
    "ShareCard",
    "ShareLink",
    "Tag",
    "TaggedEdition",
    "Transition",
    "UnsavedText",
]
