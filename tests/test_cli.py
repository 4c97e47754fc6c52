"""The command line as a user meets it: start-up, exit codes, messages."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.here import run_here

HEAVY = ("openai", "trafilatura", "jinja2", "sqlite3", "lxml", "numpy", "yaml", "jsonschema", "tenacity", "rich")


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in ``folder`` with no settings of the user."""
    return run_here(arguments, {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(folder)}, folder=folder)


def test_help_starts_without_heavy_imports() -> None:
    """An editor's save hook waits for every import, so help loads none of the large libraries."""
    code = (
        "import sys\nsys.argv = ['enrich', '--help']\nfrom enrich.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "draft" in done.stdout


def test_a_users_mistake_is_a_message_and_an_exit_code(tmp_path: Path) -> None:
    """A forgotten address is exit 2 with a remedy, not a traceback."""
    done = run("draft", folder=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("enrich: URL: is missing; give the article's address")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("drfat", "drfat: is no command; did you mean draft?"),
        ("links", "links: is no command; did you mean suggest-links?"),
        ("xyzzy", "xyzzy: is no command; see enrich --help"),
        ("https://a.example/", "https://a.example/: is no command; did you mean enrich draft https://a.example/?"),
        ("draft --nonsense", "--nonsense: is no option of enrich draft; see enrich draft --help"),
        ("draft --uurl x", "--uurl: is no option of enrich draft; did you mean --url?"),
        ("draft -z", "-z: is no option of enrich draft; see enrich draft --help"),
        ("draft --url", "--url: needs a value after it; see enrich --help"),
        ("check --offline=1 n.md", "--offline: takes no value; see enrich --help"),
        ("review", "NOTE|FOLDER: is missing; write enrich review NOTE|FOLDER"),
        ("undo a b", "b: is more than enrich undo takes; see enrich undo --help"),
        ("suggest-links -l a n.md", "--limit: 'a' is not a whole number; write a whole number, 1 or more"),
        ("suggest-links -l 0 n.md", "--limit: 0 is out of range; write a whole number, 1 or more"),
        ("suggest-links --min-score 2 n.md", "--min-score: 2 is out of range; write a number from 0 to 1"),
        ("suggest-links --kind x n.md", "--kind: 'x' is not one of mention, related; choose one of them"),
    ],
)
def test_a_mistake_on_the_command_line_is_a_message_like_any_other(tmp_path: Path, command: str, said: str) -> None:
    """Object, fact and remedy on one line, with what was probably meant; exit 2."""
    done = run(*command.split(), folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr == f"enrich: {said}\n"


def test_enrich_alone_says_what_it_needs(tmp_path: Path) -> None:
    """Who types nothing but the name learns in three lines: a vault, a model or none, and what to type next."""
    done = run(folder=tmp_path)
    vault, model, following = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert "no folder from here up has an .obsidian" in vault
    assert "--vault DIR (--vault . for this one) or ENRICH_VAULT" in vault
    assert "none, which will do" in model
    assert "ENRICH_MODEL and ENRICH_API_KEY" in model
    assert "enrich draft URL" in following


def test_enrich_alone_says_what_is_set(tmp_path: Path) -> None:
    """Inside a vault it names the vault, and for a key without a model how to name one."""
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / ".env").write_text("OPENAI_API_KEY=sk-0123456789\n", "utf-8")
    vault, model, _ = run(folder=tmp_path).stderr.splitlines()
    assert vault == f"vault: {tmp_path}; drafts go into its folder AI_Sandbox"
    assert "a key is set; name a model with ENRICH_MODEL" in model
    assert "sk-0123456789" not in model


def test_no_vault_is_exit_2(tmp_path: Path) -> None:
    """Outside a vault the message says how to name one."""
    done = run("draft", "--url", "https://a.example/", folder=tmp_path)
    assert done.returncode == 2
    assert "--vault DIR (--vault . for this one) or ENRICH_VAULT" in done.stderr


def test_a_model_without_a_key_is_exit_3(tmp_path: Path) -> None:
    """A missing key stops before anything is fetched, and names both remedies."""
    (tmp_path / ".obsidian").mkdir()
    done = run("draft", "--url", "https://a.example/", "-m", "some-model", folder=tmp_path)
    assert done.returncode == 3
    assert "ENRICH_API_KEY" in done.stderr
    assert "drafts without a model" in done.stderr


def test_version() -> None:
    """A bug report can say which version it is about."""
    done = subprocess.run([sys.executable, "-m", "enrich", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("enrich 0.")
