"""Small real parts that the tests of the pipeline share: a source, candidates, an answer."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from enrich.draft.context import DraftContext
from enrich.source.source import Source
from enrich.text.span import Span
from enrich.vault.candidate import Candidate
from enrich.vault.link_text import LinkText
from enrich.vault.note_type import NoteType, read_note_type

PROMPTS = Path(__file__).parents[2] / "prompts"

TEXT = (
    "Norwick Robotics released the Heron 2 controller on Tuesday and priced it at $1,900 a unit.\n\n"
    "The controller runs 40 servo loops at 2 kHz and ships to 12 countries in March, the company said. "
    "Buyers must accept a licence that forbids use in weapons.\n\n"
    "Supply depends on one packaging plant in Penang, and spare boards may take nine weeks, Norwick warned. "
    "A rival, Calder Motion, still sells its controller for $3,400."
)


@cache
def journal_type() -> NoteType:
    """The tech journal as it ships."""
    return read_note_type("tech-journal", (PROMPTS,))


def make_source(text: str = TEXT, **changes: Any) -> Source:
    """A short article about a controller."""
    spans, start = [], 0
    for paragraph in text.split("\n\n"):
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 2
    fields: dict[str, Any] = {
        "url": "https://news.example.com/2023/02/14/heron-2",
        "title": "Norwick Robotics releases Heron 2 controller",
        "title_origin": "h1",
        "site": "Example News",
        "author": "Ada Quill",
        "published": date(2023, 2, 14),
        "published_origin": "json-ld",
        "language": "en",
        "text": text,
        "paragraphs": tuple(spans),
    }
    return Source(**{**fields, **changes})


def make_candidate(number: int, stem: str, **changes: Any) -> Candidate:
    """A candidate called ``stem``."""
    fields: dict[str, Any] = {
        "id": f"n{number}",
        "path": f"Notes/Tech_Journal/2022/{stem}.md",
        "link": stem,
        "title": stem,
        "line": f"A note about {stem}.",
        "score": 1.0 / number,
        "reasons": ("shares #robotics",),
        "tags": ("tech-journal", "robotics"),
        "terms": ("controller",),
    }
    fields |= changes
    return Candidate(**{**fields, "link": LinkText(fields["link"])})


CANDIDATES = (
    make_candidate(1, "servo prices fall as plants reopen"),
    make_candidate(2, "licence terms reach factory floors"),
    make_candidate(3, "penang packaging bottleneck returns"),
)


def make_answer(**changes: Any) -> dict[str, Any]:
    """An answer that keeps every rule and rests on `TEXT`."""
    answer: dict[str, Any] = {
        "title": "norwick undercuts rivals with a cheap servo controller",
        "topics": ["robotics", "hardware", "supply-chain"],
        "keywords": ["norwick", "controller", "servo", "licence", "penang"],
        "description": {
            "text": "Norwick Robotics released the Heron 2 controller at $1,900 a unit with a restrictive licence.",
            "evidence": "released the Heron 2 controller on Tuesday and priced it at $1,900 a unit",
        },
        "lead": {
            "sentences": [
                {
                    "text": "Norwick Robotics released the Heron 2 servo controller and priced each unit at $1,900.",
                    "evidence": "released the Heron 2 controller on Tuesday and priced it at $1,900 a unit",
                },
                {
                    "text": "Shipments to 12 countries begin in March under a licence that rules out weapons.",
                    "evidence": "ships to 12 countries in March",
                },
            ]
        },
        "scene_cut": {
            "sentences": [
                {
                    "text": "The board closes 40 servo loops at 2 kHz, while Calder Motion still asks $3,400 "
                    "for the competing controller that it sells.",
                    "evidence": "Calder Motion, still sells its controller for $3,400",
                }
            ]
        },
        "signal_braid": {
            "bullets": [
                {
                    "text": "Cheaper control boards echo the price slide described in {link}.",
                    "evidence": "priced it at $1,900 a unit",
                    "link": "n1",
                },
                {
                    "text": "A use restriction on hardware mirrors the clauses tracked in {link}.",
                    "evidence": "a licence that forbids use in weapons",
                    "link": "n2",
                },
                {
                    "text": "A single supplier for a key step keeps the launch tied to one region.",
                    "evidence": "Supply depends on one packaging plant in Penang",
                    "link": None,
                },
            ]
        },
        "risk_surface": {
            "bullets": [
                {
                    "text": "Buyers could wait nine weeks for spare boards.",
                    "evidence": "spare boards may take nine weeks",
                },
                {
                    "text": "One packaging plant may hold up every shipment.",
                    "evidence": "one packaging plant in Penang",
                },
                {"text": "Licence clauses might bind resellers in some markets.", "evidence": "must accept a licence"},
            ]
        },
        "ending_questions": {
            "text": "Will rivals such as Calder Motion cut prices before the first boards reach buyers?",
            "evidence": None,
        },
    }
    return {**answer, **changes}


def make_context(source: Source | None = None, **changes: Any) -> DraftContext:
    """DraftContext for `make_answer`."""
    fields: dict[str, Any] = {
        "source": source or make_source(),
        "note_type": "tech-journal",
        "created": date(2023, 2, 14),
        "candidates": CANDIDATES,
        "known_tags": ("robotics", "hardware", "supply-chain"),
        "concepts": {},
    }
    return DraftContext(**{**fields, **changes})
