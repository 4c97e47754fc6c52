"""What a reviewer's actions make of a note."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from enrich.check.note_check import Against, sentence_key
from enrich.check.style.lint import check_style
from enrich.errors import FindingsError, UsageError
from enrich.review.action import (
    Action,
    Cut,
    Edit,
    Keep,
    RemoveLink,
    SetDescription,
    SetKeywords,
    SetTags,
    SetTake,
    SetTitle,
    SwapLink,
    Vouch,
    parse_action,
)
from enrich.review.front import set_title, stem_of
from enrich.review.record import Decisions, Look
from enrich.review.session import Session
from enrich.review.view import session_view
from tests.draft.parts import journal_type
from tests.review.drafted import DOUBTFUL, IN_MARKDOWN, SOUND, STEM
from tests.review.sessions import after, change, make_session, number_of
from tests.vault.declared_type import make_type

TAKE = "Cheap boards matter only when the plant that packs them has a second customer to answer to."


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A session on a draft with one unsupported sentence."""
    return make_session(tmp_path)


def must(session: Session) -> set[str]:
    """The must rules that the note breaks now."""
    found = check_style(session.text, session.stem, journal_type())
    return {finding.rule for finding in found if finding.level == "must"}


def test_an_edit_takes_the_mark_along_and_clears_the_doubt(session: Session) -> None:
    """Once the sentence says what the source says, nothing is left to remind of."""
    new = after(session, Edit(number_of(session, "Shipments"), SOUND))
    assert SOUND in new.text
    assert "unverified" not in new.text
    assert not new.check.unsupported
    assert new.text.replace(SOUND, f"{DOUBTFUL} ==[unverified: 13]==") == session.text


def test_an_edit_that_is_wrong_again_is_marked_again(session: Session) -> None:
    """The note on disk stays honest, also when the reviewer plants the error."""
    new = after(session, Edit(number_of(session, "Shipments"), "Shipments to 77 countries begin in March."))
    assert "begin in March. ==[unverified: 77]==\n" in new.text


def test_a_mark_that_a_person_types_is_not_kept(session: Session) -> None:
    """Marks are the check's, not the editor's."""
    new = after(session, Edit(number_of(session, "Shipments"), f"{SOUND} ==[unverified: x]=="))
    assert "unverified" not in new.text


def test_cut_removes_the_sentence_and_nothing_else(session: Session) -> None:
    """Every other byte of the note stays."""
    new = after(session, Cut(number_of(session, "Shipments")))
    assert new.text == session.text.replace(f" {DOUBTFUL} ==[unverified: 13]==", "")


def test_the_citation_survives_its_sentence(session: Session) -> None:
    """A note that lost its first sentence still names its source."""
    new = after(session, Cut(number_of(session, "Norwick Robotics released the Heron 2 servo")))
    assert (
        "\n\nShipments to 13 countries begin in March under a licence that rules out weapons "
        "([Example News](https://news.example.com/2023/02/14/heron-2)). ==[unverified: 13]==\n"
    ) in new.text
    assert "M13" not in must(new)


def test_a_bullet_goes_as_a_line(session: Session) -> None:
    """No empty dash is left behind."""
    new = after(session, Cut(number_of(session, "One packaging plant")))
    assert new.text == session.text.replace("- One packaging plant may hold up every shipment.\n", "")


def test_a_bullet_with_a_link_takes_its_tree_entry_along(session: Session) -> None:
    """The tree repeats links of the prose and no others."""
    new = after(session, Cut(number_of(session, "Cheaper control boards")))
    assert "servo prices fall" not in new.text
    assert "M19" not in must(new)


def test_keep_of_a_supported_sentence_removes_a_stale_mark(tmp_path: Path) -> None:
    """Somebody mended the sentence in Obsidian and left the mark; keeping it says that it is right."""
    session = make_session(tmp_path, doubtful=False)
    stale = replace(session, text=session.text.replace(SOUND, f"{SOUND} ==[unverified: 13]=="))
    assert after(stale, Keep(number_of(stale, "Shipments"))).text == session.text


def test_an_unsupported_sentence_cannot_be_kept(session: Session) -> None:
    """One key too many must not wave a planted number through."""
    with pytest.raises(UsageError, match="vouch"):
        change(session, Keep(number_of(session, "Shipments")))


def test_vouching_removes_the_mark_and_is_recorded(session: Session) -> None:
    """The record says which words a person took on, and what the check had against them."""
    made = change(session, Vouch(number_of(session, "Shipments")))
    assert "unverified" not in made.text
    assert (made.action, made.about) == ("vouch", DOUBTFUL)
    assert "number 13" in made.became


def test_a_swapped_link_is_swapped_in_the_tree_too(session: Session) -> None:
    """Prose and tree name the same notes, in the same order."""
    new = after(session, SwapLink(2, "n5"))
    assert "described in [[open servo firmware reaches small shops]]." in new.text
    assert "<li>[[open servo firmware reaches small shops]]</li>\n        <li>[[licence terms" in new.text
    assert "servo prices fall" not in new.text
    assert must(new) == must(session)


def test_a_see_also_link_can_be_swapped_and_not_removed(session: Session) -> None:
    """The line has two links by the house's rules."""
    assert "[[open servo firmware reaches small shops]] · [[" in after(session, SwapLink(0, "n5")).text
    with pytest.raises(UsageError, match="swap it instead"):
        change(session, RemoveLink(0))


def test_a_candidate_that_is_linked_already_is_refused(session: Session) -> None:
    """No note is linked twice."""
    assert [row.id for row in session.free_candidates] == ["n5"]
    with pytest.raises(UsageError, match="n1"):
        change(session, SwapLink(0, "n1"))


def test_a_removed_link_leaves_its_words(session: Session) -> None:
    """The sentence still reads; only the way to the note is gone."""
    new = after(session, RemoveLink(2))
    assert "described in servo prices fall as plants reopen." in new.text
    assert "<li>[[servo prices" not in new.text


def test_markdown_links_are_swapped_and_removed_like_wikilinks(tmp_path: Path) -> None:
    """In a vault of Markdown links the draft has such, and so has what takes their place."""
    session = make_session(tmp_path, others=IN_MARKDOWN)
    assert [row.id for row in session.free_candidates] == ["n5"]
    assert must(session) == must(make_session(tmp_path / "wiki"))
    new = after(session, SwapLink(2, "n5"))
    assert f"described in {IN_MARKDOWN[4].written}." in new.text
    assert "<li>[[open servo firmware reaches small shops]]</li>\n        <li>[[licence terms" in new.text
    assert "described in servo prices fall as plants reopen." in after(session, RemoveLink(2)).text
    shown = [(row["shown"], row["candidate"]["id"]) for row in session_view(session)["links"] if row["candidate"]]
    assert shown[2] == ("servo prices fall as plants reopen", "n1")


def test_an_aside_that_was_only_a_link_goes_with_it(session: Session) -> None:
    """`(see …)` without a link is no aside."""
    old = "described in [[servo prices fall as plants reopen]]."
    text = session.text.replace(old, "again (see [[servo prices fall as plants reopen]]).")
    assert "slide again.\n" in after(replace(session, text=text), RemoveLink(2)).text


def test_a_tree_of_the_persons_own_is_left_alone(session: Session) -> None:
    """Somebody arranged it by hand; a review does not undo that."""
    text = session.text.replace('<div class="linkage-tree">\n', '<div class="linkage-tree">\n  <p>mine</p>\n')
    new = after(replace(session, text=text), RemoveLink(2))
    assert "<li>[[servo prices" in new.text


def test_title_and_heading_change_together(session: Session) -> None:
    """The note's name follows when it is approved; until then style is held against the new one."""
    new = after(session, SetTitle("norwick sells a cheap board to everyone"))
    assert "\n# norwick sells a cheap board to everyone\n" in new.text
    assert new.stem == "norwick sells a cheap board to everyone"
    assert must(new) <= must(session)


@pytest.mark.parametrize("title", ["../../etc/passwd", "a/b", "", ".hidden", "x\x00y", "[[a]]", "a|b", "a:b"])
def test_a_title_that_is_no_file_name_is_refused(session: Session, title: str) -> None:
    """A title becomes a path: none may lead out of the folder."""
    with pytest.raises(UsageError):
        change(session, SetTitle(title))


def test_tags_change_in_the_front_matter_and_in_the_tree(session: Session) -> None:
    """The year stays a bare number, as everywhere in the vault."""
    new = after(session, SetTags(("tech-journal", "chips", "policy", "2023", "chips")))
    assert "tags:\n  - tech-journal\n  - chips\n  - policy\n  - 2023\nkeywords:" in new.text
    assert "<li>#chips</li>\n        <li>#policy</li>\n        <li>#2023</li>" in new.text
    assert must(new) <= must(session)


def test_keywords_and_description_are_quoted_where_yaml_needs_it(session: Session) -> None:
    """An unquoted colon stops the build of the whole site."""
    new = after(session, SetKeywords(("no", "norwick")), SetDescription("Norwick: the Heron 2 costs $1,900 a unit."))
    assert 'keywords:\n  - "no"\n  - norwick\ndraft:' in new.text
    assert 'description: "Norwick: the Heron 2 costs $1,900 a unit."\n' in new.text


def test_a_doubtful_description_is_edited_in_its_field(session: Session) -> None:
    """The description is checked like a sentence, and mended like one."""
    wrong = after(session, SetDescription("Norwick Robotics released the Heron 9 controller at $1,900 a unit."))
    [row] = [row for row in wrong.check.unsupported if row.section == "description"]
    number = wrong.check.sentences.index(row)
    right = after(wrong, Edit(number, row.text.replace("Heron 9", "Heron 2")))
    assert "description: Norwick Robotics released the Heron 2 controller at $1,900 a unit.\n" in right.text


@pytest.mark.parametrize("section", ["title", "description"])
def test_the_head_cannot_be_cut(session: Session, section: str) -> None:
    """A note without title or description is none."""
    number = next(n for n, row in enumerate(session.check.sentences) if row.section == section)
    with pytest.raises(UsageError, match="edit it instead"):
        change(session, Cut(number))


def test_my_take_is_written_and_taken_back(session: Session) -> None:
    """The placeholder returns when the words go, so that nobody approves an empty section."""
    new = after(session, SetTake(f"{TAKE}\n"))
    assert new.text == session.text.replace("todo: my take", TAKE)
    assert after(new, SetTake("  ")).text == session.text


def left_open(session: Session) -> Session:
    """The session with the risks left to the person."""
    part = session.layout.part("risk surface")
    assert part is not None
    body = part.body.of(session.text).strip()
    return replace(session, text=session.text.replace(body, "todo: risk surface"))


def test_a_section_left_open_is_written_in_the_review(session: Session) -> None:
    """Each line that the person writes becomes a bullet, and the todo line is gone."""
    opened = left_open(session)
    assert "still to be written: risk surface" in [blocker.message for blocker in opened.blockers]
    written = after(opened, Edit(number_of(opened, "todo: risk"), "- Prices may rise.\n\nBuyers could wait longer."))
    assert "## risk surface\n- Prices may rise.\n- Buyers could wait longer.\n\n## my take" in written.text


def test_a_todo_line_is_neither_kept_nor_cut(session: Session) -> None:
    """A section without words cannot be waved through."""
    opened = left_open(session)
    for action in (Keep, Cut, Vouch):
        with pytest.raises(UsageError, match="not written yet"):
            change(opened, action(number_of(opened, "todo: risk")))


def test_what_is_in_the_way_is_named(session: Session) -> None:
    """A refusal says what to do next."""
    messages = [blocker.message for blocker in session.blockers]
    assert any(message.startswith("unsupported in lead: “Shipments to 13") for message in messages)
    assert "still to be written: my take" in messages
    assert session.blockers[0].sentence == number_of(session, "Shipments")


def test_nothing_is_in_the_way_of_a_finished_note(session: Session) -> None:
    """Marks of sentences that are right go by themselves."""
    done = after(session, Edit(number_of(session, "Shipments"), SOUND), SetTake(TAKE))
    assert done.blockers == ()
    assert done.approved_text == done.text


def test_a_must_finding_is_in_the_way(session: Session) -> None:
    """A note that the site cannot build is not approved."""
    done = after(session, Edit(number_of(session, "Shipments"), SOUND), SetTake(TAKE))
    broken = replace(done, text=done.text.replace("\n\n#\n", "\n"))
    [blocker] = broken.blockers
    assert blocker.message.startswith("must M21 (the note ends with")


def test_a_vouched_sentence_is_not_in_the_way(session: Session) -> None:
    """A person's word counts as theirs."""
    number = number_of(session, "Shipments")
    decisions = Decisions({sentence_key(DOUBTFUL): Look("ada", "vouch", "2023-07-19")})
    vouched = replace(after(session, Vouch(number), SetTake(TAKE)), decisions=decisions)
    assert vouched.blockers == ()
    assert vouched.check.sentences[number].read_by == "a person"


def test_publishing_sets_the_literal_false(tmp_path: Path) -> None:
    """The site generator publishes `no` and `off` too; only the bare word is safe."""
    session = make_session(tmp_path, publish=True)
    assert "\ndraft: false\n" in session.approved_text
    assert "\ndraft: true\n" in make_session(tmp_path / "two").approved_text


def test_without_a_source_nothing_can_be_approved(session: Session) -> None:
    """Unchecked is not the same as right."""
    bare = replace(session, context=replace(session.context, against=Against()))
    assert any("source is missing" in blocker.message for blocker in bare.blockers)


@pytest.mark.parametrize("action", [Keep(99), Cut(-1), SwapLink(99, "n5"), RemoveLink(-1), Edit(3, "  ")])
def test_what_is_not_there_cannot_be_acted_on(session: Session, action: Action) -> None:
    """A page that is out of date gets a message, not somebody else's sentence."""
    with pytest.raises(UsageError):
        change(session, action)


@pytest.mark.parametrize(
    "row",
    [
        {}, {"action": "burn"}, {"action": "keep"}, {"action": "keep", "sentence": "1"},
        {"action": "keep", "sentence": True}, {"action": "edit", "sentence": 1, "words": 5},
        {"action": "edit", "sentence": 1, "words": "x" * 30_000},
    ],
)  # fmt: skip
def test_what_is_no_action_is_refused(row: dict[str, object]) -> None:
    """The page's JSON is data from outside."""
    with pytest.raises(UsageError):
        parse_action(row)


def test_actions_are_read_from_json() -> None:
    """Lists come as a person types them: between commas."""
    assert parse_action({"action": "tags", "words": "a, b,,\nc"}) == SetTags(("a", "b", "c"))
    assert parse_action({"action": "swap", "link": 1, "candidate": "n2"}) == SwapLink(1, "n2")
    assert parse_action({"action": "vouch", "sentence": 0}) == Vouch(0)


def test_the_stem_is_the_files_until_title_and_heading_agree(session: Session) -> None:
    """Half a renaming in Obsidian does not move the note."""
    half = replace(session, text=session.text.replace(f"title: {STEM}", "title: something else here now"))
    assert half.stem == STEM


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Shipments begin <script>alert(1)</script> in March.", "HTML"),
        ("Shipments begin in March, see [this](https://x.example).", "link"),
        ("Shipments begin %%not%% in March.", "comment"),
        ("Shipments begin <% tp.x %> in March.", "template"),
        ("Shipments begin ![[private]] in March.", "embed"),
        ("Shipments begin (status:: early) in March.", "field"),
        ("Shipments begin in March for #everybody.", "tag"),
    ],
)
def test_an_edit_brings_in_no_markup(session: Session, words: str, said: str) -> None:
    """What is pasted into the page of a review may come from anywhere, and is words there too."""
    quiet_in_front = {"link", "comment", "embed", "tag"}
    actions: list[Action] = [Edit(number_of(session, "Shipments"), words), SetTake(words)]
    for action in (*actions, *([] if said in quiet_in_front else [SetDescription(words)])):
        with pytest.raises(FindingsError, match=f"brings in .*{said}"):
            change(session, action)
    assert after(session, SetTake("Boards get cheaper: < 5 % of $1,900, says C# & R&D.")).text != session.text


def test_a_key_that_changes_no_text_asks_for_no_check(session: Session) -> None:
    """A reviewer who keeps sentence after sentence does not wait for the whole note each time."""
    kept = replace(
        session, decisions=Decisions({sentence_key(session.sentence(1).text): Look("ada", "keep", "2023-07-19")})
    )
    find = session.context.find
    assert find(kept.text, kept.stem) is find(session.text, session.stem)


READING = """name = "reading"
[file]
name = "{date} {title}"
[[property]]
key = "heading"
writer = "tool"
value = "title"
[[section]]
name = "summary"
heading = "Summary"
"""


@pytest.mark.parametrize(
    ("text", "stem", "becomes"),
    [
        ("---\nheading: New\n---\n# New\n", "2024-01-02 Old", "2024-01-02 New"),
        ("---\nheading: New\n---\n# Old\n", "2024-01-02 Old", "2024-01-02 Old"),  # half a renaming
        ("---\nheading: New\n---\nWords.\n", "2024-01-02 Old", "2024-01-02 New"),
        ("---\na: b\n---\n# New\n", "2024-01-02 Old", "2024-01-02 New"),
        ("---\nheading: Old\n---\n# Old\n", "2024-01-02 Old 2", "2024-01-02 Old 2"),  # the name was taken
        ("---\nheading: New\n---\n# New\n", "Old", "Old"),  # a name of another form is somebody's own
        ("---\nheading: a/b\n---\n# a/b\n", "2024-01-02 Old", "2024-01-02 Old"),
        ("---\nheading: 3\n---\nWords.\n", "2024-01-02 Old", "2024-01-02 Old"),
        ("Words.\n", "2024-01-02 Old", "2024-01-02 Old"),
    ],
)
def test_the_file_of_any_type_is_named_after_a_new_title(tmp_path: Path, text: str, stem: str, becomes: str) -> None:
    """Where the title stands is as the type says, and what else the name holds stays."""
    assert stem_of(text, stem, make_type(tmp_path, READING)) == becomes


def test_a_title_is_set_where_the_type_has_it(tmp_path: Path) -> None:
    """Property and heading change together, under the type's own key; a note without either has no title to set."""
    note_type = make_type(tmp_path, READING)
    text = "---\nheading: Old\n---\n# Old\n\n## Summary\nWords.\n"
    assert set_title(text, "2024-01-02 Old", "New one", note_type) == text.replace("Old", "New one")
    without = make_type(tmp_path, f"h1 = false\n{READING}")
    assert set_title("---\nheading: Old\n---\nWords.\n", "2024-01-02 Old", "New", without).startswith(
        "---\nheading: New"
    )
    with pytest.raises(UsageError):
        set_title("Words.\n", "2024-01-02 Old", "New", note_type)
