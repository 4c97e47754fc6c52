"""Errors planted in true sentences: one changed thing of a known kind each, drawn with a given chance.

Most kinds are planted by the scorer that lies beside the grounding cases. A draw that makes no error is drawn again:
what is no name in a name's place (`Nov`, `Mr`, `GW`), and the same name in another form (`Chinese` for `China`).
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from enrich.text.words import split_words, word_set

KINDS = (
    "number",
    "date",
    "quote altered",
    "name new",
    "name swapped",
    "roles exchanged",
    "negation",
    "direction",
    "clause appended",
    "invented",
)
_TRIES = 20
_NO_NAMES = word_set("""
    mr mrs ms dr ceo cto cfo jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday
    saturday sunday gb mb kb tb gw mw kw gwh mwh kwh ghz mhz tflops tops pv fps ppi dba usd eur every company phase
    max articles article key keyboards neo
""")
"""Capitalised words and units that the scorer takes for names."""
_TURNS = """
rose fell|rises falls|fell rose|grew shrank|grow shrink|grows shrinks|more less|less more|before after|after before
larger smaller|largest smallest|biggest smallest|heavier lighter|higher lower|lower higher|faster slower|quickly slowly
bought sold|won lost|lost won|cut raise|cuts raises|cutting raising|raising cutting|increase reduce|reduce increase
above below|below above|earlier later|later earlier|longer shorter|least most|approved rejected|rejected approved
agreed refused|started ended|ended started|stop start|starts ends|joined left|cooler hotter|better worse|worse better
cheaper dearer|stronger weaker|weakened strengthened|thinner thicker|slimmer wider|fewer more|quieter louder
expansion contraction|growth decline|gained lost|rise fall|fall rise|shrink grow|accept reject|supports opposes
increased reduced|enlarged reduced|loss profit|lost earned|most fewest|highest lowest|lowest highest|beat trailed
"""
"""Words, each with its opposite, that can be exchanged without breaking the sentence."""


def plant(text: str, source: str, quotation: str, scorer: Any, chance: random.Random) -> Iterator[tuple[str, str]]:
    """(kind, sentence with an error) for every kind that ``text`` has room for; ``quotation`` has its quote altered."""
    planters: dict[str, tuple[Callable[[], str | None], bool]] = {
        "number": (lambda: scorer._num(text, source, chance), False),
        "date": (lambda: scorer._date(text, source, chance), False),
        "name new": (lambda: scorer._ent(text, 0, source, chance, False, text), False),
        "name swapped": (lambda: scorer._ent(text, 0, source, chance, True, text), True),
        "roles exchanged": (lambda: scorer._roles(text, 0, text, chance), True),
        "negation": (lambda: scorer._flip(text, chance), False),
        "direction": (lambda: _turned(text, chance), False),
        "clause appended": (lambda: scorer._detail(text, chance), False),
        "invented": (lambda: _invented(source, scorer, chance), False),
        "quote altered": (lambda: scorer._quote(quotation, source, chance), False),
    }
    for kind, (draw, names) in planters.items():
        changed = next(
            (drawn for _ in range(_TRIES) if (drawn := draw()) is None or _is_error(text, drawn, names)), None
        )
        if changed:
            yield kind, changed


def _is_error(text: str, changed: str, names: bool) -> bool:
    """Whether the change says something else; of `names`, whether it puts another name in a name's place."""
    if changed == text:
        return False
    if not names:
        return True
    old, new = _difference(text, changed)
    return (
        bool(old and new)
        and not (_forms(new) & _NO_NAMES)
        and not any(one[:4] == other[:4] for one in _forms(old) for other in _forms(new) - _forms(old))
    )


def _difference(first: str, second: str) -> tuple[str, str]:
    """What stands between the words that two sentences begin and end with."""
    ours, theirs = first.split(), second.split()
    start = _shared(ours, theirs)
    end = _shared(ours[start:][::-1], theirs[start:][::-1])
    return " ".join(ours[start : len(ours) - end]), " ".join(theirs[start : len(theirs) - end])


def _shared(first: Sequence[str], second: Sequence[str]) -> int:
    """How many words two sequences begin with alike."""
    return next((at for at, (one, other) in enumerate(zip(first, second, strict=False)) if one != other), len(first))


def _forms(words: str) -> frozenset[str]:
    return frozenset(
        re.sub(r"['’]s$", "", word.text.casefold()) for word in split_words(words) if word.text[0].isupper()
    )


def _turned(text: str, chance: random.Random) -> str | None:
    """A word of direction in the place of its opposite."""
    turns: dict[str, str] = {}
    for pair in _TURNS.replace("\n", "|").strip("|").split("|"):
        first, second = pair.split()
        turns.setdefault(first, second)
    places = [word for word in split_words(text) if word.text in turns]
    if not places:
        return None
    word = chance.choice(places)
    return text[: word.start] + turns[word.text] + text[word.end :]


def _invented(source: str, scorer: Any, chance: random.Random) -> str:
    """A sentence that no source says, of one of its most common names."""
    names = [name for name, _ in Counter(name for _, _, name in scorer.names(source)).most_common(6)]
    template = chance.choice(scorer._INVENT if names else scorer._INVENT[:8])
    return str(template.replace("{N}", chance.choice(names) if names else ""))
