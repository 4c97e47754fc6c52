"""Controls: sentences with a known error that go along in every request, so that a reader who nods is found out.

They are made of the page's own sentences, in which one thing is turned: a number, a direction, or a name; where none of
that can be, the sentence is denied.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256

from msgspec import Struct

from enrich.check.evidence.prepared_source import PreparedSource
from enrich.check.facts.date_mention import MONTH_OF
from enrich.check.facts.names import Name, find_names
from enrich.check.facts.stems import bare
from enrich.reader.statement import Statement
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.text.words import split_words

CONTROLS = 2
"""In each request."""
_CHARACTERS = (30, 320)
"""Of a sentence that can become one."""
_NUMBER = lazy_pattern(r"(?<![A-Za-z0-9_.,/:-])\d(?:[\d.,]*\d)?(?![A-Za-z0-9_/:-]|[.,]\d)", re.ASCII)
_NEXT_TO = 12
"""Characters beside a number in which a month makes it a day."""
_WORD = lazy_pattern(r"(?<![\w'’-])[A-Za-z]+(?![\w'’-])")
_DENIED = lazy_pattern(r"\b(?:not|no|never|nor|neither|without)\b|n['’]t\b", re.IGNORECASE)
"""What of two opposites is denied may both be so."""
_YEARS = range(1900, 2100)
"""Numbers that may be a year: their last digit is turned, or nobody would take the sentence for the page's."""
_TURNS = (
    "rose fell|rises falls|increased decreased|increases decreases|grew shrank|gained lost|higher lower|more less"
    "|larger smaller|largest smallest|above below|before after|first last|won lost|bought sold|buys sells|begins ends"
    "|began ended|opened closed|faster slower|cheaper dearer|allows forbids|allowed forbade|accepted rejected"
    "|approved rejected|joined left|north south|east west|early late|earlier later|always never|most least"
)
_OPPOSITES = {
    one: other
    for pair in _TURNS.split("|")
    for one, other in (pair.split(), reversed(pair.split()))
    # what these turn into depends on what was meant: `last week` has no opposite
    if one not in ("lost", "rejected", "left", "last", "less")
}
_DENIAL = "It is not true that “{}”."


class _Place(Struct, frozen=True):
    """A sentence of the source that can be turned."""

    text: str
    span: Span


def make_controls(source: PreparedSource, salt: str) -> tuple[Statement, ...]:
    """Statements that the source contradicts, of different sentences and kinds where it has them; none of no source.

    ``salt`` decides which: the same request is made again from the same sentences.
    """
    places = sorted(_places(source), key=lambda place: _digest(f"{salt}\n{place.text}"))
    turns: tuple[Callable[[str], str], ...] = (
        partial(_turn_number, page=source.text),
        _turn_direction,
        partial(_turn_name, names=_names(source)),
        partial(_turn_number, page=source.text),
        _deny,
        _deny,
    )
    made: dict[Span, str] = {}
    for turn in turns:
        for place in places:
            if len(made) < CONTROLS and place.span not in made and (turned := turn(place.text)):
                made[place.span] = turned
                break
    return tuple(Statement(f"control {span.start}", text, evidence=span) for span, text in made.items())


def mix(statements: Sequence[Statement], controls: Sequence[Statement], salt: str) -> tuple[Statement, ...]:
    """The controls among the statements, at places that ``salt`` decides."""
    mixed = list(statements)
    for control in controls:
        mixed.insert(int(_digest(f"{salt}\n{control.text}")[:8], 16) % (len(mixed) + 1), control)
    return tuple(mixed)


def _places(source: PreparedSource) -> list[_Place]:
    """The whole sentences of a usual length that state something; where there are none, whatever there is."""
    shown = [_Place(" ".join(span.of(source.text).split()), span) for span in source.sentences]
    whole = [place for place in shown if place.text.endswith((".", "。")) and place.text.count('"') % 2 == 0]
    usual = [place for place in whole if _CHARACTERS[0] <= len(place.text) <= _CHARACTERS[1]]
    return usual or whole or shown


def _turn_number(text: str, page: str) -> str:
    """Another number in place of the first that stands once: one that the page has nowhere."""
    for found in _NUMBER.finditer(text):
        if text.count(found[0]) == 1 and not _is_day(text, found) and (other := _other_number(found[0], page)):
            return text[: found.start()] + other + text[found.end() :]
    return ""


def _other_number(number: str, page: str) -> str:
    is_year = number.isdigit() and int(number) in _YEARS
    at = len(number) - 1 if is_year else 0
    for shift in (4, 5, 3, 6, 2):
        digit = (int(number[at]) - 1 + shift) % 9 + 1
        other = number[:at] + str(digit) + number[at + 1 :]
        if other not in page:
            return other
    return ""


def _is_day(text: str, number: re.Match[str]) -> bool:
    near = text[max(0, number.start() - _NEXT_TO) : number.end() + _NEXT_TO]
    return any(word.casefold() in MONTH_OF for word in re.findall(r"[^\W\d_]+", near))


def _turn_direction(text: str) -> str:
    """The opposite of the only word of the sentence that has one."""
    words = [found for found in _WORD.finditer(text) if found[0] in _OPPOSITES]
    if len(words) != 1 or _DENIED.search(text):
        return ""
    (found,) = words
    return text[: found.start()] + _OPPOSITES[found[0]] + text[found.end() :]


def _names(source: PreparedSource) -> list[str]:
    """The names of several words, or inside of a sentence, in the page's order."""
    found = find_names(source.text, split_words(source.text), source.has_noun_capitals)
    return list(dict.fromkeys(" ".join(name.text.split()) for name in found if _is_sure(name)))


def _turn_name(text: str, names: Sequence[str]) -> str:
    """A name of the page that has nothing in common with the sentence, in place of one of its own."""
    said = {bare(word.text) for word in split_words(text)}
    others = [name for name in names if said.isdisjoint(bare(word.text) for word in split_words(name))]
    own = [name for name in names if len(name.split()) > 1 and text.count(name) == 1]
    return text.replace(own[0], others[0]) if own and others else ""


def _is_sure(name: Name) -> bool:
    return not name.is_doubtful and "\n" not in name.text


def _deny(text: str) -> str:
    return _DENIAL.format(text.rstrip(".。").replace("“", "'").replace("”", "'"))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
