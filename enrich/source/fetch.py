"""A page from the web, within limits.

We connect directly and never through a proxy: a proxy would connect on our behalf to addresses that we cannot check.
"""

import ssl
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPException

from msgspec import Struct
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.exceptions import SSLError as WrappedSSLError

from enrich.distribution import __version__
from enrich.errors import SourceError
from enrich.source import ssrf_guard
from enrich.source.address import Address, follow, parse_address
from enrich.source.compression import ACCEPTED, CompressionError, decompress
from enrich.source.connection import Watchdog, connect, speak_http
from enrich.source.deadline import Deadline, OutOfTimeError
from enrich.source.kind import find_kind, refuse_declared_kind
from enrich.source.limits import Limits as Limits
from enrich.source.limits import refuse_size
from enrich.source.source import Page
from enrich.source.status import is_redirect, refuse_status
from enrich.text.quoted import quote

_CHUNK = 65_536
"""Bytes asked for at once. By hand: the size is looked at after each."""
_LONGEST_SIZE = 20
"""Digits of a Content-Length. By hand: a number of bytes beyond that is no size."""
_SAVE = "save the page in a browser and pass it with --html FILE"


def fetch_page(
    url: str,
    limits: Limits | None = None,
    resolver: ssrf_guard.Resolver = ssrf_guard.resolve,
    tls: ssl.SSLContext | None = None,
    is_open: Callable[[str], bool] = ssrf_guard.is_public,
) -> Page:
    """Fetch a page from the open web.

    The edges: ``resolver`` makes names into addresses, ``tls`` says whose certificates are trusted (the system's by
    default), ``is_open`` says which IP addresses may be connected to; ``limits.allow_private`` allows all.
    Raises `SourceError` with a remedy for everything that keeps a reader from the page.
    """
    limits = limits or Limits()
    if limits.allow_private:
        is_open = _everything
    edges = _Edges(limits, resolver, tls or _system_trust(), is_open, Deadline(limits.seconds))
    try:
        return _follow(url, edges)
    except OutOfTimeError:
        raise SourceError(f"{quote(url)}: took longer than {limits.seconds:g} s; try again later, or {_SAVE}") from None


class _Edges(Struct, frozen=True):
    """What a fetch works with, from the first request to the last redirect."""

    limits: Limits
    resolver: ssrf_guard.Resolver
    tls: ssl.SSLContext
    is_open: Callable[[str], bool]
    deadline: Deadline


class _Answer(Struct, frozen=True):
    """What one request gave: a page, or the address to go on to."""

    status: int
    content_type: str = ""
    language: str = ""
    body: bytes = b""
    location: str = ""


def _follow(url: str, edges: _Edges) -> Page:
    address = parse_address(url)
    for _ in range(edges.limits.redirects + 1):
        answer = _ask(address, edges)
        if not is_redirect(answer.status):
            return Page(url, str(address), answer.body, answer.content_type, answer.status, answer.language)
        if not answer.location:
            raise SourceError(f"{quote(str(address))}: redirects to nowhere ({answer.status}); {_SAVE}")
        address = follow(address, answer.location)
    raise SourceError(f"{quote(url)}: redirects more than {edges.limits.redirects} times; {_SAVE}")


def _ask(address: Address, edges: _Edges) -> _Answer:
    """Make one request, to an address that was checked."""
    found = ssrf_guard.find_addresses(address.host, address.effective_port, edges.resolver, edges.deadline)
    ssrf_guard.refuse_private(address.host, found, edges.is_open)
    with (
        closing(connect(address.host, address.effective_port, found, edges.deadline)) as opened,
        Watchdog(opened, edges.deadline),
        closing(speak_http(address, opened, edges.tls, edges.deadline)) as connection,
    ):
        try:
            connection.request("GET", address.target, headers=_request_headers(), preload_content=False)
            with closing(connection.getresponse()) as response:
                return _read_answer(address, response, edges.limits)
        except (TimeoutError, ReadTimeoutError) as error:
            raise OutOfTimeError from error
        except (HTTPError, HTTPException, OSError, ValueError, ArithmeticError, AssertionError) as error:
            # The libraries take sizes and lengths as the server writes them, and meet what they did not think of.
            raise SourceError(f"{quote(str(address))}: {_explain(error)}") from error


def _read_answer(address: Address, response: BaseHTTPResponse, limits: Limits) -> _Answer:
    status, headers = response.status, response.headers
    if is_redirect(status):
        # Header bytes beyond ASCII arrive as Latin-1 but are UTF-8 in practice.
        location = headers.get("location", "").encode("latin-1", "replace").decode("utf-8", "replace")
        return _Answer(status, location=location)
    refuse_status(str(address), status, headers.get("retry-after", ""))
    content_type = headers.get("content-type", "")
    refuse_declared_kind(str(address), content_type)
    wire = _read_wire(address, response, limits.wire_bytes)
    try:
        most = limits.wire_bytes if find_kind(content_type, wire) == "PDF" else limits.html_bytes
        body = decompress(wire, headers.get("content-encoding", ""), most)
    except CompressionError as error:
        raise SourceError(f"{quote(str(address))}: {error}; {_SAVE}") from None
    refuse_size(str(address), len(body), most)
    if not body.strip():
        raise SourceError(f"{quote(str(address))}: is empty; {_SAVE}")
    return _Answer(status, content_type, headers.get("content-language", ""), body)


def _read_wire(address: Address, response: BaseHTTPResponse, most: int) -> bytes:
    announced = response.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit():
        digits = announced.lstrip("0")[:_LONGEST_SIZE]  # a number of thousands of digits is no number to Python
        refuse_size(str(address), int(digits or "0"), most)
    body = bytearray()
    while chunk := response.read(_CHUNK, decode_content=False):
        body += chunk
        refuse_size(str(address), len(body), most)
    return bytes(body)


def _explain(error: Exception) -> str:
    """What a failed exchange means to a reader."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"has a certificate that is not valid ({quote(error.verify_message)}); check the address, or {_SAVE}"
    if isinstance(error, ssl.SSLError | WrappedSSLError):
        return f"cannot be reached over TLS ({quote(str(error))}); check the address, or {_SAVE}"
    if isinstance(error, ConnectionError | HTTPError):
        return f"breaks off the connection before the page is complete; try again later, or {_SAVE}"
    return f"does not answer in HTTP ({type(error).__name__}: {quote(str(error))}); check the address, or {_SAVE}"


def _request_headers() -> dict[str, str]:
    return {
        "User-Agent": f"enrich/{__version__} (+drafts a journal note from this page; one request for one reader)",
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1",
        "Accept-Encoding": ACCEPTED,
        "Connection": "close",
    }


def _everything(_address: str) -> bool:
    return True


def _system_trust() -> ssl.SSLContext:
    import truststore  # only a fetch without a context of its own needs the system's certificates

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
