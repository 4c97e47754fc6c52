"""Is the place of the source that the check shows the right one? Where that can be known without a person.

A supported sentence of an answer that holds a run of six words which the source has exactly once was taken from there:
the place shown must touch that run. The harder question leaves the run out of the sentence and asks the rest of it;
what else the sentence says may stand elsewhere, so that not every miss is a mistake.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from benchmarks.grounding_cases import Case, prepared
from enrich.check.evidence.features import read_content
from enrich.check.evidence.prepared_source import PreparedSource
from enrich.check.facts.stems import bare, is_function_word
from enrich.text.span import Span
from enrich.text.words import split_words

RUN = 6
"""Words that a sentence and a source share in one run, by which its origin is known."""
OWN = 3
"""Content words that the sentence must have beside the run, for the harder question."""


class Traced(NamedTuple):
    """A sentence of which the origin is known."""

    sentence: str
    rest: str
    """The sentence without the run; empty when too little is left."""
    origin: Span
    """The run in the source."""
    source: PreparedSource


def trace(cases: Iterable[Case]) -> Iterator[Traced]:
    """The supported sentences of the cases whose origin is known, but for those that are all run."""
    for case in cases:
        source, runs = prepared(case), _runs(case["source"])
        for sentence in case["sentences"]:
            if sentence["gold"] == 0:
                yield from _traced(case["response"][sentence["start"] : sentence["end"]], source, runs)


def found(rows: Iterable[Traced], rest: bool = False) -> tuple[int, int]:
    """(for how many sentences the place shown touches the origin, how many sentences)."""
    asked = [(row.rest if rest else row.sentence, row) for row in rows if row.rest or not rest]
    matches = [(read_content(text, row.source).match, row.origin) for text, row in asked]
    right = [match and match.span.start < origin.end and origin.start < match.span.end for match, origin in matches]
    return sum(map(bool, right)), len(asked)


def _runs(text: str) -> dict[tuple[str, ...], list[Span]]:
    words = split_words(text)
    forms = [bare(word.text) for word in words]
    runs: dict[tuple[str, ...], list[Span]] = defaultdict(list)
    for at in range(len(words) - RUN + 1):
        runs[tuple(forms[at : at + RUN])].append(Span(words[at].start, words[at + RUN - 1].end))
    return runs


def _traced(text: str, source: PreparedSource, runs: dict[tuple[str, ...], list[Span]]) -> Iterator[Traced]:
    words = split_words(text)
    forms = [bare(word.text) for word in words]
    for at in range(len(words) - RUN + 1):
        places = runs.get(tuple(forms[at : at + RUN]), ())
        if len(places) == 1 and len(words) > RUN + OWN:
            rest = text[: words[at].start] + text[words[at + RUN - 1].end :]
            content = sum(not is_function_word(word.text) for word in split_words(rest))
            yield Traced(text, rest if content >= OWN else "", places[0], source)
            return
