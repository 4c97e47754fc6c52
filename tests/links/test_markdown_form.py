"""Links in Markdown's form, where the vault's owner writes such links."""

import pytest
from msgspec.structs import replace

from enrich.errors import FindingsError
from enrich.links.apply import Style, plan_links
from enrich.links.link_habits import LinkHabits
from enrich.links.markdown_form import MarkdownForm, write_candidates
from enrich.links.suggest import Suggestion
from enrich.text.span import Span
from enrich.vault.app_settings import AppSettings, LinkFormat
from enrich.vault.candidate import Candidate
from enrich.vault.edit import Edit, apply_edits
from enrich.vault.link_text import LinkAddress, LinkText
from enrich.workspace.open_note import OpenNote, changed_note


@pytest.mark.parametrize(
    ("form", "path", "target", "written"),
    [
        ("shortest", "parts/hinge.md", "hinge", "[hinge](hinge.md)"),
        ("shortest", "parts/Old hinge.md", "Old hinge", "[hinge](Old%20hinge.md)"),
        ("shortest", "parts/hinge.md", "parts/hinge|hinge", "[hinge](parts/hinge.md)"),
        ("relative", "parts/hinge.md", "hinge", "[hinge](../parts/hinge.md)"),
        ("relative", "work/a (b)/hinge.md", "hinge", "[hinge](a%20%28b%29/hinge.md)"),
        ("absolute", "javascript:x()/`a`.md", "x", "[hinge](javascript%3Ax%28%29/%60a%60.md)"),
        ("absolute", "parts/Scharnier für Türen.md", "x", "[hinge](parts/Scharnier%20für%20Türen.md)"),
    ],
)
@pytest.mark.parametrize("text", ["The hinge creaks.\n", "hinge | x\n--- | ---\n1 | 2\n"])
def test_a_mention_becomes_a_markdown_link(form: LinkFormat, path: str, target: str, written: str, text: str) -> None:
    """With as much of the path as the setting says, in prose and in a table."""
    at = text.index("hinge")
    one = Suggestion(target, path, 0.5, "mention", Span(at, at + 5), None, "")
    plan = plan_links(text, [one], Style(markdown=MarkdownForm("work", form)))
    assert apply_edits(text, plan.edits) == text.replace("hinge", written)


def test_related_notes_are_listed_as_markdown_links() -> None:
    """A note's own heading holds them like any other link."""
    one = Suggestion("Old hinge", "parts/Old hinge.md", 0.5, "related", None, None, "")
    plan = plan_links("Text.\n", [one], Style(markdown=MarkdownForm("")))
    assert apply_edits("Text.\n", plan.edits) == "Text.\n\n## related\n- [Old hinge](Old%20hinge.md)\n"


def test_a_markdown_link_passes_the_wall_and_nothing_else_does() -> None:
    """What is written may hold the links that were meant; any other active markup is refused."""
    note = OpenNote("Home.md", "Home.md", None, b"The hinge creaks.\n")
    one = Suggestion("Old hinge", "Old hinge.md", 0.5, "mention", Span(4, 9), None, "")
    plan = plan_links(note.text, [one], Style(markdown=MarkdownForm("")))
    assert changed_note(note, plan) == b"The [hinge](Old%20hinge.md) creaks.\n"
    with pytest.raises(FindingsError):
        changed_note(note, replace(plan, edits=(*plan.edits, Edit(Span(10, 10), "[x](https://x.example) "))))


@pytest.mark.parametrize(
    ("settings", "written"),
    [
        (AppSettings(), "[[hinge]]"),
        (AppSettings(link_format="absolute"), "[[my parts/hinge|hinge]]"),
        (AppSettings(link_format="relative"), "[[../my parts/hinge|hinge]]"),
        (AppSettings(markdown_links=True), "[hinge](hinge.md)"),
        (AppSettings(markdown_links=True, link_format="relative"), "[hinge](../my%20parts/hinge.md)"),
        (AppSettings(markdown_links=True, link_format="absolute"), "[hinge](my%20parts/hinge.md)"),
    ],
)
def test_a_candidate_of_a_draft_is_written_as_the_owner_has_set_it(settings: AppSettings, written: str) -> None:
    """In the form and with as much of the path as Obsidian would write in the draft's folder."""
    one = Candidate("n1", "my parts/hinge.md", LinkText("hinge"), "hinge", "A hinge.", 1.0, ())
    assert [row.written for row in write_candidates([one], "drafts", settings, LinkHabits())] == [written]


def test_a_candidate_of_a_draft_is_written_as_most_links_are() -> None:
    """Where nothing is set, the vault's links decide: angle brackets too, but not around what would end them."""
    habits = LinkHabits(markdown=True, in_brackets=True)
    rows = [
        Candidate("n1", path, LinkText("hinge"), "hinge", "", 1.0, ()) for path in ("a b/hinge.md", "a >\\b/hinge.md")
    ]
    found = write_candidates(rows, "drafts", AppSettings(), habits)
    assert [row.written for row in found] == ["[hinge](<../a b/hinge.md>)", "[hinge](../a%20%3E%5Cb/hinge.md)"]


@pytest.mark.parametrize(
    "address", ["javascript:x", "//x.example", "/a.md", "a b.md", "a)b.md", "<//x>", "<a:b>", "%2x"]
)
def test_an_address_stays_in_the_vault(address: str) -> None:
    """A run folder may be somebody else's: what leads out, or could end the link, is no address."""
    with pytest.raises(ValueError, match="no address"):
        LinkAddress(address)
