"""Modality: certainty and cause that a sentence adds to what its evidence says."""

import re
from collections.abc import Iterator, Sequence

from enrich.check.evidence.problem import Problem
from enrich.check.evidence.wording import Wording
from enrich.text.pattern import lazy_pattern
from enrich.text.words import word_set

_WILL = lazy_pattern(r"\b(?:will(?-i:(?!\s[A-Z]))|wird|werden|sẽ)\b|(?<=\w)['’]ll\b|将", re.IGNORECASE)
_AHEAD = lazy_pattern(
    r"\b(?:will|shall|would|to be|going to|set to|due to|is to|are to|plans?|planned|planning|expects?|expected|aims?|"
    r"scheduled|promised|pledged|next|soon|upcoming|later|until|by|has to|have to|must|agreed|announced|wird|werden|"
    r"soll|sollen|sẽ)\b|(?<=\w)['’](?:ll|d)\b|[将要会]",
    re.IGNORECASE,
)
_MAY = lazy_pattern(
    r"\b(?:(?-i:may)|might|could|can|possibly|perhaps|maybe|consider(?:s|ed|ing)?|könnte[n]?|kann|können|vielleicht"
    r"|có thể)\b|可能",
    re.IGNORECASE,
)
_CAUSE = lazy_pattern(
    r"\b(?:because|due to(?! (?:be|have|begin|start|open|close|launch|arrive|happen|take|end|go|come|sail|run|last"
    r"|leave|depart|return|expire|meet|speak|appear|receive|play|fly|move|join|step|pay|finish|hit|reach|become|report"
    r"|publish|release|ship|host|hold|vote|decide|get|make|give|visit|stand|resume|enter|land|serve)\b)"
    r"|owing to|thanks to|caused? by|as a result|weil|wegen|aufgrund|bởi vì|do đó)\b"
    r"|因为|由于",
    re.IGNORECASE,
)
_REASON = lazy_pattern(
    r"\b(?:because|since|as|due|owing|thanks|caus\w+|result\w*|therefore|so|thus|hence|after|amid|given|led|lead\w*|"
    r"forc\w+|driv\w+|prompt\w*|reason\w*|why|following|blam\w+|cit\w+|attribut\w+|reflect\w*|fear\w*|mak\w+|made|mean\w*|"
    r"weil|wegen|aufgrund|durch|nachdem|da|denn|vì|do|nên|by \w+ing)\b|[因由]|[—–:;]|\s-\s",
    re.IGNORECASE,
)
"""What may give a reason, a dash or colon among it: `the plant closed: there was a strike`."""


_FOREMOST = word_set("largest biggest smallest fastest oldest youngest newest highest lowest unprecedented record")
"""Words that single out one thing of all; so does `a first`."""
_SINGLES_OUT = lazy_pattern(
    r"\b(?:dominant|dominat\w+|main|mainly|primary|principal|chief|leading|lead\w*|top\w*|most|first|ever|record|unique"
    r"|none|only|unmatched|\w{3,}est)\b",
    re.IGNORECASE,
)
"""How else the evidence may do so."""


def find_surer(said: Wording, given: Sequence[Wording]) -> Iterator[Problem]:
    """`will` where the evidence only holds it possible, and what is singled out where the evidence does not."""
    here = _joined(given)
    will = _WILL.search(said.text)
    if will and not _AHEAD.search(here) and (possible := _MAY.search(here)):
        yield Problem(will[0], f"“{will[0]}”: the source says “{possible[0]}”", sure=False)
    yield from _singled_out(said, given)


def find_added_cause(said: Wording, given: Sequence[Wording]) -> Iterator[Problem]:
    """`because` where the evidence names no cause."""
    cause = _CAUSE.search(said.text)
    if cause and not _REASON.search(_joined(given)):
        yield Problem(cause[0], f"“{cause[0]}”: the source names no cause", sure=False)


def _joined(given: Sequence[Wording]) -> str:
    return " ".join(wording.text for wording in given)


def _singled_out(said: Wording, given: Sequence[Wording]) -> Iterator[Problem]:
    """`the largest` where the evidence singles nothing out."""
    there = frozenset[str]().union(*(wording.root_set for wording in given))
    if any(_SINGLES_OUT.search(wording.text) for wording in given):
        return
    for lead, word, own in zip(["", *said.small], said.words, said.roots, strict=False):
        plain = word.text.casefold()
        if (plain in _FOREMOST or (lead, plain) == ("a", "first")) and own not in there:
            yield Problem(word.text, f"“{word.text}”: the source does not say so here", sure=False)
