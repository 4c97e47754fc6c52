"""Templates of somebody else's vault: no other file, an end to time, memory and output, and the same text as ours."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from enrich.errors import SettingsError
from enrich.llm.prompt import build_prompt
from enrich.vault.note_type import NoteType, parse_note_type, prompt_folders, read_note_type
from enrich.vault.render import render
from enrich.vault.template import fill
from tests.draft.parts import CANDIDATES, PROMPTS, make_source

SHIPPED = sorted(path.parent.name for path in PROMPTS.glob("*/type.toml"))


@pytest.fixture
def foreign(tmp_path: Path) -> NoteType:
    """The tech journal as a vault's own type."""
    shutil.copytree(PROMPTS / "tech-journal", tmp_path / ".enrich" / "prompts" / "tech-journal")
    return read_note_type("tech-journal", prompt_folders(tmp_path))


def refused(note_type: NoteType, template: str, variables: Mapping[str, Any] | None = None) -> str:
    """The message with which the template is refused."""
    (note_type.directory / "x.md.j2").write_text(template, "utf-8")
    with pytest.raises(SettingsError) as raised:
        render(note_type, "x.md.j2", {"title": "a"} if variables is None else variables)
    return str(raised.value)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_type_says_the_same_in_a_vault_as_shipped(tmp_path: Path, name: str) -> None:
    """Who copies a type into the vault to change a word gets the same prompt but for that word."""
    shipped = read_note_type(name, (PROMPTS,))
    shutil.copytree(shipped.directory, tmp_path / name)
    own = parse_note_type(tmp_path / name)
    for context in ((CANDIDATES, ("# an example\n",), ("robotics", "ai")), ((), (), ())):
        one, other = (build_prompt(kind, make_source(), *context) for kind in (shipped, own))
        assert one == other


def test_values_arrive_as_they_are(foreign: NoteType) -> None:
    """Dates, pairs, objects, mappings and their order look to a template as they do in a shipped type."""
    values = {
        "source": make_source(),
        "section": foreign.sections[0],
        "body": {"items": "b", "a": [1, 2.5, None, True]},
    }
    template = (
        "{{ source.published }} {{ source.published.year }} {{ source.words }} {{ section.items }} {{ section.key }}"
        "{{ body['items'] }} {{ body }} {{ section.words | limits }} {{ source.paragraphs[0].start }}"
        "{{ source.paragraphs[0][1] }} {{ source.title | yaml }}"
    )
    (foreign.directory / "x.md.j2").write_text(template, "utf-8")
    assert render(foreign, "x.md.j2", values) == fill(foreign.directory, "x.md.j2", values)


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ lipsum(n=100000) }}",
        "{{ 99999999999 ** 99999999 > 1 }}",
    ],
)
def test_a_template_that_does_not_end_is_ended(foreign: NoteType, template: str) -> None:
    """A loop for years is a message, also where Python cannot be interrupted."""
    assert refused(foreign, template) == "tech-journal/x.md.j2: takes more than 1 s; mend the template"


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'a' * 2000000000 }}",
        "{{ ['a'] * 1000000000 }}",
        "{{ '%99999999999d' % 1 }}",
        "{{ '%*d' % (10 ** 10, 1) }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{{ '{0:{1}}'.format(1, 10 ** 10) }}",
        "{{ 'a' | center(1000000000) }}",
        "{{ 'a\nb' | indent(1000000000) }}",
        "{{ 'a'.ljust(3000000000) }}",
        "{{ '1'.zfill(4000000000) }}",
        "{{ ('a' * 1000000).replace('a', 'b' * 10000) }}",
        "{{ range(99999) | join('x' * 100000) }}",
        "{{ [title] | map('center', 10 ** 10) | list }}",
        "{{ [1] | tojson(indent=10 ** 9) }}",
        "{% filter center(10000000000) %}x{% endfilter %}",
        "{% set s = namespace(t='ab') %}{% for n in range(40) %}{% set s.t = s.t ~ s.t %}{% endfor %}",
    ],
)
def test_a_template_that_asks_for_too_much_memory_is_refused(foreign: NoteType, template: str) -> None:
    """However the text is made to grow, what is asked for is not given."""
    assert refused(foreign, template) == "tech-journal/x.md.j2: needs more than 256 MB; mend the template"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "without end, or nests too deeply"),
        ("{% include 'x.md.j2' %}", "without end, or nests too deeply"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "without end, or nests too deeply"),
        ("{% for n in range(100000) %}xxxxxxxxxxxxxxxx{% endfor %}", "gives more than 1,000,000 characters"),
        ("x" * 100_001, "is larger than 100,000 bytes"),
        ("{{ '\\ud800' }}", "a character that no file may hold"),
        ("{{ '\\x00' }}", "a character that no file may hold"),
        ("one\n{{ 1 / 0 }}", "ZeroDivisionError: division by zero (x.md.j2, line 2)"),
        ("{{ title() }}", "'str' object is not callable (x.md.j2, line 1)"),
        ("{% for n in range(10 ** 9) %}{% endfor %}", "Range too big"),
        ("one\n{% if %}", "x.md.j2, line 2: Expected an expression"),
        ("{{ one }} {{ two }}", "no value for one, two; use title"),
        ("{{ title.nothing }}", "has no attribute 'nothing'"),
        ("{{ ''.__class__.__mro__ }}", "access to attribute '__class__' of 'str' object is unsafe"),
        ("{{ '{0.__class__}'.format(title) }}", "unsafe"),
        ("{{ cycler.__init__.__globals__ }}", "unsafe"),
        ("{% include '/etc/passwd' ignore missing %}", "leads out of the folder of prompts"),
        ("{% import '../../../../etc/passwd' as x %}", "leads out of the folder of prompts"),
        ("{% extends '../../config.toml' %}", "leads out of the folder of prompts"),
        ("{% include 'none.j2' %}", "there is no 'none.j2'"),
        ("{% include 'a\\x00b' %}", "there is no"),
        ("{% include 'sections' %}", "sections: "),
    ],
)
def test_whatever_a_template_does_ends_with_a_message(foreign: NoteType, template: str, said: str) -> None:
    """The message names the template, the line where there is one, and what is wrong."""
    message = refused(foreign, template)
    assert said in message
    assert message.startswith("tech-journal/")
    assert len(message) < 500


@pytest.mark.parametrize(
    "template", ["{% include '" + "a" * 5000 + "' %}", "{% " + "a" * 5000 + " %}", "{{ " + "a" * 5000 + " }}"]
)
def test_a_message_does_not_repeat_a_whole_template(foreign: NoteType, template: str) -> None:
    """What somebody else wrote is cut in messages."""
    assert len(refused(foreign, template)) < 500


def test_after_a_refused_template_the_next_one_is_filled(foreign: NoteType) -> None:
    """One bad template does not take the others with it."""
    refused(foreign, "{{ 'a' * 2000000000 }}")
    assert "keep" in render(foreign, "revise.md.j2", {"findings": ["keep"], "keys": ["lead"]})


@pytest.mark.parametrize("link", ["template", "included", "folder", "table", "type", "prompts"])
def test_no_link_leads_a_template_out_of_the_prompts(tmp_path: Path, link: str) -> None:
    """A vault that was unpacked cannot put a file of the user's into a note or a prompt."""
    outside, prompts = tmp_path / "outside", tmp_path / "vault" / ".enrich" / "prompts"
    shutil.copytree(PROMPTS / "tech-journal", outside / "tech-journal")
    (outside / "secret").write_text("secret", "utf-8")
    prompts.parent.mkdir(parents=True)
    shutil.copytree(PROMPTS / "tech-journal", prompts / "tech-journal")
    own = prompts / "tech-journal"
    (own / "x.md.j2").write_text("{% include 'sections/leak' %}", "utf-8")
    links = {
        "template": (own / "x.md.j2", outside / "secret"),
        "included": (own / "sections" / "leak", outside / "secret"),
        "folder": (own / "sections", outside),
        "table": (own / "type.toml", outside / "tech-journal" / "type.toml"),
        "type": (own, outside / "tech-journal"),
        "prompts": (prompts, outside),
    }
    place, target = links[link]
    (shutil.rmtree if place.is_dir() else lambda path: path.unlink(missing_ok=True))(place)
    place.symlink_to(target)
    (outside / "leak").write_text("secret", "utf-8")
    with pytest.raises(SettingsError, match="leads out of the"):
        render(read_note_type("tech-journal", prompt_folders(tmp_path / "vault")), "x.md.j2", {})


def test_types_of_a_vault_may_share_files(foreign: NoteType) -> None:
    """A link or an include to another type of the same vault stays possible."""
    shutil.copytree(foreign.directory, foreign.directory.parent / "other")
    (foreign.directory.parent / "other" / "shared").write_text("shared", "utf-8")
    (foreign.directory / "linked").symlink_to("../other/shared")
    (foreign.directory / "x.md.j2").write_text("{% include 'linked' %} {% include '../other/shared' %}", "utf-8")
    assert render(foreign, "x.md.j2", {}) == "shared shared"
