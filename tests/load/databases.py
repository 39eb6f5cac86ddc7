"""Databases of their own for what is measured: made, filled, used in turn, and taken away again."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_test_environment


@contextmanager
def filled(sizes: Sequence[int], seed: Callable[[int], None], *, audited: bool = True) -> Iterator[dict[int, str]]:
    """The names of new databases by size, each filled by `seed(size)` and, where `audited`, found in order."""
    setup_test_environment()
    names = {}
    try:
        for size in sizes:
            names[size] = _filled(size, seed, audited)
        yield names
    finally:
        for name in names.values():
            use(name)
            connection.creation.destroy_test_db(name, verbosity=0)


def use(name: str) -> None:
    """Let every query of this process go to the database `name`."""
    connection.close()
    connection.settings_dict["NAME"] = name


def address_of(name: str) -> str:
    """The `DATABASE_URL` of the database `name`, for another process."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


def _filled(size: int, seed: Callable[[int], None], audited: bool) -> str:
    original, tested = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{tested}.{size}" if connection.vendor == "sqlite" else f"load_{size}"
    began = time.perf_counter()
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    seed(size)
    if audited:
        call_command("audit", verbosity=0)
    print(f"{size:,} seeded{' and audited' if audited else ''} in {time.perf_counter() - began:.0f} s", flush=True)
    connection.close()
    connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"] = original, tested
    return name
