"""How long an answer will be, so that whoever waits for it sees how far it is."""

from collections.abc import Iterable

from enrich.vault.section_type import LISTED, SectionType

_HEAD = 110
"""Tokens of title, topics, keywords and description."""
_PER_WORD = {"fact": 4.2, "inference": 4.2, "none": 2.0}
"""Tokens of JSON a word that is asked for: where a sentence needs evidence, its quotation comes with it.

Fitted to the recorded answers (`fixtures/cases`, four characters a token), of which 19 had .75 to 1.10 of the sum.
"""

READ_TOKENS = 60
"""Of what a second reader says of one sentence."""


def expect_tokens(sections: Iterable[SectionType], head: bool) -> int:
    """About how many tokens an answer with these sections has; ``head``: with title, topics, keywords, description."""
    return (_HEAD if head else 0) + round(sum(_words(section) * _PER_WORD[section.evidence] for section in sections))


def _words(section: SectionType) -> float:
    """The words that the model is asked for in the section."""
    each = _middle(section.aim or section.words)
    return each * _middle(section.aim_items or section.items) if section.shape in LISTED else each


def _middle(limits: tuple[int, int]) -> float:
    return (limits[0] + limits[1]) / 2
