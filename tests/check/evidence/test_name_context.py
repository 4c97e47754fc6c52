"""Names by the words around them: which place suits a name, and which two names are one."""

import pytest

from enrich.check.evidence.name_context import Slot, name_slots, same_name, suit
from enrich.check.evidence.wording import Wording


def first_name(text: str) -> Slot:
    """The first name of a sentence; the word that opens it may be one, unless it only says when."""
    return name_slots(Wording(text), frozenset({text.split()[0].casefold()}) - {"yesterday", "later"})[0]


def suits(said: str, given: str) -> float:
    """How well the first name of one sentence suits the place of the first of another."""
    return suit(first_name(said), first_name(given))


def test_words_on_the_other_side_count_less() -> None:
    """A sentence may be turned round; who stands in the same order was hardly replaced."""
    same = suits("Yesterday Brightmere dredged the harbour.", "Later Halden dredged a canal.")
    turned = suits("Yesterday Brightmere dredged the harbour.", "They dredged Halden, a canal.")
    assert 0 < turned < same


def test_one_preposition_is_worth_less_than_a_telling_word() -> None:
    """Names behind one preposition play one part, and so do many others."""
    none = suits("He works at Brightmere.", "She sings for Halden.")
    preposition = suits("He works at Brightmere.", "She sings at Halden.")
    word = suits("He dredges, Brightmere says.", "She dredges, Halden knows.")
    assert none < preposition < word


def test_who_speaks_suits_who_speaks() -> None:
    """A speaker is known by what it says, and by that alone no better than by a word that stands beside it."""
    silent = suits("Pell said so.", "Moor was there.")
    speaking = suits("Pell said so.", "It was there, according to Moor.")
    word = suits("Pell dredged it.", "Moor dredged it.")
    assert silent < speaking < word


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Starhip", "Starship", True),
        ("Lanternfish", "Lanternfsh", True),
        ("Lanternfish", "Lampreyfish", False),
        ("Dana", "Dan", False),
        ("Iran", "Iraq", False),
        ("Kelmar", "Kelmore", False),
        ("Ada Moor", "Moor", True),
        ("Ada Moor", "Jonas Pell", False),
        ("European Space Agency", "ESA", True),
    ],
)
def test_a_slip_of_a_long_name_is_that_name(one: str, other: str, same: bool) -> None:
    """A typing error is no second company; two short names that differ by a letter are two."""
    first, second = (first_name(f"Yesterday {name} dredged it.") for name in (one, other))
    assert same_name(first, second) == same
