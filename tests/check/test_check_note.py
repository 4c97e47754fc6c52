"""A whole note checked against its source."""

from enrich.check.check_note import check_note, check_text
from enrich.check.note_check import Against, NoteCheck, Surroundings, sentence_key
from enrich.text.span import Span
from tests.check.sample_note import NOTE, STEM, TECH_JOURNAL, damaged
from tests.draft.parts import make_source

SOURCE = make_source(
    "Harbor City released three years of transit records on Tuesday under an open licence. Hourly updates begin in "
    "October; no other port town of the region has done as much. The licence allows commercial use.\n\n"
    'The archive holds 1.2 billion rows, from buses to ferries and bike docks. "We removed the names of all riders '
    'before we opened the doors," said its head. A team of six keeps it.',
    title="Harbor City opens transit data",
    site="Harbor Gazette",
)


def check(text: str = NOTE, against: Against | None = None) -> NoteCheck:
    """The sample note against `SOURCE`."""
    return check_note(text, STEM, TECH_JOURNAL, against or Against(SOURCE))


def sentence(found: NoteCheck, start: str) -> int:
    """The number of the sentence that starts with ``start``."""
    return next(number for number, row in enumerate(found.sentences) if row.text.startswith(start))


def test_every_sentence_stands_where_the_check_says() -> None:
    """The reviewer's page marks and edits by these offsets."""
    for row in check().sentences:
        assert row.text.split()[0] in NOTE[row.start : row.end]
        assert not NOTE[row.start : row.end].startswith(("- ", " "))


def test_sections_of_the_note_and_nothing_else_are_read() -> None:
    """Title and description are checked with the prose; see-also line and tree are no prose."""
    sections = list(dict.fromkeys(row.section for row in check().sentences))
    assert sections == [
        "title", "description", "lead", "scene cut", "signal braid", "risk surface", "my take", "ending questions",
    ]  # fmt: skip


def test_a_changed_number_is_unsupported_and_says_why() -> None:
    """What the tool is known for: a planted figure is seen at once."""
    found = check(damaged("1.2 billion rows", "1.7 billion rows"))
    [row] = found.unsupported
    assert row.section == "scene cut"
    assert any("1.7" in reason for reason in row.reasons)
    assert not found.is_clean


def test_evidence_is_verbatim_in_the_source() -> None:
    """A quote shown beside a sentence must be findable in the page."""
    for row in check().sentences:
        if row.evidence is not None:
            assert row.quote == row.evidence.of(SOURCE.text) != ""


def test_my_take_is_the_humans_own() -> None:
    """The verdict of the journal's owner is not measured against the page."""
    found = check(damaged("The team of six is the real news here.", "I saw 77 such teams at Zorbel."))
    assert {row.verdict for row in found.sentences if row.section == "my take"} == {"human"}


def test_a_section_left_open_is_a_line_for_the_reviewer() -> None:
    """It is not held against the page, and can be written over in a review."""
    risks = NOTE[NOTE.index("- Riders could") : NOTE.index("\n\n## my take")]
    rows = [row for row in check(damaged(risks, "todo: risk surface")).sentences if row.section == "risk surface"]
    assert [(row.text, row.verdict) for row in rows] == [("todo: risk surface", "human")]


def test_a_placeholder_is_no_sentence() -> None:
    """`todo: my take` is not something that anybody said."""
    take = NOTE[NOTE.index("Open records age") : NOTE.index("\n\n## linkage")]
    assert not [row for row in check(damaged(take, "todo: my take")).sentences if row.section == "my take"]


def test_the_models_own_quote_is_the_evidence() -> None:
    """Of two sentences that would fit, the one the model named is shown."""
    quotes = {"The licence allows commercial use": "The licence allows commercial use"}
    found = check(against=Against(SOURCE, quotes))
    row = found.sentences[sentence(found, "The licence allows")]
    assert row.quote == "The licence allows commercial use"


def test_a_sentence_that_was_split_keeps_the_quote_of_the_whole() -> None:
    """An answer's one sentence can read as two; both rest on its quote."""
    whole = (
        "The archive holds 1.2 billion rows from buses, ferries and bike docks, cut into daily files. A small team of "
        "six keeps it, and names of riders were removed before release."
    )
    found = check(against=Against(SOURCE, {whole: "A team of six keeps it"}))
    assert found.sentences[sentence(found, "A small team")].quote == "A team of six keeps it"


def test_a_vouched_sentence_is_read_by_a_person_with_the_checks_reasons() -> None:
    """Who vouches takes the sentence on; the doubt stays readable."""
    text = damaged("1.2 billion rows", "1.7 billion rows")
    doubtful = check(text).unsupported[0].text
    found = check(text, Against(SOURCE, vouched={sentence_key(doubtful): "vouched for by ada"}))
    row = found.sentences[sentence(found, "The archive")]
    assert (row.verdict, row.read_by) == ("supported", "a person")
    assert row.reasons[0] == "vouched for by ada"
    assert len(row.reasons) > 1
    assert not found.unsupported


def test_a_mark_belongs_to_the_sentence_before_it() -> None:
    """The page removes mark and sentence together."""
    text = damaged("The licence allows commercial use.", "The licence allows 9 uses. ==[unverified: 9]==")
    found = check(text)
    row = found.sentences[sentence(found, "The licence")]
    assert row.mark is not None
    assert row.mark.of(text) == " ==[unverified: 9]=="
    assert text[row.start : row.end] == "The licence allows 9 uses."
    assert "E1" in {finding.rule for finding in found.failures}


def test_a_linked_notes_title_is_no_name_of_the_source() -> None:
    """Words of the vault's own notes are not facts about the page."""
    old = "what rail operators tried in [[rail timetable feed goes public]]"
    assert not check(damaged(old, "what rail operators tried in [[Zorbel Twelve]]")).unsupported


def test_copied_words_are_found_where_they_stand() -> None:
    """Twelve words in a row outside quotation marks are the source's text, not the journal's."""
    copied = "Hourly updates begin in October; no other port town of the region has done as much."
    text = damaged("The licence allows commercial use.", copied)
    finding = next(item for item in check(text).findings if item.rule == "C1")
    assert finding.section == "lead"
    assert finding.span is not None
    assert finding.span.of(text) in copied
    assert "C1" not in {item.rule for item in check().findings}


def test_words_of_an_exemplar_are_copied_words_too() -> None:
    """The notes that show a model the form are not there to be repeated."""
    exemplar = "City halls increasingly treat records as a utility rather than a product for sale, and more."
    found = check(against=Against(SOURCE, exemplars={"Notes/old.md": exemplar}))
    assert ["Notes/old.md" in item.message for item in found.findings if item.rule == "C1"] == [True]


def test_a_quotation_without_a_speaker_is_named() -> None:
    """Short quotes are allowed when the reader learns whose words they are."""
    quoted = '"removed the names of all riders"'
    alone = damaged("The licence allows commercial use.", f"The archive {quoted} first.")
    said = damaged("The licence allows commercial use.", f"The archive {quoted} first, its head said.")
    assert "C2" in {item.rule for item in check(alone).findings}
    assert "C2" not in {item.rule for item in check(said).findings}


def test_links_say_who_finds_them() -> None:
    """A link that only one of the two readers resolves is broken for somebody."""
    found = check_note(NOTE, STEM, TECH_JOURNAL, around=Surroundings(lambda target: (True, "rail" in target)))
    assert {(link.target, link.obsidian, link.quartz) for link in found.links} >= {
        ("rail timetable feed goes public", True, True),
        ("Latency Budget", True, False),
    }
    assert all(link.span.of(NOTE) == f"[[{link.target}]]" for link in found.links)


def test_a_markdown_link_is_held_against_the_vault_too() -> None:
    """Of a note of no type as well; the site reads an address as it stands, so only Obsidian is asked."""
    text = "See [hinge](../parts/old%20hinge.md), [part](#Part), [pdf](a.pdf) and [web](https://x.example).\n"
    for there in (True, False):
        answers = {"../parts/old hinge.md": (there, False)}
        found = check_note(text, "x", None, around=Surroundings(answers.__getitem__))
        assert [(link.target, link.obsidian, link.quartz) for link in found.links] == [
            ("../parts/old hinge.md", there, None)
        ]
        assert [finding.rule for finding in found.findings] == ([] if there else ["M26"])


def test_without_a_source_no_sentence_is_judged() -> None:
    """Style can be checked of a note whose page is gone; nothing pretends that its facts were."""
    found = check_note(NOTE, STEM, TECH_JOURNAL)
    assert found.sentences == ()
    assert {link.obsidian for link in found.links} == {None}


def test_carriage_returns_do_not_move_offsets() -> None:
    """A file from another system is marked in the right places."""
    text = NOTE.replace("\n", "\r\n")
    found = check_note(text, STEM, TECH_JOURNAL, Against(SOURCE))
    row = found.sentences[sentence(found, "The licence")]
    assert Span(row.start, row.end).of(text) == "The licence allows commercial use."


def test_running_text_is_checked_as_facts() -> None:
    """Text that is no note can be held against a page as well."""
    found = check_text("Harbor City released records.\n\nZorbel paid 40 for it.", SOURCE, {})
    assert [row.verdict for row in found.sentences] == ["unread", "unsupported"]


def test_one_key_for_the_spellings_of_a_sentence() -> None:
    """A full stop, an escape or a curly quote does not lose the sentence's quote or voucher."""
    assert sentence_key("It’s priced at \\$5") == sentence_key("It's priced at $5.")
    assert sentence_key("It is 5") != sentence_key("It is 6")


def test_a_description_in_quotation_marks_is_read_without_them() -> None:
    """Front matter quotes a value that holds a colon; the marks are not the sentence's."""
    plain = "Harbor City released three years of transit data under an open licence."
    found = check(damaged(f"description: {plain}", f'description: "Records: {plain}"'))
    row = next(row for row in found.sentences if row.section == "description")
    assert row.text == f"Records: {plain}"
    assert row.verdict != "unsupported"
