"""Read: statements go to a model, what it says of each comes back, as far as it can be believed.

Its word is weighed, not taken: words must be words of the sentence, a quote must stand in the source, who bears a
sentence out must show where, and who passes over a planted error is not believed at all.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from enrich.check.evidence.judge import locate_quote
from enrich.check.evidence.judgement import BORNE_OUT, Reading
from enrich.llm.completion import Completion, Engine, Prompt, Usage
from enrich.reader.request import Request, build_requests
from enrich.reader.statement import Statement
from enrich.source.source import Source
from enrich.text.normal import normalise

Ask = Callable[[Engine, Prompt], Completion]
"""Asks an engine; whoever waits or records stands in between."""


class ReadThrough(Struct, frozen=True):
    """What a reader said of the sentences of one note."""

    readings: Mapping[str, Reading] = field(default_factory=dict)
    """`Statement.key` → what was said of it; empty when the reader is not believed."""
    completions: tuple[Completion, ...] = ()
    asked: frozenset[str] = frozenset()
    """The keys of the statements that it was shown."""
    missed: tuple[str, ...] = ()
    """The planted errors that it passed over, as it was shown them."""
    failure: str = ""
    """Why it could not read on."""

    @property
    def is_sound(self) -> bool:
        """Whether it answered, and found every planted error so far."""
        return not self.missed and not self.failure

    @property
    def usage(self) -> Usage:
        """The tokens of its requests."""
        return sum((completion.usage for completion in self.completions), Usage())

    @property
    def by(self) -> str:
        """The model that read; empty when none did."""
        return self.completions[-1].model if self.completions else ""

    def __add__(self, other: "ReadThrough") -> "ReadThrough":
        """Both rounds; who passed over an error in one of them is believed in none."""
        missed = (*self.missed, *other.missed)
        readings = {} if missed else {**self.readings, **other.readings}
        completions = (*self.completions, *other.completions)
        return ReadThrough(readings, completions, self.asked | other.asked, missed, self.failure or other.failure)


UNREAD = ReadThrough()
_AROUND = " \t\n\"'“”‘’`.…"
"""What models write around words that they copy."""


class SecondReader(Struct, frozen=True):
    """A model that reads, and the folders with the templates of what it is asked."""

    engine: Engine
    folders: Sequence[Path]

    def read(self, statements: Sequence[Statement], source: Source, ask: Ask) -> ReadThrough:
        """What the model says of each statement. ModelError when it gives no usable answer."""
        through = UNREAD
        for request in build_requests(statements, source, self.folders):
            through += read_answer(request, ask(self.engine, request.prompt), source)
        return through


def read_answer(request: Request, completion: Completion, source: Source) -> ReadThrough:
    """What the completion says of the request's statements; of two readings of one the first counts."""
    said: dict[str, Mapping[str, Any]] = {}
    for row in completion.answer["readings"]:
        said.setdefault(row["id"], row)
    missed = tuple(
        request.statements[name].text
        for name in request.statements
        if name in request.controls and (name not in said or said[name]["verdict"] in BORNE_OUT)
    )
    own = {name: row for name, row in said.items() if name not in request.controls}
    readings = {
        request.statements[name].key: reading
        for name, row in own.items()
        if (reading := weigh(row, request.statements[name], completion.model, source)) is not None
    }
    asked = frozenset(each.key for name, each in request.statements.items() if name not in request.controls)
    return ReadThrough({} if missed else readings, (completion,), asked, missed)


def weigh(row: Mapping[str, Any], statement: Statement, model: str, source: Source) -> Reading | None:
    """What counts of a reading; None when it bears the sentence out by words that nobody finds in the source."""
    said = _folded(statement.text)
    named = (word.strip(_AROUND) for word in row["words"])
    words = tuple(dict.fromkeys(word for word in named if word and _folded(word) in said))
    quote = row["quote"] or ""
    place = locate_quote(quote, source.text) if quote.strip() else None
    borne_out = row["verdict"] in BORNE_OUT
    if borne_out and place is None and not _stands_in(quote, statement.linked):
        return None
    shown = place.of(source.text) if place is not None else ""
    return Reading(model, row["verdict"], () if borne_out else words, shown)


def _stands_in(quote: str, line: str) -> bool:
    """Whether the words are the linked note's: what a sentence says of that note alone rests on its line."""
    return bool(_folded(quote)) and _folded(quote) in _folded(line)


def _folded(text: str) -> str:
    return " ".join(normalise(text).casefold().split())
