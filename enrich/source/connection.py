"""A connection to a checked address: opened once, cut when the deadline passes."""

import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from urllib3.connection import HTTPConnection, HTTPSConnection

from enrich.errors import SourceError, reason_of
from enrich.source.address import Address
from enrich.source.deadline import Deadline, OutOfTimeError
from enrich.text.quoted import quote


def connect(host: str, port: int, addresses: Sequence[str], deadline: Deadline) -> socket.socket:
    """Open a connection to the first of the addresses that answers, each given a fair share of the time left.

    Raises `SourceError` with the last reason, or `OutOfTimeError`.
    """
    reason = ""
    for position, address in enumerate(addresses):
        share = deadline.remaining() / (len(addresses) - position)
        try:
            return socket.create_connection((address, port), timeout=share)
        except TimeoutError:
            reason = "does not answer"
        except ConnectionRefusedError:
            reason = f"refuses connections on port {port}"
        except OSError as error:
            reason = f"cannot be reached ({reason_of(error)})"
    deadline.remaining()
    raise SourceError(f"{quote(host)}: {reason}; try again later, or save the page in a browser and pass --html FILE")


class Watchdog:
    """Cuts a connection when the deadline passes, whatever its reader is waiting for: a handshake, a header, a byte.

    A time limit on each read does not hold against a server that sends one byte a second. The watchdog keeps a second
    handle on the connection, so it also works after TLS has taken the first one over. To a reader, a cut looks like the
    end of the headers or of the page; so leaving the block raises `OutOfTimeError`, whatever was read or raised in it.
    """

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._timer = threading.Timer(deadline.remaining(), self._cut)
        self._handle = connection.dup()
        self._timer.daemon = True
        self._has_cut = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        self._timer.join()
        self._handle.close()
        if self._has_cut and (error is None or isinstance(error, Exception)):
            raise OutOfTimeError from error

    def _cut(self) -> None:
        self._has_cut = True
        with suppress(OSError):  # the server was quicker
            self._handle.shutdown(socket.SHUT_RDWR)


class _Opened:
    """Mixed into urllib3's connections: use the socket that is already open, resolve nothing a second time.

    The connection still knows the host's name, so TLS asks for that name and checks the certificate against it.
    """

    opened: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.opened


class _OpenedHTTP(_Opened, HTTPConnection):
    pass


class _OpenedHTTPS(_Opened, HTTPSConnection):
    pass


def speak_http(address: Address, opened: socket.socket, tls: ssl.SSLContext, deadline: Deadline) -> HTTPConnection:
    """An HTTP or HTTPS connection to the address's host over an open socket; nothing is sent yet."""
    host, port, timeout = address.host, address.effective_port, deadline.remaining()
    connection: _OpenedHTTP | _OpenedHTTPS
    if address.scheme == "https":
        connection = _OpenedHTTPS(host, port, timeout=timeout, ssl_context=tls)
    else:
        connection = _OpenedHTTP(host, port, timeout=timeout)
    connection.opened = opened
    return connection
