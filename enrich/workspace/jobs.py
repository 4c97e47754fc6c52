"""Several jobs at once in threads of their own: what fails stops nothing else, and Ctrl-C loses nothing."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import copy_context
from typing import Generic, TypeVar

from msgspec import Struct, field

from enrich.errors import EnrichError

Item = TypeVar("Item")
Result = TypeVar("Result")


class StoppedError(EnrichError):
    """The user stopped the command before this job had begun to cost anything (exit 130)."""

    exit_code = 130


class Stop(Struct):
    """Whether the user wants to end, and what is finished all the same."""

    _wanted: threading.Event = field(default_factory=threading.Event)
    _held: set[int] = field(default_factory=set)
    _turn: threading.Condition = field(default_factory=threading.Condition)

    @property
    def is_wanted(self) -> bool:
        """Whether nothing new may be begun."""
        return self._wanted.is_set()

    def begin(self) -> None:
        """The job of this thread is finished from here on, come what may; StoppedError when it may not begin."""
        with self._turn:
            if self._wanted.is_set():
                raise StoppedError("interrupted before the model was asked; run the command again")
            self._held.add(threading.get_ident())

    def end(self) -> None:
        """The job of this thread is done."""
        with self._turn:
            self._held.discard(threading.get_ident())
            self._turn.notify_all()

    def want(self) -> int:
        """Nothing new is begun from here on; how many jobs are finished first."""
        with self._turn:
            self._wanted.set()
            return len(self._held)

    def wait(self) -> None:
        """Wait for these."""
        with self._turn:
            while self._held:
                self._turn.wait(0.2)  # with a limit, so that a second Ctrl-C is heard


class Done(Struct, Generic[Item, Result], frozen=True):
    """A job that has ended."""

    number: int
    """Of the item, from 0."""
    item: Item
    result: Result | None
    error: EnrichError | None


def in_hand(requests: int) -> int:
    """Drafts that are made at once so that ``requests`` are on their way: a half more are read or composed meanwhile.

    One at a time stays one at a time.
    """
    return requests + requests // 2


_Results = queue.SimpleQueue[Done[Item, Result] | BaseException]


def run_jobs(
    count: int,
    items: Iterable[Item],
    work: Callable[[Item], Result],
    stop: Stop,
    on_interrupt: Callable[[int], None] = lambda _: None,
) -> Iterator[Done[Item, Result]]:
    """Each job as it ends, at most ``count`` at once. ``work`` runs in a thread, this in the caller's.

    An EnrichError ends its job; anything else is a bug, which is raised when all others have ended. KeyboardInterrupt
    is raised when what had begun to cost is finished and was given; ``on_interrupt`` is told how much that is.
    """
    entries = list(enumerate(items))
    results = _start(count, entries, work, stop)
    bug: BaseException | None = None
    try:
        for _ in entries:
            done = results.get()
            if isinstance(done, BaseException):
                bug = done
            else:
                yield done
    except KeyboardInterrupt:
        on_interrupt(stop.want())
        stop.wait()
        yield from _finished(results)
        raise
    if bug is not None:
        raise bug


def _start(
    count: int, entries: Sequence[tuple[int, Item]], work: Callable[[Item], Result], stop: Stop
) -> "_Results[Item, Result]":
    """Start the threads. They end with the program, so that who gives up at once need not wait for a slow page."""
    results: _Results[Item, Result] = queue.SimpleQueue()
    todo: queue.SimpleQueue[tuple[int, Item]] = queue.SimpleQueue()
    for entry in entries:
        todo.put(entry)

    def run() -> None:
        while not stop.is_wanted:
            try:
                entry = todo.get_nowait()
            except queue.Empty:
                return
            results.put(_work(entry, work))
            stop.end()

    for _ in range(min(count, len(entries))):
        # the accounts that are open go along
        threading.Thread(target=copy_context().run, args=(run,), daemon=True).start()
    return results


def _finished(results: "_Results[Item, Result]") -> Iterator[Done[Item, Result]]:
    """What has ended and was not given yet, without what was stopped before it began."""
    while not results.empty():
        done = results.get()
        if isinstance(done, Done) and not isinstance(done.error, StoppedError):
            yield done


def _work(entry: tuple[int, Item], work: Callable[[Item], Result]) -> "Done[Item, Result] | BaseException":
    try:
        return Done(*entry, work(entry[1]), None)
    except EnrichError as error:
        return Done(*entry, None, error)
    except BaseException as bug:
        return bug
