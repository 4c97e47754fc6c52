"""Note types are data: what ships parses, what is wrong is named, a vault's own wins, every template fills."""

import shutil
from pathlib import Path

import pytest

from enrich.errors import SettingsError, UsageError
from enrich.llm.prompt import build_prompt
from enrich.vault.note_type import parse_note_type, prompt_folders, read_note_type, read_note_types
from enrich.vault.template import render, say_limits
from tests.draft.parts import CANDIDATES, PROMPTS, make_source

SHIPPED = sorted(path.parent.name for path in PROMPTS.glob("*/type.toml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_template_of_a_shipped_type_fills(name: str) -> None:
    """A template that names a variable we do not give fails here, not at a user's desk."""
    note_type = read_note_type(name, (PROMPTS,))
    prompt = build_prompt(note_type, make_source(), CANDIDATES, ("# an example",), ("robotics",))
    assert {f"section {section.name}" for section in note_type.written_by_model} <= set(prompt.parts)
    assert render(note_type, "revise.md.j2", {"findings": ["x"], "keys": ["lead"]})


def test_general_note_needs_no_python() -> None:
    """The second type proves that a type is a folder: its name stands in no module but the one that reads old ids."""
    package = Path(__file__).parents[2] / "enrich"
    assert "general-note" in SHIPPED
    assert [path.name for path in package.rglob("*.py") if "general-note" in path.read_text("utf-8")] == ["note.py"]


def test_the_vaults_own_type_wins(tmp_path: Path) -> None:
    """A user changes a type by a folder in the vault, without touching the installation."""
    own = tmp_path / ".enrich" / "prompts" / "tech-journal"
    shutil.copytree(PROMPTS / "tech-journal", own)
    text = (own / "type.toml").read_text("utf-8")
    (own / "type.toml").write_text(text.replace('code = "TJ"', 'code = "ZZ"'), "utf-8")
    assert read_note_type("tech-journal", prompt_folders(tmp_path)).code == "ZZ"
    assert {found.name for found in read_note_types(prompt_folders(tmp_path))} == set(SHIPPED)


def test_an_unknown_type_names_those_that_exist() -> None:
    """A typing error in --type is answered with the choices."""
    with pytest.raises(UsageError, match="general-note, tech-journal"):
        read_note_type("tech-jornal", (PROMPTS,))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("words = [9, 4]", "not \\[lowest, highest\\]"),
        ('shape = "poem"', "shape is 'poem'"),
        ("colour = 3", "unknown key 'colour'"),
        ('writer = "nobody"', "writer is 'nobody'"),
    ],
)
def test_a_mistake_in_the_table_is_named(tmp_path: Path, line: str, said: str) -> None:
    """Who edits a type and slips is told the file and the key."""
    row = {"name": '"x"', "writer": '"model"', "shape": '"paragraph"', "evidence": '"fact"'}
    key, _, value = line.partition(" = ")
    rows = "\n".join(f"{name} = {text}" for name, text in {**row, key: value}.items())
    (tmp_path / "type.toml").write_text(f'name = "a"\ncode = "AA"\nfolder = "A"\n[[section]]\n{rows}\n', "utf-8")
    with pytest.raises(SettingsError, match=said):
        parse_note_type(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "GN"', "", "lacks 'code'"),
        ('code = "GN"', "code = 3", "code is 3, not words in quotes"),
        ("see_also = 0", 'see_also = "two"', "see_also is 'two', not a whole number"),
        ("[prose]\nwords = [60, 180]", "[prose]\nwords = 60", "limits 60 are not [lowest, highest]"),
        ("[prose]\nwords = [60, 180]", "[prose]\nwords = [180, 60]", "limits [180, 60] are not [lowest, highest]"),
        ("[description]\ncharacters = [40, 130]", "", ""),
        ("[title]\nwords = [3, 9]\ncharacters = [12, 64]", "", ""),
        ("[title]\nwords = [3, 9]\ncharacters = [12, 64]", "title = 3", "title is 3, not a table"),
        ("[[section]]", "[[sections]]", "has no [[section]]"),
        ('heading = "facts"', "heading = 7", "section 'facts': heading is 7, not words in quotes"),
        ("citation = true", 'citation = "yes"', "section 'lead': citation is 'yes', not true or false"),
        ('heading = "facts"', 'haeding = "facts"', "unknown key 'haeding', did you mean heading?"),
        ('rule = "M12"', "rule = 12", "section 'lead': rule is 12"),
        ('name = "lead"', "", "lacks 'name'"),
    ],
)
def test_whatever_is_wrong_in_the_table_is_said_in_words(tmp_path: Path, old: str, new: str, said: str) -> None:
    """No message shows Python's words for it: a bare KeyError, an unpacking, a tuple."""
    shipped = (prompt_folders(None)[0] / "general-note" / "type.toml").read_text("utf-8")
    assert old in shipped
    (tmp_path / "type.toml").write_text(shipped.replace(old, new), "utf-8")
    if not said:
        assert parse_note_type(tmp_path).code == "GN"  # limits may be left out
        return
    with pytest.raises(SettingsError) as caught:
        parse_note_type(tmp_path)
    message = str(caught.value)
    assert said in message
    assert not any(word in message for word in ("KeyError", "unpack", "object", "NoneType", "invalid literal", "('"))


def test_all_missing_variables_are_named_at_once(tmp_path: Path) -> None:
    """A template with two wrong names is mended in one go."""
    note_type = read_note_type("tech-journal", (PROMPTS,))
    shutil.copytree(note_type.directory, tmp_path / "t")
    (tmp_path / "t" / "bad.md.j2").write_text("{{ one }} {{ two }} {{ three }}", "utf-8")
    with pytest.raises(SettingsError, match="no value for one, two; use three"):
        render(parse_note_type(tmp_path / "t"), "bad.md.j2", {"three": 3})


def test_a_template_cannot_reach_python(tmp_path: Path) -> None:
    """A template that came with somebody's vault runs in a sandbox."""
    shutil.copytree(PROMPTS / "tech-journal", tmp_path / "t")
    (tmp_path / "t" / "bad.md.j2").write_text("{{ ''.__class__.__mro__[1].__subclasses__() }}", "utf-8")
    with pytest.raises(SettingsError, match=r"bad\.md\.j2"):
        render(parse_note_type(tmp_path / "t"), "bad.md.j2", {})


def test_limits_read_as_words() -> None:
    """Prompts say limits as a person would."""
    assert [say_limits(limits) for limits in ((3, 3), (1, 2), (24, 38))] == ["3", "1 or 2", "24 to 38"]
