"""A page that was saved stands in for the fetched one."""

from pathlib import PurePath

from enrich.source.address import parse_address
from enrich.source.kind import find_kind
from enrich.source.limits import Limits, refuse_size
from enrich.source.source import Page


def read_page(data: bytes, url: str, name: str = "the page", limits: Limits | None = None) -> Page:
    """The page ``data`` as if it had been fetched from ``url``; ``name`` is what messages call it.

    Raises `SourceError` when it is too large or ``url`` is unusable.
    """
    address = parse_address(url)
    limits = limits or Limits()
    kind = find_kind("", data)
    refuse_size(name, len(data), limits.wire_bytes if kind == "PDF" else limits.html_bytes)
    kept = PurePath(name).name if kind in ("PDF", "text") else ""
    return Page(url=url, final_url=str(address), body=data, name=kept)
