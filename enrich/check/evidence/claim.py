"""A claim: a sentence that a draft says, and what the source says of it."""

from msgspec import Struct

from enrich.check.evidence.judgement import Judgement, Kind


class Claim(Struct, frozen=True):
    """One sentence before it is checked."""

    text: str
    quote: str | None = None
    """The words of the source that the writer says the sentence rests on."""
    kind: Kind = "fact"
    """A fact must be in the source; an inference may go beyond it, but its numbers, names and quotes may not."""
    known: frozenset[str] = frozenset()
    """Names that need not be in the source: titles of linked notes, the publisher, the author."""
    is_title: bool = False
    """It may have no marks, and rests on no words that somebody named."""
    thesis: bool = False
    """A thought of the writer's own, which it does not say to be the source's."""


def quoted(text: str) -> str:
    """A text between quotation marks, with others in it than they are: the check asks for its very words."""
    return '"' + text.replace('"', "'") + '"'


class CheckedClaim(Judgement, frozen=True):
    """One sentence after the check: a different type, so that unchecked text cannot pass for checked."""

    text: str
