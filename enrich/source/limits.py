"""How much of somebody else's page we are willing to take in."""

from msgspec import Struct

from enrich.errors import SourceError
from enrich.text.quoted import quote


class Limits(Struct, frozen=True):
    """Bounds on one page; each is a refusal with a remedy when it is passed, never a silent cut."""

    seconds: float = 20.0
    """One deadline for the whole fetch, name lookup and redirects included; extraction has as much processor time."""
    redirects: int = 5
    wire_bytes: int = 10_000_000
    """Bytes of the body as they come over the wire, still compressed."""
    html_bytes: int = 5_000_000
    """Bytes of the body after decompression."""
    elements: int = 60_000
    """Elements of the parsed page."""
    allow_private: bool = False
    """Also connect to loopback, private and link-local addresses."""


def refuse_size(name: str, size: int, most: int) -> None:
    """Raise `SourceError` when ``name`` has more bytes than ``most``."""
    if size > most:
        raise SourceError(
            f"{quote(name)}: is larger than {most / 1e6:g} MB; save the article's text and pass --text FILE"
        )
