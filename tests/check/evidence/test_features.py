"""What is measured of a sentence against its source, and how it is weighed."""

import pytest
from msgspec.structs import replace

from enrich.check.evidence.claim import Claim
from enrich.check.evidence.features import KINDS, Signals
from enrich.check.evidence.judge import check_claims, measure_claims
from enrich.check.evidence.prepared_source import PreparedSource
from enrich.check.evidence.weights import TABLE, risks, weighed
from enrich.check.facts.rarity import RARE, rarity
from enrich.check.facts.stems import stem

TEXT = (
    "The library of Dorn opened a repair workshop in March. Visitors bring broken lamps and toasters every Saturday. "
    "Eleven volunteers mended 240 appliances in the first season. The town pays for tools and electricity."
)
SOURCE = PreparedSource(TEXT, headline="Dorn mends its toasters")


def signals(sentence: str) -> Signals:
    """Of one sentence alone."""
    return measure_claims([Claim(sentence)], SOURCE)[0]


def risk(sentence: str) -> float:
    """Of one sentence alone."""
    return risks([signals(sentence)])[0]


def test_a_sentence_of_the_source_has_nothing_against_it() -> None:
    """A copied sentence lacks nothing, so that a high risk always has a cause."""
    own = signals("Visitors bring broken lamps and toasters every Saturday.")
    assert (own.missing, own.densest, own.retold, own.scattered, own.apart, own.spare) == (0, 0, 0, 0, 0, 0)
    assert not own.stray


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Visitors bring broken lamps every Saturday.", "Visitors bring broken bicycles every Saturday."),
        ("Volunteers mended appliances.", "Volunteers mended appliances, citing a shortage of copper wire."),
        ("The town pays for tools and electricity.", "The town pays volunteers in the first season for lamps."),
        ("Eleven volunteers mended 240 appliances.", "Eleven volunteers mended 260 appliances."),
        ("The library of Dorn opened a workshop.", "The library of Kelmar opened a workshop."),
    ],
)
def test_what_the_source_does_not_say_raises_the_risk(better: str, worse: str) -> None:
    """Ranking is what a reviewer follows: missing words, glued places, wrong figures and names come first."""
    assert risk(better) < risk(worse)


def test_long_words_count_less_than_short_ones() -> None:
    """*Additionally beneficial* retells more often than *new van* does; both are words that the source lacks."""
    assert signals("Volunteers mended appliances collaboratively.").wordy > signals("Volunteers mended fans.").wordy


def test_a_figure_of_another_place_is_told_from_one_of_the_evidence() -> None:
    """A number that stands elsewhere in the page may be glued to the wrong thing."""
    near, far = signals("They mended 240 appliances."), signals("The library of Dorn opened 240 workshops.")
    assert (near.there, near.elsewhere) == (1, 0)
    assert (far.there, far.elsewhere) == (0, 1)


def test_a_list_number_is_no_figure() -> None:
    """The 2 of a numbered list says nothing about the source."""
    assert signals("2. Visitors bring broken lamps.").there == signals("2. Visitors bring broken lamps.").elsewhere == 0


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        ("cites", "Based on the article, lamps are mended.", "(Passage 2) lamps are mended."),
        ("introduces", "To mend a lamp, follow these steps:", "Mend a lamp."),
        ("advises", "It is important to unplug the lamp.", "Unplug the lamp."),
        ("concludes", "Overall, lamps are mended.", "Lamps are mended overall."),
        ("declines", "The text does not mention radios.", "The text mentions radios."),
        ("lists", "3. Lamps", "Lamps, 3."),
        ("addresses", "You may bring a lamp.", "Visitors may bring a lamp."),
    ],
)
def test_kinds_of_sentences_are_known_by_their_wording(kind: str, yes: str, no: str) -> None:
    """An introduction or a refusal needs less support than a fact does."""
    assert kind in KINDS
    assert kind in signals(yes).kinds
    assert kind not in signals(no).kinds


def test_an_invented_sentence_is_stray_though_it_holds_a_name_of_the_source() -> None:
    """A known name must not lend credit to a sentence that is otherwise foreign to the page."""
    assert signals("Dorn declined to comment on the ongoing investigation.").stray


def test_a_sentence_whose_words_stand_together_somewhere_is_not_stray() -> None:
    """Unknown words around what the page says in one place retell it; invented sentences find no such place."""
    assert not signals(
        "Humming, eleven mended thrifty appliances; volunteers cherished seasons, bartering heirlooms."
    ).stray


def test_a_stray_sentence_is_called_out_from_a_middling_risk_on() -> None:
    """A short remark among borne-out ones may be stray and harmless."""
    plain = signals("Visitors bring lamps.")
    harmless = risks([replace(plain, stray=True)])[0]
    middling = risks([replace(plain, stray=True, missing=1.0, densest=0.4, apart=0.5)])[0]
    assert harmless < 0.1
    assert middling == TABLE.threshold


def test_neighbours_are_weighed_too() -> None:
    """Unsupported sentences come in runs: the same sentence is riskier among others that are unsupported."""
    plain = Claim("Visitors bring broken radios on Saturday.")
    calm = Claim("Eleven volunteers mended 240 appliances.")
    wild = Claim("Prices of copper fell sharply on several exchanges.")
    among = {claims: check_claims(claims, SOURCE)[0].score for claims in ((plain, calm), (plain, wild))}
    assert among[plain, wild] != among[plain, calm]


def test_the_table_has_a_weight_for_every_feature() -> None:
    """A signal that is measured and not weighed, or weighed and not measured, is a mistake."""
    assert weighed([signals("Visitors bring lamps.")])[0].keys() == TABLE.weights.keys()


def test_words_that_writers_add_are_less_telling_than_rare_ones() -> None:
    """*Additionally* missing from a page is no invention; *zinc* may be one."""
    assert rarity(stem("additionally")) < rarity(stem("access")) < rarity(stem("zinc")) == RARE


@pytest.mark.parametrize(("forms", "one"), [("children child", "child"), ("said says", "say"), ("worse", "bad")])
def test_irregular_forms_have_the_stem_of_their_word(forms: str, one: str) -> None:
    """*Children* in the page supports *child* in the note."""
    assert {stem(form) for form in forms.split()} == {stem(one)}


def test_words_are_neighbours_within_three() -> None:
    """`12 new Halden jets` has number and name together; a sentence later they are not."""
    source = PreparedSource("Twelve grey Halden ferries sail. Beyond Kelmar bay lies Dorn harbour, where trawlers rot.")
    assert source.are_neighbours(stem("ferries"), stem("Halden"))
    assert source.are_neighbours(stem("grey"), stem("sail"))
    assert not source.are_neighbours(stem("grey"), stem("Dorn"))
