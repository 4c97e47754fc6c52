"""``enrich types`` and ``enrich init``: looked at, made, checked and tried in somebody else's vault."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from enrich import Workspace
from enrich.review.action import Keep
from enrich.review.view import version_of
from tests.commands.here import run_here

PAGE = Path(__file__).parents[2] / "fixtures" / "cases" / "outage" / "page.html"
URL = "https://status.example/outage"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault without a note of any type."""
    (tmp_path / "vault" / ".obsidian").mkdir(parents=True)
    (tmp_path / "vault" / "a thought.md").write_text("# A thought\n\nSome words.\n", "utf-8")
    return tmp_path / "vault"


def run(vault: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """``enrich ARGUMENTS`` in the vault, without a model and without a type in the environment."""
    env = {"PATH": "/usr/bin:/bin", "ENRICH_HOME": str(vault.parent / "home"), "ENRICH_MODEL": "", "ENRICH_TYPE": ""}
    return run_here([*arguments, "--vault", str(vault)], env)


def test_list_names_origin_count_and_the_type_of_drafts(vault: Path) -> None:
    """A vault of literature notes drafts literature notes, without a setting."""
    assert "* article-note     ships  0 notes" in run(vault, "types", "list").stdout
    for name in ("a", "b"):
        (vault / f"{name}.md").write_text("---\ntype: literature\n---\n# A\n", "utf-8")
    rows = [json.loads(line) for line in run(vault, "types", "list", "--json").stdout.splitlines()]
    (usual,) = (row for row in rows if row["usual"])
    assert (usual["name"], usual["from"], usual["notes"]) == ("literature-note", "ships", 2)


def test_show_prints_a_table_that_is_the_type(vault: Path) -> None:
    """What is shown, put into a file, is the same type with nothing left out."""
    shown = run(vault, "types", "show", "literature-note").stdout
    own = vault / ".enrich" / "prompts" / "literature-note"
    own.mkdir(parents=True)
    (own / "type.toml").write_text(shown, "utf-8")
    assert run(vault, "types", "show", "literature-note").stdout == shown


def test_four_steps_to_a_literature_note_of_ones_own(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """new, try, draft, review: the note is approved into the folder that the type names, and nothing is in the way."""
    made = run(vault, "types", "new", "reading", "--from", "literature-note")
    assert Path(made.stdout.strip()) == vault / ".enrich" / "prompts" / "reading"
    assert run(vault, "types", "check").returncode == 0
    before = sorted(vault.rglob("*"))
    tried = run(vault, "types", "try", URL, "-t", "reading", "--html", str(PAGE))
    assert "===== the draft\n---\n" in tried.stdout
    assert "\ntype: reading\n" in tried.stdout
    assert sorted(vault.rglob("*")) == before
    drafted = run(vault, "draft", URL, "-t", "reading", "--html", str(PAGE), "--strict")
    assert drafted.returncode == 0, drafted.stderr
    note = Path(drafted.stdout.strip())
    note.write_text(re.sub(r"(?m)^todo:.*$", "What I make of it.", note.read_text("utf-8")), "utf-8")
    monkeypatch.setenv("ENRICH_HOME", str(vault.parent / "home"))
    workspace = Workspace.open(vault, model="")
    store = workspace.review(note).store
    session = store.session()
    for number in session.unlooked:
        session = store.act(version_of(session.text), Keep(number))
    assert session.blockers == ()
    assert store.approve(version_of(session.text)) == vault / "Literature" / note.name


def test_new_never_overwrites(vault: Path) -> None:
    """A type that somebody has changed is not lost to a second new."""
    assert run(vault, "types", "new", "mine", "--from", "link-note").returncode == 0
    own = vault / ".enrich" / "prompts" / "mine" / "type.toml"
    own.write_text(own.read_text("utf-8") + "# changed\n", "utf-8")
    again = run(vault, "types", "new", "mine", "--from", "article-note")
    assert again.returncode == 7
    assert own.read_text("utf-8").endswith("# changed\n")
    assert run(vault, "types", "new", "../x", "--from", "article-note").returncode == 2
    assert run(vault, "types", "new", "x").returncode == 2  # nobody can be asked


def test_check_lists_every_mistake_of_table_and_template(vault: Path) -> None:
    """File, line, key and remedy of each, at once; a template without a place for a section is one too."""
    run(vault, "types", "new", "mine", "--from", "literature-note")
    own = vault / ".enrich" / "prompts" / "mine"
    table, template = (own / "type.toml").read_text("utf-8"), (own / "note.md.j2").read_text("utf-8")
    (own / "type.toml").write_text(table.replace('form = "url"', 'form = "urll"').replace("h1 =", "h2 ="), "utf-8")
    found = run(vault, "types", "check")
    assert found.returncode == 3
    assert len(found.stdout.splitlines()) == 2
    assert re.search(r"type\.toml, line \d+: unknown key 'h2'", found.stdout)
    (own / "type.toml").write_text(table, "utf-8")
    (own / "note.md.j2").write_text(
        template.replace("{{ body.claims }}", "").replace("## Quotes", "## Quoted"), "utf-8"
    )
    found = run(vault, "types", "check", "mine")
    assert "has no place for the section 'claims'" in found.stdout
    assert "lacks the heading '## Quotes'" in found.stdout
    (own / "note.md.j2").write_text(template.replace("body.claims", "body.claim"), "utf-8")
    assert "no value for body.claim; did you mean claims?" in run(vault, "types", "check").stdout


def test_a_hostile_type_is_bounded_and_leads_nowhere(vault: Path, tmp_path: Path) -> None:
    """A template that loops, and a link out of the vault, are mistakes that are told."""
    run(vault, "types", "new", "mine", "--from", "link-note")
    own = vault / ".enrich" / "prompts" / "mine"
    (own / "note.md.j2").write_text(
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "utf-8"
    )
    assert "mine/note.md.j2: " in run(vault, "types", "check", "mine").stdout
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    (own / "note.md.j2").unlink()
    (own / "note.md.j2").symlink_to(tmp_path / "secret.md")
    found = run(vault, "types", "check", "mine")
    assert "leads out of the folder of prompts" in found.stdout + found.stderr
    assert "secret" not in (found.stdout + found.stderr).replace("secret.md", "")


def test_init_writes_the_settings_once(vault: Path) -> None:
    """The type that was chosen is that of the next draft; a file that is there stays."""
    assert run(vault, "init", "--type", "link-note").returncode == 0
    file = vault / ".enrich" / "config.toml"
    assert 'type = "link-note"' in file.read_text("utf-8")
    assert "* link-note" in run(vault, "types", "list").stdout
    before = file.read_bytes()
    assert "stays as it is" in run(vault, "init", "--type", "article-note").stdout
    assert file.read_bytes() == before


def test_init_names_a_model_in_the_users_own_settings_alone(vault: Path) -> None:
    """A vault may be somebody else's, so no model stands in it; no model is an answer too, and a file stays."""
    assert "drafts are written" not in run(vault, "init", "--type", "link-note", "--model", "").stdout
    own = vault.parent / "home" / "config" / "config.toml"
    assert not own.exists()
    done = run(vault, "init", "--type", "link-note", "--model", 'odd "name"')
    assert f"{own}: drafts are written by odd" in done.stdout
    assert tomllib.loads(own.read_text("utf-8")) == {"model": 'odd "name"'}
    assert "model" not in tomllib.loads((vault / ".enrich" / "config.toml").read_text("utf-8"))
    assert "names the model" in run(vault, "init", "--model", 'odd "name"').stdout
    assert "stays as it is" in run(vault, "init", "--model", "other").stdout
    assert run(vault, "init", "--model", "two\nlines").returncode == 2


def test_init_learns_the_type_and_makes_the_first_draft(vault: Path) -> None:
    """One command from a folder of notes to a draft in their form."""
    folder = vault / "Reading"
    folder.mkdir()
    for name in ("one", "two", "three", "four"):
        text = f"---\nkind: reading\n---\n# {name}\n\n## Gist\nA sentence about {name}.\n"
        (folder / f"{name}.md").write_text(text, "utf-8")
    done = run(vault, "init", "--learn", "Reading", "--model", "", "--draft", URL, "--html", str(PAGE))
    assert done.returncode == 0, done.stderr
    file = Path(done.stdout.splitlines()[-1])
    assert "\n## Gist\n" in file.read_text("utf-8")
    assert "next: enrich review " in done.stderr
    (row,) = (row for row in run(vault, "types", "list").stdout.splitlines() if row.startswith("*"))
    assert "vault  4 notes" in row


def test_a_vault_without_types_gets_articles_and_is_told(vault: Path) -> None:
    """One line on stderr says which type was used, and how to have another."""
    done = run(vault, "draft", URL, "--html", str(PAGE))
    assert done.returncode == 0
    assert sum("article-note is used" in line for line in done.stderr.splitlines()) == 1
    assert "\ntype: article\n" in Path(done.stdout.strip()).read_text("utf-8")


def test_where_there_is_no_vault_nothing_is_checked(tmp_path: Path) -> None:
    """Outside of any vault it is said that none was found and how to name it, not that it has no types."""
    done = run_here(["types", "check"], {"ENRICH_HOME": str(tmp_path / "home")}, folder=tmp_path)
    assert done.returncode == 2
    assert "vault: none found" in done.stderr
    assert "--vault DIR" in done.stderr
    assert (
        run_here(["types", "check", "link-note"], {"ENRICH_HOME": str(tmp_path / "home")}, folder=tmp_path).returncode
        == 0
    )


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_type_with_house_rules_works_under_another_name(vault: Path, by_hand: bool) -> None:
    """A copy, made by hand or with ``types new --from``, has notes that say its own name and keep its rules."""
    own = vault / ".enrich" / "prompts" / "memo"
    if by_hand:
        shutil.copytree(PAGE.parents[3] / "prompts" / "general-note", own)
        table = own / "type.toml"
        table.write_text(table.read_text("utf-8").replace('name = "general-note"', 'name = "memo"'), "utf-8")
    else:
        assert run(vault, "types", "new", "memo", "--from", "general-note").returncode == 0
    assert run(vault, "types", "check").returncode == 0
    done = run(vault, "draft", URL, "-t", "memo", "--html", str(PAGE), "--strict")
    assert done.returncode == 0, done.stderr
    template = own / "note.md.j2"
    template.write_text(template.read_text("utf-8").replace("{{ note.type | yaml }}", "general-note"), "utf-8")
    checked = run(vault, "types", "check")
    assert (checked.returncode, "write {{ note.type | yaml }}" in checked.stdout) == (3, True)
