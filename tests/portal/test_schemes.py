"""Light and dark: what the system wants and what a reader chose show the same colours."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "static/css/tokens.css"

pytestmark = pytest.mark.sqlite_only


def values_after(selector: str) -> dict[str, str]:
    """The custom properties of the first block that `selector` opens."""
    block = TOKENS.read_text(encoding="utf-8").partition(f"{selector} {{")[2].partition("}")[0]
    return dict(re.findall(r"(--[\w-]+): ([^;]+);", block))


def test_dark_is_the_same_whoever_wants_it():
    by_the_system = values_after(':root:where(:not([data-scheme="light"]))')
    assert by_the_system["--paper"] == "#0f1820"
    assert values_after(':root:where([data-scheme="dark"])') == by_the_system
