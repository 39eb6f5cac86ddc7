"""The first screen in numbers: how much, by whom, who is silent, and what is covered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.dashboard.queries import Group, percentage


@dataclass(frozen=True)
class Figures:
    """Articles, offices that published or did not, and `covered` events, described in `covering` articles."""

    items: int
    active: int
    offices: int
    silent_provinces: int
    covered: int
    covering: int

    @property
    def silent(self) -> int:
        return self.offices - self.active

    @property
    def share(self) -> float:
        """The percentage of all offices that published."""
        return percentage(self.active, self.offices)


def figures_of(groups: Sequence[Group], coverage: Mapping[int, tuple[int, int]]) -> Figures:
    return Figures(
        items=sum(group.items for group in groups),
        active=sum(len(group.active) for group in groups),
        offices=sum(len(group.outputs) for group in groups),
        silent_provinces=sum(not group.active for group in groups),
        covered=len(coverage),
        covering=sum(items for items, _offices in coverage.values()),
    )
