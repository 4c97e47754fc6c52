"""What stands between the brackets: the stem, a path where it must, and as much of it as the owner has set."""

from pathlib import Path

import pytest

from enrich.links.form import in_format
from enrich.links.index import open_index
from enrich.links.suggest import Wishes, suggest_links
from enrich.vault.app_settings import AppSettings, LinkFormat
from enrich.vault.link_text import LinkText
from enrich.vault.note import parse_note
from tests.links.garden import write_vault


@pytest.mark.parametrize(
    ("link", "path", "folder", "wanted", "written"),
    [
        ("Quasar", "b/Quasar.md", "a", None, "Quasar"),
        ("Quasar", "b/Quasar.md", "a", "shortest", "Quasar"),
        ("Quasar", "b/Quasar.md", "a", "absolute", "b/Quasar|Quasar"),
        ("Quasar", "b/Quasar.md", "a", "relative", "../b/Quasar|Quasar"),
        ("Quasar", "a/b/Quasar.md", "a", "relative", "b/Quasar|Quasar"),
        ("Quasar", "a/Quasar.md", "a", "relative", "Quasar"),
        ("Quasar", "Quasar.md", "a/b", "relative", "../../Quasar|Quasar"),
        ("Quasar", "Quasar.md", "a", "absolute", "Quasar"),
        ("Bio/index|Biology", "Bio/index.md", "", "absolute", "Bio/index|Biology"),
        ("Bio/index|Biology", "Bio/index.md", "Bio", "relative", "Bio/index|Biology"),
        ("Bio/index|Biology", "Bio/index.md", "a", "relative", "../Bio/index|Biology"),
    ],
)
def test_the_owners_format_is_kept(link: str, path: str, folder: str, wanted: LinkFormat | None, written: str) -> None:
    """As Obsidian writes it under "New link format"; a homonym beside the note keeps its whole path."""
    assert in_format(LinkText(link), path, folder, wanted) == written


def test_a_homonym_is_shown_by_its_title(tmp_path: Path) -> None:
    """Nobody can tell one ``index`` from another in a text."""
    notes = {
        "a/subject.md": "# s\n\nWe study biology at night.\n",
        "Biology/index.md": "---\ntitle: Biology\n---\ncells\n",
        "Chemistry/index.md": "# Chemistry\n\natoms\n",
    }
    with_settings = AppSettings(link_format="relative")
    index = open_index(write_vault(tmp_path / "vault", notes), tmp_path / "cache")
    for rules, target in ((AppSettings(), "Biology/index|Biology"), (with_settings, "../Biology/index|Biology")):
        found = suggest_links(parse_note("a/subject.md", notes["a/subject.md"]), index, wishes=Wishes(rules=rules))
        assert target in [suggestion.target for suggestion in found]
