"""Fetching from real servers on the loopback interface."""

import gzip
import socket
import threading
import zlib
from collections.abc import Sequence

import pytest

from enrich.distribution import __version__
from enrich.errors import SourceError
from enrich.source.fetch import Limits, fetch_page
from tests.source.site import Speak, answer, drip, page, redirect, serve, silence, trusted

OPEN = Limits(allow_private=True)
HASTY = Limits(seconds=0.3, allow_private=True)
ARTICLE = "<html><body><p>A short article.</p></body></html>"


def at_home(_host: str, _port: int) -> Sequence[str]:
    """A resolver for which every name is this machine."""
    return ["127.0.0.1"]


def test_a_page_arrives_with_its_type_and_address() -> None:
    """The bytes of a page, what the server called them and where they came from are all kept."""
    with serve({"/news?id=1": page(ARTICLE)}) as site:
        fetched = fetch_page(site.url("/news?id=1#top"), OPEN)
    assert fetched.body == ARTICLE.encode()
    assert fetched.content_type == "text/html; charset=utf-8"
    assert (fetched.url, fetched.final_url) == (site.url("/news?id=1#top"), site.url("/news?id=1"))
    assert fetched.status == 200


def test_the_request_names_the_program() -> None:
    """A site's owner can see in the log which program asked, and in which version."""
    with serve({"/": page(ARTICLE)}) as site:
        fetch_page(site.url(), OPEN)
    assert f"User-Agent: enrich/{__version__} (+" in site.requests[0]
    assert f"Host: 127.0.0.1:{site.port}\r\n" in site.requests[0]


@pytest.mark.parametrize("steps", [1, 5])
def test_redirects_are_followed(steps: int) -> None:
    """An address that has moved, up to five times, still leads to the article."""
    hops = {f"/{n}": redirect(f"/{n + 1}", "301 Moved") for n in range(steps)}
    with serve({**hops, f"/{steps}": page(ARTICLE)}) as site:
        fetched = fetch_page(site.url("/0"), OPEN)
    assert fetched.final_url == site.url(f"/{steps}")
    assert fetched.url == site.url("/0")


def test_a_sixth_redirect_is_refused() -> None:
    """A page that leads on for ever is given up with a remedy."""
    with serve({f"/{n}": redirect(f"/{n + 1}") for n in range(9)}) as site, pytest.raises(SourceError, match="5 times"):
        fetch_page(site.url("/0"), OPEN)
    assert len(site.requests) == 6


def test_a_redirect_may_have_unusual_characters() -> None:
    """Addresses with spaces and letters beyond ASCII in a redirect work as they do in a browser."""
    raw = b"HTTP/1.1 302 Found\r\nLocation: /tin t\xe1\xbb\xa9c\r\nContent-Length: 0\r\n\r\n"
    with serve({"/": raw, "/tin%20t%E1%BB%A9c": page(ARTICLE)}) as site:
        assert fetch_page(site.url(), OPEN).final_url == site.url("/tin%20t%E1%BB%A9c")


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("ftp://example.com/", "not an http or https"),
        ("file:///etc/passwd", "not an http or https"),
        ("http://user:secret@example.com/", "user name or password"),
        ("http://[::1", "impossible address|not a valid address"),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(location: str, message: str) -> None:
    """A harmless page cannot lead us on to something that we would have refused at first."""
    with serve({"/": redirect(location)}) as site, pytest.raises(SourceError, match=message):
        fetch_page(site.url(), OPEN)


def test_a_redirect_to_nowhere_is_named() -> None:
    """A redirect without an address is reported, not taken for a page."""
    with serve({"/": answer("302 Found")}) as site, pytest.raises(SourceError, match="redirects to nowhere"):
        fetch_page(site.url(), OPEN)


def test_this_machine_is_not_reached_without_leave() -> None:
    """An address from a feed cannot make the tool read a service on the user's own machine."""
    with serve({"/": page(ARTICLE)}) as site, pytest.raises(SourceError, match=r"127\.0\.0\.1.*--allow-private"):
        fetch_page(site.url())
    assert site.requests == []


def test_a_name_that_changes_its_address_gains_nothing() -> None:
    """A name is resolved once: an answer that was public when checked cannot be private when connected to."""
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ["192.0.2.1"] if len(asked) == 1 else ["127.0.0.1"]

    with serve({"/": page(ARTICLE)}) as site, pytest.raises(SourceError, match="not a public address"):
        fetch_page(f"http://rebind.example:{site.port}/", resolver=rebinding)
    assert asked == ["rebind.example"]
    assert site.requests == []


def test_a_redirect_to_a_private_address_is_refused() -> None:
    """Every hop is checked, so a public page cannot forward us into the private network."""
    hosts = {"public.example": ["127.0.0.1"], "internal.example": ["10.1.2.3"]}
    with (
        serve({"/": redirect("http://internal.example/")}) as site,
        pytest.raises(SourceError, match=r"internal\.example: leads to 10\.1\.2\.3"),
    ):
        fetch_page(
            f"http://public.example:{site.port}/",
            resolver=lambda host, _port: hosts[host],
            is_open=lambda address: address == "127.0.0.1",
        )
    assert len(site.requests) == 1


def test_one_private_answer_among_public_ones_is_refused() -> None:
    """A name with a public and a private address is refused whole."""
    with pytest.raises(SourceError, match=r"10\.0\.0\.1"):
        fetch_page("http://mixed.example/", resolver=lambda _host, _port: ["1.1.1.1", "10.0.0.1"])


def test_the_next_address_is_tried_when_one_is_dead() -> None:
    """A site that has one dead address among its answers is still read."""
    with serve({"/": page(ARTICLE)}) as site:
        fetched = fetch_page(
            f"http://two.example:{site.port}/", OPEN, resolver=lambda _host, _port: ["127.0.0.2", "127.0.0.1"]
        )
    assert fetched.body == ARTICLE.encode()


def test_the_certificate_is_checked_against_the_name() -> None:
    """TLS asks for the site's name although the connection was opened to its address."""
    with serve({"/": page(ARTICLE)}, tls=True) as site:
        fetched = fetch_page(f"https://news.example:{site.port}/", OPEN, resolver=at_home, tls=trusted())
    assert fetched.body == ARTICLE.encode()
    assert f"Host: news.example:{site.port}\r\n" in site.requests[0]


def test_a_certificate_for_another_name_is_refused() -> None:
    """Somebody who answers for another site is not believed."""
    with (
        serve({"/": page(ARTICLE)}, tls=True) as site,
        pytest.raises(SourceError, match=r"certificate.*other\.example"),
    ):
        fetch_page(f"https://other.example:{site.port}/", OPEN, resolver=at_home, tls=trusted())


def test_a_certificate_of_an_unknown_authority_is_refused() -> None:
    """By default the system decides whom to trust, and it does not know the test authority."""
    with (
        serve({"/": page(ARTICLE)}, tls=True) as site,
        pytest.raises(SourceError, match="certificate that is not valid"),
    ):
        fetch_page(f"https://news.example:{site.port}/", OPEN, resolver=at_home)


def test_plain_http_on_a_tls_address_is_named() -> None:
    """A server that speaks no TLS gives a message about TLS, not a traceback."""
    with serve({}, raw=drip(b"hello", b"")) as site, pytest.raises(SourceError, match="over TLS"):
        fetch_page(f"https://news.example:{site.port}/", OPEN, resolver=at_home, tls=trusted())


@pytest.mark.parametrize(
    "speak",
    [
        drip(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
        drip(b"HTTP/1.1 200 OK\r\nX-Slow: 0\r\n", b"X: 1\r\n"),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
        silence,
    ],
    ids=["header byte", "header line", "100 continue", "body", "body to the end", "chunk", "chunk size", "silence"],
)
def test_a_slow_drip_ends_at_the_deadline(speak: Speak) -> None:
    """A server that sends a byte now and then cannot hold the tool longer than the time it was given."""
    with serve({"/": speak}) as site, pytest.raises(SourceError, match=r"took longer than 0\.3 s; .*--html FILE"):
        fetch_page(site.url(), HASTY)


def test_a_tls_handshake_ends_at_the_deadline() -> None:
    """A server that never finishes the handshake cannot hold the tool either."""
    hello_record = b"\x16\x03\x03\x40\x00"  # announces 16,384 bytes of handshake
    with serve({}, raw=drip(hello_record, b"\x00")) as site, pytest.raises(SourceError, match="took longer"):
        fetch_page(f"https://news.example:{site.port}/", HASTY, resolver=at_home, tls=trusted())


def test_a_drip_inside_tls_ends_at_the_deadline() -> None:
    """The deadline holds for an encrypted body as well."""
    slow = drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x")
    with serve({"/": slow}, tls=True) as site, pytest.raises(SourceError, match="took longer"):
        fetch_page(f"https://news.example:{site.port}/", HASTY, resolver=at_home, tls=trusted())


def test_a_name_lookup_ends_at_the_deadline() -> None:
    """A resolver that never answers cannot hold the tool, although it cannot be interrupted."""
    over = threading.Event()

    def stuck(_host: str, _port: int) -> Sequence[str]:
        over.wait()
        return []

    with pytest.raises(SourceError, match="took longer"):
        fetch_page("http://stuck.example/", Limits(seconds=0.2), resolver=stuck)
    over.set()


def test_slow_redirects_share_one_deadline() -> None:
    """Each redirect does not start the clock again."""

    def hesitate(connection: socket.socket, over: threading.Event) -> None:
        over.wait(0.1)
        connection.sendall(redirect("/"))

    with serve({"/": hesitate}) as site, pytest.raises(SourceError, match="took longer"):
        fetch_page(site.url(), HASTY)


def test_an_unknown_name_is_named() -> None:
    """A misspelt host gives a message with the host in it."""

    def unknown(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(SourceError, match=r"nosuch\.example: no such host"):
        fetch_page("http://nosuch.example/", resolver=unknown)


def test_a_refused_connection_is_named() -> None:
    """A machine without a web server gives a message with the port in it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(SourceError, match=f"refuses connections on port {port}"):
        fetch_page(f"http://127.0.0.1:{port}/", OPEN)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 451, 400, 500, 502, 503, 204, 304])
def test_each_bad_status_has_a_remedy(status: int) -> None:
    """Whatever the server's refusal is, the message names it and says what to do."""
    with serve({"/": answer(f"{status} No")}) as site, pytest.raises(SourceError, match=rf"\({status}\); \w+"):
        fetch_page(site.url(), OPEN)


CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "said",
    [
        *(
            f"{CHUNKED}{size}\r\nabc\r\n"
            for size in ("-5", "-0x5", "", "5" * 5_000, "f" * 400, "1" * 70_000, "5;" + "x" * 70_000)
        ),
        *(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\nabc" for size in ("9" * 5_000, "9" * 60_000, "9" * 19)),
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabc",
        f"HTTP/1.1 {'9' * 5_000} OK\r\n\r\nabc",
        "HTTP/1.1 -5 OK\r\n\r\nabc",
        "HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n",
        f"HTTP/1.1 302 Found\r\nLocation: http://{'a' * 60_000}/\r\n\r\n",
        f"HTTP/1.1 302 Found\r\nLocation: /{'a' * 60_000}\r\n\r\n",
        f"HTTP/1.1 302 Found\r\nLocation: {'x' * 60_000}:/\r\n\r\n",
        f"HTTP/1.1 302 Found\r\nLocation: http://x:{'9' * 5_000}/\r\n\r\n",
        f"HTTP/1.1 429 No\r\nRetry-After: {'9' * 60_000}\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 401 No\x1b[31m\r\nWWW-Authenticate: \x1b]0;x\x07\r\n\r\n",
        f"\x1b[31m{'x' * 60_000}\r\n\r\n",
    ],
)
def test_what_a_server_writes_badly_is_a_short_message(said: str) -> None:
    """Sizes, numbers and addresses that no library expects are refusals, and are cut where they are named."""
    with serve({"/": said.encode("latin-1")}) as site, pytest.raises(SourceError, match="; ") as caught:
        fetch_page(site.url(), OPEN)
    assert len(str(caught.value)) < 800
    assert str(caught.value).isprintable()


def test_too_many_requests_says_how_long_to_wait() -> None:
    """The server's own waiting time reaches the user."""
    busy = answer("429 Too Many", b"", "Retry-After: 120")
    with serve({"/": busy}) as site, pytest.raises(SourceError, match="try again in 120 s"):
        fetch_page(site.url(), OPEN)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf a page",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(200)) + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
    ],
    ids=["nothing", "not http", "short body", "short chunk", "bad chunk", "many headers", "long header"],
)
def test_a_broken_answer_is_never_half_a_page(said: bytes) -> None:
    """What arrives damaged or incomplete is refused with a remedy: half a page makes half a note."""
    with serve({"/": said}) as site, pytest.raises(SourceError, match=r"; .*--html FILE"):
        fetch_page(site.url(), OPEN)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(ARTICLE.encode(), mtime=0)),
        ("x-gzip", gzip.compress(ARTICLE.encode()[:9], mtime=0) + gzip.compress(ARTICLE.encode()[9:], mtime=0)),
        ("deflate", zlib.compress(ARTICLE.encode())),
        ("deflate", zlib.compress(ARTICLE.encode(), wbits=-15)),
        ("identity", ARTICLE.encode()),
    ],
)
def test_compressed_pages_are_read(coding: str, packed: bytes) -> None:
    """Pages arrive as servers send them: compressed in any of the usual ways."""
    with serve({"/": page(packed, "text/html", f"Content-Encoding: {coding}")}) as site:
        assert fetch_page(site.url(), OPEN).body == ARTICLE.encode()


@pytest.mark.parametrize(
    ("coding", "packed", "message"),
    [
        ("gzip", gzip.compress(b"x" * 6_000_000, mtime=0), "larger than 5 MB"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x" * 50_000_000, mtime=0), mtime=0), "larger than 5 MB"),
        ("gzip, gzip, gzip, gzip", b"x", "compressed 4 times over"),
        ("gzip", gzip.compress(b"", mtime=0) * 5_000, "too many compressed parts"),
        ("gzip", gzip.compress(ARTICLE.encode(), mtime=0)[:-12], "came incomplete"),
        ("gzip", b"not gzip", "came damaged"),
        ("br", b"\x0b\x02", "compressed with br"),
    ],
    ids=["bomb", "nested bomb", "chain", "members", "cut off", "damaged", "unknown"],
)
def test_bad_compression_is_refused(coding: str, packed: bytes, message: str) -> None:
    """A decompression bomb is stopped at the limit, and damage is named."""
    said = page(packed, "text/html", f"Content-Encoding: {coding}")
    with serve({"/": said}) as site, pytest.raises(SourceError, match=message):
        fetch_page(site.url(), OPEN)


@pytest.mark.parametrize(
    "said",
    [
        page(b"x" * 2000),
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 2000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"64\r\n" + b"x" * 100 + b"\r\n" * 1 + b"0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nx",
    ],
    ids=["announced", "unannounced", "chunked", "absurd"],
)
def test_too_many_bytes_on_the_wire_are_refused(said: bytes) -> None:
    """A page that is larger than the limit is refused, whether or not it says so beforehand."""
    small = Limits(wire_bytes=50, allow_private=True)
    with serve({"/": said}) as site, pytest.raises(SourceError, match="larger than 5e-05 MB"):
        fetch_page(site.url(), small)


@pytest.mark.parametrize("content_type", ["video/mp4", "audio/mpeg", "image/png", "application/zip"])
def test_a_useless_type_is_not_downloaded(content_type: str) -> None:
    """A film is refused by its header; nobody waits for its two gigabytes."""
    endless = drip(f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n\r\n".encode(), b"x")
    with serve({"/": endless}) as site, pytest.raises(SourceError, match=r"is an? .*; pass|save its text"):
        fetch_page(site.url(), OPEN)


def test_an_empty_page_is_refused() -> None:
    """Status 200 with nothing in it is not a page."""
    with serve({"/": page(" \n")}) as site, pytest.raises(SourceError, match="is empty"):
        fetch_page(site.url(), OPEN)
