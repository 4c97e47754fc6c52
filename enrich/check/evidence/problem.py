"""A problem: something that a sentence says other than its source, with the reason in words."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that the source does not say, or says otherwise."""

    words: str
    """As written in the sentence."""
    reason: str
    sure: bool = True
    """The source lacks or contradicts it; else it is a doubt, for a person to look at."""
