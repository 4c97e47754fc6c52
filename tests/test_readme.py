"""README and docs say what the program does: help, exit codes, settings and examples are compared with the real thing.

`python -m tests.test_readme` renews what can be renewed.
"""

import re
import tomllib
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec.structs import fields

from enrich import errors
from enrich.config import VARIABLES, Places, Settings
from enrich.errors import EnrichError
from enrich.vault.section_type import SectionType
from enrich.workspace.reporter import Silence
from enrich.workspace.rules import RuleInWords
from enrich.workspace.workspace import Workspace
from tests.commands.here import run_here

ROOT = Path(__file__).parents[1]
CASES = ROOT / "fixtures" / "cases"
README, DOCS = ROOT / "README.md", ROOT / "docs"
COMMANDS = re.findall(r"^## enrich ([a-z-]+)$", (DOCS / "commands.md").read_text("utf-8"), re.MULTILINE)
SHIPPED = Workspace(None, Settings(), Places(ROOT, ROOT, ROOT), Silence())
"""A workspace of nobody: the types are those that ship."""
PAGE = "model-release"
"""The case whose page the README shows, drafted with and without a model."""


def run(*arguments: str, **env: str) -> str:
    """What ``enrich`` prints on stdout at a width of 100 columns."""
    done = run_here(arguments, {"PATH": "/usr/bin:/bin", "COLUMNS": "100", "ENRICH_TYPE": "", **env})
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def help_of(*command: str) -> str:
    """What ``--help`` prints."""
    lines = run(*command, "--help").strip().splitlines()
    return "\n".join(line.rstrip() for line in lines)


@cache
def drafts() -> dict[str, str]:
    """The two notes of the README by what made them; the page is a case's, and nothing is fetched."""
    url = tomllib.loads((CASES / PAGE / "case.toml").read_text("utf-8"))["url"]
    with TemporaryDirectory() as home:
        page, vault = CASES / PAGE / "page.html", ROOT / "fixtures" / "vault"
        options = ("--vault", str(vault), "--html", str(page), "--dry-run", "--quiet")
        plain = run("draft", "-m", "", "--url", url, *options, ENRICH_HOME=home)
        return {"without a model": plain, "with a model": run("draft", "--replay", str(CASES / PAGE), ENRICH_HOME=home)}


def shown(note: str) -> str:
    """The part of a note that the README shows: from the title to the human's section."""
    return note[note.index("\n# ") + 1 : note.index("\n## my take")].rstrip()


def rule_tables() -> str:
    """The rules of each shipped type, a row each; what both have alike stands once."""
    every = {name: {row.code: row for row in SHIPPED.rules(name)} for name in sorted(SHIPPED.types)}
    shared = [row for row in every["tech-journal"].values() if all(row in rules.values() for rules in every.values())]
    parts = ["## Every shipped type", _table(shared)]
    for name, rules in every.items():
        parts += [f"## {name}", _table([row for row in rules.values() if row not in shared])]
    return "\n\n".join(parts)


def _table(rows: list[RuleInWords]) -> str:
    lines = (f"| {row.code} | {row.level} | {row.asks.replace('|', chr(92) + '|')} |" for row in rows)
    return "\n".join(("| rule | level | what it asks for |", "|---|---|---|", *lines))


def documents() -> dict[Path, str]:
    """README and docs as they should be, by path: what the program prints put where the page shows it."""
    readme, commands = README.read_text("utf-8"), (DOCS / "commands.md").read_text("utf-8")
    for maker, note in drafts().items():
        block = f"<!-- draft {maker} -->\n```markdown\n{shown(note)}\n```"
        readme = _put(rf"<!-- draft {maker} -->\n```markdown\n.*?```", block, readme)
    for command in COMMANDS:
        block = f"## enrich {command}\n"
        head, title, rest = commands.partition(block)
        commands = head + title + _put(r"```text\n.*?```", f"```text\n{help_of(command)}\n```", rest)
    rules = (DOCS / "rules.md").read_text("utf-8")
    rules = _put(r"<!-- rules -->\n.*", f"<!-- rules -->\n{rule_tables()}\n", rules)
    return {README: readme, DOCS / "commands.md": commands, DOCS / "rules.md": rules}


def _put(pattern: str, block: str, text: str) -> str:
    """``block``, backslashes and all, in place of the first match."""
    return re.sub(pattern, partial(_constant, block), text, count=1, flags=re.DOTALL)


def _constant(text: str, _found: re.Match[str]) -> str:
    return text


def test_every_command_is_documented() -> None:
    """A command that README and docs do not name would be found by nobody."""
    listed = re.findall(r"^  ([a-z][a-z-]+)  ", help_of().split("Commands:")[1], re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)
    assert all(f"`enrich {command}`" in README.read_text("utf-8") for command in listed)


@pytest.mark.parametrize("path", [README, DOCS / "commands.md", DOCS / "rules.md"], ids=lambda path: path.stem)
def test_what_a_page_shows_is_what_the_program_prints(path: Path) -> None:
    """Options, drafts and rules on the pages are the real ones. `python -m tests.test_readme` renews them."""
    assert path.read_text("utf-8") == documents()[path]


def test_both_drafts_are_shown_and_differ() -> None:
    """A reader sees honestly what a model adds, and that it was asked by a recording."""
    readme = README.read_text("utf-8")
    notes = [shown(note) for note in drafts().values()]
    assert len(set(notes)) == 2
    assert all(f"```markdown\n{note}\n```" in readme for note in notes)
    assert "no provider was asked" in readme


def test_the_readme_is_read_in_a_minute() -> None:
    """Figures, settings and help have pages of their own, each named in the README."""
    readme = README.read_text("utf-8")
    assert len(readme.splitlines()) < 200
    assert all(f"(docs/{page.name})" in readme for page in DOCS.glob("*.md"))


@pytest.mark.parametrize("page", [README, *sorted(DOCS.glob("*.md"))], ids=lambda path: path.stem)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """A page that was moved leaves no dead link behind."""
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8").replace("```", "")):
        assert (page.parent / target).exists(), target


def test_every_exit_code_is_documented() -> None:
    """A script that branches on an exit code can rely on the table."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, EnrichError)]
    codes = {kind.exit_code for kind in kinds}
    listed = set(map(int, re.findall(r"^\| (\d+) \|", (DOCS / "exit-codes.md").read_text("utf-8"), re.MULTILINE)))
    assert listed == codes | {0, 130}


def test_every_setting_is_documented() -> None:
    """Each variable that the program reads is in the table of settings."""
    settings = (DOCS / "settings.md").read_text("utf-8")
    for names in (*VARIABLES.values(), ("ENRICH_VAULT", "ENRICH_HOME")):
        for name in names:
            assert f"`{name}`" in settings


def test_every_key_of_a_type_is_documented() -> None:
    """Whoever makes a note type finds each key of its table, and no key that is not there."""
    text = (DOCS / "note-types.md").read_text("utf-8")
    table = text.split("One `[[section]]`")[1].split("## The rules")[0]
    keys = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (.*?) \|", table, re.MULTILINE)))
    assert sorted(keys) == sorted(field.name for field in fields(SectionType))
    for path in (ROOT / "prompts").glob("*/type.toml"):
        read = tomllib.loads(path.read_text("utf-8"))
        for key in read:
            assert any(form in text for form in (f"`{key}`", f"`[{key}]`", f"`[[{key}]]`", f"One `[[{key}]]`"))


def renew() -> None:
    """Write what the program prints into README and docs."""
    for path, text in documents().items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    renew()
