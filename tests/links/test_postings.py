"""The table of postings: what a whole vault's notes are sorted into."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.links.bm25 import impact, length_norm
from enrich.links.note_index import unpack
from enrich.links.postings import PostingTable
from enrich.links.terms import term_of

WORDS = st.sampled_from(
    ("law", "laws", "court", "courts", "the", "and", "bus", "policies", "policy", "réseau", "x" * 50)
)


def filled(notes: list[list[str]]) -> PostingTable:
    """A table of notes that have words, and a tag for every note of even number."""
    table = PostingTable()
    for number, words in enumerate(notes):
        table.add(words, [("=", ["tag:even"] if number % 2 == 0 else [], 1), ("t", words[:2], 0)])
    table.finish()
    return table


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, max_size=300), min_size=1, max_size=8))
def test_postings_are_counts_of_terms_as_impacts(notes: list[list[str]]) -> None:
    """Words that are forms of one term are counted together, and a note stands once in the postings of a key."""
    table = filled(notes)
    terms = [Counter(filter(None, map(term_of, words))) for words in notes]
    for term in {term for counts in terms for term in counts}:
        found = dict(map(unpack, table.of("w" + term)))
        for number, counts in enumerate(terms):
            norm = length_norm(table.lengths[number], table.average_words)
            assert found.get(number, 0) == (round(impact(min(255, counts[term]), norm)) if counts[term] else 0)
    assert [number for number, _ in map(unpack, table.of("=tag:even"))] == list(range(0, len(notes), 2))


def test_unknown_keys_have_no_postings() -> None:
    """A word that no note has is no error."""
    assert not filled([["law"]]).of("wcourt")
    assert not filled([["law"]]).of("?")


def test_every_key_comes_with_its_number_and_postings() -> None:
    """What is stored is what is asked, and a note's keys can be found again by their numbers."""
    table = filled([["law", "court"], ["law"]])
    stored = {key: (number, packed) for number, key, packed in table.every()}
    assert list(memoryview(stored["wlaw"][1]).cast("I")) == list(table.of("wlaw"))
    assert [number for number, _, _ in table.every()] == list(range(table.key_count))
    assert {stored[key][0] for key in ("wlaw", "wcourt", "tlaw", "tcourt", "=tag:even")} == set(table.keys_of(0))
