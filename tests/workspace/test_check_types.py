"""What is wrong with a type's templates and with the note that they make is told before anybody drafts with it."""

from pathlib import Path

import pytest

from enrich.vault.prompt_file import shipped_prompts
from enrich.workspace.check_types import find_mistakes

TABLE = """name = "clip"

[[section]]
name = "summary"
heading = "Summary"
writer = "model"
shape = "sentences"
items = [2, 4]
evidence = "fact"
placeholder = "todo: summary"
"""
TEMPLATE = """---
title: {{ note.title | yaml }}
created: {{ note.created }}
author: {{ source.author | yaml }}
---

# {{ note.title }}

## Summary
{{ body.summary }}
"""
POINTS = '\n[[section]]\nname = "points"\nheading = "Points"\n'


def mistakes(tmp_path: Path, table: str = "", template: str = TEMPLATE, **others: str) -> list[str]:
    """What is found in a type of two files, and of ``others``, whose names have ``__`` for ``/``."""
    folder = tmp_path / "clip"
    folder.mkdir()
    texts = {"type.toml": TABLE + table, "note.md.j2": template, **others}
    for name, text in texts.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return list(find_mistakes("clip", folder))


def test_two_files_are_a_type_without_a_mistake(tmp_path: Path) -> None:
    """The small type of the documentation needs nothing more."""
    assert mistakes(tmp_path) == []


@pytest.mark.parametrize("name", ["article-note", "literature-note", "link-note", "tech-journal", "general-note"])
def test_what_ships_has_no_mistake(name: str) -> None:
    """A type that is copied to begin with is right."""
    assert list(find_mistakes(name, shipped_prompts() / name)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("{{ note.title }}", "{{ titel }}", "line 7: no value for titel; did you mean title? known are body, "),
        ("| yaml", "| yml", "line 2: there is no filter 'yml'; did you mean yaml?"),
        ("{{ note.title }}", "{% endfore %}", "line 7: there is no statement 'endfore'; did you mean endfor?"),
        ("{{ note.title }}", "{% fi %}", "line 7: there is no statement 'fi'; use if, elif, "),
        ("{{ body.summary }}", "{{ body.summary }", "line 10: a '{{' is closed by one '}'; write '}}'"),
        ("## Summary", "## Sumary", "lacks the heading '## Summary' of the section 'summary'"),
        ("title: {{ note.title | yaml }}", "title: {{ note.title }}", "write {{ note.title | yaml }}"),
        ("title: {{ note.title | yaml }}", "title: {{ title }}", "write {{ title | yaml }}"),
        ("{{ source.author | yaml }}", "{{ source.author }}", "write {{ source.author | yaml }}"),
        ("created:", " created:", "makes front matter that is no YAML, line 3 of the note"),
        ("author:", "title:", "makes front matter that is no YAML, line 4 of the note"),
        ("---\n\n#", "\n#", "that no line '---' ends"),
        ("---\ntitle", "\n---\ntitle", "does not begin with the first line"),
    ],
)
def test_a_mistake_of_the_template_is_told(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    """Each with file, line where there is one, and what to write."""
    (found,) = mistakes(tmp_path, template=TEMPLATE.replace(right, wrong, 1))
    assert found.startswith("clip/note.md.j2")
    assert said in found


@pytest.mark.parametrize(
    ("top", "table", "said"),
    [
        ("h1 = false\n", "", "'word' stands as the title; notes of the type have no such heading"),
        ('ending = "#"\n', "", "the last line is 'word', not '#'"),
        ("", '[[property]]\nkey = "site"\nwriter = "source"\n', "lacks site; add it, or {{ front }}"),
        ("", '[[property]]\nkey = "author"\n[[property]]\nkey = "title"\n', "stand in the order title, author"),
    ],
)
def test_a_template_that_makes_notes_of_another_form_is_told(tmp_path: Path, top: str, table: str, said: str) -> None:
    """Else every draft of the type breaks the type's own rules, and nobody knows why."""
    folder = tmp_path / "clip"
    folder.mkdir()
    (folder / "type.toml").write_text(f"{top}{TABLE}{table}", "utf-8")
    (folder / "note.md.j2").write_text(TEMPLATE, "utf-8")
    (found,) = find_mistakes("clip", folder)
    assert said in found


def test_sections_in_another_order_than_the_table_are_told(tmp_path: Path) -> None:
    """The order is a must, so a template with another one can make no note of the type."""
    body = "## Points\n{{ body.points }}\n\n## Summary\n{{ body.summary }}\n"
    template = TEMPLATE.replace("## Summary\n{{ body.summary }}\n", body)
    (found,) = mistakes(tmp_path, POINTS, template)
    assert "'Summary' stands after 'Points'" in found


def test_a_section_that_a_person_adds_where_it_is_needed_has_no_place(tmp_path: Path) -> None:
    """A learned type declares such sections, and its drafts begin without them."""
    optional = f'{POINTS}writer = "human"\noptional = true\n'
    assert mistakes(tmp_path, optional) == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("sections__sumary.md.j2", "x", "sections/sumary.md.j2: is the template of no section; did you mean"),
        ("sections__summary.md.j2", "{{ sectoin.words }}", "line 1: no value for sectoin; did you mean section?"),
        ("system.md.j2", "\n{{ langauge }}", "system.md.j2, line 2: no value for langauge; did you mean language?"),
        ("request.md.j2", "{{ source.autor }}", "request.md.j2"),
        ("revise.md.j2", "{{ finding }}", "revise.md.j2, line 1: no value for finding; did you mean findings?"),
    ],
)
def test_templates_for_the_model_are_checked_too(tmp_path: Path, name: str, text: str, said: str) -> None:
    """What the model is told is a part of the type, and fails long after the type was made."""
    (found,) = mistakes(tmp_path, **{name: text})
    assert said in found
