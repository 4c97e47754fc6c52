"""What a person may have meant by a word that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches

_LIKE = 0.6
"""Share of letters in common, in order, from which a known word may be meant."""


def find_nearest(word: str, known: Iterable[str]) -> str:
    """The word of ``known`` that is most like ``word``, case aside; empty when none is."""
    by_form = {_form(one): one for one in known}
    form = _form(word)
    near = get_close_matches(form, by_form, 1, _LIKE)
    if not near and len(form) > 2:  # only a part of the word was written: url for base_url
        near = [one for one in by_form if form in one.split("_")][:1]
    return by_form[near[0]] if near else ""


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """The remedy for an unknown word: ``did you mean draft?``, or ``otherwise`` when nothing is like it."""
    nearest = find_nearest(word, known)
    return f"did you mean {nearest}?" if nearest else otherwise


def _form(word: str) -> str:
    return word.casefold().strip("-").replace("-", "_")
