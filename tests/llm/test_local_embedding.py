"""Vectors of texts by a model in a folder."""

from pathlib import Path

import pytest

from enrich.errors import SettingsError
from enrich.llm.local_embedding import LocalEmbedder, load_encoder


class Lengths:
    """A model that knows how long a text is."""

    def encode(self, sentences: list[str], /) -> list[list[float]]:
        """One row a text."""
        return [[float(len(text)), 1.0] for text in sentences]


def test_the_model_of_the_folder_gives_the_vectors(tmp_path: Path) -> None:
    """The library is given the folder, once, and only when something is embedded."""
    loaded: list[Path] = []

    def load(folder: Path) -> Lengths:
        loaded.append(folder)
        return Lengths()

    embedder = LocalEmbedder(tmp_path, load)
    assert (embedder.name, embedder.destination, loaded) == (str(tmp_path), "", [])
    assert embedder.embed(["a", "bcd"]) == [[1.0, 1.0], [3.0, 1.0]]
    assert embedder.embed(["ab"]) == [[2.0, 1.0]]
    assert loaded == [tmp_path]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A wrong path is told with the setting, and nothing is fetched in its place."""
    with pytest.raises(SettingsError, match=r"no such: is not a folder; set ENRICH_EMBEDDINGS"):
        LocalEmbedder(tmp_path / "no such").embed(["a"])


@pytest.mark.parametrize("kind", ["models.Transformer", "models.StaticEmbedding"])
def test_a_folder_without_a_model_is_an_error_with_a_remedy(tmp_path: Path, kind: str) -> None:
    """Whether the library is missing or the folder holds nothing, it is no traceback."""
    (tmp_path / "modules.json").write_text(f'[{{"idx": 0, "type": "sentence_transformers.{kind}"}}]', "utf-8")
    with pytest.raises(SettingsError, match=str(tmp_path)):
        load_encoder(tmp_path)
