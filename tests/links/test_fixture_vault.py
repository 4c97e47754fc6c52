"""Suggestions on the fixture vault: every edit is harmless, every link leads where it says."""

from functools import partial
from pathlib import Path

import pytest

from enrich.links.index import Index, open_index
from enrich.links.suggest import Suggestion, Wishes, suggest_links
from enrich.text.span import Span
from enrich.vault.edit import Edit, apply_edits
from enrich.vault.note import parse_note
from enrich.vault.note_type import prompt_folders, read_note_type
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault, read_vault
from enrich.vault.wikilink import find_wikilinks

VAULT = Path(__file__).parent.parent.parent / "fixtures" / "vault"


@pytest.fixture(scope="module")
def vault() -> Vault:
    """The vault as the checks see it."""
    return read_vault(VAULT)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Its index."""
    return open_index(VAULT, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def suggested(vault: Vault, index: Index) -> dict[str, tuple[Suggestion, ...]]:
    """The best suggestions for each note."""
    journal = read_note_type("tech-journal", prompt_folders(None))
    types = {"tech-journal": journal}
    return {
        note.path: suggest_links(
            parse_note(note.path, note.text), index, Wishes(6, note_type=partial(types.get, note.type_name))
        )
        for note in vault.notes
    }


def test_every_suggested_link_resolves_under_both_rules(
    vault: Vault, suggested: dict[str, tuple[Suggestion, ...]]
) -> None:
    """What is applied works in Obsidian and on the site."""
    resolver = Resolver(vault)
    every = [(path, s) for path, some in suggested.items() for s in some]
    assert every
    for path, suggestion in every:
        target = suggestion.target.partition("|")[0]
        assert resolver.obsidian(target, path) == suggestion.path == resolver.quartz(target, path), suggestion.target


def test_edits_only_add_links(vault: Vault, suggested: dict[str, tuple[Suggestion, ...]]) -> None:
    """Applied mentions add links and nothing else; taking one back gives the same bytes."""
    for path, some in suggested.items():
        note = vault.by_path[path]
        mentions = [s for s in some if s.kind == "mention" and s.place]
        edited = apply_edits(note.text, [s.place.edit for s in mentions if s.place])
        assert edited[: note.body_start] == note.text[: note.body_start]
        added = len(find_wikilinks(edited)) - len(find_wikilinks(note.text))
        assert added == len(mentions), path
        for place in (s.place for s in mentions if s.place):
            applied = apply_edits(note.text, [place.edit])
            undone = Edit(Span(place.span.start, place.span.start + len(place.text)), place.span.of(note.text))
            assert apply_edits(applied, [undone]) == note.text


def test_a_related_place_makes_one_link(vault: Vault, suggested: dict[str, tuple[Suggestion, ...]]) -> None:
    """A related suggestion adds exactly its link, outside of code and front matter."""
    for path, some in suggested.items():
        note = vault.by_path[path]
        for suggestion in some:
            if suggestion.kind == "related" and suggestion.place:
                edited = apply_edits(note.text, [suggestion.place.edit])
                links = [link for link in find_wikilinks(edited) if not link.in_front]
                assert len(links) == len([link for link in find_wikilinks(note.text) if not link.in_front]) + 1
                assert suggestion.target.partition("|")[0] in [link.target for link in links]
