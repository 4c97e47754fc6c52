"""A candidate: a note that could be linked, with a score and a reason."""

from msgspec import Struct

from enrich.vault.link_text import LinkText


class Candidate(Struct, frozen=True, forbid_unknown_fields=True):
    """A note of the vault that a draft may link to. Its link resolves under Obsidian's and Quartz's rules."""

    id: str
    """Short and stable within one prompt: ``n1``, ``n2`` … in order of score."""
    path: str
    """The note's path in the vault, with ``.md``, ``/`` as separator."""
    link: LinkText
    """What stands between the brackets."""
    title: str
    line: str
    """One line that says what the note is about: its description, else its first sentence."""
    score: float
    reasons: tuple[str, ...]
    """In words a person can check: ``shares #policy``, ``terms: act, compliance``, ``linked 14 times``."""
    tags: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """Words that the query and the note share, the rarest first."""
