"""The audit: what is wrong with links, and what is missing."""

from pathlib import Path

import pytest

from enrich.links.audit import BrokenLink, find_broken, find_orphans, find_unwritten
from enrich.vault.edit import apply_edits
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault, read_vault
from tests.links.garden import write_vault

NOTES = {
    "gpt 4 release.md": "# gpt 4 release\n\nSee [[b]].\n",
    "b.md": "Old: [[gpt-4 release]] and [[gpt-4 release#notes|that one]], [[Nowhere]], [[nowhere]].\n",
    "c.md": "[[GPT 4 Release]] [[Nowhere]] [[hidden]] [[Latency Budget]] `[[Code]]`\n",
    "hidden.md": "---\ndraft: true\n---\nText\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """A vault with every fault."""
    return read_vault(write_vault(tmp_path, NOTES))


def faults(vault: Vault) -> dict[tuple[str, str], BrokenLink]:
    """Broken links by note and target."""
    found = find_broken(vault, Resolver(vault), concepts=("latency budget",))
    return {(broken.path, broken.target): broken for broken in found}


def test_each_fault_is_named(vault: Vault) -> None:
    """A person sees which rule a link breaks, and nothing for links that work, concepts and code."""
    found = {key: broken.fault for key, broken in faults(vault).items()}
    assert found == {
        ("b.md", "gpt-4 release"): "not in Obsidian",
        ("b.md", "Nowhere"): "nowhere",
        ("b.md", "nowhere"): "nowhere",
        ("c.md", "GPT 4 Release"): "not on the site",
        ("c.md", "Nowhere"): "nowhere",
        ("c.md", "hidden"): "draft",
    }
    assert faults(vault)["b.md", "gpt-4 release"].how == "hyphen and space"
    assert faults(vault)["c.md", "GPT 4 Release"].how == "case"


def test_sure_repairs_keep_heading_and_words(vault: Vault) -> None:
    """Mending changes the target and nothing else."""
    edits = [broken.edit for broken in find_broken(vault, Resolver(vault)) if broken.path == "b.md" and broken.edit]
    assert apply_edits(NOTES["b.md"], edits) == (
        "Old: [[gpt 4 release]] and [[gpt 4 release#notes|that one]], [[Nowhere]], [[nowhere]].\n"
    )


def test_notes_nobody_links_to_and_notes_worth_writing(vault: Vault) -> None:
    """Orphans are listed without drafts; a missing name counts once a note, in its most usual spelling."""
    assert [note.path for note in find_orphans(vault, Resolver(vault))] == ["c.md"]
    unwritten = find_unwritten(vault, Resolver(vault))
    assert [(name.name, name.links, name.notes) for name in unwritten] == [("Nowhere", 3, ("b.md", "c.md"))]
