"""No text of a page, a model or a file's name becomes markup in a note."""

import string
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from enrich.llm.secret import Secret
from enrich.vault.link_text import link_text
from tests.hostile.notes import ADDRESS, LINKS, note_of_model, note_of_page
from tests.hostile.reader import faults_of
from tests.hostile.texts import CONSTRUCTS, DISGUISES, TEXTS
from tests.review.browser import chromium

PIECES = [*CONSTRUCTS.values(), *string.punctuation, " ", "\n", "\u200b", "\\", "&lt;", "&amp;", "word", "5", "é"]
KEY = "sk-CANARY-7f3e9a1c55d2b8"
NASTY = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8).map("".join)


@pytest.fixture(scope="module", params=DISGUISES)
def notes(request: pytest.FixtureRequest) -> dict[str, str]:
    """Notes by the names of the texts in them, which have one disguise: four of a page, eight of a model that obeys."""
    rows = [(name, text) for name, text in TEXTS.items() if name.endswith(f", {request.param}")]
    notes: dict[str, str] = {}
    for names, texts in _groups(rows, 4):
        site, title, author, extra = (*texts, *texts, *texts, *texts)[:4]
        page = note_of_page(site=site, title=title, author=author, extra=extra)
        notes |= {f"page: {'; '.join(names)}": page} if page is not None else {}
    for names, texts in _groups(rows, 8):
        notes[f"model: {'; '.join(names)}"] = note_of_model(*texts, f"{texts[0]} It rests.")
    return notes


def _groups(rows: Sequence[tuple[str, str]], size: int) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The names and texts of ``size`` rows at a time."""
    for at in range(0, len(rows), size):
        names, texts = zip(*rows[at : at + size], strict=True)
        yield names, texts


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all disguises."""
    with chromium() as browser:
        yield browser


def test_there_are_enough_texts_to_mean_something(notes: dict[str, str]) -> None:
    """Each construct comes in each disguise, by a page and by a model, and pages of them are not just refused."""
    assert len(set(TEXTS.values())) >= 150
    assert sum(name.startswith("model") for name in notes) >= len(CONSTRUCTS) / 8
    assert sum(name.startswith("page") for name in notes) >= 0.8 * len(CONSTRUCTS) / 4


def test_no_hostile_text_becomes_markup(notes: dict[str, str]) -> None:
    """A page, or a model that obeys it, could otherwise run a script in the reader's vault or on the author's site."""
    assert {name: faults for name, note in notes.items() if (faults := faults_of(note, LINKS, ADDRESS))} == {}


@pytest.mark.browser
def test_no_note_runs_or_loads_anything_in_a_browser(notes: dict[str, str], browser: Browser) -> None:
    """All notes of a disguise, rendered with raw HTML as a site generator does: no script runs, nothing is loaded."""
    site = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    rendered = "".join(site.render(note.split("\n---\n", 1)[1]) for note in notes.values())
    page = "<!doctype html><meta charset=utf-8>" + rendered
    asked: list[str] = []

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = page.encode() if self.path == "/notes" else b"window.ran=1"
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Silence."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        Thread(target=server.serve_forever, daemon=True, args=(0.01,)).start()
        opened = browser.new_page()
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto(f"http://127.0.0.1:{server.server_address[1]}/notes")
        ran = opened.evaluate("window.ran")
        opened.close()
        server.shutdown()
    assert ran is None
    assert {address.rpartition("/")[2] for address in asked} <= {"notes", "favicon.ico"}


@settings(max_examples=40, deadline=None)
@given(NASTY, NASTY, NASTY)
def test_any_texts_together_stay_text(first: str, second: str, third: str) -> None:
    """What is harmless alone must not become markup beside another text."""
    note = note_of_model(first, second, third)
    assert faults_of(note, LINKS, ADDRESS) == []
    page = note_of_page(site=first, title=second, author=third, extra=f"{first} {third}")
    assert page is None or faults_of(page, LINKS, ADDRESS) == []


@pytest.mark.parametrize("name", [*CONSTRUCTS, *(f"{name}, invisible signs" for name in ("wikilink", "tag", "host"))])
def test_a_note_with_a_hostile_name_is_not_linked(name: str) -> None:
    """A vault from a stranger could otherwise bring its markup in by the name of a file."""
    text = TEXTS.get(name, CONSTRUCTS.get(name, ""))
    harmless = {"module", "rule", "item", "number", "attributes", "LaTeX", "front matter"}
    link = link_text(text.replace("\n", " "))
    assert link is None or name in harmless or not faults_of_name(link)


def faults_of_name(link: str) -> list[str]:
    """What would act in a bullet that links to a note of this name."""
    note = note_of_model("So it is.")
    return faults_of(note.replace("[[", f"[[{link}]] [[", 1), LINKS | {link}, ADDRESS)


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "[{}]",
        "{}(//evil.example/x)",
        "![{}](//evil.example/x)",
        "^{}",
        "#{}",
        "a {}: b",
        "<{}>",
        "{}[^1]",
        "=={}==",
    ],
)
def test_what_stands_in_place_of_a_key_is_no_markup(around: str) -> None:
    """A key that a model hid in markup is only seen in the finished note, and nothing makes plain what is put there."""
    hidden = around.format(f"{KEY[:9]}<b></b>{KEY[9:]}")
    note = Secret(KEY).remove(note_of_model(hidden, f"The company said {hidden} on Tuesday"))
    assert KEY not in note
    assert faults_of(note, LINKS, ADDRESS) == []
