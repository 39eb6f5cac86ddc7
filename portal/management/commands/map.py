"""Write the map of modules: every module's one sentence, in `docs/map.md`."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

ROOMS = ("portal", "news", "offices")
HEAD = "# Map of modules\n\nMade by `make map` from the first sentence of every module; a check keeps it current.\n"


class Command(BaseCommand):
    help = "Write docs/map.md; with --check only tell whether it is current."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, **options):
        path = settings.BASE_DIR / "docs" / "map.md"
        wanted = map_of(settings.BASE_DIR)
        if not options["check"]:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != wanted:
            raise CommandError("docs/map.md is not current: run `make map` and commit it.")


def map_of(root: Path) -> str:
    """The text of the map for the rooms under `root`."""
    parts = [HEAD]
    for room in ROOMS:
        rows = [f"- `{path.relative_to(root)}` — {sentence}" for path, sentence in _sentences(root / room)]
        parts.append(f"\n## {room}\n\n" + "\n".join(rows) + "\n")
    return "".join(parts)


def _sentences(room: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(room.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        if docstring:
            yield path, " ".join(docstring.split("\n\n")[0].split())
