"""A page that was saved stands in for the fetched one."""

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
    refuse_size(name, len(data), limits.wire_bytes if find_kind("", data) == "PDF" else limits.html_bytes)
    return Page(url=url, final_url=str(address), body=data)
