"""Note types are data: what ships parses, what is wrong is named, a vault's own wins, every template fills."""

import shutil
from pathlib import Path

import pytest

from enrich.errors import SettingsError, UsageError
from enrich.llm.prompt import build_prompt
from enrich.vault.note_type import parse_note_type, prompt_folders, read_note_type, read_note_types
from enrich.vault.render import render
from enrich.vault.template import say_limits
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
    """The second type proves that a type is a folder: its name stands in no module."""
    package = Path(__file__).parents[2] / "enrich"
    assert "general-note" in SHIPPED
    assert [path.name for path in package.rglob("*.py") if "general-note" in path.read_text("utf-8")] == []


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
    with pytest.raises(UsageError, match="general-note, link-note, literature-note, tech-journal"):
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


SLIPS = [
    "1", "true", '""', '"a\\u0000b"', '"a\\nb"', "[1, 2, 3]", "[2, 1]", "[-1, 2]", "[true, false]", "{}", "[{}]", "nan",
    "1979-05-27", "[[1, 2]]", "[1, 99999999999]", "99999999999", '"../x"', '"/x"', '"{year.__class__}"',
    '"{year:9999999999}"', '"{year!r}"', '"{year[0]}"', '"{0}"', '"{}"', '"{day}"', '"{"', '".obsidian"', '"CON/x"',
    '"a\\\\b"', '"x/../../y"', f'"{"a/" * 300}"',
]  # fmt: skip
FITTING = {
    "folder": (),
    "code": (),
    "name": (),
    "shape": (),
    "items": (),
    "words": (),
    "see_also": ("1",),
    "citation": ("true",),
}


@pytest.mark.parametrize("key", FITTING)
def test_a_value_of_the_wrong_kind_names_file_line_and_key(tmp_path: Path, key: str) -> None:
    """Whatever stands there, also a pattern that reaches into Python or out of the vault."""
    lines = (PROMPTS / "tech-journal" / "type.toml").read_text("utf-8").split("\n")
    number = next(number for number, line in enumerate(lines) if line.startswith(f"{key} = "))
    for value in (slip for slip in SLIPS if slip not in FITTING[key]):
        lines[number] = f"{key} = {value}"
        (tmp_path / "type.toml").write_text("\n".join(lines), "utf-8")
        with pytest.raises(SettingsError, match=rf"type\.toml, line {number + 1}: {key} is ") as raised:
            parse_note_type(tmp_path)
        assert len(str(raised.value)) < 600


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("[titel]", "line 4: unknown key 'titel'; did you mean title?"),
        ("[prose]\nnevr = []", "line 5: unknown key 'nevr' in [prose]; did you mean never?"),
        ("[keywords]\ncuont = 2", "line 5: unknown key 'cuont' in [keywords]; did you mean count?"),
        ("[[sections]]", "line 4: unknown key 'sections'; did you mean section?"),
        ('[[section]]\nshape = "free"', "line 4: [[section]] lacks 'name'"),
        ("[section]", "line 4: section is a table in single brackets, [section], not a list of tables"),
        ("", "the file lacks 'section'"),
        ("section = []", "line 4: 0 sections; write 1 to 50"),
    ],
)
def test_an_unknown_or_missing_key_is_named_with_the_nearest(tmp_path: Path, rows: str, said: str) -> None:
    """A typing error in a table's or a key's name is not passed over in silence."""
    (tmp_path / "type.toml").write_text(f'name = "a"\ncode = "AA"\nfolder = "A"\n{rows}\n', "utf-8")
    with pytest.raises(SettingsError) as raised:
        parse_note_type(tmp_path)
    assert said in str(raised.value)


def test_two_sections_cannot_share_a_template(tmp_path: Path) -> None:
    """``scene cut`` and ``scene-cut`` would be filled from the same file."""
    text = (PROMPTS / "tech-journal" / "type.toml").read_text("utf-8")
    (tmp_path / "type.toml").write_text(text.replace('name = "my take"', 'name = "scene-cut"'), "utf-8")
    with pytest.raises(SettingsError, match="a second section is called 'scene-cut'"):
        parse_note_type(tmp_path)


@pytest.mark.parametrize(
    "name", ["../x", "../prompts/tech-journal", "/etc", "", ".", "a\0b", "a" * 5000, "tech-journal/."]
)
def test_a_types_name_is_no_path(tmp_path: Path, name: str) -> None:
    """A setting of somebody else's vault cannot name a folder elsewhere."""
    with pytest.raises(UsageError, match="known are article-note, general-note"):
        read_note_type(name, prompt_folders(tmp_path))


def test_a_vault_with_very_many_types_is_refused(tmp_path: Path) -> None:
    """Every check reads every type, so their number is bounded."""
    for number in range(101):
        (tmp_path / ".enrich" / "prompts" / str(number)).mkdir(parents=True)
        (tmp_path / ".enrich" / "prompts" / str(number) / "type.toml").touch()
    with pytest.raises(SettingsError, match="holds 101 note types"):
        read_note_types(prompt_folders(tmp_path))


def test_all_missing_variables_are_named_at_once(tmp_path: Path) -> None:
    """A template with two wrong names is mended in one go."""
    note_type = read_note_type("tech-journal", (PROMPTS,))
    shutil.copytree(note_type.directory, tmp_path / "t")
    (tmp_path / "t" / "bad.md.j2").write_text("{{ one }} {{ two }} {{ three }}", "utf-8")
    with pytest.raises(SettingsError, match="line 1: no value for one, two; use three"):
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
    assert [say_limits(limits, "word") for limits in ((1, 1), (0, 1), (2, 2))] == ["1 word", "0 or 1 words", "2 words"]
