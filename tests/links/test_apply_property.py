"""Whatever a note is made of, links made in it can be taken back byte by byte."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.links.apply import Style, plan_links
from enrich.links.suggest import Suggestion
from enrich.text.span import Span
from enrich.vault.edit import edit_bytes
from enrich.vault.file import decode_text
from enrich.vault.note_type import prompt_folders, read_note_types
from enrich.vault.undo_log import UndoLog, undo, write_edit
from enrich.vault.wikilink import find_wikilinks

JOURNAL = next(each for each in read_note_types(prompt_folders(None)) if each.name == "tech-journal")
BLOCKS = (
    "---\ntitle: a\ntags: [tech-journal]\n---\n",
    "# a\n",
    "Words on the EU and on 机房用电, café and cafe\u0301.\n",
    "## signal braid\n- A first thing of the EU.\n- It mirrors [[Other]] here.\n- A third thing.\n",
    "## related\n- [[Other]]\n",
    "| a | EU |\n| - | - |\n| x | EU |\n",
    "```\nthe EU in code\n## related\n```\n",
    "<!-- the EU -->\n",
    "> the EU, quoted\n",
    '<div class="linkage-tree">\n  <ul>\n    <li>related\n      <ul>\n        <li>[[Other]]</li>\n'
    "      </ul>\n    </li>\n  </ul>\n</div>\n",
    "$EU$ and `EU` and [EU](https://example.org/EU)\n",
    "\n",
)
WORDS = ("EU", "机房", "用电", "thing", "mirrors", "quoted")


def data_of(blocks: list[str], end: str, mark: bool, broken: bool) -> bytes:
    """A note of these blocks with this line end, perhaps a byte order mark, and bytes that are no text."""
    data = "\n".join(blocks).replace("\n", end).encode()
    return (b"\xef\xbb\xbf" if mark else b"") + data + (b" \xff\xfe" if broken else b"")


def suggestions(text: str, named: list[str], targets: list[str]) -> list[Suggestion]:
    """Mentions of words that stand in the text, wherever that is, and related notes."""
    spans = [(word, Span(text.index(word), text.index(word) + len(word))) for word in named if word in text]
    mentions = [Suggestion(f"to {word}", f"to {word}.md", 0.5, "mention", span, None, "") for word, span in spans]
    return [*mentions, *(Suggestion(name, f"{name}.md", 0.5, "related", None, None, "") for name in targets)]


@settings(max_examples=150, deadline=None)
@given(
    blocks=st.lists(st.sampled_from(BLOCKS), max_size=8),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.booleans(),
    broken=st.booleans(),
    named=st.lists(st.sampled_from(WORDS), unique=True, max_size=4),
    targets=st.lists(st.sampled_from(["One", "Two", "Three", "Notes/x/Twin|Twin"]), unique=True, max_size=4),
    typed=st.booleans(),
)
def test_apply_then_undo_is_the_identity(
    blocks: list[str], end: str, mark: bool, broken: bool, named: list[str], targets: list[str], typed: bool
) -> None:
    """Mentions, bullets, lists and the tree: what was placed is there as links, the rest stays, and undo gives all."""
    before = data_of(blocks, end, mark, broken)
    text = decode_text(before)
    plan = plan_links(text, suggestions(text, named, targets), Style(JOURNAL if typed else None))
    after = edit_bytes(before, plan.edits)
    links = [link.target for link in find_wikilinks(text) if link.makes_backlink]
    new_links = [link.target for link in find_wikilinks(decode_text(after)) if link.makes_backlink]
    assert sorted(new_links) == sorted([*links, *(p.suggestion.target.partition("|")[0] for p in plan.placed)])
    assert len(plan.placed) + len(plan.unplaced) == len(suggestions(text, named, targets))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "note.md"
        file.write_bytes(before)
        log = UndoLog(Path(folder), Path(folder) / "log")
        write_edit(file, before, after, log, "links")
        assert file.read_bytes() == after
        undo(log)
        assert file.read_bytes() == before
