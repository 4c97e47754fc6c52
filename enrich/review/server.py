"""The review page's server: loopback only, one browser that was shown the token, nothing from anywhere else.

- It listens on 127.0.0.1 at a random port.
- The address that opens the page carries a token that works once; the browser gets a cookie for it, which scripts
  cannot read and other sites cannot send.
- ``Host`` must be the address itself (a name that was rebound to 127.0.0.1 is refused), and what changes something
  must come from the page itself (``Origin``, JSON only).
- The page may load nothing but itself, and everything of note, source and model reaches it as JSON and becomes text.
"""

import asyncio
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from msgspec import Struct
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from enrich.errors import EnrichError, FindingsError
from enrich.review.action import parse_action
from enrich.review.queue import Queue
from enrich.review.session import Session
from enrich.review.store import ConflictError, ReviewStore
from enrich.review.view import session_view, source_view, version_of
from enrich.text.json_text import mend_halves, read_json

PAGE = Path(__file__).parent / "page"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SECOND_OPENING = (
    "This address was opened already, and it opens once.\n\n"
    "Go on in the browser window where it is open. If that is closed, end the review with Ctrl-C in the terminal\n"
    "and run enrich review again: what was done is saved in the note, and the new address shows it."
)
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FILES = frozenset(path.name for path in PAGE.iterdir() if path.suffix in _TYPES)
_PULSE = 0.1
"""Seconds between two looks at whether the review is over. By hand: nobody notices so little."""
_SECOND_THOUGHTS = 120.0
"""Seconds after an approval in which the page can still take it back."""
_LONGEST_BODY = 100_000
"""Bytes of a request: the longest text of an action has 80,000 in UTF-8."""


@dataclass
class Gate:
    """Who may come in: the address, the token that works once, and the cookie it is exchanged for."""

    host: str
    """``127.0.0.1:PORT``"""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _cookie: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    _spent: bool = False

    @property
    def address(self) -> str:
        """What the browser opens."""
        return f"http://{self.host}/start?token={self.token}"

    @property
    def cookie_name(self) -> str:
        """Cookies do not know ports: two reviews side by side must not take each other's."""
        return f"enrich_review_{self.host.rpartition(':')[2]}"

    def exchange(self, token: str) -> str | None:
        """The cookie for the token, once."""
        if self._spent or not secrets.compare_digest(token.encode(), self.token.encode()):
            return None
        self._spent = True
        return self._cookie

    def refusal(self, request: Request) -> str:
        """Why the request is refused; empty when it is not."""
        if request.headers.get("host", "") != self.host:
            return "this address is not the review's"
        if request.method != "GET" and request.headers.get("origin") != f"http://{self.host}":
            return "the request does not come from the review's page"
        if request.method != "GET" and not request.headers.get("content-type", "").startswith("application/json"):
            return "the request is not JSON"
        if request.url.path == "/start":
            return ""
        cookie = request.cookies.get(self.cookie_name, "")
        if not secrets.compare_digest(cookie.encode(), self._cookie.encode()):
            return "open the address that enrich review printed; it works once, in one browser: run it again"
        return ""


class Guard:
    """Middleware: the gate before every route, the headers on every answer."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self.app = app
        self.gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", []), *extra]}
            await send(message)

        if refusal := self.gate.refusal(Request(scope)):
            await PlainTextResponse(f"{refusal}\n", 403)(scope, receive, send_guarded)
        else:
            await self.app(scope, receive, send_guarded)


class Review(Struct):
    """The routes of one review."""

    store: ReviewStore
    gate: Gate
    queue: Queue | None = None
    """The drafts of a folder, of which `store` has the one under review; None for a single note."""
    clock: Callable[[], float] = time.monotonic
    over: str = ""
    """Why the review has ended; empty while it goes on."""
    last_seen: float = 0.0
    """When somebody last did something."""
    second_thoughts: float = _SECOND_THOUGHTS
    """Seconds after an approval until the review ends by itself."""
    _approved_at: float = 0.0

    def app(self) -> Starlette:
        """The web application."""
        self.last_seen = self.clock()
        routes = [
            Route("/start", self.start),
            Route("/", self.page),
            Route("/page/{name}", self.file),
            Route("/source", self.source),
            Route("/state", self.state),
            Route("/version", self.version),
            Route("/act", self.act, methods=["POST"]),
            Route("/undo", self.undo, methods=["POST"]),
            Route("/approve", self.approve, methods=["POST"]),
            Route("/next", self.next, methods=["POST"]),
            Route("/seen", self.seen, methods=["POST"]),
            Route("/end", self.end, methods=["POST"]),
        ]
        return Starlette(routes=routes, middleware=[Middleware(Guard, gate=self.gate)])

    def start(self, request: Request) -> Response:
        """The token becomes a cookie and leaves the address bar."""
        cookie = self.gate.exchange(request.query_params.get("token", ""))
        if cookie is None:
            known = request.cookies.get(self.gate.cookie_name)
            return RedirectResponse("/", 303) if known else PlainTextResponse(f"{SECOND_OPENING}\n", 403)
        response = RedirectResponse("/", 303)
        response.set_cookie(self.gate.cookie_name, cookie, httponly=True, samesite="strict", path="/")
        return response

    def page(self, _: Request) -> Response:
        """The page; it holds nothing of the note."""
        return FileResponse(PAGE / "review.html", media_type="text/html")

    def file(self, request: Request) -> Response:
        """The page's own style and script."""
        name = request.path_params["name"]
        if name not in _FILES:
            return PlainTextResponse("there is no such file\n", 404)
        return FileResponse(PAGE / name, media_type=_TYPES[Path(name).suffix])

    def source(self, _: Request) -> Response:
        """The saved source."""
        return JSONResponse(source_view(self.store.context.against.source))

    def state(self, _: Request) -> Response:
        """The note as it is now."""
        return self._answer(self.store.session)

    def version(self, _: Request) -> Response:
        """Whether the note changed under the page; asked now and then, and no sign of life."""
        if self.store.approved is not None:
            return JSONResponse({"version": "", "over": self.over or self._farewell()})
        try:
            return JSONResponse({"version": version_of(self.store.session().text), "over": self.over})
        except EnrichError as error:
            return JSONResponse({"version": "", "over": self.over or str(error)})

    async def act(self, request: Request) -> Response:
        """One action on the state that the reviewer saw."""
        row = await _body(request)
        return await run_in_threadpool(self._answer, lambda: self.store.act(str(row.get("version")), parse_action(row)))

    def undo(self, _: Request) -> Response:
        """The last action taken back."""
        return self._answer(self.store.undo)

    async def approve(self, request: Request) -> Response:
        """The note leaves the airlock; for a while that can be taken back, then the review ends."""
        row = await _body(request)
        try:
            path = self.store.approve(str(row.get("version")))
        except EnrichError as error:
            return self._refused(error)
        self._approved_at = self.clock()
        words = f"approved: {path.relative_to(self.store.place.root).as_posix()}"
        answer = {"approved": words, "edit": self.store.approval, "seconds": self.second_thoughts}
        return JSONResponse({**answer, **self._queue()})

    def next(self, _: Request) -> Response:
        """The next draft of the folder takes the place of this one, which stays as it is."""
        self.last_seen = self.clock()
        store = self.queue.advance() if self.queue is not None else None
        if store is None:
            return JSONResponse({"error": "this was the last draft of the folder"}, 422)
        self.store = store
        return JSONResponse({})

    def _queue(self) -> dict[str, Any]:
        """Which of how many drafts this is, and which follow; nothing for a single note."""
        if self.queue is None:
            return {}
        remain = [{"name": row.name, "risk": row.words} for row in self.queue.ahead]
        return {"queue": {"at": self.queue.at + 1, "of": len(self.queue.waiting), "remain": remain}}

    def end_if_due(self, idle: float) -> None:
        """End the review when an approval stood for a while, or when nobody did anything for ``idle`` seconds."""
        now = self.clock()
        goes_on = self.queue is not None and self.queue.ahead
        if self.store.approved is not None and not goes_on and now - self._approved_at > self.second_thoughts:
            self.over = self._farewell()
        elif now - self.last_seen > idle:
            self.over = f"ended after {idle / 60:.0f} minutes without a key or a click"

    def _farewell(self) -> str:
        if self.store.approved is None:
            return "ended by the reviewer; the note stays where it is"
        return f"approved: {self.store.approved.relative_to(self.store.place.root).as_posix()}"

    def seen(self, _: Request) -> Response:
        """Somebody is still reading."""
        self.last_seen = self.clock()
        return JSONResponse({})

    def end(self, _: Request) -> Response:
        """The reviewer goes away; the note stays as it is."""
        self.over = self._farewell()
        return JSONResponse({"over": self.over})

    def _answer(self, work: Callable[[], Session]) -> Response:
        self.last_seen = self.clock()
        try:
            return JSONResponse(self._state(work()))
        except EnrichError as error:
            return self._refused(error)

    def _state(self, session: Session) -> dict[str, Any]:
        place = {"path": self.store.place.relative, "undo": self.store.undo_label, "over": self.over}
        return {**session_view(session), **place, **self._queue()}

    def _refused(self, error: EnrichError) -> Response:
        """What went wrong, and for a conflict the note as it is now, so that nothing has to be typed twice."""
        answer: dict[str, Any] = {"error": str(error)}
        status = 422
        if isinstance(error, ConflictError):
            status = 409
            try:
                answer["state"] = self._state(self.store.session())
            except EnrichError as gone:
                answer["error"] = str(gone)
        elif isinstance(error, FindingsError):
            status = 423
        return JSONResponse(answer, status)


async def _body(request: Request) -> dict[str, Any]:
    """The request's JSON object; an empty one for anything else."""
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > _LONGEST_BODY:
            return {}
    try:
        value = mend_halves(read_json(data))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def serve(review: Review, listening: socket.socket, idle: float) -> str:
    """Answer until the review is over or nobody did anything for ``idle`` seconds; why it ended, in words."""
    config = uvicorn.Config(review.app(), log_level="warning", access_log=False, lifespan="off", server_header=False)
    server = uvicorn.Server(config)

    async def run() -> None:
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not serving.done():
            await asyncio.sleep(_PULSE)
            if not review.over:
                review.end_if_due(idle)
            if review.over:
                await asyncio.sleep(_PULSE)  # the last answer is on its way
                server.should_exit = True
        await serving

    asyncio.run(run())
    return review.over


def listen() -> socket.socket:
    """A socket on 127.0.0.1 at a port that the system chooses; a browser may knock before `serve` answers."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    return listening
