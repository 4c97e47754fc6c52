"""Copying: runs of words that a draft shares with its source outside quotation marks."""

from hypothesis import given
from hypothesis import strategies as st

from enrich.check.evidence.copying import longest_shared_run, shared_share

SOURCE = "The board voted on Monday to close the plant in Penang by the end of March, and told its staff."


def test_the_longest_run_is_found_whatever_its_case() -> None:
    """A copied clause is found with its length and place."""
    text = "It said the Board Voted on Monday to close the plant, which nobody expected."
    run = longest_shared_run(text, SOURCE)
    assert run.words == 9
    assert run.span.of(text) == "the Board Voted on Monday to close the plant"


def test_quoted_words_do_not_count() -> None:
    """An attributed quotation is no copying."""
    assert (
        longest_shared_run('It "voted on Monday to close the plant in Penang by the end of March".', SOURCE).words <= 2
    )


def test_own_words_share_little() -> None:
    """A text in its own words has a short run and a small share."""
    text = "Penang loses its factory within weeks; workers know already."
    assert longest_shared_run(text, SOURCE).words <= 1
    assert shared_share(text, SOURCE) == 0.0


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_the_longest_run_is_the_longest_common_one(text: list[str], source: list[str]) -> None:
    """Held against looking for every run of the text, longest first, in the source."""
    runs = [text[start:end] for start in range(len(text)) for end in range(start + 1, len(text) + 1)]
    shared = [run for run in runs if f" {' '.join(run)} " in f" {' '.join(source)} "]
    found = longest_shared_run(" ".join(text), " ".join(source))
    assert found.words == max(map(len, shared), default=0)
    assert not shared or found.span.of(" ".join(text)).split() == max(shared, key=len)
