"""Text as XML can carry it."""

import re

NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def carried(text: str) -> str:
    """`text` without the characters that XML cannot carry, which arrive with pasted text."""
    return NOT_IN_XML.sub("", text)
