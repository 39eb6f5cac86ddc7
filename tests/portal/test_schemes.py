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


@pytest.mark.parametrize("selector", [":root", ':root:where([data-scheme="dark"])'])
def test_figures_on_every_shade_of_the_map_are_read_easily(selector):
    """4.5 to 1 (WCAG 2.2, 1.4.3); axe leaves figures of one or two signs undecided."""
    values = values_after(selector)
    inks = {shade: values["--on-shade-low" if shade < 3 else "--on-shade-high"] for shade in range(5)}
    ratios = {shade: contrast(values[f"--shade-{shade}"], ink) for shade, ink in inks.items()}
    assert [shade for shade, ratio in ratios.items() if ratio < 4.5] == []


def contrast(one: str, other: str) -> float:
    """The ratio of two colours such as "#0f1820", as WCAG reckons it."""
    darker, lighter = sorted(luminance(colour) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
