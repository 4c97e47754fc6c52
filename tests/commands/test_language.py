"""``enrich draft --language``: a note in the article's language, or in the one that is named."""

from pathlib import Path

import pytest

from tests.commands.test_suggest import command

CASES = Path(__file__).parents[2] / "fixtures" / "cases"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault without a note."""
    (root := tmp_path / "vault" / ".obsidian").mkdir(parents=True)
    return root.parent


def draft(vault: Path, case: str, *options: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a draft about a recorded page."""
    page = str(CASES / case / "page.html")
    done = command(vault, "draft", "-m", "", "--url", f"https://example.org/{case}", "--html", page, *options)
    return done.returncode, done.stdout, done.stderr


def test_a_note_follows_the_articles_language(vault: Path, tmp_path: Path) -> None:
    """Title and file keep the article's letters, its question is asked, and the run replays byte for byte."""
    run = tmp_path / "run"
    code, made, said = draft(vault, "german-page", "-t", "article-note", "--language", "auto", "--record", str(run))
    assert code == 0, said
    note = Path(made.strip())
    assert "Bußgeld" in note.stem
    assert "the note in en" not in said
    assert '"language": "de"' in (run / "material.json").read_text("utf-8")
    again = command(vault, "draft", "--replay", str(run), "--output", "-")
    assert again.returncode == 0, again.stderr
    assert again.stdout == note.read_text("utf-8")


def test_a_chinese_note_has_no_english_title(vault: Path) -> None:
    """A headline in other letters stays as it is, and nothing says that it is spelled in a to z."""
    code, made, said = draft(vault, "chinese-page", "-t", "article-note", "--language", "auto", "--dry-run")
    assert code == 0, said
    assert made.splitlines()[1].startswith("title: 青禾科技")
    assert "a to z" not in said


def test_a_type_may_leave_its_language_open(vault: Path) -> None:
    """`language = ""` is the article's; the type says so once, and nobody gives an option."""
    shown = command(vault, "types", "new", "mine", "--from", "article-note")
    assert shown.returncode == 0, shown.stderr
    table = vault / ".enrich" / "prompts" / "mine" / "type.toml"
    lines = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("language =")]
    at = next(number for number, line in enumerate(lines) if line.startswith("name ="))
    table.write_text("\n".join([*lines[: at + 1], 'language = ""', *lines[at + 1 :]]) + "\n", "utf-8")
    code, _, said = draft(vault, "german-page", "-t", "mine", "--dry-run")
    assert code == 0, said
    assert "the note in en" not in said


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("-t", "tech-journal", "--language", "vi"), "notes of type tech-journal are in en"),
        (("-t", "article-note", "--language", "Vietnamese please"), "is no tag of a language"),
    ],
)
def test_a_language_that_cannot_be_had_is_told(vault: Path, options: tuple[str, ...], told: str) -> None:
    """A mistake ends with exit 2, before anything is written."""
    code, made, said = draft(vault, "german-page", *options)
    assert (code, made) == (2, "")
    assert told in said
