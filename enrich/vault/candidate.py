"""A candidate: a note that could be linked, with a score and a reason."""

from urllib.parse import unquote

from msgspec import Struct

from enrich.vault.link_text import LinkAddress, LinkText


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
    address: LinkAddress | None = None
    """Where a link in Markdown's form leads from the note that is written; None where links are wikilinks."""

    @property
    def shown(self) -> str:
        """The words that a link to it shows: what follows the bar, else the target."""
        return self.link.rsplit("|", 1)[-1]

    @property
    def target(self) -> str:
        """What a link to it has as its target: what stands before the bar, or the address decoded."""
        return unquote(self.address).strip("<>") if self.address else self.link.partition("|")[0]

    @property
    def written(self) -> str:
        """The link as it stands in a note's text."""
        return f"[{self.shown}]({self.address})" if self.address else f"[[{self.link}]]"
