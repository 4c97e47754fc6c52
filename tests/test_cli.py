"""The command line as a user meets it: start-up, exit codes, messages."""

import subprocess
import sys
from pathlib import Path

HEAVY = ("openai", "trafilatura", "jinja2", "sqlite3", "lxml", "numpy", "yaml", "jsonschema", "tenacity", "rich")


def run(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the installed command line in ``folder`` with no settings of the user."""
    return subprocess.run(
        [sys.executable, "-m", "enrich", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(folder)} if folder else None,
        check=False,
    )


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
    """A forgotten --url is exit 2 with a remedy, not a traceback."""
    done = run("draft", folder=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("enrich: --url: is missing; give the article's address")


def test_an_unknown_option_is_exit_2(tmp_path: Path) -> None:
    """A typing error in an option ends with the usage code."""
    done = run("draft", "--nonsense", folder=tmp_path)
    assert done.returncode == 2
    assert "--nonsense" in done.stderr


def test_no_vault_is_exit_2(tmp_path: Path) -> None:
    """Outside a vault the message says how to name one."""
    done = run("draft", "--url", "https://a.example/", folder=tmp_path)
    assert done.returncode == 2
    assert "--vault or ENRICH_VAULT" in done.stderr


def test_a_model_without_a_key_is_exit_3(tmp_path: Path) -> None:
    """A missing key stops before anything is fetched, and names both remedies."""
    (tmp_path / ".obsidian").mkdir()
    done = run("draft", "--url", "https://a.example/", "-m", "some-model", folder=tmp_path)
    assert done.returncode == 3
    assert "ENRICH_API_KEY" in done.stderr
    assert "embedded engine" in done.stderr


def test_version() -> None:
    """A bug report can say which version it is about."""
    done = run("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("enrich 0.")
