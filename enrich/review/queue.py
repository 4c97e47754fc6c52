"""Drafts one after the other, the riskiest first: which one is under review, and what remains."""

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct, field

from enrich.errors import EnrichError
from enrich.review.session import Session
from enrich.review.standing import rank_of
from enrich.review.store import ReviewStore
from enrich.text.count import counted


class Waiting(Struct, frozen=True):
    """A draft that waits for its review."""

    path: Path
    name: str
    """The file's name without ``.md``."""
    risk: tuple[float, ...]
    """Sentences of each rank (`rank_of`), the gravest first; the greater comes first."""
    words: str
    """The same for a person: ``2 unsupported, 3 to look at``."""


def weigh_draft(path: Path, session: Session) -> Waiting:
    """The draft with what its review will have to look at."""
    rows = session.check.sentences
    ranks = [rank_of(row) for row in rows]
    refuted = sum(row.is_refuted for row in rows)
    asked = len(session.unlooked)
    parts = [f"{refuted} unsupported" if refuted else "", f"{asked} to look at" if asked else ""]
    words = ", ".join(filter(None, parts)) or ("nothing to look at" if rows else "no source")
    return Waiting(path, path.stem, (*(ranks.count(rank) for rank in range(6)), float(not rows)), words)


class Queue(Struct):
    """The drafts of a folder. One that is left for the next is not shown again, and remains."""

    waiting: Sequence[Waiting]
    open: Callable[[Path], ReviewStore]
    warn: Callable[[str], None] = lambda _: None
    """Told of a draft that cannot be opened any more; the next one is."""
    at: int = -1
    stores: dict[int, ReviewStore] = field(default_factory=dict)
    """Those that were opened, by their place."""

    def advance(self) -> ReviewStore | None:
        """The next draft; None when there is none."""
        while self.at + 1 < len(self.waiting):
            self.at += 1
            try:
                self.stores[self.at] = self.open(self.waiting[self.at].path)
                return self.stores[self.at]
            except EnrichError as error:
                self.warn(f"enrich: {error}")
        return None

    @property
    def ahead(self) -> Sequence[Waiting]:
        """The drafts that come after the one under review."""
        return self.waiting[self.at + 1 :]

    @property
    def remaining(self) -> list[Waiting]:
        """The drafts that are not approved."""
        approved = {number for number, store in self.stores.items() if store.approved is not None}
        return [row for number, row in enumerate(self.waiting) if number not in approved]

    def say_remaining(self) -> str:
        """``2 of 5 drafts remain: a note (1 unsupported), another (3 to look at)``; or that none does."""
        left = self.remaining
        if not left:
            return f"all of {counted(len(self.waiting), 'draft')} approved"
        names = ", ".join(f"{row.name} ({row.words})" for row in left)
        return f"{len(left)} of {counted(len(self.waiting), 'draft')} to be approved still: {names}"
