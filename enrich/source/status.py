"""What a server's status code means for somebody who wants to read the page."""

from enrich.errors import SourceError
from enrich.text.pattern import lazy_pattern
from enrich.text.quoted import quote

_SECONDS = lazy_pattern(r"[0-9]{1,5}")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""RFC 9110: those with an address to go on to; 300 leaves the choice to the reader."""
_SAVE = "save the page in a browser and pass it with --html FILE"
_MEANINGS = {
    401: f"needs a login; log in with a browser, {_SAVE}",
    402: f"must be paid for; if you have access, {_SAVE}",
    403: f"refuses to serve programs; {_SAVE}",
    404: "does not exist; check the address",
    406: f"refuses to serve programs; {_SAVE}",
    407: f"is behind a proxy that needs a login; {_SAVE}",
    408: "gave up waiting for us; try again",
    410: "has been removed; look for it in a web archive and pass that page with --html FILE",
    414: "has too long an address; check the address",
    421: "is not served by the machine its name leads to; try again later",
    425: "cannot be served yet; try again later",
    429: f"has had too many requests; wait some minutes and try again, or {_SAVE}",
    451: f"is withheld for legal reasons where you are; if you can read it, {_SAVE}",
}


class BusyError(SourceError):
    """The server names a time after which it can be asked again."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


def is_redirect(status: int) -> bool:
    """Whether the page is somewhere else."""
    return status in _REDIRECTS


def refuse_status(url: str, status: int, retry_after: str = "") -> None:
    """Raise `SourceError` with what to do, unless the status says that a page follows."""
    url = quote(url)
    if 200 <= status < 300 and status not in (204, 205):
        return
    if status in (429, 503) and _SECONDS.fullmatch(retry_after):
        fact = "has had too many requests" if status == 429 else "cannot serve it now"
        raise BusyError(f"{url}: {fact} ({status}); try again in {retry_after} s, or {_SAVE}", float(retry_after))
    meaning = _MEANINGS.get(status) or _by_class(status)
    fact, _, remedy = meaning.partition("; ")
    raise SourceError(f"{url}: {fact} ({status}); {remedy}")


def _by_class(status: int) -> str:
    if status in (204, 205):
        return f"has no content; {_SAVE}"
    if status >= 500:
        return f"failed on its server; try again later, or {_SAVE}"
    if status >= 400:
        return f"was refused by its server; {_SAVE}"
    return f"was answered in a way that cannot be used; {_SAVE}"
