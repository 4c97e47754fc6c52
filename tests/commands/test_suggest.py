"""``enrich suggest-links`` as a user runs it, on copies of the fixture vault."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands.here import run_here
from tests.fixture_vault import copy_fixture_vault

ROOT = Path(__file__).parents[2]
HALDEN = "Notes/Tech_Journal/2023/halden h7 ships with memory from two makers.md"
OUTPUT = "Notes/Market_News/2023/memory makers cut output again.md"
SEE = " (see [[memory makers cut output again]])"
DEFENCES = "Notes/Research_Digests/2024/package registry defences compared.md"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the fixture vault that all tests share."""
    return copy_fixture_vault(tmp_path_factory.mktemp("library"))


@pytest.fixture
def vault(library: Path) -> Iterator[Path]:
    """The same for a test that writes: afterwards everything is as it was."""
    before = files(library)
    yield library
    after = files(library)
    for name in after.keys() - before.keys():
        (library / name).unlink()
    for name, data in before.items():
        if after[name] != data:
            (library / name).write_bytes(data)
    shutil.rmtree(library.parent / "home" / "state", ignore_errors=True)


def command(vault: Path, *arguments: str, given: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """Run ``enrich`` in the vault's folder, with settings and state of its own."""
    own = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    home = {"ENRICH_HOME": str(vault.parent / "home"), "ENRICH_VAULT": str(vault)}
    return run_here(arguments, {**own, **home, **env}, given.encode(), vault)


def suggest(vault: Path, *arguments: str, given: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """Run ``enrich suggest-links``."""
    return command(vault, "suggest-links", *arguments, given=given, **env)


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """The JSON object of each line."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def files(vault: Path) -> dict[str, bytes]:
    """Every file of the vault and its bytes."""
    return {path.relative_to(vault).as_posix(): path.read_bytes() for path in vault.rglob("*") if path.is_file()}


def test_suggestions_are_shown_and_nothing_is_written(library: Path) -> None:
    """Score, kind, target, reason and the line as it would read; the vault stays as it was."""
    before = files(library)
    done = suggest(library, HALDEN)
    assert done.returncode == 0, done.stderr
    head, first, why, where, *_ = done.stdout.splitlines()
    assert head == HALDEN
    assert "related [[memory makers cut output again]]" in first
    assert re.search("of the 5 most similar notes links? to it", why)
    assert where.startswith("     line 34 (signal braid): ")
    assert where.endswith(f"{SEE}.")
    assert files(library) == before


def test_json_has_a_line_for_each_note(library: Path) -> None:
    """An editor gets every promised key, and places that make the link when they are put in."""
    done = suggest(library, HALDEN, DEFENCES, "--json")
    first, second = rows(done)
    assert (first["note"], second["note"]) == (HALDEN, DEFENCES)
    top = first["suggestions"][0]
    assert list(top) == ["target", "path", "score", "kind", "span", "place", "reason"]
    assert top["path"] == OUTPUT
    text = (library / HALDEN).read_text("utf-8")
    start, end = top["place"]["span"]
    assert top["place"]["context"] in text[:start] + top["place"]["text"] + text[end:]
    place = second["suggestions"][0]["place"]
    assert (place["section"], place["text"][:5]) == ("package registry defences compared", " · [[")


def test_wishes_narrow_what_is_shown(library: Path) -> None:
    """--limit, --min-score, --kind and --new-only each leave out what they say."""
    every = rows(suggest(library, HALDEN, "--json", "--min-score", "0", "--limit", "40"))[0]["suggestions"]
    assert len(rows(suggest(library, HALDEN, "--json", "--limit", "1"))[0]["suggestions"]) == 1
    likely = rows(suggest(library, HALDEN, "--json", "--min-score", "0.4"))[0]["suggestions"]
    assert [one["path"] for one in likely] == [one["path"] for one in every if one["score"] >= 0.4]
    mentions = rows(suggest(library, HALDEN, "--json", "--min-score", "0", "--kind", "mention"))[0]["suggestions"]
    assert {one["kind"] for one in mentions} <= {"mention"}
    assert all(one["span"] for one in mentions)
    older = rows(suggest(library, HALDEN, "--json", "--min-score", "0", "--new-only", "--limit", "40"))[0]
    assert older["suggestions"]
    assert not any("/2024/" in one["path"] for one in older["suggestions"])


def test_a_text_on_standard_input(library: Path) -> None:
    """A buffer that is not saved yet gets suggestions; --as says whose it is, so that it is not linked to itself.

    So does the same title from the same day: a note is not told to link to itself.
    """
    text = (library / OUTPUT).read_text("utf-8").replace("[[", "").replace("]]", "")
    saved = suggest(library, "-", "--json", "--min-score", "0", "--limit", "60", given=text)
    assert f"taken as {OUTPUT}" in saved.stderr
    text = text.replace("created: 2023", "created: 2022")
    alone = rows(suggest(library, "-", "--json", "--min-score", "0", "--limit", "60", given=text))[0]
    known = rows(suggest(library, "-", "--as", OUTPUT, "--json", "--min-score", "0", "--limit", "60", given=text))[0]
    assert OUTPUT in [one["path"] for one in alone["suggestions"]]
    assert OUTPUT not in [one["path"] for one in known["suggestions"]]
    assert known["note"] == OUTPUT
    assert rows(saved)[0]["note"] == OUTPUT
    assert OUTPUT not in [one["path"] for one in rows(saved)[0]["suggestions"]]


def test_nothing_likely_is_said(library: Path) -> None:
    """With nothing above the threshold stdout is empty, and stderr says how to see more."""
    done = suggest(library, HALDEN, "--min-score", "1")
    assert done.returncode == 0
    assert done.stdout == ""
    assert "--min-score 0 shows the best there are" in done.stderr


def test_a_vault_with_nothing_to_link_to_is_not_sent_for_more(tmp_path: Path) -> None:
    """The only note of a vault is told that there is nothing, not to lower a threshold that is 0."""
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "first.md").write_text("# first\n\nSome text.\n", "utf-8")
    done = suggest(tmp_path / "vault", "first.md", "--min-score", "0")
    assert done.returncode == 0
    assert "no note of the vault could be linked" in done.stderr


def test_a_file_that_is_no_text_is_refused(vault: Path) -> None:
    """A picture called ``.md``, or UTF-16, gets no links written into its bytes."""
    (vault / "Notes" / "picture.md").write_bytes(b"\x89PNG\r\n\x00\x00memory makers cut output again")
    done = suggest(vault, "Notes/picture.md", "--apply", "--min-score", "0")
    assert done.returncode == 2
    assert "is not text" in done.stderr


def test_apply_writes_the_likely_links_and_undo_takes_them_back(vault: Path) -> None:
    """Only links of at least 0.5 are written, one edit for all notes, and undo gives every byte back."""
    before = files(vault)
    done = suggest(vault, HALDEN, DEFENCES, "--apply")
    assert done.returncode == 0, done.stderr
    after = files(vault)
    assert {name for name in after if after[name] != before[name]} == {HALDEN, DEFENCES}
    assert f"delivery{SEE}.\n".encode() in after[HALDEN]
    assert b"<li>[[memory makers cut output again]]</li>" in after[HALDEN]
    assert "enrich undo takes them back" in done.stderr
    assert all(float(line[:4]) >= 0.5 for line in done.stdout.splitlines() if line[:1].isdigit())
    back = command(vault, "undo")
    assert back.returncode == 0, back.stderr
    assert HALDEN in back.stdout
    assert DEFENCES in back.stdout
    assert files(vault) == before


def test_apply_again_adds_nothing(vault: Path) -> None:
    """What is linked already is not suggested, so a second run changes nothing."""
    suggest(vault, HALDEN, "--apply")
    once = files(vault)
    assert suggest(vault, HALDEN, "--apply", "--min-score", "0.9").returncode == 0
    assert files(vault) == once


def drop_see_also(vault: Path) -> None:
    """Leave the note without any list of links."""
    file = vault / DEFENCES
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("*see also")), "utf-8", newline="")


def test_the_heading_is_a_setting(vault: Path) -> None:
    """In a note that has no list of links yet, related notes go under the heading that the user named."""
    drop_see_also(vault)
    done = suggest(vault, DEFENCES, "--json", ENRICH_RELATED_HEADING="more of this")
    place = rows(done)[0]["suggestions"][0]["place"]
    assert place["section"] == "more of this"
    assert place["text"].startswith("\n\n## more of this\n- [[")


def test_yes_no_edit_skip_and_quit(vault: Path) -> None:
    """Yes writes, edit takes the person's words, no is remembered, skip is not, quit ends the talk."""
    drop_see_also(vault)
    before = files(vault)
    answers = "y\ne\nno link at all\ne\n- [[crateyard adds a quarantine for new packages]] came later\nq\n"
    done = suggest(vault, DEFENCES, "-i", given=answers)
    assert done.returncode == 0, done.stderr
    text = (vault / DEFENCES).read_text("utf-8")
    assert (
        "## related\n- [[crateyard signs every upload with short lived keys]]\n"
        "- [[crateyard adds a quarantine for new packages]] came later\n"
    ) in text
    assert "that is not exactly one link to the note" in done.stderr
    assert done.stdout == f"{DEFENCES}\n"
    assert command(vault, "undo").returncode == 0
    assert files(vault) == before
    suggest(vault, DEFENCES, "-i", given="n\ns\n")
    assert files(vault).keys() - before.keys() == {".enrich/dismissed.json"}
    targets = [one["target"] for one in rows(suggest(vault, DEFENCES, "--json"))[0]["suggestions"]]
    assert "crateyard signs every upload with short lived keys" not in targets
    assert "crateyard adds a quarantine for new packages" in targets


def test_links_that_would_bring_in_markup_are_not_written(vault: Path) -> None:
    """Words for a link are words: markup in them is named, and the note stays as it is."""
    before = files(vault)
    answers = "e\n- [[crateyard signs every upload with short lived keys]] <img src=https://x.example/p>\nq\n"
    done = suggest(vault, DEFENCES, "-i", given=answers)
    assert done.returncode == 6
    assert "nothing was written, the links would bring in HTML" in done.stderr
    assert files(vault) == before


def test_a_note_that_changed_meanwhile_is_not_written(vault: Path) -> None:
    """A save in the editor while the questions are open wins: exit 7, and not a byte is lost."""
    own = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "ENRICH_HOME": str(vault.parent / "home")}
    talk = subprocess.Popen(
        [sys.executable, "-m", "enrich", "suggest-links", "--vault", str(vault), str(vault / HALDEN), "-i"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=own,
    )  # fmt: skip
    assert talk.stderr is not None
    for line in talk.stderr:
        if line.startswith(b"y/n"):
            break
    (vault / HALDEN).write_bytes(b"saved in the editor\n")
    _, errors = talk.communicate(b"y\nq\n")
    assert talk.returncode == 7
    assert b"has changed meanwhile" in errors
    assert (vault / HALDEN).read_bytes() == b"saved in the editor\n"


def test_dismiss_for_a_note_and_everywhere(vault: Path) -> None:
    """A dismissed note is not suggested again: here, or with --everywhere nowhere; nothing else is written."""
    before = files(vault)
    assert suggest(vault, HALDEN, "--dismiss", "memory makers cut output again").returncode == 0
    assert OUTPUT not in [one["path"] for one in rows(suggest(vault, HALDEN, "--json"))[0]["suggestions"]]
    (vault / "Notes" / "C# notes.md").write_text("# C#\n", "utf-8")
    assert "Notes/C# notes.md: is not" in suggest(vault, "Notes/C# notes.md", "--dismiss", "Notes/C# notes.md").stderr
    (vault / "Notes" / "C# notes.md").unlink()
    (vault / ".enrich" / "dismissed.json").write_text(json.dumps({"notes": {HALDEN: [OUTPUT]}}), "utf-8")
    other = "Notes/Tech_Journal/2023/foundry nine moves packaging closer to memory.md"
    assert OUTPUT in [one["path"] for one in rows(suggest(vault, other, "--json"))[0]["suggestions"]]
    assert suggest(vault, "--dismiss", OUTPUT, "--everywhere").returncode == 0
    assert OUTPUT not in [one["path"] for one in rows(suggest(vault, other, "--json"))[0]["suggestions"]]
    table = json.loads((vault / ".enrich" / "dismissed.json").read_bytes())
    assert list(table.pop("words")) == [OUTPUT]
    assert table == {"everywhere": [OUTPUT], "notes": {HALDEN: [OUTPUT]}}
    assert {name: data for name, data in files(vault).items() if not name.startswith(".enrich")} == before


def test_backlinks_are_a_patch_of_older_notes(vault: Path) -> None:
    """The patch is on stdout alone; --apply makes exactly that change, as one edit."""
    before = files(vault)
    note = "Notes/Tech_Journal/2024/oriel health returns its triage model with a logbook.md"
    shown = suggest(vault, note, "--backlinks")
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith("--- a/Notes/")
    assert "\n+" in shown.stdout
    assert files(vault) == before
    applied = suggest(vault, note, "--backlinks", "--apply")
    assert applied.stdout == shown.stdout
    changed = {name for name, data in files(vault).items() if data != before[name]}
    assert changed == {line[6:].rstrip("\t") for line in shown.stdout.splitlines() if line.startswith("+++ b/")}
    assert all("/2024/" not in name for name in changed)
    assert all(
        b"[[oriel health returns its triage model with a logbook" in (vault / name).read_bytes() for name in changed
    )
    assert command(vault, "undo").returncode == 0
    assert files(vault) == before


def test_audit_lists_hollow_notes(vault: Path) -> None:
    """Each with its share, and the sentence of it that stands in most notes."""
    said = "The headline is not just the event but the behavior it reveals."
    for number in range(3):
        (vault / "Notes" / f"hollow {number}.md").write_bytes(f"# hollow {number}\n\n{said}\n".encode())
    found = rows(suggest(vault, "--audit", "--json"))[0]["hollow"]
    assert {"path": "Notes/hollow 0.md", "share": 1.0, "example": said, "notes": 3} in found
    assert len(found) == 3
    assert f"Notes/hollow 1.md  100%: {said!r} stands in 3 notes" in suggest(vault, "--audit").stdout


def test_audit_lists_what_is_wrong_and_fix_makes_the_sure_mends(vault: Path) -> None:
    """Broken links with what they meant, orphans and notes worth writing; the printed patch is what is written."""
    (vault / "Notes" / "new.md").write_bytes(b"# new\n\nA [[Memory-Makers cut output again]] and [[no such note]].\n")
    (vault / "Notes" / "other.md").write_bytes(b"# other\n\nA [[no such note]] too.\n")
    before = files(vault)
    text = suggest(vault, "--audit")
    assert "Notes/new.md:3: [[Memory-Makers cut output again]]" in text.stdout
    assert "write [[memory makers cut output again]]" in text.stdout
    assert "  Notes/other.md" in text.stdout.partition("notes nobody links to")[2] or "more" in text.stdout
    found = rows(suggest(vault, "--audit", "--json"))[0]
    assert list(found) == ["broken", "orphans", "unwritten", "hollow", "concepts", "fixed"]
    assert {"Notes/new.md", "Notes/other.md"} <= set(found["orphans"])
    assert "no such note" in [one["name"] for one in found["unwritten"]]
    assert files(vault) == before
    fixed = suggest(vault, "--audit", "--fix")
    assert "+A [[memory makers cut output again]] and [[no such note]].\n" in fixed.stdout
    assert b"A [[memory makers cut output again]] and" in (vault / "Notes" / "new.md").read_bytes()
    assert command(vault, "undo").returncode == 0
    assert files(vault) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "no note was named"),
        (["--audit", HALDEN], "--audit"),
        (["--fix", HALDEN], "--fix"),
        ([HALDEN, "-i", "--apply"], "--interactive"),
        (["-", "--apply"], "standard input cannot be written to"),
        (["-", HALDEN], "standard input is one note"),
        ([HALDEN, "--everywhere"], "--everywhere"),
        (["Notes"], "is no note"),
        (["no such.md"], "No such file"),
        ([HALDEN, "--dismiss", "no such note"], "is no note"),
        ([HALDEN, "--limit", "0"], "range"),
        ([HALDEN, "--kind", "other"], "mention, related"),
    ],
)
def test_contradictions_are_exit_2(library: Path, arguments: list[str], said: str) -> None:
    """What cannot be meant is told with its remedy before anything is done."""
    done = suggest(library, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr


def test_an_index_that_cannot_be_kept_is_made_in_memory(library: Path, tmp_path: Path) -> None:
    """A cache folder that cannot be made is said once with a remedy; the links are shown all the same."""
    (tmp_path / "home").write_text("a file stands here", "utf-8")
    done = suggest(library, HALDEN, ENRICH_HOME=str(tmp_path / "home"))
    assert done.returncode == 0
    assert done.stdout
    assert done.stderr.count("name another folder with ENRICH_HOME") == 1
    assert "Traceback" not in done.stderr


def test_a_damaged_index_is_made_anew(vault: Path) -> None:
    """Bytes lost in the middle of the file cost a rebuild, and the answer is the same."""
    whole = suggest(vault, HALDEN)
    (file,) = (vault.parent / "home" / "cache").glob("links-*.sqlite3")
    data = file.read_bytes()
    file.write_bytes(data[:8192] + bytes(len(data) // 2) + data[8192 + len(data) // 2 :])
    again = suggest(vault, HALDEN)
    assert again.returncode == 0, again.stderr
    assert again.stdout == whole.stdout


def test_the_command_starts_without_what_it_does_not_need(library: Path) -> None:
    """An editor calls it at every save: no large library is loaded for a look-up in a warm index."""
    suggest(library, HALDEN)
    code = (
        "import sys\nfrom enrich.__main__ import run\n"
        f"sys.argv = ['enrich', 'suggest-links', {HALDEN!r}]\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        "heavy = 'pydantic numpy yaml openai jinja2 lxml jsonschema hashlib rich typing_extensions'.split()\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    env = {"PYTHONPATH": str(ROOT), "ENRICH_HOME": str(library.parent / "home"), "ENRICH_VAULT": str(library)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=library, env=env, check=True)
    assert done.stderr.decode().strip() == "[]"
    assert HALDEN in done.stdout.decode()


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """A small vault of its own."""
    notes = {f"filler {number}.md": f"Some words, number {number}.\n" for number in range(4)}
    notes["Oak Tree.md"] = "---\naliases: [the old oak]\n---\nA tree.\n"
    notes["walk.md"] = "---\ntitle: A long walk\n---\nThe oak tree stood there.\n\nAn oak tree again, and Oak Tree.\n"
    for name, text in notes.items():
        (tmp_path / "garden" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "garden" / name).write_text(text, "utf-8")
    return tmp_path / "garden"


@pytest.mark.parametrize("name", ["walk", "walk.md", "A long walk", "a long walk"])
def test_a_note_is_named_as_a_person_does(garden: Path, name: str) -> None:
    """By its path with or without .md, or by its title."""
    assert rows(suggest(garden, name, "--json"))[0]["note"] == "walk.md"


def test_a_name_is_linked_wherever_it_stands(garden: Path) -> None:
    """--all-occurrences links each, and one undo takes all back."""
    before = files(garden)
    suggest(garden, "walk", "--apply", "--all-occurrences", "--kind", "mention", "--min-score", "0")
    assert (
        (garden / "walk.md")
        .read_text("utf-8")
        .endswith("The [[Oak Tree|oak tree]] stood there.\n\nAn [[Oak Tree|oak tree]] again, and [[Oak Tree]].\n")
    )
    command(garden, "undo")
    assert files(garden) == before


def test_each_place_of_a_name_is_shown(garden: Path) -> None:
    """Where a line holds the name again, or goes on behind it, the words around that very link are shown."""
    line = "The Oak Tree stood there, as oaks stand in all the old stories of the valley, and the other Oak Tree fell"
    (garden / "walk.md").write_text(f"{line}; by the Oak\nTree we met again.\n", "utf-8")
    options = ("--apply", "--all-occurrences", "--kind", "mention", "--min-score", "0")
    shown = [row for row in suggest(garden, "walk", *options).stdout.splitlines() if "line 1:" in row]
    assert len(shown) == 3
    assert "line 1: The [[Oak Tree]] stood" in shown[0]
    assert "the other [[Oak Tree]] fell; by the" in shown[1]
    assert shown[2].endswith("; by the [[Oak Tree]]")


def test_asking_about_the_whole_vault(garden: Path) -> None:
    """-i without a note goes through all notes that have a link to suggest, the surest first."""
    done = suggest(garden, "-i", "--kind", "mention", "--min-score", "0.3", given="y\n")
    assert "walk.md: 1 suggestion" in done.stderr
    assert "[[Oak Tree|oak tree]]" in (garden / "walk.md").read_text("utf-8")


def test_notes_that_are_left_out(garden: Path) -> None:
    """A property of the note, and a setting of the vault for folders and tags, keep notes from being suggested."""

    def targets() -> list[str]:
        return [one["path"] for one in rows(suggest(garden, "walk", "--json", "--min-score", "0.3"))[0]["suggestions"]]

    oak = garden / "Oak Tree.md"
    plain = oak.read_text("utf-8")
    assert "Oak Tree.md" in targets()
    oak.write_text(plain.replace("---\n", "---\nsuggest-links: false\n", 1), "utf-8")
    assert "Oak Tree.md" not in targets()
    oak.write_text(plain.replace("---\n", "---\ntags: [private/trees]\n", 1), "utf-8")
    (garden / ".enrich").mkdir()
    (garden / ".enrich" / "config.toml").write_text('links_exclude = ["Old/", "#private"]\n', "utf-8")
    assert "Oak Tree.md" not in targets()
    oak.write_text(plain, "utf-8")
    assert "Oak Tree.md" in targets()
    (garden / "old").mkdir()
    oak.rename(garden / "old" / "Oak Tree.md")
    assert "old/Oak Tree.md" not in targets()


def test_a_note_that_wants_no_links_gets_none(garden: Path) -> None:
    """The property works in both directions."""
    walk = garden / "walk.md"
    walk.write_text(walk.read_text("utf-8").replace("---\n", "---\nsuggest-links: no\n", 1), "utf-8")
    assert rows(suggest(garden, "walk", "--json"))[0]["suggestions"] == []
