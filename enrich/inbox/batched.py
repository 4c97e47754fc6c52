"""What of an inbox waits for batches: the requests, which batch each is in, and what came back.

A batch is noted before it is sent, under a token that goes along: who is killed in between finds it by that again, and
nothing is paid for twice.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from enrich.inbox.plan_row import Row
from enrich.inbox.store import Store
from enrich.llm.batch import MOST_REQUESTS, BatchState, BatchTransport, is_passing

_TRIES = 3
"""How often a request goes into a batch, before what kept it from an answer is its answer."""


class EntryAnswers(Struct, frozen=True):
    """The answers of one entry (implements `enrich.llm.batch.Answers`)."""

    store: Store
    number: int

    def answer(self, key: str) -> Mapping[str, Any] | None:
        """See `Answers`."""
        return self.store.batch_answer(self._name(key))

    def want(self, key: str, request: Mapping[str, Any]) -> None:
        """See `Answers`."""
        self.store.want(self._name(key), self.number, request)

    def _name(self, key: str) -> str:
        return f"{self.number}-{key}"


def keep_row(store: Store, row: Row) -> None:
    """Keep what a person made of an entry: the plan may be gone when the answers are there."""
    store.keep_row(row.number, {**asdict(row), "day": row.day.isoformat() if row.day else None})


def kept_rows(store: Store) -> list[Row]:
    """The entries that wait for answers, in order."""
    rows = (dict(row) for row in store.kept_rows())
    return [Row(**{**row, "day": date.fromisoformat(row["day"]) if row["day"] else None}) for row in rows]


def submit_wanted(store: Store, transport: BatchTransport) -> int:
    """Send what waits to be asked; how many requests that is. A batch that was being sent when all ended is found."""
    for token in store.unsent_batches():
        if batch := transport.find(token):
            store.note_batch(token, batch)
        else:
            store.forget_batch(token)
    sent = 0
    while wanted := store.wanted(MOST_REQUESTS):
        token = uuid.uuid4().hex
        store.begin_batch(token, list(wanted))
        store.note_batch(token, transport.submit(wanted, token))
        sent += len(wanted)
    return sent


def fetch_answers(store: Store, transport: BatchTransport, tell: Callable[[str], None]) -> Iterator[BatchState]:
    """The state of each open batch, after the answers of those that are over were kept."""
    for token, batch in store.open_batches():
        state = transport.state(batch)
        tell(f"batch {batch}: {state.status}, {state.done} of {state.total} answered")
        if state.is_over:
            lines = {str(line.get("custom_id")): line for file in state.files for line in transport.lines(file)}
            store.end_batch(token, partial(_line, lines, state))
        yield state


def _line(lines: Mapping[str, Mapping[str, Any]], state: BatchState, name: str, tries: int) -> Mapping[str, Any] | None:
    """What is kept of a request: its answer, or why there is none; None where it goes into another batch."""
    line = lines.get(name)
    if line is None:
        code = "batch_failed" if state.status == "failed" else "batch_expired"
        told = state.told or f"the batch is {state.status} and holds no answer to it"
        line = {"response": {"status_code": 400} if state.status == "failed" else None, "error": _error(code, told)}
    return None if is_passing(line) and tries < _TRIES else line


def _error(code: str, message: str) -> Mapping[str, str]:
    return {"code": code, "message": message}
