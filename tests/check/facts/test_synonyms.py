"""Words that stand for one another when news is retold."""

import pytest

from enrich.check.facts.synonyms import synonym_root


@pytest.mark.parametrize(("one", "other"), [("bought", "acquires"), ("Chinese", "China"), ("unsafe", "safe")])
def test_words_that_stand_for_one_another_have_one_root(one: str, other: str) -> None:
    """A sentence that is worded anew adds nothing by it; whether it denies is asked elsewhere."""
    assert synonym_root(one) == synonym_root(other)


@pytest.mark.parametrize(("one", "other"), [("union", "ion"), ("rose", "fell"), ("bought", "sold")])
def test_others_have_roots_of_their_own(one: str, other: str) -> None:
    """What a short word begins with is no prefix, and an opposite is no synonym."""
    assert synonym_root(one) != synonym_root(other)
