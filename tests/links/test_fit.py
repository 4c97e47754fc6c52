"""What of a text is the name of a note: signs, hyphens, inflections."""

import time
from pathlib import Path

import pytest

from enrich.links.apply import plan_links
from enrich.links.index import open_index
from enrich.links.suggest import Wishes, suggest_links
from enrich.links.terms import split_terms
from enrich.links.unspaced import is_part_of_unspaced_word
from enrich.vault.edit import apply_edits
from enrich.vault.note import parse_note
from tests.links.garden import write_vault


def link_names(tmp_path: Path, text: str, *paths: str) -> str:
    """``text`` with every mention of the notes as a link."""
    fillers = {f"filler {number}.md": f"Some words, number {number}.\n" for number in range(3)}
    notes = {path: f"# {path.rpartition('/')[2][:-3]}\n\nNothing.\n" for path in paths}
    root = write_vault(tmp_path / "vault", {**notes, **fillers, "Home.md": text})
    index = open_index(root, tmp_path / "cache")
    try:
        found = suggest_links(parse_note("Home.md", text), index, Wishes(kind="mention"))
    finally:
        index.close()
    return apply_edits(text, plan_links(text, found).edits)


@pytest.mark.parametrize(
    ("note", "text", "linked"),
    [
        ("Vue.js.md", "We ship Vue.js today.", "We ship [[Vue.js]] today."),
        ("D++.md", "Add vitamin D here.", None),
        ("D++.md", "Written in D++ then.", "Written in [[D++]] then."),
        ("F.md", "Written in F++ then.", None),
        ("patch.md", "Two patches here.", "Two [[patch|patches]] here."),
        ("cache.md", "Two caches here.", "Two [[cache|caches]] here."),
        ("company.md", "Two companies here.", "Two [[company|companies]] here."),
        ("patch.md", "The auto-patch tool and patch-all.", None),
        ("patch.md", "A patch—and more - patch.", "A [[patch]]—and more - patch."),
        ("сервер.md", "Без сервера и серверов.", "Без [[сервер|сервера]] и серверов."),
        ("матрица.md", "Новой матрицы нет.", "Новой [[матрица|матрицы]] нет."),
        ("라우터.md", "이것은 라우터에서 온다.", "이것은 [[라우터]]에서 온다."),
        ("라우터.md", "그 라우터를 본다.", "그 [[라우터]]를 본다."),
        ("naïveté.md", "Two naïvetés here.", "Two [[naïveté|naïvetés]] here."),
        ("Mt. Doom.md", "We saw Mt. Doom there.", "We saw [[Mt. Doom]] there."),
        ("Q.E.D..md", "The Q.E.D. of proofs.", "The [[Q.E.D.]] of proofs."),
        (".htaccess.md", "A htaccess here.", None),
        ("Jeopardy!.md", "They watch Jeopardy! daily.", "They watch [[Jeopardy!]] daily."),
        ("Q&A.md", "The Q&A went on.", "The [[Q&A]] went on."),
        ("AT&T.md", "The line of AT&T was cut.", "The line of [[AT&T]] was cut."),
        ("AT&T Labs.md", "He was at AT&T Labs then.", "He was at [[AT&T Labs]] then."),
        ("T.md", "The line of AT&T was cut.", None),
        ("patch.md", "A to-patch list, on.patch and not&patch.", None),
        ("Net.md", "The .NET runtime, a .net file (.Net).", None),
        ("Net.md", "A hole ... Net of it... Net", "A hole ... [[Net]] of it... Net"),
        ("net.md", "Made with ASP.net here, R&net, at@net and a_net.", None),
        ("end plan.md", "That was the end. Plan the next.", None),
        ("Wind in the Willows.md", "The wind and the willows.", None),
        ("Wind in the Willows.md", "Read wind in the willows.", "Read [[Wind in the Willows|wind in the willows]]."),
        ("Look up.md", "I look at it.", None),
        ("Look up.md", "The stars look up today.", None),
        ("2001.md", "Back in 2001, all was well.", None),
        ("K.md", "Vitamin K is fine.", None),
        ("May.md", "It may be so.", None),
        ("red giant.md", "This red\ngiant is old.", "This [[red giant]]\nis old."),
        ("red giant.md", "This red\n\ngiant is old.", None),
        ("red giant.md", "- red\n- giant", None),
        ("京都.md", "東京都の人口。", None),
        ("京都.md", "昨日、京都に行った。", "昨日、[[京都]]に行った。"),
        ("研究生.md", "研究生命的起源。", None),
        ("国人.md", "中国人民的生活。", None),
        ("语法.md", "我们学习语法规则。", "我们学习[[语法]]规则。"),
    ],
)
def test_a_name_is_found_as_it_is_written(tmp_path: Path, note: str, text: str, linked: str | None) -> None:
    """Its signs and small words count, what is joined to a word is another one; plurals and cases are its own."""
    assert link_names(tmp_path, f"# h\n\n{text}\n", note) == f"# h\n\n{linked or text}\n"


@pytest.mark.parametrize(
    "forms",
    ["boxes box", "classes class", "axe axes", "книга книги книгу книгой", "город города городов", "기차 기차는"],
)
def test_forms_of_a_word_are_one_term(forms: str) -> None:
    """A note is found under the word in whatever form the text has it."""
    assert len(set(split_terms(forms))) == 1


def test_a_common_word_is_a_mention_where_links_say_so(tmp_path: Path) -> None:
    """A year or an everyday word is linked once the vault's author does it."""
    others = {f"{number}.md": "Born in [[2001]] there.\n" for number in range(3)}
    text = "# h\n\nBack in 2001, all was well.\n"
    index = open_index(write_vault(tmp_path / "v", {"2001.md": "x", "h.md": text, **others}), tmp_path / "cache")
    try:
        found = suggest_links(parse_note("h.md", text), index, Wishes(kind="mention"))
    finally:
        index.close()
    assert [one.target for one in found] == ["2001"]


def test_the_note_of_that_name_in_the_own_folder_is_meant(tmp_path: Path) -> None:
    """Of two notes of one name the nearer is linked, with its path."""
    notes = {
        "a/Relay.md": "# Relay\n\nSwitches by a coil.\n", "b/Relay.md": "# Relay\n\nA race of runners.\n",
        "b/Race.md": "Runners.\n", "a/c.md": "The [[a/Relay|Relay]] and [[Relay]].\n", "a/d.md": "x [[Relay]]\n",
    }  # fmt: skip
    text = "# h\n\nThe Relay began.\n"
    index = open_index(write_vault(tmp_path / "vault", notes | {"b/Home.md": text}), tmp_path / "cache")
    try:
        found = suggest_links(parse_note("b/Home.md", text), index, Wishes(kind="mention"))
    finally:
        index.close()
    assert [one.target for one in found] == ["b/Relay|Relay"]


def test_a_long_chinese_note_is_searched_once_for_kana() -> None:
    """A name that stands 40,000 times in 120 kB is held against its neighbours in a moment, not in half a minute."""
    text = "中文。" * 40_000
    start = time.process_time()
    assert not any(is_part_of_unspaced_word(text, at, at + 2) for at in range(0, len(text), 3))
    assert time.process_time() - start < 4
