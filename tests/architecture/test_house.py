"""The rules of the house that a reader of one file could not see broken."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("offices", "news", "portal")
ABOVE = {"offices": ("news", "portal"), "news": ("portal",), "portal": ()}

pytestmark = pytest.mark.sqlite_only
# The workflow's door and what it changes, the verb that begins an edition, and those of an announcement and a demand.
MAY_SET_A_STATE = {
    "news/workflow.py",
    "news/effects.py",
    "news/writing.py",
    "news/announcements.py",
    "news/demands.py",
}
LONGEST = 300
LONGER: dict[str, str] = {}  # file: the reason why it is better whole
DRAWERS = {"utils", "util", "helpers", "helper", "common", "core", "services", "managers", "misc", "tools"}
FULL_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def modules():
    found = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def named(path):
    return path.relative_to(ROOT).as_posix()


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def test_there_are_modules_to_examine():
    assert {"offices/scope.py", "news/workflow.py", "portal/urls.py"} <= {named(path) for path in modules()}


@pytest.mark.parametrize("path", modules(), ids=named)
def test_every_module_opens_with_one_sentence(path):
    if path.name == "__init__.py" and not path.read_text(encoding="utf-8").strip():
        return
    docstring = ast.get_docstring(parsed(path)) or ""
    sentence = docstring.split("\n\n")[0]

    assert sentence, f"{named(path)} has no docstring."
    assert sentence.endswith((".", "`.")), f"{named(path)} does not open with a sentence."
    assert len(FULL_STOP.split(sentence)) == 1, f"{named(path)} opens with more than one sentence."


def names_of_states_set_in(tree):
    """The lines where `….state` is assigned, or a queryset's `update()` sets a state."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="state", ctx=ast.Store()):
                yield node.lineno
            case ast.Call(func=ast.Attribute(attr="update" | "bulk_update" | "update_or_create"), keywords=keywords):
                yield from (node.lineno for keyword in keywords if keyword.arg in ("state", "public_state"))
            case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value="state"), *_]):
                yield node.lineno
            case ast.Attribute(attr="public_state", ctx=ast.Store()):
                yield node.lineno


def test_a_state_is_set_by_the_door_alone():
    elsewhere = {
        f"{named(path)}:{line}"
        for path in modules()
        if named(path) not in MAY_SET_A_STATE
        for line in names_of_states_set_in(parsed(path))
    }

    assert elsewhere == set()


@pytest.mark.parametrize(
    "code",
    [
        "edition.state = 'x'",
        "a, edition.state = 1, 2",
        "Edition.objects.filter(pk=1).update(state='x')",
        "setattr(edition, 'state', 'x')",
        "article.public_state = 'live'",
    ],
)
def test_every_way_of_setting_a_state_is_noticed(code):
    assert list(names_of_states_set_in(ast.parse(code))) == [1]


def test_no_file_is_long_without_a_reason():
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}

    assert {name: length for name, length in lengths.items() if length > LONGEST and name not in LONGER} == {}
    assert {name for name in LONGER if lengths.get(name, 0) <= LONGEST} == set()


def test_there_are_no_drawers_for_things_without_a_place():
    names = {part for path in modules() for part in (path.stem, *path.relative_to(ROOT).parts[:-1])}

    assert names & DRAWERS == set()


def rooms_imported_by(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("room", ROOMS)
def test_imports_go_down_only(room):
    upward = {
        named(path): above
        for path in modules()
        if path.relative_to(ROOT).parts[0] == room
        for above in set(rooms_imported_by(parsed(path))) & set(ABOVE[room])
    }

    assert upward == {}


def test_nothing_in_the_rooms_imports_the_tests():
    assert [named(path) for path in modules() if "tests" in rooms_imported_by(parsed(path))] == []


def test_roles_and_states_import_nothing_of_their_own_room():
    assert set(rooms_imported_by(parsed(ROOT / "offices/roles.py"))) & set(ROOMS) == set()
    assert set(rooms_imported_by(parsed(ROOT / "news/states.py"))) & set(ROOMS) == {"offices"}


def test_the_top_level_holds_no_fourth_room():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}

    assert packages - {"tests"} == set(ROOMS)
