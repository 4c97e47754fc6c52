"""``enrich draft URL…`` against pages and a model on loopback: budgets, costs, one page twice."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.commands.here import run_here
from tests.commands.newsroom import Newsroom, newsroom

FIXTURES = Path(__file__).parents[2] / "fixtures"


def run(room: Newsroom, vault: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``enrich draft`` with the newsroom's model, whose price is known."""
    home = vault.parent / "home"
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "config.toml").write_text('[prices."m-1"]\ninput = 10\noutput = 30\n', "utf-8")
    return run_here(["draft", "--vault", str(vault), "--allow-private", "--no-reader", *arguments], room.env(home))


def test_each_draft_and_its_cost_in_a_line(vault: Path) -> None:
    """Whoever drafts many sees what each cost; the program's envelope says it too."""
    with newsroom() as room:
        done = run(room, vault, room.page(1), room.page(2), "--jobs", "2", "--json")
    assert done.returncode == 0, done.stderr
    envelopes = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["source"]["url"] for row in envelopes] == [room.page(1), room.page(2)]
    for row in envelopes:
        usage = row["usage"]
        assert usage["cost"] == pytest.approx((usage["prompt_tokens"] * 10 + usage["completion_tokens"] * 30) / 1e6)
    assert done.stderr.count("tokens, $0.0") == 2


def test_a_budget_ends_with_what_was_done(vault: Path) -> None:
    """Exit 8: the drafts that the budget allowed are there, and nothing was asked for the others."""
    with newsroom() as room:
        pages = [room.page(number) for number in range(6)]
        done = run(room, vault, *pages, "--jobs", "1", "--max-tokens", "25000")
        asked = len(room.requests)
    assert done.returncode == 8
    paths = done.stdout.splitlines()
    assert 1 <= len(paths) == asked < 6
    assert all(Path(path).is_file() for path in paths)
    assert "raise --max-tokens" in done.stderr


def test_one_draft_has_a_budget_too(vault: Path) -> None:
    """--max-cost stops before the first request when its worst case is dearer."""
    with newsroom() as room:
        done = run(room, vault, room.page(1), "--max-cost", "0.01")
        assert room.requests == []
        dear = run(room, vault, room.page(1), "--max-cost", "5")
    assert done.returncode == 8
    assert "raise --max-cost" in done.stderr
    assert dear.returncode == 0
    assert ", $0.0" in dear.stderr


def test_two_addresses_of_one_page_are_paid_once(vault: Path) -> None:
    """The page's own canonical address tells: the second is refused before the model is asked."""
    with newsroom() as room:
        done = run(room, vault, room.page(1), room.page(1) + "?utm_source=mail")
    assert done.returncode == 7
    assert len(done.stdout.splitlines()) == 1
    assert len(room.requests) == 1
    assert "twice" in done.stderr
