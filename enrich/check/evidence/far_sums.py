"""Numbers that follow from those of a page in ways that two neighbours do not: the rest of a whole, so much for each of
a few, two numbers of which one is told far from the other, and three shares."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from enrich.check.facts.amount import ROUNDING, Quantity
from enrich.check.facts.sums import Derived, is_amount
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Cover

_ALL = 100.0
"""Percent of a whole."""
_ROUNDED = 0.005
"""How far a sum may be rounded, as a share of it."""
_EACH = lazy_pattern(r"\b(?:each|every|apiece|both|per|an?\s(?:head|piece))\b")
_REACH = 40
"""Characters on either side of an amount within which it is said to be for each: a clause."""
_A_FEW = frozenset(map(float, range(2, 13)))
"""How many there may be of whom each has an amount: as many as a sentence names."""
_TELLING = 3
"""Digits of a number that two far numbers of a page do not make by chance. Of two digits some always do."""
_PAIR = 2
"""The same of a share of an amount, which both must be of the same unit."""
_AROUND = 300
"""Characters on either side of what is at hand in which a share may stand whose rest is told: a paragraph."""
_MOST_HELD = 12
"""Numbers at hand that are held against all others of the page. By hand, a bound of time."""
_MOST_ALIKE = 1_000
"""Numbers of a unit on a page that are looked through. By hand, a bound of time: only a table has more."""


def find_far_sum(quantity: Quantity, at_hand: Cover, quantities: Sequence[Quantity], text: str) -> Derived | None:
    """What a number that the page lacks is made of, one number at hand among them; None when nothing makes it."""
    if not quantity.readings:
        return None
    told = [each for each in quantities if each.readings and not each.weak]
    held = [each for each in told if each.span.start in at_hand]
    around = at_hand.widened(_AROUND)
    ways = (
        _rests(quantity, [each for each in told if each.span.start in around]),
        _multiples(quantity, held, text),
        _shares(quantity, held, quantities),
        _with_another(quantity, held, quantities),
    )
    return next((derived for way in ways for derived in way), None)


def _rests(quantity: Quantity, held: Sequence[Quantity]) -> Iterator[Derived]:
    """A share that is what one or two others leave of the whole: one in fifty where 98 percent are gone."""
    if not any(reading.unit == "percent" for reading in quantity.readings):
        return
    shares = [each for each in held if each.readings[-1].unit == "percent"][:_MOST_HELD]
    for group in (*((each,) for each in shares), *combinations(shares, 2)):
        if _makes(_ALL - sum(each.readings[-1].value for each in group), quantity):
            said = " and ".join(each.text for each in group)
            yield Derived(said, sure=False, places=tuple(each.span for each in group))


def _shares(quantity: Quantity, held: Sequence[Quantity], quantities: Sequence[Quantity]) -> Iterator[Derived]:
    """So many percent of an amount, one of the two at hand: 43 euros of 2.1 percent and 2,050 euros."""
    unit = quantity.readings[0].unit
    if unit == "percent" or not is_amount(quantity) or _digits(quantity) < _PAIR:
        return
    for some, others in ((held[:_MOST_HELD], quantities[:_MOST_ALIKE]), (quantities[:_MOST_ALIKE], held[:_MOST_HELD])):
        shares = [each for each in some if each.kind == "percentage" and each.readings][:_MOST_HELD]
        whole = [each for each in others if is_amount(each) and each.readings[0].unit == unit]
        for share, each in product(shares, whole):
            if _makes(share.readings[0].value * each.readings[0].value / _ALL, quantity):
                yield Derived(f"{share.text} of {each.text}", sure=False, places=(share.span, each.span))


def _multiples(quantity: Quantity, held: Sequence[Quantity], text: str) -> Iterator[Derived]:
    """What an amount that each of a few has comes to: `each have pledged $15 million`."""
    for each in filter(is_amount, held):
        value, unit = each.readings[0]
        around = max(0, each.span.start - _REACH), each.span.end + _REACH
        of_each = value > 0 and unit != "percent" and _EACH.search(text, *around)
        if of_each and any(other == unit and made / value in _A_FEW for made, other in quantity.readings):
            yield Derived(f"{each.text} for each", sure=False, places=(each.span,))


def _with_another(quantity: Quantity, held: Sequence[Quantity], quantities: Sequence[Quantity]) -> Iterator[Derived]:
    """Two numbers wherever they stand, and what several shares of the evidence make with one of another place."""
    unit = quantity.readings[0].unit
    alike, near = (
        [each for each in some if is_amount(each) and each.readings[0].unit == unit] for some in (quantities, held)
    )
    alike, near = alike[:_MOST_ALIKE], near[:_MOST_HELD]
    groups = [[each] for each in near] if _digits(quantity) >= _TELLING else []
    if unit == "percent" and len(near) > 1:
        groups.append(near)
    for group, other in product(groups, alike):
        total, value = sum(each.readings[0].value for each in group), other.readings[0].value
        results = [total + value] if len(group) > 1 else [total + value, abs(total - value)]
        if other not in group and any(_makes(result, quantity) for result in results):
            numbers = sorted([*group, other], key=lambda each: each.span)
            said = f"{', '.join(each.text for each in numbers[:-1])} and {numbers[-1].text}"
            yield Derived(said, sure=False, places=tuple(each.span for each in numbers))


def _makes(result: float, quantity: Quantity) -> bool:
    """Whether a number may be told for a result."""
    for value, unit in quantity.readings:
        if unit != "percent":
            low, high = value, value
        else:
            low, high = (value * bound for bound in ROUNDING[quantity.hedge])
        if low - _ROUNDED * value <= result <= high + _ROUNDED * value:
            return True
    return False


def _digits(quantity: Quantity) -> int:
    """How many digits its value has that are no noughts at its end."""
    return len(f"{quantity.readings[0].value:.10g}".replace(".", "").strip("0"))
