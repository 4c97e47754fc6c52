"""What the check says of freely worded sentences, right and wrong: floors that fail when a threshold is turned far."""

import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.judge import check_claim
from enrich.check.evidence.prepared_source import PreparedSource

PAGES = Path(__file__).parent / "worded.toml"
MARKED = {"number": 13, "date": 15, "name": 9}
"""Of 15, 18 and 10 wrong ones, how many are called unsupported or doubtful."""
UNSUPPORTED = {"number": 11, "date": 9, "name": 6}


@cache
def checked() -> dict[str, list[tuple[CheckedClaim, CheckedClaim]]]:
    """By kind each sentence checked with the words it rests on, and without."""
    found = defaultdict(list)
    for page in tomllib.loads(PAGES.read_text("utf-8"))["page"]:
        source = PreparedSource(page["text"].strip(), page["published"], page["headline"], "en")
        for kind, text, quote in page["rows"]:
            claim = Claim(text, quote, "inference" if kind == "inferred" else "fact")
            found[kind].append((check_claim(claim, source), check_claim(replace(claim, quote=None), source)))
    return dict(found)


def pairs(*kinds: str) -> list[tuple[CheckedClaim, CheckedClaim]]:
    """The sentences of the kinds, with and without their words."""
    return [pair for kind in kinds for pair in checked()[kind]]


def is_unsupported(check: CheckedClaim) -> bool:
    """Whether a machine is sure that the source does not have it."""
    return check.verdict == "unsupported"


def is_marked(check: CheckedClaim) -> bool:
    """Whether a person is asked to look; an unread sentence is no mark."""
    return check.verdict in ("unsupported", "doubtful")


@pytest.mark.parametrize("kind", MARKED)
def test_wrong_items_in_free_wording_are_marked(kind: str) -> None:
    """A wrong number, date or name is found however the rest of its sentence is worded."""
    assert sum(is_marked(check) for check, _ in checked()[kind]) >= MARKED[kind]
    assert sum(is_unsupported(check) for check, _ in checked()[kind]) >= UNSUPPORTED[kind]


@pytest.mark.parametrize("kind", UNSUPPORTED)
def test_items_are_sought_in_the_whole_page_too(kind: str) -> None:
    """A number, date or name that is nowhere is unsupported without a quote as well."""
    assert sum(is_unsupported(check) for _, check in checked()[kind]) >= UNSUPPORTED[kind]


def test_right_sentences_in_free_wording_are_left_alone() -> None:
    """Of 49 right sentences one is called unsupported and eleven are marked, most of them calculated numbers."""
    right = pairs("right", "inferred")
    assert sum(is_unsupported(check) for check, _ in right) <= 1
    assert sum(is_marked(check) for check, _ in right) <= 11


def test_free_wording_without_quotes_is_no_lie() -> None:
    """Without a quote the risk of free wording is a doubt for some, never a verdict."""
    right = pairs("right", "inferred")
    assert sum(is_unsupported(check) for _, check in right) <= 3
    assert sum(is_marked(check) for _, check in right) <= 31


def test_every_kind_of_the_set_is_held_to_something() -> None:
    """A kind that is misspelt in the set would be held to nothing."""
    assert set(checked()) == {"right", "inferred", *MARKED}
