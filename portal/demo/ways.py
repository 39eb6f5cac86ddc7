"""The steps by which the demo brings a story or an event to the state it is written down in."""

from news.models.events import EventState
from news.states import State, Step

STORY_WAYS: dict[str, tuple[Step, ...]] = {
    State.DRAFT: (),
    State.SUBMITTED: (Step.SUBMIT,),
    State.CHANGES_REQUESTED: (Step.SUBMIT, Step.REQUEST_CHANGES),
    State.APPROVED: (Step.SUBMIT, Step.APPROVE),
    State.SCHEDULED: (Step.SUBMIT, Step.APPROVE, Step.SCHEDULE),
    State.PUBLISHED: (Step.SUBMIT, Step.APPROVE, Step.PUBLISH),
}
URGENT_WAY = (Step.PUBLISH_URGENTLY,)
EVENT_WAYS: dict[str, tuple[EventState, ...]] = {
    EventState.DRAFT: (),
    EventState.SUBMITTED: (EventState.SUBMITTED,),
    EventState.PUBLISHED: (EventState.SUBMITTED, EventState.PUBLISHED),
    EventState.POSTPONED: (EventState.SUBMITTED, EventState.PUBLISHED, EventState.POSTPONED),
    EventState.CANCELLED: (EventState.SUBMITTED, EventState.PUBLISHED, EventState.CANCELLED),
}
NEEDS_NOTE = frozenset({State.CHANGES_REQUESTED, EventState.POSTPONED, EventState.CANCELLED})
