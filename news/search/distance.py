"""How far two words are from each other, as fingers slip: letters left out, added, swapped, or in place of another."""

SOUNDS = (
    ("dj", "j"),
    ("tj", "c"),
    ("oe", "u"),
    ("kh", "k"),
    ("sy", "s"),
    ("sh", "s"),
    ("ch", "c"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("gh", "g"),
    ("ks", "x"),
    ("v", "f"),
    ("p", "f"),
    ("z", "s"),
    ("q", "k"),
    ("y", ""),
    ("h", ""),
    ("a", ""),
    ("i", ""),
    ("u", ""),
    ("e", ""),
    ("o", ""),
)
MOST_KEY = 12


def sound_key(word: str) -> str:
    """What is left of a word without vowels, where spellings that sound alike are one and doubled letters single."""
    key = word
    for written, heard in SOUNDS:
        key = key.replace(written, heard)
    single = "".join(letter for letter, before in zip(key, " " + key) if letter != before)
    return single[:MOST_KEY]


def slips(word: str, other: str, most: int) -> int:
    """The number of slips between two words; `most + 1` stands for any number above `most`."""
    if abs(len(word) - len(other)) > most or _different_letters(word, other) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        earlier, before, row = before, row, [i]
        for j, facing in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != facing))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == facing:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)


def _different_letters(word: str, other: str) -> int:
    """At least so many slips lie between two words, whatever their order of letters."""
    mine, theirs = set(word), set(other)
    return max(len(mine - theirs), len(theirs - mine))
