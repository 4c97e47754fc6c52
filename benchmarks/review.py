"""How long a key of a review takes on the server, beside one check of the same note made afresh.

    python -m benchmarks.review [CASE] [--rounds 9]

The note of a recorded case is put into a copy of the fixture vault and opened as ``enrich review`` opens it. Every key
is sent through the page's own handlers: the action, the new state, its JSON. Processor seconds, the median of all
rounds: what other programs of the machine take does not count. ``times a check`` is a ratio within this run.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

from benchmarks.times import print_times
from enrich.check.check_note import check_note
from enrich.check.evidence.prepared_source import prepare
from enrich.review.action import Action, Cut, Edit, Keep, RemoveLink, SetTake, Vouch
from enrich.review.server import Gate
from enrich.review.server import Review as Page
from enrich.review.store import ReviewStore
from enrich.review.view import version_of
from enrich.workspace.options import ReviewOptions
from enrich.workspace.workspace import Workspace

FIXTURES = Path(__file__).parent.parent / "fixtures"


def own(work: Callable[[], object]) -> float:
    """Processor seconds of ``work`` in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def open_store(case: str, home: Path) -> ReviewStore:
    """The note of the recorded case in the airlock of a fixture vault, under review."""
    vault, run = copytree(FIXTURES / "vault", home / "vault"), FIXTURES / "cases" / case
    title = next(line[2:] for line in (run / "note.md").read_text("utf-8").splitlines() if line.startswith("# "))
    note = vault / "AI_Sandbox" / "Tech_Journal" / "2023" / f"{title}.md"
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_bytes((run / "note.md").read_bytes())
    return Workspace.open(vault).review(note, ReviewOptions(str(run), fetch=False)).store


def press(page: Page, action: Action) -> None:
    """One key as the page sends it: on the state that is shown, answered with the next one."""
    version = version_of(page.store.session().text)
    response = page._answer(lambda: page.store.act(version, action))
    assert response.status_code == 200, bytes(response.body)


def measure(case: str, rounds: int) -> dict[str, float]:
    """What was pressed → processor seconds of it."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["ENRICH_HOME"] = str(Path(name) / "home")
        store = open_store(case, Path(name))
        page = Page(store, Gate("127.0.0.1:1"))
        times = {"one check, made afresh": [own(lambda: check_afresh(store)) for _ in range(rounds)]}
        page._answer(store.session)  # the page was opened
        sound = [
            n for n, row in enumerate(store.session().check.sentences) if row.verdict not in ("unsupported", "human")
        ]
        sound = [n for n in sound if store.session().check.sentences[n].section not in ("title", "description")]
        keys: dict[str, Callable[[int], Action]] = {
            "y (keep)": lambda at: Keep(sound[at % len(sound)]),
            "v (vouch)": lambda at: Vouch(sound[at % len(sound)]),
            "e (edit)": lambda at: Edit(sound[at % len(sound)], f"Words of the reviewer, number {at}."),
            "x (cut)": lambda _: Cut(sound[0]),
            "remove a link": lambda _: RemoveLink(len(store.session().links) - 1),
            "my take": lambda at: SetTake(f"I shall wait and see, {at} times."),
        }
        for label, key in keys.items():
            for at in range(rounds):
                times.setdefault(label, []).append(own(lambda key=key, at=at: press(page, key(at))))  # type: ignore[misc]
                if label not in ("y (keep)", "v (vouch)"):
                    times.setdefault("u (undo)", []).append(own(lambda: page._answer(store.undo)))
        times["the page looks again"] = [own(lambda: version_of(store.session().text)) for _ in range(rounds)]
        return {label: statistics.median(row) for label, row in times.items()}


def check_afresh(store: ReviewStore) -> None:
    """One check; nothing of the source is kept from an earlier one."""
    prepare.cache_clear()
    context = store.context
    check_note(store.session().text, context.stem, context.note_type, context.against, context.around)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="?", default="acquisition")
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    print_times(measure(given.case, given.rounds), "one check, made afresh", "a check")


if __name__ == "__main__":
    main()
