"""Processes that take pages apart, kept between pages."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from subprocess import TimeoutExpired

import pytest

from enrich.errors import SourceError
from enrich.source.extract import extract_source
from enrich.source.limits import Limits
from enrich.source.source import Page
from enrich.source.worker_process import KeptWorkers, run_once

TODAY = date(2026, 1, 2)


def page(number: int) -> Page:
    """An article of its own."""
    words = " ".join(f"Word {number} of sentence {count} is a plain one." for count in range(20))
    body = f"<html><body><article><h1>Headline {number}</h1><p>{words}</p><p>{words}</p></article></body></html>"
    return Page(f"https://news.example/{number}", f"https://news.example/{number}", body.encode(), "text/html")


def test_kept_workers_read_what_new_ones_read() -> None:
    """Several threads get each their own page, the same as from a process for each."""
    workers = KeptWorkers(2)
    try:
        with ThreadPoolExecutor(4) as threads:
            kept = list(threads.map(lambda n: extract_source(page(n), TODAY, run=workers.run), range(6)))
    finally:
        workers.close()
    assert kept == [extract_source(page(number), TODAY, run=run_once) for number in range(6)]


def test_a_page_that_takes_too_long_ends_alone() -> None:
    """The page that hangs is refused, and the next one is read as if nothing had been."""
    workers = KeptWorkers(1)
    try:
        with pytest.raises(TimeoutExpired):
            workers.run(b"{}", 0.0)
        slow = Page("https://news.example/s", "https://news.example/s", b"<p>" * 40_000, "text/html")
        with pytest.raises(SourceError):
            extract_source(slow, TODAY, limits=Limits(elements=10), run=workers.run)
        assert extract_source(page(1), TODAY, run=workers.run).title == "Headline 1"
    finally:
        workers.close()
