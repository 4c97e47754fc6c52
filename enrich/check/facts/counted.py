"""What a number counts, and in which units it can be read."""

from enrich.check.facts.amount import Quantity
from enrich.check.facts.stems import is_function_word, stem
from enrich.check.facts.units import MULTIPLE
from enrich.text.pattern import lazy_pattern
from enrich.text.words import split_words

_FOLLOWING = lazy_pattern(r"(?:\sof(?:\s(?:the|its|their|his|her|our|these|those|all))?)?(?:[ -][^\W\d_]+){1,3}")


def things_of(quantity: Quantity, text: str) -> frozenset[str]:
    """Stems of the words that follow the number with no sign between: `inquiry` and `open` of `two open inquiries`."""
    words = _FOLLOWING.match(text, quantity.span.end)
    following = split_words(words.group()) if words else []
    times = [MULTIPLE] if MULTIPLE in units_of(quantity) else []  # `twice` counts them too
    return frozenset(map(stem, [*times, *(word.text for word in following if not is_function_word(word.text))]))


def units_of(quantity: Quantity) -> frozenset[str]:
    """The units that it can be read in."""
    return frozenset(reading.unit for reading in quantity.readings)
