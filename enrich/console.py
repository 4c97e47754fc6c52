"""The only printer: results on stdout, everything else on stderr."""

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TextIO

from enrich.text.pattern import lazy_pattern

_TICK = 1.0
"""Seconds between two looks at a line of progress."""
_SILENT = 2.0
"""Seconds after which a line of progress says how long it has stood there."""
_WIDTH = 100
"""Characters of a line of progress at most. By hand: what is longer is not read while it changes."""
_NAMED = 3
"""Written things that an interrupted command names; of more it says how many."""
_COLOURS = {"bad": "31", "doubt": "33", "plain": "1"}
_HEADS = {
    "enrich": "bad",
    "unverified": "bad",
    "warning": "doubt",
    "doubtful": "doubt",
    "rules": "doubt",
}
_HEAD = lazy_pattern(r"\A([a-z][a-z -]{1,20}):(?=\s)")


class Progress:
    """The one line of a terminal that says what is going on; it says for how long while nothing new happens.

    It belongs to the terminal, not to a `Console`: whoever writes the next line wipes it.
    """

    def __init__(self, stream: TextIO, now: Callable[[], float] = time.monotonic) -> None:
        """``now`` gives seconds."""
        self._stream, self._now, self._lock = stream, now, threading.Lock()
        self._text, self._shown, self._since = "", 0, 0.0
        self._clock: threading.Thread | None = None

    def show(self, text: str, goes_on: bool) -> None:
        """Put ``text`` on the line; ``goes_on``: the seconds are counted on from the text before."""
        with self._lock:
            self._text = printable(text)
            if not goes_on or not self._since:
                self._since = self._now()
            self._draw()
            if self._clock is None:
                self._clock = threading.Thread(target=self._run, daemon=True)
                self._clock.start()

    def tick(self) -> None:
        """Write the line again, with the seconds that have passed."""
        with self._lock:
            if self._text:
                self._draw()

    def clear(self) -> None:
        """Wipe the line."""
        with self._lock:
            if self._shown:
                self._stream.write("\r" + " " * self._shown + "\r")
                self._stream.flush()
            self._text, self._shown, self._since = "", 0, 0.0

    def _run(self) -> None:
        while True:
            time.sleep(_TICK)
            self.tick()

    def _draw(self) -> None:
        seconds = self._now() - self._since
        clock = f" · {seconds:.0f} s" if seconds >= _SILENT else ""
        width = min(_WIDTH, shutil.get_terminal_size().columns - 1)
        line = self._text[: width - len(clock)] + clock
        self._stream.write("\r" + line + " " * max(0, self._shown - len(line)))
        self._stream.flush()
        self._shown = len(line)


class Session:
    """What the consoles of one terminal share: the line of progress, and what has been written so far."""

    def __init__(self, stream: TextIO) -> None:
        self.progress = Progress(stream)
        self.written: list[str] = []
        self.waiting: tuple[str, ...] = ()
        """What is still to be done."""

    def say_interrupted(self) -> str:
        """What an interrupted command has written and what it has not."""
        done = list(dict.fromkeys(self.written))
        said = f"written: {_some(done)}" if done else "nothing was written"
        return f"interrupted; {said}" + (f"; not done: {_some(self.waiting)}" if self.waiting else "")


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


class Console:
    """Where a command's words go. Progress and colours are for a terminal only."""

    def __init__(
        self, out: TextIO, err: TextIO, quiet: bool = False, verbose: bool = False, colours: bool = False
    ) -> None:
        """``quiet`` keeps warnings and errors only; ``verbose`` adds `detail`; ``colours``: stderr takes them."""
        self._out, self._err = out, err
        self._quiet, self.verbose = quiet, verbose
        self._colours = colours
        self._live = err.isatty() and not quiet
        self.session = _session_of(err)
        self._told: set[str] = set()

    def result(self, text: str) -> None:
        """What the user asked for; ends with a line end."""
        self.session.progress.clear()
        self._out.write(text if text.endswith("\n") else text + "\n")
        self._out.flush()

    def say(self, text: str) -> None:
        """A line of the report."""
        if not self._quiet:
            self._line(text)

    def warn(self, text: str) -> None:
        """A line that is shown also when quiet."""
        self._line(text)

    def warn_once(self, text: str) -> None:
        """The same, but only the first time that ``text`` is said."""
        if text not in self._told:
            self._told.add(text)
            self._line(text)

    def detail(self, text: str) -> None:
        """A line for ``--verbose``."""
        if self.verbose:
            self._line(text)

    def progress(self, text: str, goes_on: bool = False) -> None:
        """What is going on right now: one line that the next one replaces.

        While nothing new comes it counts the seconds; ``goes_on``: those since the step before count too.
        """
        if self._live:
            self.session.progress.show(text, goes_on)

    def wrote(self, what: str) -> None:
        """Remember that ``what`` is written, for the case that the user interrupts what follows."""
        self.session.written.append(what)

    def _line(self, text: str) -> None:
        self.session.progress.clear()
        line = printable(text)
        self._err.write((_coloured(line) if self._colours else line) + "\n")
        self._err.flush()


@lru_cache(maxsize=8)
def _session_of(stream: TextIO) -> Session:
    """One a terminal, however many consoles write to it."""
    return Session(stream)


def _coloured(line: str) -> str:
    """``line`` with the word before its first colon in bold, in red what is wrong, in yellow what to look at."""
    head = _HEAD.match(line)
    if head is None:
        return line
    colour = _COLOURS[_HEADS.get(head[1], "plain")]
    return f"\x1b[{colour}m{head[0]}\x1b[0m{line[head.end() :]}"


def takes_colours(stream: TextIO, env: Mapping[str, str]) -> bool:
    """Whether ``stream`` is a terminal that shows colours, and its user wants them (no-color.org)."""
    return stream.isatty() and not env.get("NO_COLOR") and env.get("TERM") != "dumb"


def printable(text: str) -> str:
    """``text`` without what could drive the terminal: page and model text may hold escape sequences."""
    return "".join(char if char in "\n\t" or char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def standard_console(quiet: bool = False, verbose: bool = False) -> Console:
    """The console of this process."""
    return Console(sys.stdout, sys.stderr, quiet, verbose, takes_colours(sys.stderr, os.environ))
