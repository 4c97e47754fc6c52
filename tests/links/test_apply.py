"""Suggestions made: what changes, what does not, and that it can be taken back."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from enrich.config import Settings
from enrich.links.apply import Plan, Style, has_place_of_type, plan_links
from enrich.links.index import open_index
from enrich.links.link_list import ListHeading
from enrich.links.markdown_form import MarkdownForm
from enrich.links.suggest import Suggestion, Wishes, suggest_links
from enrich.text.span import Span
from enrich.vault.edit import apply_edits, edit_bytes
from enrich.vault.file import decode_text
from enrich.vault.note import parse_note
from enrich.vault.note_type import prompt_folders, read_note_types
from enrich.vault.undo_log import UndoLog, undo, write_edit
from enrich.vault.wikilink import find_wikilinks
from enrich.vault.zones import front_matter_end
from tests.fixture_vault import FIXTURE_VAULT, copy_fixture_vault

TYPES = {note_type.name: note_type for note_type in read_note_types(prompt_folders(None))}
PATHS = sorted(path.relative_to(FIXTURE_VAULT).as_posix() for path in FIXTURE_VAULT.rglob("*.md"))
JOURNAL = Style(TYPES["tech-journal"])
TREE = """\
<div class="linkage-tree">
  <ul>
    <li>related
      <ul>
        <li>[[One]]</li>
      </ul>
    </li>
  </ul>
</div>
"""


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the fixture vault that may be written into."""
    return copy_fixture_vault(tmp_path_factory.mktemp("apply"))


@pytest.fixture(scope="module")
def all_links(vault: Path) -> Iterator[Callable[[str], Plan]]:
    """Every suggestion for the note at a path of it, however unlikely, by the index from before any edit."""
    index = open_index(vault, vault.parent / "home" / "cache", airlock=Settings().airlock)

    @cache
    def plan(path: str) -> Plan:
        text = decode_text((vault / path).read_bytes())
        tag = text.partition("tags:\n  - ")[2].partition("\n")[0]
        note_type = TYPES.get(tag)
        style = Style(note_type if note_type and has_place_of_type(text, note_type) else None)
        return plan_links(
            text, suggest_links(parse_note(path, text), index, Wishes(limit=30, note_type=lambda: note_type)), style
        )

    yield plan
    index.close()


def related(name: str, score: float = 0.5) -> Suggestion:
    """A related note called ``name``."""
    return Suggestion(name, f"Notes/{name}.md", score, "related", None, None, "")


def mention(text: str, words: str, target: str) -> Suggestion:
    """``words`` of the text as a mention of the note called ``target``."""
    start = text.index(words)
    return Suggestion(target, f"Notes/{target}.md", 0.5, "mention", Span(start, start + len(words)), None, "")


@pytest.mark.parametrize(
    "path", sorted(path.relative_to(FIXTURE_VAULT).as_posix() for path in FIXTURE_VAULT.rglob("*.md"))
)
def test_all_links_made_and_taken_back_leave_every_byte(
    path: str, vault: Path, all_links: Callable[[str], Plan], tmp_path: Path
) -> None:
    """Apply then undo is the identity on every note; applied, there are just the new links, the front matter stays."""
    file = vault / path
    before = file.read_bytes()
    text = decode_text(before)
    plan = all_links(path)
    after = edit_bytes(before, plan.edits)
    links = [link for link in find_wikilinks(text) if link.makes_backlink]
    new_links = [link for link in find_wikilinks(decode_text(after)) if link.makes_backlink]
    assert len(new_links) == len(links) + len(plan.placed)
    assert after[: front_matter_end(text)] == before[: front_matter_end(text)]
    log = UndoLog(vault, tmp_path / "log")
    write_edit(file, before, after, log, "all links")
    assert file.read_bytes() == after
    undo(log)
    assert file.read_bytes() == before


def test_the_fixture_vault_gets_links_of_both_kinds(all_links: Callable[[str], Plan]) -> None:
    """The identity above is shown on real edits, in bullets, in lists and in place of words."""
    placed = [place for path in PATHS for place in all_links(path).placed]
    assert {place.suggestion.kind for place in placed} == {"mention", "related"}
    assert {"signal braid", "related"} <= {place.section for place in placed}


def test_no_bullet_gets_two_links() -> None:
    """Several related notes go to several bullets, and those for which none is left are told."""
    text = "# a\n\n## signal braid\n- One thing.\n- Two things.\n"
    plan = plan_links(text, [related("One"), related("Two"), related("Three")], JOURNAL)
    assert apply_edits(text, plan.edits) == (
        "# a\n\n## signal braid\n- One thing (see [[One]]).\n- Two things (see [[Two]]).\n"
    )
    assert [suggestion.target for suggestion in plan.unplaced] == ["Three"]


def test_mentions_beside_each_other_and_a_bullet_that_has_one() -> None:
    """Words without a space between them are linked each, and their bullet gets no second link."""
    text = "# a\n\n## signal braid\n- 机房用电 grows.\n- Else.\n"
    plan = plan_links(text, [mention(text, "机房", "机房"), mention(text, "用电", "电"), related("B")], JOURNAL)
    assert apply_edits(text, plan.edits) == (
        "# a\n\n## signal braid\n- [[机房]][[电|用电]] grows.\n- Else (see [[B]]).\n"
    )


def test_the_list_under_the_heading_grows() -> None:
    """In a note of no type each related note is a line of one list, under the heading that the setting names."""
    plan = plan_links("# a\n\nText.\n", [related("One"), related("Two")], Style(heading=ListHeading("links")))
    assert apply_edits("# a\n\nText.\n", plan.edits) == "# a\n\nText.\n\n## links\n- [[One]]\n- [[Two]]\n"


def test_the_linkage_tree_follows_in_the_order_of_the_prose() -> None:
    """The tree repeats new links where their place in the prose asks, up to three, with the siblings' indent."""
    text = f"# a\n\n## signal braid\n- First.\n- It mirrors [[One]] here.\n- Third.\n\n## linkage\n{TREE}"
    plan = plan_links(text, [related("First"), related("Third")], JOURNAL)
    after = apply_edits(text, plan.edits)
    items = [line.strip() for line in after.splitlines() if line.strip().startswith("<li>[[")]
    assert items == ["<li>[[First]]</li>", "<li>[[One]]</li>", "<li>[[Third]]</li>"]
    assert "\n        <li>[[First]]</li>\n        <li>[[One]]</li>\n" in after
    more = plan_links(after, [related("Fourth")])
    assert "<li>[[Fourth]]</li>" not in apply_edits(after, more.edits)


def test_a_link_in_a_table_keeps_its_cell_whole() -> None:
    """A bare bar would end the cell, so it is escaped as Obsidian writes it."""
    text = "| a | b |\n| - | - |\n| the EU | x |\n"
    plan = plan_links(text, [mention(text, "EU", "European Union")])
    assert "| the [[European Union\\|EU]] | x |" in apply_edits(text, plan.edits)


def test_a_place_that_is_no_prose_is_refused() -> None:
    """What follows an unclosed fence is code and no place for a list: no text is changed rather than code."""
    text = "# a\n\n```\n## related\n- x\n"
    plan = plan_links(text, [related("One")])
    assert plan.edits == ()
    assert [suggestion.target for suggestion in plan.unplaced] == ["One"]


def test_own_words_take_the_place_of_ours() -> None:
    """What the person wrote stands there, and the line's other characters stay."""
    text = "# a\n\n## signal braid\n- One thing.\n- Two.\n"
    plan = plan_links(text, [related("One")], JOURNAL, {"Notes/One.md": ", as in [[One]]"})
    assert "- One thing, as in [[One]].\n" in apply_edits(text, plan.edits)
    assert not plan_links(text, [related("One")], JOURNAL, {"Notes/One.md": "no link"}).placed


def test_line_ends_a_mark_and_broken_bytes_stay() -> None:
    """A note from Windows with a byte order mark and bytes that are no text gets its link and loses nothing."""
    data = b"\xef\xbb\xbf---\r\ntitle: a\r\n---\r\n# a\r\n\r\nThe EU \xff is here.\r\n\r\n#"
    text = decode_text(data)
    plan = plan_links(text, [mention(text, "EU", "European Union"), related("One")])
    assert edit_bytes(data, plan.edits) == (
        b"\xef\xbb\xbf---\r\ntitle: a\r\n---\r\n# a\r\n\r\nThe [[European Union|EU]] \xff is here."
        b"\r\n\r\n## related\r\n- [[One]]\r\n\r\n#"
    )


@pytest.mark.parametrize(
    ("kept", "linked", "expected"),
    [
        (["[[One]]"], "Two", ["[[One]]", "[Two](Two.md)"]),
        (["[One](One.md)"], "Two", ["[One](One.md)", "[Two](Two.md)"]),
        (["[One](One.md)"], "One", ["[One](One.md)"]),
        (["[One](../Notes/One.md)"], "One", ["[One](../Notes/One.md)"]),
        (["[One](one.md#part)"], "One", ["[One](one.md#part)"]),
        (["[a note](<A note.md>)"], "A note", ["[a note](<A note.md>)"]),
        (["[a note](A%20note.md)"], "A note", ["[a note](A%20note.md)"]),
        (["[[One|one]]"], "One", ["[[One|one]]"]),
        (["[A](A.md)", "[B](B.md)", "[C](C.md)"], "Two", ["[A](A.md)", "[B](B.md)", "[C](C.md)"]),
        (["[A](A.md)", "[[B]]", "[C](C.md)"], "Two", ["[A](A.md)", "[[B]]", "[C](C.md)"]),
        (["[Late](Late.md)"], "Two", ["[Two](Two.md)", "[Late](Late.md)"]),
        (["[One](Notes/One.md)"], "Someone", ["[One](Notes/One.md)", "[Someone](Someone.md)"]),
    ],
)
def test_the_linkage_tree_knows_links_of_any_form(kept: list[str], linked: str, expected: list[str]) -> None:
    """An item in Markdown's form is an item: it counts, keeps its place and is not repeated; a new one is as others."""
    tree = TREE.replace("        <li>[[One]]</li>\n", "".join(f"        <li>{link}</li>\n" for link in kept))
    text = f"# a\n\n## signal braid\n- It mirrors [One](One.md).\n- Bare.\n- It ends [late](Late.md).\n\n{tree}"
    plan = plan_links(text, [related(linked)], Style(JOURNAL.note_type, markdown=MarkdownForm("")))
    after = apply_edits(text, plan.edits)
    assert [line.strip()[4:-5] for line in after.splitlines() if line.startswith("        <li>[")] == expected
