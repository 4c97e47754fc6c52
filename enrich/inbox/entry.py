"""An entry of the inbox: a source that somebody wants a note about, and how far it is."""

from datetime import date
from typing import Literal

from msgspec import Struct

from enrich.source.source import Source

State = Literal["new", "planned", "refused", "drafted", "failed"]
"""``new``: only added; ``planned``: its evidence is saved; ``refused``: there is none to draft from; ``failed``: a
draft was tried and may be tried again."""


class Entry(Struct, frozen=True):
    """What the state knows of a source, without its page."""

    number: int
    url: str
    headline: str = ""
    """The user's; empty: the page's own."""
    day: date | None = None
    """The user's; None: the page's own."""
    state: State = "new"
    reason: str = ""
    """Why it was refused, or failed, or was not tried when it should have been."""
    source: Source | None = None
    """From `planned` on."""
    proposed: str = ""
    """The tags that the plan proposed, as they stood there."""
    path: str = ""
    """Of the draft, in the vault."""
    cost: str = ""
    """What the draft took, in words."""
    review: str = ""
    """What to look at first in it."""
