"""The way to an endpoint and back: every byte of an answer, from the first of its headers, within one deadline.

A time limit on each read does not hold against a server that sends a byte a second, or ``100 Continue`` for ever, so
the limits are kept where the bytes come in: below HTTP and TLS. And what the endpoint says of its answer is cut down
here to the few headers that are looked at, without the key.
"""

import ssl
from collections.abc import Callable, Iterable
from functools import cache
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore2
import httpx2
from msgspec import Struct, field

from enrich.errors import SourceError
from enrich.llm import limiter
from enrich.llm.completion import EndpointError
from enrich.llm.failure import CompressedError, TooLargeError
from enrich.llm.secret import Secret
from enrich.source import ssrf_guard
from enrich.source.deadline import Deadline, OutOfTimeError
from enrich.text.quoted import quote

MOST_OF_HEADERS = 256_000
"""Bytes before an answer's body, those of a handshake included."""
MOST_OF_STREAM = 32_000_000
"""Bytes of an answer that is streamed, which spends about 300 on a token."""
MOST_OF_BODY = 8_000_000
"""Bytes of an answer in one piece."""
MOST_OF_ERROR = 1_000_000
"""Bytes of an answer with another status than 200."""
LONGEST_HEADER = 300
"""Characters of a header that is kept or told. By hand: a type, a time or an address, of which the beginning says
enough."""
EVENT_STREAM = "text/event-stream"
MOVED_TO = "moved_to"
"""The extension of a response that holds where it redirects to, so that nothing of the client's goes there."""

_PROXY = "correct HTTP_PROXY, HTTPS_PROXY or ALL_PROXY, or name the endpoint's host in NO_PROXY"
_HEARD = ("content-type", "retry-after", "retry-after-ms", *limiter.HEADERS)
_LONGEST_WAIT = 86_400.0
"""Seconds; a socket takes no time limit of any size."""
_WRITTEN_AT_ONCE = 4_096
"""Bytes: what is written in one piece goes out whole or not at all, so that no limit begins anew within it."""


class Bounds(Struct):
    """What the answer that is waited for may still take: time, and bytes."""

    deadline: Deadline = field(default_factory=lambda: Deadline(_LONGEST_WAIT))
    most: int = 0
    read: int = 0

    def allow(self, most: int) -> None:
        """Count from here: ``most`` bytes may follow."""
        self.most, self.read = most, 0

    def seconds(self, wanted: float | None) -> float:
        """How long the next step may take. Raises `OutOfTimeError`."""
        return min(wanted or _LONGEST_WAIT, self.deadline.remaining(), _LONGEST_WAIT)

    def count(self, data: bytes) -> bytes:
        """``data`` when it is not more than may come; raises `TooLargeError`."""
        self.read += len(data)
        if self.read > self.most:
            raise TooLargeError(f"the answer is larger than {self.most:,} bytes")
        return data


class _BoundedStream(httpcore2.NetworkStream):
    """A connection on which no step goes beyond the bounds."""

    def __init__(self, inner: httpcore2.NetworkStream, bounds: Bounds) -> None:
        self._inner, self._bounds = inner, bounds

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._bounds.count(self._inner.read(max_bytes, self._seconds(timeout, httpcore2.ReadTimeout)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _WRITTEN_AT_ONCE):
            seconds = self._seconds(timeout, httpcore2.WriteTimeout)
            self._inner.write(buffer[start : start + _WRITTEN_AT_ONCE], seconds)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        try:
            seconds = self._seconds(timeout, httpcore2.ConnectTimeout)
        except httpcore2.ConnectTimeout:
            self.close()
            raise
        return _BoundedStream(self._inner.start_tls(ssl_context, server_hostname, seconds), self._bounds)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)

    def _seconds(self, wanted: float | None, late: type[httpcore2.TimeoutException]) -> float:
        try:
            return self._bounds.seconds(wanted)
        except OutOfTimeError:
            raise late("the answer took too long") from None


class _BoundedNetwork(httpcore2.NetworkBackend):
    """Opens connections whose every step is bounded, the look-up of the name included."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds, self._network = bounds, httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            deadline = Deadline(self._bounds.seconds(timeout))
            addresses = ssrf_guard.find_addresses(host, port, ssrf_guard.resolve, deadline)
        except OutOfTimeError:
            raise httpcore2.ConnectTimeout(f"{quote(host)} is not found in time") from None
        except SourceError as error:
            fact = str(error).partition("; ")[0]  # the remedy for a page's address is none for an endpoint's
            raise httpcore2.ConnectError(fact) from None

        def connect(address: str, seconds: float) -> httpcore2.NetworkStream:
            return self._network.connect_tcp(address, port, seconds, local_address, socket_options)

        return _BoundedStream(_connect_to_first(addresses, deadline, connect), self._bounds)


def _connect_to_first(
    addresses: Iterable[str], deadline: Deadline, connect: Callable[[str, float], httpcore2.NetworkStream]
) -> httpcore2.NetworkStream:
    """A connection to the first address that answers, each given a fair share of the time that is left."""
    left = list(addresses)
    while True:
        try:
            share = deadline.remaining() / len(left)
            return connect(left.pop(0), share)
        except OutOfTimeError:
            raise httpcore2.ConnectTimeout("timed out") from None
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
            if not left:
                raise


class BoundedTransport(httpx2.HTTPTransport):
    """HTTP within `Bounds`, by the proxy that the system names for the endpoint, if any."""

    def __init__(self, base_url: str, bounds: Bounds, secret: Secret) -> None:
        proxy = _proxy_for(base_url)
        try:
            super().__init__(verify=_tls(), proxy=proxy)
        except (ImportError, ValueError, httpx2.InvalidURL) as error:
            raise EndpointError(
                f"proxy {_without_user(proxy)}: cannot be used ({quote(str(error))}); {_PROXY}"
            ) from None
        # The pool's own parameter for this is not offered by the transport around it.
        self._pool._network_backend = _BoundedNetwork(bounds)
        self._bounds, self._secret = bounds, secret

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The response with the headers that are looked at; its body is read as UTF-8, whatever it says of itself."""
        self._bounds.allow(MOST_OF_HEADERS)
        answer = super().handle_request(request)
        kind = answer.headers.get("content-type", "")
        if answer.status_code != httpx2.codes.OK:
            self._bounds.allow(MOST_OF_ERROR)
        else:
            self._bounds.allow(MOST_OF_STREAM if is_stream(kind) else MOST_OF_BODY)
        headers = [
            (name.encode(), self._said(answer.headers[name]).encode()) for name in _HEARD if name in answer.headers
        ]
        extensions = {
            **answer.extensions,
            "reason_phrase": self._said(answer.reason_phrase).encode("ascii", "replace"),
            MOVED_TO: self._said(answer.headers.get("location", "")),
        }
        response = httpx2.Response(answer.status_code, headers=headers, stream=answer.stream, extensions=extensions)
        response.encoding = "utf-8"
        if answer.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
            response.close()
            raise CompressedError("answers with a compressed body, which was not asked for")
        return response

    def _said(self, header: str) -> str:
        return quote(self._secret.remove(header), LONGEST_HEADER)


@cache
def _tls() -> ssl.SSLContext:
    """What connections are secured with, read once: the system's certificates take a seventh of a second."""
    return httpx2.create_ssl_context()


def is_stream(content_type: str) -> bool:
    """Whether a body is a stream of server-sent events."""
    return content_type.partition(";")[0].strip().lower() == EVENT_STREAM


def _proxy_for(base_url: str) -> str | None:
    parts = urlsplit(base_url)
    proxies = getproxies()
    if proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    named = proxies.get(parts.scheme) or proxies.get("all")
    return f"http://{named}" if named and "://" not in named else named


def _without_user(proxy: str | None) -> str:
    return quote((proxy or "").rpartition("@")[2])
