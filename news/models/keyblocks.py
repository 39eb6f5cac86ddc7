"""Rows in blocks of so many keys, each of which is one file for search engines."""

from django.db.models import Func, IntegerField, Q

BLOCK = 50_000
"""How many addresses the protocol lets stand in one file."""
EVER_PUBLIC = Q(changed_at__isnull=False)


class BlockNumber(Func):
    """The number of the block that a key lies in; its size is spelt out in SQL, so that an index on it is found."""

    template = "(%(expressions)s / %(size)s)"
    output_field = IntegerField()

    def __init__(self, key="pk", size: int = BLOCK):
        super().__init__(key, size=size)
