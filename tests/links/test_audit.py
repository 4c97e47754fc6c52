"""The audit: what is wrong with links, and what is missing."""

import json
from pathlib import Path

import pytest

from enrich.links.audit import BrokenLink, find_broken, find_orphans, find_unwritten
from enrich.vault.canvas import read_canvases
from enrich.vault.edit import apply_edits
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault, read_vault
from tests.links.garden import write_vault

NOTES = {
    "gpt 4 release.md": "# gpt 4 release\n\nSee [[b]].\n\n## Notes\n",
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


def audited(tmp_path: Path, link: str, notes: dict[str, str]) -> tuple[BrokenLink, ...]:
    """What is wrong with ``link``, the only one of the note Home.md."""
    vault = read_vault(write_vault(tmp_path, {"Home.md": f"Go to {link} now.\n", **notes}))
    return tuple(broken for broken in find_broken(vault, Resolver(vault)) if broken.path == "Home.md")


@pytest.mark.parametrize(
    ("link", "path", "how"),
    [
        ("[[attic/old/Route]]", "work/Route.md", "other folder"),
        ("[[Sea / Route]]", "Route.md", "other folder"),
        ("[[attic/README]]", "README.md", "other folder"),
        ("[[Route?]]", "Route.md", "other signs"),
        ("[[St. Elmo]]", "St Elmo.md", "other signs"),
        ("[[the old way]]", "Route.md", "title or alias"),
        ("[[old_route#Stops]]", "old route.md", "no such heading"),
        ("[[old_route#^ab12]]", "old route.md", "no such heading"),
        ("[r](sub/route.md)", "Route.md", "other folder"),
    ],
)
def test_a_doubtful_mend_is_a_proposal(tmp_path: Path, link: str, path: str, how: str) -> None:
    """Folder, heading and signs are meant: a note that differs in them is named, with the reason, and not linked."""
    (broken,) = audited(tmp_path, link, {path: "---\naliases: [the old way]\n---\nText\n"})
    assert (broken.meant, broken.how, broken.edit) == (path, how, None)


@pytest.mark.parametrize(
    ("link", "path", "mended"),
    [
        ("[[work/old-route]]", "work/old route.md", "[[old route]]"),
        ("[[OLD_route#stops|that]]", "old route.md", "[[old route#stops|that]]"),
        ("[[old-route#^ab12]]", "old route.md", "[[old route#^ab12]]"),
        ("[[old-route#The way#Stops!]]", "old route.md", "[[old route#The way#Stops!]]"),
        ("![[Old Route]]", "old route.md", "![[old route]]"),
        ("[r](old-route.md)", "old route.md", "[r](old%20route.md)"),
        ("[r](<work/old-route.md#stops> 'T')", "work/old route.md", "[r](<work/old route.md#stops> 'T')"),
        ("![r](./OLD_route)", "old route.md", "![r](./old%20route)"),
        ("[r][1]\n\n[1]: old-route.md 'T'", "old route.md", "[r][1]\n\n[1]: old%20route.md 'T'"),
    ],
)
def test_a_sure_mend_keeps_all_but_the_name(tmp_path: Path, link: str, path: str, mended: str) -> None:
    """One note remains when folder, heading and signs are taken seriously."""
    (broken,) = audited(tmp_path, link, {path: "# The way\n\n## Stops\n\nLine ^ab12\n"})
    assert broken.edit
    assert apply_edits(f"Go to {link} now.\n", [broken.edit]) == f"Go to {mended} now.\n"


def test_a_name_of_several_notes_is_mended_by_nobody(tmp_path: Path) -> None:
    """Where two notes fit a broken link, both are named and none is chosen."""
    (broken,) = audited(tmp_path, "[[old-route]]", {"a/old route.md": "", "b/old route.md": ""})
    assert (broken.meant, broken.others, broken.how) == ("a/old route.md", ("b/old route.md",), "several notes")
    assert broken.edit is None


CARDS = [
    ({"type": "file", "file": "Map.md"}, None),
    ({"type": "file", "file": "Map.md", "subpath": "#Stops"}, None),
    ({"type": "file", "file": "Map.md", "subpath": "#Gone"}, ("Map.md#Gone", "no such heading")),
    ({"type": "file", "file": "Map.md", "subpath": "#^zz99"}, ("Map.md#^zz99", "no such block")),
    ({"type": "file", "file": "old/Map.md"}, ("old/Map.md", "nowhere")),
    ({"type": "text", "text": "See [[Map|the map]]."}, None),
    ({"type": "text", "text": "See [m](Map.md)."}, None),
    ({"type": "text", "text": "See [[Mop]]."}, ("Mop", "nowhere")),
    ({"type": "link", "url": "https://example.org/Map.md"}, "orphan"),
    ({"type": "file", "file": 7}, "orphan"),
]


@pytest.mark.parametrize(("card", "wrong"), CARDS)
def test_cards_of_a_canvas_are_links(tmp_path: Path, card: dict[str, object], wrong: object) -> None:
    """What a canvas shows is linked; a card that leads nowhere is reported."""
    board = json.dumps({"nodes": [{"id": "a1", **card}], "edges": []})
    vault = read_vault(write_vault(tmp_path, {"Map.md": "## Stops\n", "plans/Board.canvas": board}))
    canvases = read_canvases(vault.root, vault.files)
    broken = [(one.target, one.fault) for one in find_broken(vault, Resolver(vault), (), canvases)]
    assert broken == ([wrong] if isinstance(wrong, tuple) else [])
    is_orphan = wrong == "orphan" or "nowhere" in str(wrong)
    assert [note.path for note in find_orphans(vault, Resolver(vault), canvases)] == (["Map.md"] if is_orphan else [])


@pytest.mark.parametrize(
    ("ends", "arrows"),
    [
        ({}, [("Map.md", "Bus.md")]),
        ({"fromEnd": "arrow"}, [("Map.md", "Bus.md"), ("Bus.md", "Map.md")]),
        ({"fromEnd": "arrow", "toEnd": "none"}, [("Bus.md", "Map.md")]),
        ({"toEnd": "none"}, [("Map.md", "Bus.md"), ("Bus.md", "Map.md")]),
        ({"toNode": "c"}, []),
        ({"toNode": "a"}, []),
        ({"toNode": 7}, []),
    ],
)
def test_an_arrow_leads_from_note_to_note(
    tmp_path: Path, ends: dict[str, object], arrows: list[tuple[str, str]]
) -> None:
    """As its heads say; a line without heads relates both, and one to a card of words relates nothing."""
    cards = [
        {"id": "a", "type": "file", "file": "Map.md"},
        {"id": "b", "type": "file", "file": "Bus.md"},
        {"id": "c", "type": "text", "text": "[[Bus]]"},
    ]
    board = {"nodes": cards, "edges": [{"id": "e", "fromNode": "a", "toNode": "b", **ends}, "x"]}
    write_vault(tmp_path, {"Board.canvas": json.dumps(board)})
    (canvas,) = read_canvases(tmp_path, ["Board.canvas"])
    assert list(canvas.arrows) == arrows


@pytest.mark.parametrize("board", ["", "{", "[]", '{"nodes": 3}', '{"nodes": [1, {"type": "file"}]}'])
def test_a_damaged_canvas_has_no_links(tmp_path: Path, board: str) -> None:
    """A file that is no canvas inside keeps no audit from its end."""
    vault = read_vault(write_vault(tmp_path, {"Map.md": "x\n", "Board.canvas": board}))
    assert not any(canvas.links for canvas in read_canvases(vault.root, vault.files))


@pytest.mark.parametrize("link", ["[[shelf/home]]", "[[HOME!]]", "[[attic/Home|here]]", "[h](attic/home.md)"])
def test_no_link_is_meant_for_its_own_note(tmp_path: Path, link: str) -> None:
    """A link that leads nowhere is not turned round to the note that it stands in."""
    (broken,) = audited(tmp_path, link, {})
    assert (broken.fault, broken.meant, broken.edit) == ("nowhere", "", None)


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("[x](gone.md)", "nowhere"),
        ("[x](<sub folder/gone.md>)", "nowhere"),
        ("[x](sub%20folder/gone.md#part)", "nowhere"),
        ("![x](gone)", "nowhere"),
        ("[x][one]\n\n[one]: gone.md", "nowhere"),
        ("[[old route#Nothing]]", "no such heading"),
        ("[x](old%20route.md#nothing)", "no such heading"),
        ("[[#Nothing]]", "no such heading"),
        ("[[old route#^zz99]]", "no such block"),
        ("![[old route#^zz99]]", "no such block"),
    ],
)
def test_links_of_every_form_are_judged(tmp_path: Path, link: str, fault: str) -> None:
    """A Markdown link, an embed, a heading or a block that leads nowhere is reported."""
    (broken,) = audited(tmp_path, link, {"old route.md": "## Stops\n"})
    assert broken.fault == fault


@pytest.mark.parametrize(
    "link",
    [
        "[x](old%20route.md#the-stops)",
        "[x](<old route.md>)",
        "[x](./old%20route)",
        "[x](/docs/intro)",
        "[x](pictures/)",
        "[x](tool.zip)",
        "[[old route#the stops]]",
        "[[old route#named]]",
        "[[old route#^ab12]]",
    ],
)
def test_links_that_work_are_not_reported(tmp_path: Path, link: str) -> None:
    """Anchors of a page, addresses of the site and other files are no broken links to notes."""
    assert audited(tmp_path, link, {"old route.md": "## The stops\n\n## x {#named}\n\nLine ^ab12\n"}) == ()


@pytest.mark.parametrize(
    "text",
    ["[t](target.md)", "[t](<target.md>)", "![[target]]", "[t][x]\n\n[x]: target.md", '---\nup: "[[target]]"\n---\n'],
)
def test_every_form_of_link_leads_to_a_note(tmp_path: Path, text: str) -> None:
    """What a Markdown link, an embed or a property links to is not a note that nobody links to."""
    vault = read_vault(write_vault(tmp_path, {"Home.md": text, "target.md": "x"}))
    assert [note.path for note in find_orphans(vault, Resolver(vault))] == ["Home.md"]
