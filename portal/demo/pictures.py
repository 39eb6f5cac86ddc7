"""Draws the pictures of the stories to be loaded, on every core, and takes them into the photo libraries."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO

from django.db import connection

from news.library import add_photo
from news.models import Photo
from offices.models import Office, User
from portal.demo.artwork import draw
from portal.demo.entries import StoryEntry
from portal.demo.marks import mark, mark_of, marked

Size = tuple[int, int]
SIZE: Size = (1280, 800)  # px; a wider one takes half as long again to prepare

Order = tuple[StoryEntry, Office, User, datetime]
"""Whose picture is wanted: a story, its office, its writer, and when the writer began."""


@contextmanager
def studio(orders: list[Order], *, size: Size, threads: int | None = None) -> Iterator[Callable[[str], Photo | None]]:
    """Have the pictures of `orders` made, and give a function that waits for the one of a story's key.

    Pillow works outside Python's lock, so threads use every core. With `threads=0` each picture is made when it is
    asked for, on the caller's database connection.
    """
    making = {order[0].key: order for order in orders if order[0].photo}
    if threads == 0:
        yield lambda key: _photo(*making[key], size) if key in making else None
        return
    pool = ThreadPoolExecutor(threads or os.cpu_count(), thread_name_prefix="picture")
    try:
        pending = {key: pool.submit(_photo_in_thread, *order, size) for key, order in making.items()}
        yield lambda key: pending.pop(key).result() if key in pending else None
    finally:
        pool.shutdown(cancel_futures=True)


def _photo_in_thread(story: StoryEntry, office: Office, writer: User, began: datetime, size: Size) -> Photo:
    try:
        return _photo(story, office, writer, began, size)
    finally:
        connection.close()


def _photo(story: StoryEntry, office: Office, writer: User, began: datetime, size: Size) -> Photo:
    """The picture of `story`: one that an interrupted load left without an edition, or a new one."""
    return _left_over(story, office) or _new(story, office, writer, began, size)


def _left_over(story: StoryEntry, office: Office) -> Photo | None:
    unused = Photo.objects.filter(office=office, uses=None)
    return next((photo for photo in unused if mark_of(photo.uploaded_at) == mark(story.key)), None)


def _new(story: StoryEntry, office: Office, writer: User, began: datetime, size: Size) -> Photo:
    words = story.photo
    picture = draw(words.motif, words.palette, seed=mark(story.key), size=size)
    return add_photo(
        BytesIO(picture),
        office=office,
        by=writer,
        title=f"Ilustrasi {words.motif}: {story.headline}"[:160],
        caption=words.caption,
        credit=words.credit,
        alt=words.alt,
        at=marked(began, story.key),
    )
