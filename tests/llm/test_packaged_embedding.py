"""Vectors of texts by a model that a package ships."""

from collections.abc import Iterable
from typing import Any

import pytest

from enrich.errors import SettingsError
from enrich.llm.packaged_embedding import PackagedEmbedder, find_package, load_packaged


class Bytes:
    """A model that reads texts as UTF-8, as real ones do, and knows how long they are."""

    def encode(self, sentences: list[str], /) -> Iterable[Any]:
        """One row a text."""
        return [[float(len(text.encode())), 1.0] for text in sentences]


def test_texts_stay_here_whatever_signs_they_hold() -> None:
    """Half a surrogate pair of a broken page is no reason to do without a model."""
    embedder = PackagedEmbedder(Bytes)
    assert embedder.destination == ""
    assert embedder.embed(["abc", "a\ud800"]) == [[3.0, 1.0], [2.0, 1.0]]


@pytest.mark.skipif(bool(find_package()), reason="the extra is installed")
def test_a_package_that_is_missing_is_named_with_its_extra() -> None:
    """What to install is said, for a library's import error helps nobody."""
    with pytest.raises(SettingsError, match=r"is not installed; install 'enrich-notes\[embeddings\]'"):
        load_packaged()


@pytest.mark.skipif(not find_package(), reason="the extra is not installed")
def test_the_packages_model_knows_what_texts_are_about() -> None:
    """Two texts on one subject are nearer than one on another, without a common word and in another language."""
    lamp, light, soup = PackagedEmbedder().embed(
        ["The lighthouse was lit again", "Der Leuchtturm brennt wieder", "A recipe for onion soup"]
    )
    near, far = (sum(a * b for a, b in zip(lamp, other, strict=True)) for other in (light, soup))
    assert near > far + 0.2
