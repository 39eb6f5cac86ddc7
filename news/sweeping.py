"""Finds every public file that nobody may read and every one that is missing, and puts them right."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils import timezone

from news.public_files import SHELVES, UNFINISHED, Shelf, names_in, sync

DRAWERS = [f"{number:02x}" for number in range(256)]
LONGEST_WRITING = timedelta(hours=1)  # after this an unfinished file is what a crash left


def sweep(*, change: bool, drawers: Iterable[str] = DRAWERS) -> Iterator[str]:
    """One sentence for every difference in `drawers`; with `change` it is gone before its sentence comes."""
    for shelf in SHELVES:
        for drawer in drawers:
            yield from _sweep_drawer(shelf, drawer, change)


def _sweep_drawer(shelf: Shelf, drawer: str, change: bool) -> Iterator[str]:
    first, last = UUID(drawer + "0" * 30), UUID(drawer + "f" * 30)
    shown = shelf.live_rows(**{f"{shelf.field}__token__range": (first, last)}).values(shelf.field)
    folders = _folders_in(f"{shelf.root}/{drawer}")
    known = {item.token.hex: item for item in shelf.model.objects.filter(token__in=_tokens(folders))}
    known |= {item.token.hex: item for item in shelf.model.objects.filter(pk__in=shown)}
    for token in sorted(set(folders) - set(known)):
        yield from _clear(f"{shelf.root}/{drawer}/{token}", change)
    for _token, item in sorted(known.items()):
        yield from _differences(shelf, item, change)
        yield from _clear_unfinished(item.folder(), change)


def _differences(shelf: Shelf, item, change: bool) -> Iterator[str]:
    wanted, present = shelf.wanted(item), set(names_in(item.folder()))
    if change and wanted != present:
        sync(shelf, item)
    yield from (f"{name} terbuka untuk umum, padahal tidak sedang terbit." for name in sorted(present - wanted))
    yield from (f"{name} sedang terbit, tetapi berkasnya tidak ada." for name in sorted(wanted - present))


def _clear(folder: str, change: bool) -> Iterator[str]:
    for name in list(names_in(folder)):
        if change:
            default_storage.delete(name)
        yield f"{name} tidak dikenal."
    yield from _clear_unfinished(folder, change)


def _clear_unfinished(folder: str, change: bool) -> Iterator[str]:
    """Files that a crash left half written; younger ones may still be in somebody's hands."""
    for file in _listed(folder)[1]:
        name = f"{folder}/{file}"
        if file.startswith(UNFINISHED) and default_storage.get_modified_time(name) < timezone.now() - LONGEST_WRITING:
            if change:
                default_storage.delete(name)
            yield f"{name} tidak selesai ditulis."


def _folders_in(folder: str) -> list[str]:
    return _listed(folder)[0]


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _tokens(folders: list[str]) -> Iterator[UUID]:
    for folder in folders:
        try:
            yield UUID(hex=folder)
        except ValueError:
            continue
