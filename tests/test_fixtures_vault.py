"""The fixture vault and the pages of the cases: what the other tests rely on is really there."""

import json
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from enrich.check.style.lint import check_style
from enrich.source.address import address_key
from enrich.vault.habits import concept_pair, find_concepts, find_exemplars
from enrich.vault.note_type import NoteType, prompt_folders, read_note_type
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault, read_vault
from enrich.vault.wikilink import find_wikilinks

FIXTURES = Path(__file__).parents[1] / "fixtures"
VAULT = FIXTURES / "vault"
CASES = sorted(path.parent for path in FIXTURES.glob("cases/*/page.html"))
JOURNAL = sorted(VAULT.glob("Notes/Tech_Journal/*/*.md"))
DRAFTS = sorted(VAULT.glob("AI_Sandbox/Tech_Journal/*/*.md"))
DAMAGED = {"brightmere status page shows green"}
CONCEPTS = {"Supply Limits", "Trust Debt", "Licence Drift", "Shared Maintenance", "Model Habits", "Evidence Gap"}
CONCEPTS |= {"Compliance Calendar", "Burden Of Proof"}
ADDRESS = re.compile(r"https?://[\w.-]+")
NOTE_ID = re.compile(r"^note_id: (\w+)\r?$", re.MULTILINE)
RESERVED = re.compile(r"(^|\.)(example|example\.(com|org|net))$")
PUBLIC_DOCUMENTS = {
    "csrc.nist.gov", "doi.org", "eur-lex.europa.eu", "nvd.nist.gov", "pytorch.org", "www.congress.gov",
    "www.edpb.europa.eu", "www.federalregister.gov", "www.hashicorp.com", "www.linuxfoundation.org",
    "www.openwall.com",
}  # fmt: skip


@cache
def texts() -> dict[Path, str]:
    """Every note of the vault, its line ends as they are."""
    return {path: path.read_bytes().decode("utf-8") for path in sorted(VAULT.rglob("*.md"))}


@cache
def journal_type() -> NoteType:
    """The note type that ships with enrich."""
    return read_note_type("tech-journal", prompt_folders(None))


@cache
def vault() -> Vault:
    """The vault as enrich reads it."""
    return read_vault(VAULT)


@cache
def resolver() -> Resolver:
    """Both rules, for that vault."""
    return Resolver(vault())


def resolves_in(target: str) -> tuple[bool, bool]:
    """Whether Obsidian and Quartz find the target."""
    return resolver().obsidian(target) is not None, resolver().quartz(target) is not None


def note_named(stem: str) -> str:
    """The text of the only note of that name."""
    (text,) = (text for path, text in texts().items() if path.stem == stem)
    return text


def front(text: str) -> dict[str, Any]:
    """The front matter that PyYAML reads; empty where there is none."""
    found = re.match(r"---\r?\n(.*?)\r?\n---\r?\n", text, re.DOTALL)
    fields: dict[str, Any] = yaml.safe_load(found[1]) if found else {}
    return fields


def test_the_vault_is_large_and_of_many_types() -> None:
    """Ranking and dedupe are tried on a vault in which there is something to choose from."""
    folders = Counter(path.relative_to(VAULT).parts[1] for path in texts())
    assert len(texts()) >= 60
    assert folders["Tech_Journal"] >= 40
    others = ("General_Notes", "Research_Digests", "Thoughtpieces", "Market_News")
    assert sum(folders[name] for name in others) >= 12
    assert folders["Keywords"] >= 7
    assert (VAULT / ".obsidian" / "app.json").is_file()


@pytest.mark.parametrize("path", [*JOURNAL, *DRAFTS], ids=lambda path: path.stem)
def test_journal_notes_keep_the_house_style(path: Path) -> None:
    """A fixture that breaks a rule would teach the tool, and whoever reads the demo, the wrong form."""
    taken = [match[1] for other, text in texts().items() if other != path for match in NOTE_ID.finditer(text)]
    findings = check_style(texts()[path], path.stem, journal_type(), taken, resolves_in, allow_unresolved=CONCEPTS)
    if path.stem in DAMAGED:
        assert "M2" in {finding.rule for finding in findings}
    else:
        assert findings == ()


def test_note_ids_are_unique_and_of_both_habits() -> None:
    """New ids are tried against a count per day (journal) and against one running counter (general notes)."""
    ids = [match[1] for text in texts().values() for match in NOTE_ID.finditer(text)]
    assert len(ids) == len(set(ids))
    assert {"230810TJ01", "230810TJ02"} <= set(ids)
    general = sorted(id_ for id_ in ids if "GN" in id_)
    assert [int(id_[8:]) for id_ in general] == list(range(1, 14))


def test_both_kinds_of_see_also_lines_are_there() -> None:
    """`--see-also auto` finds concepts that the vault uses often and, from 2024, lines with two notes."""
    lines = [line for text in texts().values() for line in re.findall(r"^\*see also:\* (.*)$", text, re.MULTILINE)]
    counts = Counter(lines)
    assert counts["[[Supply Limits]] · [[Trust Debt]]"] >= 10
    assert counts["[[Licence Drift]] · [[Shared Maintenance]]"] >= 10
    stems = {path.stem for path in texts()}
    of_notes = [line for line in lines if {link.target for link in find_wikilinks(line)} <= stems]
    assert len(of_notes) >= 10


def test_the_vault_has_habits_to_learn_from() -> None:
    """Concepts stand in pairs, and exemplars are published notes of the journal's shape."""
    concepts = find_concepts(vault())
    pairs = {concept_pair(note, concepts) for note in vault().notes} - {None}
    assert pairs == {("Supply Limits", "Trust Debt"), ("Licence Drift", "Shared Maintenance")}
    assert len(find_exemplars(vault(), journal_type())) >= 40


def test_links_in_the_text_of_journal_notes_lead_to_a_note() -> None:
    """In an exemplar, every link outside the see-also line works in Obsidian and on the site."""
    for path in JOURNAL:
        body = re.sub(r"^\*see also:.*$", "", texts()[path], flags=re.MULTILINE)
        targets = [link.target for link in find_wikilinks(body)]
        assert len(targets) >= 4
        assert all(all(resolves_in(target)) for target in targets), path.stem


def test_drafts_are_marked() -> None:
    """A draft is no link target, wherever it lies."""
    drafts = [path for path, text in texts().items() if path.stem not in DAMAGED and front(text).get("draft") is True]
    assert len(drafts) >= 4
    assert {path for path in drafts if "AI_Sandbox" in path.parts} == set(DRAFTS)


def test_damaged_front_matter_is_damaged() -> None:
    """A vault with one broken note, one duplicate key and one note without front matter is read as a whole."""
    with pytest.raises(yaml.YAMLError, match="mapping values are not allowed"):
        front(note_named("brightmere status page shows green"))
    assert note_named("chip shares slip on export talk").count("\ndescription: ") == 2
    assert not note_named("books to read this winter").startswith("---")
    windows = note_named("field notes from a windows laptop")
    assert windows.count("\r\n") == windows.count("\n") > 30


def test_names_aliases_and_languages() -> None:
    """Links by path, by alias and with hyphens for spaces have a note that needs them."""
    stems = Counter(path.stem for path in texts())
    assert [stem for stem, count in stems.items() if count > 1] == ["export licences"]
    assert front(note_named("Power Purchase Agreements"))["aliases"] == ["PPA", "long power contract"]
    links = {(link.target, link.alias) for text in texts().values() for link in find_wikilinks(text)}
    assert ("Power Purchase Agreements", "PPA") in links
    loose = {target for target, _ in links} - set(stems) - CONCEPTS - {"pump-loop.svg"}
    by_path = {target for target in loose if "/" in target}
    assert by_path == {"Notes/General_Notes/2022/export licences", "Notes/Research_Digests/2023/export licences"}
    assert loose - by_path == {"air gap drills at a small bank", "halden-h7 ships with memory from two makers"}
    assert {"nhật ký cáp quang biển", "机房用电笔记"} <= set(stems)


def test_brackets_that_are_no_links() -> None:
    """Code, mathematics, comments and escapes hold brackets that a reader never sees as a link."""
    text = note_named("how link checkers read notes")
    assert text.count("[[") >= 9
    assert [link.target for link in find_wikilinks(text)] == [
        "package registry defences compared",
        "post mortems of cloud outages",
        "who pays for the idle rack",
    ]


def test_every_address_is_reserved_or_a_public_document() -> None:
    """No fixture fetches, tracks or speaks ill of a real company by accident."""
    pages = [path.read_bytes().decode("latin-1") for path in FIXTURES.glob("cases/*/page.html")]
    hosts = {urlsplit(url).hostname or "" for text in [*pages, *texts().values()] for url in ADDRESS.findall(text)}
    strange = {host for host in hosts if not RESERVED.search(host)}
    assert strange - PUBLIC_DOCUMENTS - {"schema.org", "ogp.me", "www.w3.org"} == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_cases_say_what_they_are_for(case: Path) -> None:
    """Whoever meets a failing case reads in its folder what it tries and what is expected."""
    about = tomllib.loads((case / "case.toml").read_text("utf-8"))
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    assert urlsplit(about["url"]).scheme == "https"
    assert len(about["purpose"]) > 30
    assert set(expected) == {"title", "site", "author", "published", "language", "refused"}
    assert (about["exit"] == 4) is expected["refused"]


def test_the_duplicate_case_is_cited_in_the_vault() -> None:
    """Dedupe compares addresses without tracking parameters and trailing slashes."""
    url = tomllib.loads((FIXTURES / "cases" / "duplicate-url" / "case.toml").read_text("utf-8"))["url"]
    cited = re.search(r"\]\((https://[^)]+)\)", note_named("tidemark buys a fraud model with its team"))
    assert cited is not None
    assert address_key(cited[1]) == address_key(url)
