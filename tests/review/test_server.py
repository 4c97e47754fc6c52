"""The review page's server: who may come in, and what it answers."""

import re
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote

import pytest

from enrich.review.queue import Queue, weigh_draft
from enrich.review.view import version_of
from tests.review.drafted import SOUND
from tests.review.served import Served, serving
from tests.review.sessions import number_of
from tests.review.stores import make_finished, make_store
from tests.review.test_session import TAKE


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A review whose browser came in; for tests that change nothing."""
    with serving(make_store(tmp_path_factory.mktemp("served"))) as served:
        served.enter()
        yield served


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """A review of its own, whose browser came in."""
    with serving(make_store(tmp_path)) as served:
        served.enter()
        yield served


def wait_until_over(served: Served) -> bool:
    """Whether the server ended by itself; the wait is generous, since nothing is measured here."""
    until = monotonic() + 30
    while served.thread.is_alive() and monotonic() < until:
        sleep(0.05)
    return not served.thread.is_alive()


def test_the_token_works_once(tmp_path: Path) -> None:
    """An address that lies in a shell's history opens nothing."""
    with serving(make_store(tmp_path)) as served:
        first = served.enter()
        assert first.status == 303
        assert "HttpOnly" in first.headers["set-cookie"]
        assert "SameSite=strict" in first.headers["set-cookie"]
        served.cookie = ""
        assert served.send("GET", f"/start?token={served.review.gate.token}").status == 403


@pytest.mark.parametrize("token", ["", "wrong", "ünïcode"])
def test_a_wrong_token_is_refused_and_spends_nothing(tmp_path: Path, token: str) -> None:
    """Guessing does not lock the reviewer out."""
    with serving(make_store(tmp_path)) as served:
        assert served.send("GET", f"/start?token={quote(token)}").status == 403
        assert served.enter().status == 303


@pytest.mark.parametrize("path", ["/", "/state", "/source", "/version", "/page/review.js"])
def test_nothing_is_shown_without_the_cookie(served: Served, path: str) -> None:
    """Another program or user of this machine sees nothing."""
    cookie, served.cookie = served.cookie, ""
    assert served.send("GET", path).status == 403
    served.cookie = cookie
    assert served.send("GET", path).status == 200


def test_a_foreign_name_for_this_address_is_refused(served: Served) -> None:
    """A page that rebinds its own name to 127.0.0.1 gets nothing."""
    for host in ("evil.example", f"evil.example:{served.host.partition(':')[2]}", "127.0.0.1", "localhost"):
        assert served.send("GET", "/state", Host=host).status == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://127.0.0.1:1"])
def test_only_the_page_itself_changes_something(served: Served, origin: str) -> None:
    """A page in another tab cannot act, with or without the cookie."""
    before = served.review.store.place.path.read_bytes()
    answer = served.send("POST", "/act", {"action": "take", "words": "x", "version": "y"}, Origin=origin)
    assert answer.status == 403
    assert served.review.store.place.path.read_bytes() == before


def test_a_form_cannot_act(served: Served) -> None:
    """What a plain form can send is not JSON."""
    assert served.send("POST", "/undo", {}, Content_Type="text/plain").status == 403


def test_every_answer_forbids_foreign_content(served: Served) -> None:
    """The page can load nothing from elsewhere, and nobody can frame it."""
    for path in ("/", "/state", "/page/none.js"):
        headers = served.send("GET", path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_the_page_asks_nobody_else(served: Served) -> None:
    """No font, script or picture of another host; no script or style in the page itself."""
    for name in ("", "page/review.css", "page/review.js", "page/draft.js", "page/panel.js", "page/dom.js"):
        body = served.send("GET", f"/{name}").body.decode()
        assert "https://" not in body.replace("https?://", "")
        assert "innerHTML" not in body
    html = served.send("GET", "/").body.decode()
    assert "<style" not in html
    assert not re.search(r"\s(?:on\w+|style)\s*=", html)


@pytest.mark.parametrize("name", ["..%2fserver.py", "%2e%2e/desk.py", "review.html", "none"])
def test_only_the_pages_own_files_are_served(served: Served, name: str) -> None:
    """No path leads out of the folder."""
    assert served.send("GET", f"/page/{name}").status == 404


def test_an_action_answers_with_the_new_state(fresh: Served) -> None:
    """The page shows what is on disk, not what it hopes."""
    session = fresh.review.store.session()
    body = {"action": "edit", "sentence": number_of(session, "Shipments"), "words": SOUND}
    answer = fresh.send("POST", "/act", {**body, "version": version_of(session.text)})
    assert answer.status == 200
    assert answer.json()["undo"] == "edit"
    assert not [row for row in answer.json()["sentences"] if row["verdict"] == "unsupported"]
    assert SOUND in fresh.review.store.place.path.read_text("utf-8")


def test_a_conflict_comes_with_the_note_as_it_is(fresh: Served) -> None:
    """Nobody has to type twice, and nothing was written."""
    path = fresh.review.store.place.path
    old = version_of(path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace("spare boards", "spare parts"), "utf-8", newline="\n")
    answer = fresh.send("POST", "/act", {"action": "take", "words": TAKE, "version": old})
    assert answer.status == 409
    assert any("spare parts" in row["text"] for row in answer.json()["state"]["sentences"])
    assert TAKE not in path.read_text("utf-8")


@pytest.mark.parametrize("body", [None, [], {"action": "burn"}, {"action": "cut", "sentence": 10**9}])
def test_nonsense_is_refused_in_words(served: Served, body: object) -> None:
    """A page that is out of date gets a message."""
    version = version_of(served.review.store.session().text)
    body = {**body, "version": version} if isinstance(body, dict) else body
    answer = served.send("POST", "/act", body)
    assert answer.status in (409, 422)
    assert answer.json()["error"]


@pytest.mark.parametrize(
    "data",
    [b"[" * 100_000, b'{"a":' * 20_000, b'{"version":' + b"9" * 5_000 + b"}", b'{"a":NaN}', b"\xff", b"{", b"\x00"],
)
def test_a_body_that_is_no_json_is_refused_in_words(served: Served, data: bytes) -> None:
    """Whatever is sent to the page's server, it answers and goes on."""
    answer = served.send("POST", "/act", data)
    assert answer.status in (409, 422)
    assert answer.json()["error"]


@pytest.mark.parametrize("action", ["take", "title", "description"])
def test_half_of_a_pair_of_surrogates_is_a_character_like_others(fresh: Served, action: str) -> None:
    """What UTF-8 cannot carry does not reach the note."""
    version = version_of(fresh.review.store.session().text)
    answer = fresh.send("POST", "/act", {"version": version, "action": action, "words": "\ud800 x"})
    assert answer.status in (200, 422)


def test_a_body_that_is_too_long_is_not_read(served: Served) -> None:
    """A page cannot fill the memory."""
    assert served.send("POST", "/act", {"action": "take", "words": "x" * 200_000}).status in (409, 422)


def test_approval_that_is_refused_says_what_is_in_the_way(served: Served) -> None:
    """The page lists it."""
    version = version_of(served.review.store.session().text)
    answer = served.send("POST", "/approve", {"version": version})
    assert answer.status == 423
    assert "still to be written: my take" in answer.json()["error"]


def approve(served: Served) -> Any:
    """What the page gets for approving the finished note on the desk."""
    version = version_of(served.review.store.session().text)
    return served.send("POST", "/approve", {"version": version}).json()


def test_the_server_ends_a_while_after_approval(tmp_path: Path) -> None:
    """No server is left behind for a note that is done."""
    store = make_finished(tmp_path)
    with serving(store) as served:
        served.review.second_thoughts = 0.0
        served.enter()
        assert approve(served)["approved"].startswith("approved: Notes/Tech_Journal/2023/")
        assert wait_until_over(served)
        assert served.review.over.startswith("approved: Notes/Tech_Journal/2023/")


def test_an_approval_is_taken_back_while_the_page_is_open(tmp_path: Path) -> None:
    """A slip on the last key costs nothing; the page says how to undo it later, too."""
    store = make_finished(tmp_path)
    before = store.place.path.read_bytes()
    with serving(store) as served:
        served.enter()
        answer = approve(served)
        assert answer["edit"] == store.approval
        assert answer["seconds"] > 0
        assert served.send("GET", "/version").json()["over"].startswith("approved: ")
        state = served.send("POST", "/undo", {}).json()
        assert (state["path"], state["undo"]) == (store.place.relative, "my take")
        assert store.place.path.read_bytes() == before
        assert not served.review.over
        approve(served)
        served.send("POST", "/end", {})
        assert wait_until_over(served)
        assert served.review.over.startswith("approved: ")


def test_the_server_ends_when_nobody_is_there(tmp_path: Path) -> None:
    """A forgotten tab does not keep a port open for days."""
    with serving(make_store(tmp_path), idle=0.0) as served:
        assert wait_until_over(served)
        assert "without a key or a click" in served.review.over


def test_two_reviews_have_two_cookies(tmp_path: Path) -> None:
    """Cookies do not know ports: one review must not throw the other's browser out."""
    with serving(make_store(tmp_path / "a")) as one, serving(make_store(tmp_path / "b")) as two:
        one.enter()
        two.enter()
        both = f"{one.cookie}; {two.cookie}"
        one.cookie = two.cookie = both
        assert one.send("GET", "/state").status == two.send("GET", "/state").status == 200


def test_the_next_draft_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    """A folder's drafts are gone through in one page; after the last there is none, and it is said."""
    stores = [make_finished(tmp_path / "one"), make_store(tmp_path / "two")]
    waiting = [weigh_draft(store.place.path, store.session()) for store in stores]
    queue = Queue(waiting, lambda path: next(store for store in stores if store.place.path == path))
    first = queue.advance()
    assert first is stores[0]
    with serving(first) as served:
        served.review.queue = queue
        served.enter()
        queued = served.send("GET", "/state").json()["queue"]
        assert (queued["at"], queued["of"], [row["name"] for row in queued["remain"]]) == (1, 2, [waiting[1].name])
        assert approve(served)["queue"]["remain"]
        assert served.send("POST", "/next", {}).status == 200
        assert served.send("GET", "/state").json()["queue"]["remain"] == []
        assert served.send("POST", "/next", {}).status == 422
        assert [row.path for row in queue.remaining] == [waiting[1].path]
        assert waiting[1].risk > waiting[0].risk
