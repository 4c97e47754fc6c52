"""Echoes in the index: what stands in many notes, which notes are hollow, and who has no vote."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from enrich.links.index import ask_echoes, ask_index, open_index, open_records
from enrich.vault.echo import read_said
from enrich.vault.echoes import Echoes
from tests.links.garden import garden, note, write_vault

Answer = TypeVar("Answer")
SCRIPT = (
    "The visible change is obvious; the deeper change is the permission it creates.",
    "Early adopters take execution risk while incumbents take narrative risk.",
    "Once expectations shift, the fallback path becomes the policy.",
)
OWN = "The {0} committee met in {0} to weigh {0} concerns and their {0} consequences, said its {0} chair."
PLACES = "river harbour mountain valley island meadow forest desert canyon glacier lagoon prairie".split()
PHRASE = "All figures in this journal are rounded to one place."


def written(script: int = 0, phrase: str = "", front: str = "") -> dict[str, str]:
    """A note a place; the first ``script`` of them hold the sentences of a script."""
    texts = ("\n\n".join((*(SCRIPT if n < script else ()), OWN.format(p), phrase)) for n, p in enumerate(PLACES))
    return {
        f"Notes/{place}.md": note(place, "policy", day, text, "", front)
        for day, (place, text) in enumerate(zip(PLACES, texts, strict=True), 1)
    }


def ask(root: Path, question: Callable[[Echoes], Answer], airlock: str = "") -> Answer:
    """An answer on the vault as it is now."""
    return ask_echoes(root, root.parent / "cache", question, airlock=airlock)


def count(root: Path, text: str, airlock: str = "") -> int:
    """The number of notes in which the sentence stands, 0 where it is no echo."""
    (said,) = read_said(text)
    return ask(root, lambda echoes: dict(echoes.count([said.key])), airlock).get(said.key, 0)


def test_a_sentence_of_three_notes_is_an_echo(tmp_path: Path) -> None:
    """Two may tell one story; the count follows the files as they are written and deleted."""
    root = write_vault(tmp_path / "vault", written(script=2))
    assert count(root, SCRIPT[0]) == 0
    write_vault(root, {"Notes/third.md": note("third", "policy", 20, SCRIPT[0])})
    assert count(root, SCRIPT[0]) == 3
    assert count(root, SCRIPT[1]) == 0
    (root / "Notes/third.md").unlink()
    assert count(root, SCRIPT[0]) == 0


def test_drafts_do_not_count(tmp_path: Path) -> None:
    """Neither what calls itself a draft nor what waits in the airlock, until a person has approved it."""
    drafts = {f"AI/{place}.md": note(place, "policy", 20, SCRIPT[0], front="draft: true\n") for place in PLACES}
    root = write_vault(tmp_path / "vault", written() | drafts)
    assert count(root, SCRIPT[0]) == 0
    write_vault(root, {path: text.replace("draft: true\n", "") for path, text in drafts.items()})
    assert count(root, SCRIPT[0], "AI") == 0
    assert count(root, SCRIPT[0], "Other") == len(PLACES)


def test_hollow_notes_are_those_of_the_script(tmp_path: Path) -> None:
    """Three of their four sentences stand in other notes; each is shown with a sentence."""
    root = write_vault(tmp_path / "vault", written(script=4))
    found = ask(root, lambda echoes: echoes.hollow())
    assert [one.path for one in found] == [f"Notes/{place}.md" for place in sorted(PLACES[:4])]
    assert {(one.share, one.notes) for one in found} == {(0.75, 4)}
    assert {one.example for one in found} <= set(SCRIPT)
    assert ask(root, lambda echoes: echoes.is_hollow("Notes/lagoon.md")) is False


def test_a_phrase_of_notes_that_are_not_hollow_is_allowed(tmp_path: Path) -> None:
    """A disclaimer that stands in all notes is the author's habit; what came with a script is not."""
    root = write_vault(tmp_path / "vault", written(script=6, phrase=PHRASE))
    assert count(root, PHRASE) == 0
    assert count(root, SCRIPT[0]) == 6
    rare = written() | {f"Notes/{p}.md": written()[f"Notes/{p}.md"] + PHRASE for p in PLACES[:4]}
    assert count(write_vault(tmp_path / "rare" / "vault", rare), PHRASE) == 4


def test_an_index_that_cannot_be_kept_answers_all_the_same(tmp_path: Path) -> None:
    """Without a place for a file the echoes are found in memory."""
    root = write_vault(tmp_path / "vault", written(script=4))
    (tmp_path / "cache").write_text("in the way")
    assert count(root, SCRIPT[0]) == 4


def test_a_draft_has_no_vote_on_links(tmp_path: Path) -> None:
    """What a draft links to is neither counted for its target, nor learned as words for it, nor learned from."""
    links = "It ties back to [[Sound of Rooms|the old sound]] as before."
    drafts = {f"AI/draft {n}.md": note(f"draft {n}", "law", 20, "A note about law.", links) for n in range(30)}
    root = write_vault(tmp_path / "vault", garden() | drafts)
    with closing(open_index(root, tmp_path / "with", airlock="AI")) as index:
        hub = index.store.number_of("Notes/Sound of Rooms.md")
        sources = index.store.ties([hub])[hub].ins
        assert {index.store.path_of(number).partition("/")[0] for number in sources} == {"Notes"}
        assert not index.store.known("a", ["old sound"])
        learned = index.learned.models.related
    write_vault(root, {"AI/later.md": note("later", "law", 21, "A note about law.", links)})
    with closing(open_index(root, tmp_path / "with", airlock="AI")) as index:
        assert index.store.ties([hub])[hub].ins == sources
    for path in (*drafts, "AI/later.md"):
        (root / path).unlink()
    with closing(open_index(root, tmp_path / "without")) as index:
        assert learned.notes == index.learned.models.related.notes
        assert learned.links == index.learned.models.related.links


def test_an_approved_draft_votes(tmp_path: Path) -> None:
    """From the moment in which a person has moved it out of the airlock."""
    links = "It ties back to [[Sound of Rooms]] as before."
    root = write_vault(tmp_path / "vault", garden() | {"AI/new.md": note("new", "law", 20, "A note about law.", links)})
    open_index(root, tmp_path / "cache", airlock="AI").close()
    (root / "AI/new.md").rename(root / "Notes/new.md")
    with closing(open_index(root, tmp_path / "cache", airlock="AI")) as index:
        number = index.store.number_of("Notes/new.md")
        assert {index.store.path_of(out) for out in index.store.ties([number])[number].outs} == {
            "Notes/Sound of Rooms.md"
        }


def test_what_waits_in_the_airlock_is_a_draft(tmp_path: Path) -> None:
    """Also where its type has no such property, so that it is linked to and shown to a model by nobody."""
    root = write_vault(tmp_path / "vault", garden() | {"AI/new.md": "# new\n\nA note.\n"})
    drafts = [note.path for note in open_records(root, tmp_path / "cache", airlock="AI").notes if note.draft]
    assert drafts == ["AI/new.md"]
    assert not any(note.draft for note in open_records(root, tmp_path / "cache").notes)


def test_hollow_notes_teach_less(tmp_path: Path) -> None:
    """Where a script has linked its notes to one hub, the model trusts that less than what the author did."""
    by_script = {
        f"Notes/bot {n}.md": note(f"bot {n}", "law", n % 28 + 1, "\n\n".join(SCRIPT), "So it is: [[Sound of Rooms]].")
        for n in range(40)
    }
    by_hand = {
        path: text.replace(SCRIPT[0], f"A thing {n} that {chr(97 + n % 26)}{n} did first.").replace(SCRIPT[1], "")
        for n, (path, text) in enumerate(by_script.items())
    }

    def learned(folder: str, notes: dict[str, str]) -> tuple[float, ...]:
        root = write_vault(tmp_path / folder / "vault", garden() | notes)
        return ask_index(
            lambda: open_index(root, root.parent / "cache"), lambda index: index.learned.models.related.model.weights
        )

    assert learned("script", by_script) != learned("hand", by_hand)
