"""A vault held open for many jobs at once: read once, and what the jobs write is looked up where they write it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from msgspec import field
from msgspec.structs import replace

from enrich.errors import ExistsError
from enrich.source.address import address_key
from enrich.workspace.jobs import Stop
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.reporter import Reporter, Silence

if TYPE_CHECKING:
    from enrich.links.index import Index
    from enrich.llm.client import LiveEngine
    from enrich.llm.completion import Engine
    from enrich.vault.note_type import NoteType

Answer = TypeVar("Answer")
_OPENED = ("vault", "resolver", "resolves", "note_ids", "concepts", "prompts", "usual_type", "every_echo")
"""What is opened once for all jobs."""


class HeldVault(OpenVault, frozen=True, eq=False, dict=True):
    """What `hold` gives; may be asked by several threads once it is open."""

    claimed: set[str] = field(default_factory=set)
    stop: Stop = field(default_factory=Stop)
    turn: Lock = field(default_factory=Lock)
    kept_index: "list[Index]" = field(default_factory=list)
    """The open index, once it was asked; shared with what `telling` gives."""
    kept_types: "dict[str, NoteType]" = field(default_factory=dict)
    """What `type_named` gave; shared as well."""
    through: "Callable[[LiveEngine], Engine] | None" = None
    """Makes of the endpoint's engine the one that is asked: it keeps what was answered, or gets it from a batch."""

    def asked(self, why: str = "", model: str = "") -> "Engine":
        """See `OpenVault`."""
        live = self.engine(why, model)
        return live if self.through is None else self.through(live)

    def forget_notes(self) -> None:
        """Nothing: the notes are as they were found; a draft's name, id and page are looked up in the airlock."""

    def type_named(self, name: str) -> "NoteType":
        """See `OpenVault`; read once."""
        if name not in self.kept_types:
            self.kept_types[name] = super().type_named(name)
        return self.kept_types[name]

    def claim_page(self, url: str) -> None:
        """ExistsError where another job drafts the page. From here on the draft is finished, also after Ctrl-C."""
        key = address_key(url)
        with self.turn:
            if key in self.claimed:
                raise ExistsError(f"{url}: stands in this batch twice; one draft is made of it")
            self.claimed.add(key)
        self.stop.begin()

    def telling(self, tell: Reporter, through: "Callable[[LiveEngine], Engine] | None" = None) -> "HeldVault":
        """The same for one job, which tells ``tell``, and asks ``through`` an engine of its own."""
        made = replace(self, reporter=tell, through=through)
        made.__dict__.update({name: self.__dict__[name] for name in ("meter", *_OPENED)})
        return made

    def ask_index(self, question: "Callable[[Index], Answer]", wait: bool = False, by_meaning: bool = True) -> Answer:
        """One question at a time, on an index that is brought up to date for the first."""
        with self.turn:
            if wait or by_meaning:
                return super().ask_index(question, wait, by_meaning)
            if not self.kept_index:
                self.kept_index.append(super().open_index())
            return question(self.kept_index[0])


class Whose(Silence):
    """Tells of one job among others: its warnings with its name, of its progress only what it is at."""

    def __init__(self, name: str, tell: Reporter) -> None:
        self._name, self._tell = name, tell

    def progress(self, text: str, goes_on: bool = False) -> None:
        """What the job is at."""
        if not goes_on:
            self._tell.progress(f"{self._name}: {text}")

    def warn(self, text: str) -> None:
        """With the job's name."""
        self._tell.warn(f"{self._name}: {text}")

    def warn_once(self, text: str) -> None:
        """Without a name, because it is not about the job alone."""
        self._tell.warn_once(text)

    def detail(self, text: str) -> None:
        """With the job's name."""
        self._tell.detail(f"{self._name}: {text}")

    def wrote(self, what: str) -> None:
        """As it is."""
        self._tell.wrote(what)


@contextmanager
def hold(opened: OpenVault, requests: int = 1) -> Iterator[HeldVault]:
    """The vault of ``opened``, read now.

    So many ``requests`` to a model are on their way at once.
    """
    opened.meter.bound_requests(requests)
    held = HeldVault(opened.root, opened.settings, opened.places, opened.reporter)
    held.__dict__["meter"] = opened.meter  # one limiter and one budget, whoever asks
    try:
        for name in _OPENED:
            getattr(held, name)
        yield held
    finally:
        for index in held.kept_index:
            index.close()
