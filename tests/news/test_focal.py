"""Focal points in steps: every one has its class and its own share picture, the middle needs neither."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.focal import STEP, focal_classes, steps_of
from news.models import Photo

shares = st.floats(0, 1)


@given(x=shares, y=shares)
def test_a_step_is_near_its_point_and_has_a_rule(x, y):
    across, down = steps_of(x, y)
    assert abs(across - x * 100) <= STEP / 2 + 1e-9
    assert abs(down - y * 100) <= STEP / 2 + 1e-9
    rules = Path("static/css/tokens.css").read_text()
    assert all(f".{name} {{" in rules for name in focal_classes(x, y).split())


@pytest.mark.parametrize(
    ("point", "classes"),
    [((0.5, 0.5), ""), ((0.51, 0.49), ""), ((0, 1), "fx-0 fy-100"), ((0.5, 0.2), "fy-20"), ((0.8, 0.5), "fx-80")],
)
def test_the_middle_needs_no_class(point, classes):
    assert focal_classes(*point) == classes


def test_the_share_picture_of_the_middle_keeps_its_name():
    photo = Photo()
    assert photo.share_name() == photo.share_name(0.51, 0.5) == f"{photo.folder()}/share.jpg"
    assert photo.share_name(0.51, 0.1) == f"{photo.folder()}/share-50-10.jpg"
