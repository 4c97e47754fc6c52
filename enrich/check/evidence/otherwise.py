"""Figures that stand otherwise: where the sentence has one number or date, its evidence has another of the same kind.

A figure, like a name, is known by the words around it. One that the source has only away from the evidence, while the
evidence has another that the sentence does not say, was brought in; so was one whose words suit that other better.
"""

import math
import re
from collections.abc import Iterator, Sequence

from enrich.check.evidence.exchanged import find_exchanged
from enrich.check.evidence.figure_check import FigureCheck, Placed
from enrich.check.evidence.name_context import Slot, slot_at, suit
from enrich.check.evidence.place import Place
from enrich.check.evidence.problem import Problem
from enrich.check.evidence.wording import Wording
from enrich.check.facts.amount import ROUNDING, Quantity
from enrich.check.facts.counted import units_of
from enrich.check.facts.units import CURRENCIES, MULTIPLE
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span, covers
from enrich.text.words import word_set

_COUNTS = word_set("one twice thrice two three four five six seven eight nine ten eleven twelve")
"""Spelled numbers that a writer may well have counted up."""
_TOLD_BY_UNIT = frozenset(("times", "day", "week", "month", "year", "hour", "minute"))
"""Units of which a quote seldom has two numbers."""
_WORSE = 0.45
"""By how much less the words around a figure may suit the evidence's other one than its own place, far from there."""
_AT_HOME = 1.0
"""By how much they must suit a date's own place better for it to stand against another in the quote."""
_CLEARLY = 1.5
"""How well they must suit it for a missing figure to be that one, changed."""
_PUBLISHED = lazy_pattern(
    r"\b(?:announc|publish|report|wr[io]t|post|appear|releas|issu|dated|look|said|says)\w*\b[^,.;]{0,40}$",
    re.IGNORECASE,
)
"""Before the day on which a page was published: `when it announced this on 22 June`."""
_THESE_DAYS = word_set("today heute")
_LETTERS = lazy_pattern(r"[A-Za-z]+(?=\d)")
_A_DAY = frozenset(("month", "day"))
"""Parts of a date that tell a day of the calendar."""
_ARTICLES = word_set("one first")
"""Words that seldom count."""
_ADVERBS = word_set("once twice thrice")
"""Multiples that count how often, as `four times a week` does."""
_MOST_PLACES = 20
"""Places of a figure that are compared. By hand, a bound of time: each costs reading the words around it."""


def find_otherwise(said: Wording, figures: Sequence[FigureCheck], own: Place, place: Place) -> Iterator[Problem]:
    """The figures of a sentence that its evidence gives otherwise, as doubts.

    `own` is the place of the quote, `place` that and what else the sentence takes words from.
    """
    omitted = _omitted(said, figures, own)
    for figure in figures:
        rival = _rival(said, figure, omitted, own)
        if (
            rival
            and _is_told(figure, place)
            and not (figure.said and own.source.figures.makes(figure.said, own.parts))
            and (_is_another(said, figure, rival, own) or _is_brought_in(said, figure, rival, own, place))
        ):
            yield _instead(figure, _text(rival, own))
    yield from _miscounted(said, figures, own)
    yield from _of_others(figures, own)
    yield from _of_series(figures, own)
    yield from find_exchanged(said, figures, own)


def _miscounted(said: Wording, figures: Sequence[FigureCheck], own: Place) -> Iterator[Problem]:
    """Small and weak numbers, which every source has somewhere, where the quote has another of the same things."""
    counts = [figure for figure in figures if _is_count(figure) and not any(_is_quoted(at, own) for at in figure.where)]
    if not counts:
        return
    told = _told(figures, own)
    held = own.source.figures.numbers_in(own.parts)
    rivals = [each for each in held if each.span not in told and each.readings and not each.label]  # `Flight 17`
    for figure in counts:
        other = _other_count(said, figure, rivals, own)
        if other:
            yield _instead(figure, other.text)


def _other_count(said: Wording, figure: FigureCheck, rivals: Sequence[Quantity], own: Place) -> Quantity | None:
    """The one of `rivals` that stands in the place of a count: of the same things, among the same words, or alone."""
    alike = [each for each in rivals if figure.said and _are_of_a_kind(figure.said, each)]
    things = [each for each in alike if not figure.things.isdisjoint(own.source.figures.things_of(each))]
    if things or figure.of_whole or any(_is_here(at, own) for at in figure.where):
        return things[0] if things else None
    like = [each for each in alike if figure.units & units_of(each)]
    slot = slot_at(said, figure.span)
    home = max((_suit(slot, at, own) for at in figure.where[:_MOST_PLACES]), default=0.0)
    for each in like:
        if _suit(slot, each.span, own) > home:
            return each
    alone = [each for each in like if any(figure.units) or each.readings[0].value > 1]
    near = any(own.is_near(at.start) for at in figure.where)
    return alone[0] if len(alone) == 1 and not near else None


def _are_of_a_kind(number: Quantity, other: Quantity) -> bool:
    """Whether one can stand for the other: both count or both number, and it is beyond no bound that is said."""
    if (number.kind == "ordinal") != (other.kind == "ordinal") or _is_share(number) != _is_share(other):
        return False
    if number.text.casefold() not in _ADVERBS and MULTIPLE in units_of(number) and MULTIPLE not in units_of(other):
        return False  # what quadrupled is no eleven
    value, held = _in_one_unit(number, other)
    if _is_share(number) and math.isclose(value + held, 1.0):  # a third was kept of what two thirds were thrown away
        return False
    is_over, is_under = number.hedge.endswith("over") and held > value, number.hedge.endswith("under") and held < value
    is_nearly = number.hedge == "nearly" and ROUNDING["nearly"][0] * value <= held < value
    return not (is_over or is_under or is_nearly)


def _in_one_unit(number: Quantity, other: Quantity) -> tuple[float, float]:
    """The values of both in a unit that both can be read in, as far as there is one."""
    units = {reading.unit: reading.value for reading in reversed(other.readings)}
    pairs = ((reading.value, units[reading.unit]) for reading in number.readings if reading.unit in units)
    return next(pairs, (number.readings[0].value, other.readings[0].value))


def _is_share(quantity: Quantity) -> bool:
    return quantity.share or "percent" in units_of(quantity)


def _of_others(figures: Sequence[FigureCheck], own: Place) -> Iterator[Problem]:
    """Numbers of other things in the quote, which has another of these: `20 cups` of `13 cups and 20 coaches`."""
    told = _told(figures, own)
    book = own.source.figures
    for figure in figures:
        if figure.weak or not (figure.where and figure.things) or figure.text.casefold() in _COUNTS:
            continue
        held = [each for each in book.numbers_in(own.parts) if _may_stand(figure, each.span, own)]
        same = [each for each in held if not figure.things.isdisjoint(book.things_of(each))]
        here = [each for each in same if figure.units & units_of(each) and not each.weak]
        if here and told.isdisjoint(each.span for each in here):
            yield _instead(figure, here[0].text)


def _of_series(figures: Sequence[FigureCheck], own: Place) -> Iterator[Problem]:
    """Numbers of things that have them for a name, where the quote has another of the series: `ID4` for ID7."""
    told = _told(figures, own)
    for figure in figures:
        series = _series_of(figure.said) if figure.said else ""
        if not series or any(_is_quoted(at, own) for at in figure.where):
            continue
        quoted = (each for each in own.source.figures.quantities if covers(own.parts, each.span.start))
        others = [each for each in quoted if _series_of(each) == series]
        if others and told.isdisjoint(each.span for each in others):
            yield _instead(figure, others[0].text)


def _instead(figure: FigureCheck, other: str, sure: bool = False) -> Problem:
    """A figure where the quote has another: the reason says which, and whether the source has it at all."""
    there = "stands elsewhere in the source" if figure.given else "is not in the source"
    return Problem(figure.text, f"{figure.kind} {figure.text} {there}; your quote has {other}", sure=sure)


def _series_of(quantity: Quantity) -> str:
    """The letters before the digits of a name: `id` of `ID7`; empty for what is none."""
    letters = _LETTERS.match(quantity.text) if quantity.kind == "code" else None
    return letters.group().casefold() if letters else quantity.label


def _is_count(figure: FigureCheck) -> bool:
    """Whether a figure says nothing by standing somewhere: `two`, `three months`, `a dozen`; `one` is an article."""
    word, _, unit = figure.text.casefold().partition(" ")
    if figure.said is None or figure.counted or not figure.said.readings or not CURRENCIES.isdisjoint(figure.units):
        return False
    if figure.weak:
        return word not in _ARTICLES or unit != ""
    return figure.given and word in _COUNTS and " " not in unit


def describe_missing(said: Wording, figures: Sequence[FigureCheck], own: Place) -> Iterator[Problem]:
    """The figures of a sentence that the source lacks, with what its evidence has in their place.

    What the writer may have counted or calculated is a doubt, unless the evidence has another figure in its very place.
    """
    omitted = _omitted(said, figures, own)
    for figure in figures:
        if figure.given or (figure.weak and not figure.counted):
            continue
        rival = _rival(said, figure, omitted, own)
        changed = rival is not None and any(figure.units) and _suit(slot_at(said, figure.span), rival, own) > _CLEARLY
        if rival and (changed or not figure.counted):
            yield _instead(figure, _text(rival, own), sure=not figure.counted)
        else:
            yield Problem(figure.text, figure.reason, sure=not figure.counted)


def _told(figures: Sequence[FigureCheck], own: Place) -> set[Span]:
    """The places of what a sentence says, and of the numbers from which that came: the 33 of `from 33 to 44`."""
    told = {span for figure in figures for span in figure.where}
    return told | own.source.figures.starts_of(told)


def _omitted(said: Wording, figures: Sequence[FigureCheck], own: Place) -> list[Placed]:
    """The figures of the evidence that the sentence does not say."""
    sure = [figure for figure in figures if not figure.weak]
    told = _told(sure, own)
    told.update(own.source.figures.counted_from(said.text))
    rows = own.source.figures.within(_sentences(own))
    return [row for row in rows if row[2] not in told or _is_finer(row, sure)]


def _is_finer(row: Placed, figures: Sequence[FigureCheck]) -> bool:
    """Whether a date is only taken for one that the sentence tells, and says none of its parts: `February`, of 2020."""
    kind, units, span = row
    tellers = [figure for figure in figures if figure.kind == kind == "date" and span in figure.where]
    return bool(tellers and units) and all(figure.units.isdisjoint(units) for figure in tellers)


def _sentences(place: Place) -> list[Span]:
    return [place.source.sentences[number] for number in place.numbers]


def _text(span: Span, place: Place) -> str:
    return span.of(place.source.text)


def _rival(said: Wording, figure: FigureCheck, rows: Sequence[Placed], place: Place) -> Span | None:
    """The figure among `rows` of the same kind and unit that the words around the sentence's own suit best."""
    like = [span for kind, units, span in rows if figure.is_like(kind, units) and _may_stand(figure, span, place)]
    spans = (like or [span for kind, _, span in rows if kind == figure.kind == "date"])[:_MOST_PLACES]
    slot = slot_at(said, figure.span)
    return max(spans, key=lambda span: (_is_quoted(span, place), _suit(slot, span, place)), default=None)


def _may_stand(figure: FigureCheck, span: Span, place: Place) -> bool:
    """Whether a number of the source may be the figure's: no ordinal for a count, no count of things for an age."""
    other = place.source.figures.quantity_at(span)
    if figure.said is None or other is None:
        return True
    if (figure.said.kind == "ordinal") != (other.kind == "ordinal"):
        return False
    return not (other.of_things and other.counts and not (figure.said.of_things or figure.said.counts))


def _is_quoted(span: Span, place: Place) -> bool:
    return covers(place.parts, span.start)


def _suit(slot: Slot | None, span: Span, place: Place) -> float:
    given = _given(span, place)
    return suit(slot, given) if slot and given else 0.0


def _given(span: Span, place: Place) -> Slot | None:
    """The words around a place of the source; none for the headline and the publication date."""
    number = place.source.sentence_at(span.start)
    if not span.end or span.start >= len(place.source.text) or number >= len(place.source.sentences):
        return None
    start = place.source.sentences[number].start
    return slot_at(place.source.wording(number), Span(span.start - start, span.end - start))


def _is_another(said: Wording, figure: FigureCheck, rival: Span, own: Place) -> bool:
    """Whether a date stands nowhere in the sentences of the quote, which has another with the same parts.

    Only words that clearly suit its own place speak for it.
    """
    if figure.kind != "date" or not _is_quoted(rival, own):
        return False
    places = [span for span in figure.where[:_MOST_PLACES] if span.end]
    if len(places) < len(figure.where[:_MOST_PLACES]) or any(_is_here(span, own) for span in places):
        return False
    slot = slot_at(said, figure.span)
    return _suit(slot, rival, own) >= max((_suit(slot, span, own) for span in places), default=0.0) - _AT_HOME


def _is_here(span: Span, own: Place) -> bool:
    """Whether a place lies in one of the sentences that hold the quote."""
    return span.end > 0 and own.source.sentence_at(span.start) in own.numbers


def _is_brought_in(said: Wording, figure: FigureCheck, rival: Span, own: Place, place: Place) -> bool:
    """Whether the words around a figure suit the evidence's other one better than its own places.

    What stands around the evidence, in its sentence, or where the sentence takes more from, must do so worse.
    """
    places = [span for span in figure.where if span.end][:_MOST_PLACES]
    if not places and figure.units >= _A_DAY and _PUBLISHED.search(said.text, 0, figure.span.start):
        return False  # it is the day of the page itself
    numbers = {place.source.sentence_at(span.start) for span in places}
    if any(_is_quoted(span, own) for span in places):
        return False
    slot = slot_at(said, figure.span)
    home = max((_suit(slot, span, place) for span in places), default=0.0)
    beside = place.around if figure.kind == "number" else ()
    close = not numbers.isdisjoint((*own.numbers, *place.numbers, *beside))
    return _suit(slot, rival, own) > home - (0.0 if close else _WORSE)


def _is_told(figure: FigureCheck, place: Place) -> bool:
    """Whether the source gives the figure, and not in its headline, which goes for every sentence; `today` may be
    these days."""
    if figure.text.casefold() in _THESE_DAYS:
        return False
    if not figure.given or figure.weak or not figure.where or figure.text.casefold() in _COUNTS:
        return False
    return all(span.start < len(place.source.text) for span in figure.where)
