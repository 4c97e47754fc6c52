"""What a note takes from others: words of its source or of an exemplar, a quotation of nobody."""

import re
from collections.abc import Iterator, Sequence

from enrich.check.evidence.copying import longest_shared_run, shared_share
from enrich.check.facts.quotations import find_quotations
from enrich.check.finding import Finding
from enrich.check.note_check import Against
from enrich.check.stretch import Stretch
from enrich.source.source import Source
from enrich.text.pattern import lazy_pattern
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.text.words import count_words
from enrich.vault.note_type import COPIED_WORDS

_QUOTED_WORDS = 3
"""A quotation this long says somebody else's words; a shorter one is a term."""
_ATTRIBUTION = lazy_pattern(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?)|wr(?:ote|ites?|itten)|according to|points? out|put it|(?:the|a) report"
    r"|(?:report|warn|call|add|quot|claim|not|argu|stat|describ|promis|announc)(?:ed|e?s)"
    r"|laut|zufolge|sagte?|erklärte|nói|cho biết|theo|khẳng định)\b|说|說|表示|称|稱|据|據",
    re.IGNORECASE,
)


def find_borrowed(stretches: Sequence[Stretch], against: Against) -> Iterator[Finding]:
    """C1 for words taken over, C2 for a quotation that nobody is said to have said."""
    own = {} if against.source is None else {"the source": against.source.text}
    texts = own | dict(against.exemplars)
    for stretch in stretches:
        if stretch.kind is None or stretch.quoted or stretch.section == "title":
            continue
        for name, other in texts.items():
            yield from _copied(stretch, name, other)
        if against.source is not None:
            yield from _unattributed(stretch, against.source)


def share_copied(stretches: Sequence[Stretch], against: Against) -> float:
    """The share of the runs of five words that the source has; 0 without one."""
    if against.source is None:
        return 0.0
    prose = "\n\n".join(stretch.passage.text for stretch in stretches if stretch.kind is not None)
    return shared_share(prose, against.source.text)


def _copied(stretch: Stretch, name: str, other: str) -> Iterator[Finding]:
    run = longest_shared_run(stretch.passage.text, other)
    if run.words > COPIED_WORDS:
        words = run.span.of(stretch.passage.text)
        message = f"{words!r}: {run.words} words in a row from {name} outside quotation marks; at most {COPIED_WORDS}"
        yield Finding("C1", "should", stretch.section, message, stretch.passage.original(run.span))


def _unattributed(stretch: Stretch, source: Source) -> Iterator[Finding]:
    plain = stretch.passage.text
    named = False
    for sentence in split_sentences(plain):
        words = sentence.of(plain)
        goes_on = named and words.startswith('"')  # a quotation right after one whose speaker is named
        named = goes_on or _names_speaker(words, source) or stretch.passage.is_cited(sentence)
        if named:
            continue
        for quotation in find_quotations(words):
            if count_words(quotation.of(words)) >= _QUOTED_WORDS:
                span = Span(sentence.start + quotation.start, sentence.start + quotation.end)
                message = f"{quotation.of(words)!r}: is quoted, and nobody is said to have said it; name who did"
                yield Finding("C2", "should", stretch.section, message, stretch.passage.original(span))


def _names_speaker(words: str, source: Source) -> bool:
    return bool(_ATTRIBUTION.search(words)) or bool(source.site and source.site.casefold() in words.casefold())
