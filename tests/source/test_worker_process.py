"""Processes that take pages apart, kept between pages."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from subprocess import TimeoutExpired
from typing import Any

import pytest

from enrich.errors import SourceError
from enrich.source import worker
from enrich.source.extract import extract_source
from enrich.source.limits import Limits
from enrich.source.source import Page
from enrich.source.worker_process import KeptWorkers

TODAY = date(2026, 1, 2)
ORDER = {"kind": "HTML", "content_type": "text/html", "language": "", "elements": 1000, "today": "2026-01-02"}
GUESSED = 4
JAPANESE = "第{}の文は平易な言葉で書かれている。"


@pytest.fixture(scope="module")
def workers() -> Iterator[KeptWorkers]:
    """Two of them."""
    made = KeptWorkers(2)
    yield made
    made.close()


def body(number: int) -> bytes:
    """An article of its own."""
    words = (JAPANESE if number == GUESSED else "Word {} of sentence {} is a plain one. ").format(number, "two") * 20
    text = f"<html><body><article><h1>Headline {number}</h1><p>{words}</p><p>{words}</p></article></body></html>"
    return text.encode()


def order(number: int) -> bytes:
    """What is asked of a worker with an article."""
    asked = {**ORDER, "url": f"https://news.example/{number}", "seconds": 20}
    return json.dumps(asked).encode() + b"\n" + body(number)


def test_kept_workers_read_what_this_process_reads(workers: KeptWorkers) -> None:
    """Several threads get each their own page, also the one whose language is guessed, and nothing of another's."""
    with ThreadPoolExecutor(4) as threads:
        kept = list(threads.map(lambda number: workers.run(order(number), 60.0), range(6)))
    assert [json.loads(done.stdout)["reading"] for done in kept] == [alone(number) for number in range(6)]
    assert [done.returncode for done in kept] == [0] * 6


def alone(number: int) -> Any:
    """The reading of an article in this process."""
    asked, _, page = order(number).partition(b"\n")
    return json.loads(json.dumps(worker.answer(json.loads(asked), page)))["reading"]


def test_a_page_that_takes_too_long_ends_alone(workers: KeptWorkers) -> None:
    """The page that hangs is refused, and the next one is read as if nothing had been."""
    with pytest.raises(TimeoutExpired):
        workers.run(b"{}", 0.0)
    assert json.loads(workers.run(order(1), 60.0).stdout)["reading"]["title"] == "Headline 1"


def test_a_page_that_is_refused_spoils_no_other() -> None:
    """After a page that cannot be taken apart the next one is read as if nothing had been."""
    slow = Page("https://news.example/s", "https://news.example/s", b"<p>" * 40_000, "text/html")
    with pytest.raises(SourceError):
        extract_source(slow, TODAY, limits=Limits(elements=10))
    page = Page("https://news.example/1", "https://news.example/1", body(1), "text/html")
    assert extract_source(page, TODAY).title == "Headline 1"


def test_workers_that_are_closed_leave_no_process() -> None:
    """A program that ends is not outlived by processes that wait for pages."""
    workers = KeptWorkers(1)
    workers.run(order(1), 60.0)
    process = workers._free.queue[-1]
    workers.close()
    assert process is not None
    assert process.poll() is not None
