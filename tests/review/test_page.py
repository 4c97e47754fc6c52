"""The review page in a real browser, from draft to approved note."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from enrich.check.evidence.judgement import Reading
from enrich.check.note_check import Against, sentence_key
from enrich.review.action import SetTake
from enrich.review.record import read_entries
from enrich.review.store import ReviewStore
from enrich.review.view import version_of
from tests.draft.parts import TEXT, make_source
from tests.review.browser import CONTRAST, NAMELESS, Pages, Watched, chromium
from tests.review.drafted import DOUBTFUL, SOUND, STEM
from tests.review.served import Served, serving
from tests.review.stores import make_finished, make_store
from tests.review.test_session import TAKE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages() -> Iterator[Pages]:
    """Those of one browser, for all tests."""
    with chromium() as browser:
        yield Pages(browser)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A review of the sample draft."""
    with serving(make_store(tmp_path)) as served:
        yield served


@pytest.fixture
def seen(pages: Pages, served: Served) -> Iterator[Watched]:
    """The page of that review; it may complain of nothing and ask nobody else."""
    watched = Watched(pages, served.address)
    yield watched
    assert watched.complaints == []
    assert {urlsplit(url).netloc for url in watched.asked} == {served.host}
    watched.close()


def note(served: Served) -> str:
    """What is on disk."""
    return served.review.store.place.path.read_text("utf-8")


def edit_elsewhere(served: Served, old: str, new: str) -> None:
    """What Obsidian does beside the page."""
    path = served.review.store.place.path
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8", newline="\n")


def write_take(seen: Watched) -> None:
    """Write the human's own section by keyboard."""
    seen.press("t")
    seen.page.keyboard.insert_text(TAKE)
    seen.press("Control+Enter")
    seen.wait_for_text("#status", "done: take")


def look_at_all(seen: Watched) -> None:
    """Ask for approval and keep every sentence that nobody has looked at, each with its key."""
    seen.press("a")
    asked = seen.page.locator("#ask-list li").count()
    for left in range(asked, 0, -1):
        seen.wait_for_text("#ask-name", f"{left} sentence")
        seen.press("y")
    seen.wait_for_text("#ask-name", "Nothing is left to look at")


def test_the_whole_way_by_keyboard(seen: Watched, served: Served) -> None:
    """From the doubtful sentence to the approved note without touching a mouse."""
    assert DOUBTFUL in seen.text(".s.here").replace("\n", " ")
    assert seen.text("#source mark") == "ships to 12 countries in March"
    assert seen.text(".s.here .w-missing") == "13"
    assert "number 13 is not in the source" in seen.text("#panel")
    seen.press("e", "Control+a")
    seen.page.keyboard.insert_text(SOUND)
    seen.press("Control+Enter")
    seen.wait_for_text("#progress", "0 unsupported")
    assert SOUND in note(served)
    assert "unverified" not in note(served)
    write_take(seen)
    seen.wait_for_text("#progress", "to look at")
    seen.page.locator(".s.here").focus()
    look_at_all(seen)
    seen.press("a")
    seen.wait_for_text("#notice", "approved: Notes/Tech_Journal/2023/")
    approved = served.review.store.place.root / "Notes" / "Tech_Journal" / "2023" / f"{STEM}.md"
    text = approved.read_text("utf-8")
    assert TAKE in text
    assert "[[servo prices fall as plants reopen]]" in text
    assert not served.review.store.place.path.exists()
    seen.page.locator("#done").click()
    served.thread.join(30)
    assert not served.thread.is_alive()


def test_what_a_model_said_stands_beside_the_sentence(pages: Pages, tmp_path: Path) -> None:
    """A reviewer sees the second reader's verdict and the words that decided it."""
    store = make_store(tmp_path, doubtful=False)
    row = next(row for row in store.session().check.sentences if row.text.startswith("Buyers could"))
    said = Reading("gpt", "contradicted", ("nine weeks",), "")
    against = replace(store.context.against, readings={sentence_key(row.text): said})
    store.context = replace(store.context, against=against)
    with serving(store) as served:
        seen = Watched(pages, served.address)
        assert "Buyers could" in seen.text(".s.here")
        assert seen.text("#model") == "gpt read it: contradicted: “nine weeks”"
        assert "contradicted, as gpt reads it" in seen.text("#panel")
        assert seen.text("#panel .badge") == "contradicted"
        seen.press("j")
        assert seen.page.locator("#model").count() == 0
        seen.close()


def test_an_approval_is_taken_back_in_the_page(pages: Pages, tmp_path: Path) -> None:
    """The page says how, now and later, and the note is as it was."""
    store = make_finished(tmp_path)
    before = store.place.path.read_bytes()
    with serving(store) as served:
        seen = Watched(pages, served.address)
        seen.press("a")
        seen.wait_for_text("#notice", "approved: Notes/Tech_Journal/2023/")
        assert f"enrich undo {store.approval}" in seen.text("#notice")
        seen.press("u")
        seen.wait_for_text("#status", "taken back")
        assert store.place.path.read_bytes() == before
        assert seen.page.locator("#approve").is_enabled()
        assert seen.page.locator("#field-take").is_enabled()
        seen.press("j")
        seen.press("a")
        seen.wait_for_text("#notice", "approved: Notes/Tech_Journal/2023/")
        seen.page.goto("about:blank")
        served.thread.join(30)
        assert not served.thread.is_alive()
        seen.close()


def test_j_and_k_step_and_light_up_the_evidence(seen: Watched) -> None:
    """The eye goes from sentence to source without a click, unsupported ones first."""
    assert "1 of " in seen.text("#panel")
    first = seen.text("#source mark")
    seen.press("j")
    assert "2 of " in seen.text("#panel")
    seen.press("j", "j")
    assert seen.text("#source mark") != first
    seen.press("k", "k", "k", "k")
    assert "1 of " in seen.text("#panel")


def test_resting_on_a_sentence_lights_up_its_evidence(seen: Watched) -> None:
    """A look is enough; nothing is chosen by it."""
    seen.page.locator(".s", has_text="Buyers could wait").hover()
    assert "nine weeks" in seen.text("#source mark")
    assert "1 of " in seen.text("#panel")


def test_keep_goes_on_to_the_next(seen: Watched, served: Served) -> None:
    """A sound draft is read through with one key."""
    seen.press("j", "y")
    seen.wait_for_text("#progress", "1 of 12 looked at")
    assert "3 of " in seen.text("#panel")
    assert [entry.action for entry in read_entries(served.review.store.place.record)] == ["keep"]


def test_a_doubtful_sentence_can_be_vouched_for_and_taken_back(seen: Watched, served: Served) -> None:
    """The reviewer knows better, says so by name, and can change their mind."""
    assert seen.page.locator("[data-do=keep]").is_disabled()
    before = note(served)
    seen.press("v")
    seen.wait_for_text("#progress", "0 unsupported")
    assert "unverified" not in note(served)
    assert read_entries(served.review.store.place.record)[0].about == DOUBTFUL
    seen.press("u")
    seen.wait_for_text("#progress", "1 unsupported")
    assert note(served) == before


def test_cut_and_undo(seen: Watched, served: Served) -> None:
    """A slip of the finger costs one more key."""
    before = note(served)
    seen.press("x")
    seen.wait_for_text("#progress", "0 unsupported")
    assert DOUBTFUL not in note(served)
    seen.page.locator("#undo").click()
    seen.wait_for_text("#progress", "1 unsupported")
    assert note(served) == before


def test_approval_too_early_lists_what_is_in_the_way(seen: Watched) -> None:
    """Each reason leads to its sentence."""
    seen.press("j", "a")
    assert "still to be written: my take" in seen.text("#waiting-list")
    seen.page.locator("#waiting-list button").first.click()
    assert "1 of " in seen.text("#panel")


def test_links_are_swapped_and_removed(seen: Watched, served: Served) -> None:
    """Another candidate with its reason and score, or no link at all; the tree follows."""
    seen.page.locator(".s", has_text="Cheaper control boards").click()
    offered = seen.page.locator("#panel select option").all_inner_texts()
    assert any("open servo firmware" in words and "shares #hardware; terms: servo" in words for words in offered)
    assert "score 1.00: shares #robotics" in seen.text("#panel .link")
    seen.page.locator("#panel select").select_option("n5")
    seen.wait_for_text("#status", "done: swap")
    assert note(served).count("[[open servo firmware reaches small shops]]") == 2
    seen.page.locator("[data-remove]").click()
    seen.page.locator("#panel .link").wait_for(state="detached")
    assert "[[open servo" not in note(served)


def test_the_head_of_the_note_is_edited_in_its_fields(seen: Watched, served: Served) -> None:
    """Title, tags and description without opening the front matter."""
    seen.page.locator("#about summary").click()
    seen.page.locator("#field-title").fill("norwick sells a cheap board to everyone")
    seen.press("Enter")
    seen.wait_for_text("#draft h2", "norwick sells a cheap board to everyone")
    seen.page.locator("#field-tags").fill("tech-journal, robotics, chips, 2023")
    seen.page.locator("[data-save=tags]").click()
    seen.wait_for_text("#status", "done: tags")
    assert "# norwick sells a cheap board to everyone\n" in note(served)
    assert "  - chips\n  - 2023\nkeywords" in note(served)


def test_my_take_is_asked_for_and_never_filled_in(seen: Watched) -> None:
    """Three questions from this very note stand beside an empty field."""
    assert seen.page.locator("#questions li").count() == 3
    assert "Buyers could wait nine weeks" not in seen.text("#questions")  # nobody has read it yet
    assert seen.page.locator("#field-take").input_value() == ""


def test_an_edit_made_meanwhile_loses_nothing(seen: Watched, served: Served) -> None:
    """Obsidian saved the note while a sentence was being typed: both survive."""
    seen.press("e", "Control+a")
    seen.page.keyboard.insert_text(SOUND)
    edit_elsewhere(served, "spare boards", "spare parts")
    seen.press("Control+Enter")
    seen.page.locator("#notice:not([hidden])").wait_for()
    assert "save again" in seen.text("#notice")
    assert SOUND not in note(served)
    assert seen.page.locator("#editor").input_value() == SOUND
    assert "spare parts" in seen.text("#draft")
    seen.page.locator("#editor").focus()
    seen.press("Control+Enter")
    seen.wait_for_text("#progress", "0 unsupported")
    assert SOUND in note(served)
    assert "spare parts" in note(served)


def test_words_for_a_sentence_that_is_gone_are_kept(seen: Watched, served: Served) -> None:
    """The other one cut the sentence: the typed words can still be copied."""
    seen.press("e", "Control+a")
    seen.page.keyboard.insert_text(SOUND)
    edit_elsewhere(served, f" {DOUBTFUL} ==[unverified: 13]==", "")
    seen.press("Control+Enter")
    seen.page.locator("#stash").wait_for()
    assert seen.page.locator("#stash").input_value() == SOUND
    assert SOUND not in note(served)


def test_a_change_elsewhere_is_shown_by_itself(seen: Watched, served: Served) -> None:
    """The page looks again now and then."""
    edit_elsewhere(served, "spare boards", "spare parts")
    seen.wait_for_text("#draft", "spare parts")


def test_two_reviewers_see_each_other(pages: Pages, tmp_path: Path) -> None:
    """What one does reaches the other; neither overwrites."""
    with serving(make_store(tmp_path)) as one, serving(make_store(tmp_path, "bob")) as two:
        ada, bob = Watched(pages, one.address), Watched(pages, two.address)
        bob.press("t")
        bob.page.keyboard.insert_text(TAKE)
        ada.press("v")
        ada.wait_for_text("#progress", "0 unsupported")
        bob.press("Control+Enter")
        bob.wait_for_text("#progress", "0 unsupported")
        assert bob.page.locator("#field-take").input_value() == TAKE
        bob.page.locator("#field-take").focus()
        bob.press("Control+Enter")
        bob.wait_for_text("#progress", "to look at")
        ada.wait_for_text("#progress", "to look at")
        look_at_all(ada)
        ada.press("a")
        ada.wait_for_text("#notice", "approved")
        bob.wait_for_text("#notice", "is gone")
        done = [(row.who, row.action) for row in read_entries(one.review.store.place.record)]
        assert [row for row in done if row != ("ada", "keep")] == [
            ("ada", "vouch"), ("bob", "my take"), ("ada", "approve"),
        ]  # fmt: skip
        assert ada.complaints == bob.complaints == []
        ada.close()
        bob.close()


def test_a_reload_in_mid_work_loses_nothing(seen: Watched) -> None:
    """F5 by accident: decisions, undo and half-typed words are still there."""
    seen.press("j", "y")
    seen.wait_for_text("#progress", "1 of 12 looked at")
    seen.page.locator("#field-take").fill("Half a thought")
    seen.page.locator(".s", has_text="Shipments to 13").click()
    seen.press("e", "Control+a")
    seen.page.keyboard.insert_text("Half a sentence")
    seen.page.reload()
    seen.page.wait_for_selector("#editor")
    assert seen.page.locator("#editor").input_value() == "Half a sentence"
    assert seen.page.locator("#field-take").input_value() == "Half a thought"
    assert "1 of 12 looked at" in seen.text("#progress")
    assert seen.page.locator("#undo").is_enabled()


def test_words_that_are_not_saved_stop_an_approval(pages: Pages, tmp_path: Path) -> None:
    """Nobody approves a note without the sentence they are typing."""
    store = make_store(tmp_path, doubtful=False)
    store.act(version_of(store.session().text), SetTake(TAKE))
    with serving(store) as served:
        seen = Watched(pages, served.address)
        seen.page.locator("#field-take").fill("other words")
        seen.page.locator("#approve").click()
        seen.wait_for_text("#notice", "not saved yet")
        assert store.place.path.is_file()
        seen.close()


HOSTILE = '<img src=x onerror=alert(1)> <script>alert(2)</script> [[x]] "quote" &amp; javascript:alert(3)'


def hostile_desk(folder: Path) -> ReviewStore:
    """A draft and a source full of what a page could try."""
    store = make_store(folder)
    source = make_source(f"{HOSTILE}\n\n{TEXT}", title=HOSTILE, site=HOSTILE, author=HOSTILE, url="javascript:alert(4)")
    store.context = replace(store.context, against=Against(source))
    text = store.place.path.read_text("utf-8").replace("Buyers could wait", f"{HOSTILE} could wait")
    store.place.path.write_text(text, "utf-8", newline="\n")
    return store


def test_text_of_page_and_model_stays_text(pages: Pages, tmp_path: Path) -> None:
    """What an article says is shown and never done."""
    with serving(hostile_desk(tmp_path)) as served:
        seen = Watched(pages, served.address)
        assert "<script>alert(2)</script>" in seen.text("#source")
        assert seen.page.locator("#draft img, #source img, #draft script, #source script, #source a").count() == 0
        seen.press("j", "j", "j", "j", "j", "j", "j", "j", "j")
        assert seen.complaints == []
        seen.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_text_can_be_read(pages: Pages, served: Served, scheme: str, width: int) -> None:
    """WCAG AA: contrast of at least 4.5 to 1, names for all controls, no sideways scrolling."""
    seen = Watched(pages, served.address, width, 800)
    seen.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    states = [("e",), ("Escape",), ("j",), ("j", "j", "j", "j"), ("?",)]
    for keys in ((), *states):
        seen.press(*keys)
        assert seen.page.evaluate(CONTRAST) == []
        assert seen.page.evaluate(NAMELESS) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.complaints == []
    seen.close()


def test_the_chosen_sentence_is_not_hidden_on_a_small_screen(pages: Pages, served: Served) -> None:
    """At 360 px the panel covers the lower half; what it is about stands above it."""
    seen = Watched(pages, served.address, 360, 740)
    for _ in range(5):
        box = seen.page.locator(".s.here").bounding_box()
        panel = seen.page.locator("#panel").bounding_box()
        assert box is not None
        assert panel is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= panel["y"] + 1
        seen.press("j")
    seen.close()


def test_focus_follows_the_sentence(seen: Watched) -> None:
    """A screen reader reads what is chosen, with its verdict."""
    seen.press("j")
    focused = seen.page.evaluate("document.activeElement.textContent")
    assert "(unread)" in focused
    assert seen.page.locator("[role=status]").count() == 1
    assert seen.page.evaluate("document.documentElement.lang") == "en"


def test_the_text_keeps_two_thirds_of_a_small_screen(pages: Pages, served: Served) -> None:
    """At 360 px the note is read, not its tools: head and panel together take a third at most, also while editing."""
    seen = Watched(pages, served.address, 360, 740)
    for keys in ((), ("j",), ("j", "j", "j"), ("e",)):
        seen.press(*keys)
        tools = [seen.page.locator(part).bounding_box() for part in ("header", "#panel")]
        heights = [min(box["y"] + box["height"], 740) - max(box["y"], 0) for box in tools if box is not None]
        assert len(heights) == 2
        assert sum(height for height in heights if height > 0) <= 740 / 3
    seen.close()


def test_words_that_the_evidence_lacks_are_marked_in_every_sentence(seen: Watched) -> None:
    """A clause that was added is seen before its sentence is chosen."""
    plain = seen.page.locator(".s:not(.here)")
    assert seen.page.locator(".s:not(.here) .w-new, .s:not(.here) .w-elsewhere").count() > 0
    assert plain.count() > 5
    assert set(seen.page.locator(".badge").all_inner_texts()) <= {"unsupported"}


def test_approving_lists_what_nobody_has_looked_at(seen: Watched, served: Served) -> None:
    """Three keys no longer approve a draft: each such sentence stands there with its passage, and needs a key."""
    seen.press("v")
    seen.wait_for_text("#progress", "0 unsupported")
    write_take(seen)
    seen.page.locator(".s.here").focus()
    seen.press("a")
    unlooked = served.review.store.session().unlooked
    rows = seen.page.locator("#ask-list li")
    assert rows.count() == len(unlooked) > 3
    assert seen.page.locator("#ask-list li blockquote, #ask-list li p.meta").count() >= len(unlooked)
    assert seen.page.locator("#ask-approve").is_disabled()
    seen.press("a", "a")
    assert served.review.store.approved is None
    seen.press("j", "x")
    expect(rows).to_have_count(len(unlooked) - 1)
    seen.press("e")
    seen.page.wait_for_selector("#editor")
    assert not seen.page.locator("#ask").is_visible()


def test_keep_of_an_unsupported_sentence_says_what_helps(seen: Watched) -> None:
    """A key that does nothing says why."""
    seen.press("y")
    seen.wait_for_text("#notice", "edit it (e), cut it (x), or vouch for it (v)")


def test_the_address_opens_once_and_says_so(pages: Pages, served: Served, seen: Watched) -> None:
    """Somebody who opens it in another window learns where the review is, and how to have another."""
    page = pages.take(1280, 900)
    page.goto(served.address)
    assert "opened already" in page.inner_text("body")
    assert "run enrich review again" in page.inner_text("body")
    assert seen.page.locator(".s.here").count() == 1
    pages.give_back(page)


def test_the_end_of_the_review_is_said(seen: Watched, served: Served) -> None:
    """A page whose server is gone does not pretend to save."""
    seen.page.locator("#end").click()
    seen.wait_for_text("#notice", "ended by the reviewer")
    assert seen.page.locator("#approve").is_disabled()
    served.thread.join(30)
    assert not served.thread.is_alive()
