"""Where a sentence stands in a review: what is looked at first, and the badge that says how it is."""

from typing import Literal

from enrich.check.note_check import SentenceCheck

Badge = Literal["bad", "look", "good"]
"""Not in the source or against it; to be looked at; looked at, or in the source's own words."""
ASKED = frozenset(("doubtful", "unread"))
"""Verdicts of sentences that somebody has to look at before the note is approved."""


def rank_of(row: SentenceCheck) -> int:
    """The place in a review, 0 first: unsupported, contradicted, goes beyond, doubts, unread inferences, the rest."""
    meaning = row.reading.meaning if row.reading else ""
    if row.verdict == "unsupported":
        return 0
    if row.verdict == "doubtful":
        return {"contradicted": 1, "goes beyond": 2, "not there": 2}.get(meaning, 3)
    if row.verdict == "unread":
        return 4 if row.kind != "fact" else 5
    return 6 if row.verdict == "supported" else 7


def badge_of(row: SentenceCheck) -> Badge:
    """One of three, so that a doubt is never green."""
    if row.is_refuted:
        return "bad"
    return "look" if row.verdict in ASKED else "good"


def say_standing(row: SentenceCheck, how: str = "") -> str:
    """The badge's words; ``how`` is what a person did with the sentence: ``keep``, ``vouch``, ``edit`` …"""
    if row.verdict == "human":
        return "a person's own"
    if row.verdict == "supported":
        if how:
            return "vouched for" if how == "vouch" else "read by a person"
        return f"read by {row.read_by}" if row.read_by else "the source's own words"
    if row.verdict == "doubtful" and row.reading is not None:
        return row.reading.meaning
    return row.verdict
