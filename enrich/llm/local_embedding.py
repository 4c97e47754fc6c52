"""Vectors of texts from a model in a folder of this machine, by a library that is installed as an extra."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from enrich.distribution import extra
from enrich.errors import SettingsError
from enrich.llm.embedder import Vector

_PARTS = "modules.json"
"""What a model consists of; sentence-transformers writes it, and model2vec for what both can read."""


class Encoder(Protocol):
    """What the libraries' models have in common."""

    def encode(self, sentences: list[str], /) -> Iterable[Any]:
        """A row of numbers for each text."""


class LocalEmbedder:
    """Loads the model when it is first asked. Nothing is fetched, and no text leaves this machine."""

    destination = ""

    def __init__(self, folder: Path, load: Callable[[Path], Encoder] | None = None) -> None:
        """``load`` gives the model of a folder."""
        self.folder, self.load = folder.absolute(), load or load_encoder

    @property
    def name(self) -> str:
        """The folder: vectors of different names cannot be compared."""
        return str(self.folder)

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text, in order. SettingsError when the model cannot be loaded."""
        return [[float(value) for value in row] for row in self._encoder.encode(list(texts))]

    @cached_property
    def _encoder(self) -> Encoder:
        if not self.folder.is_dir():
            raise SettingsError(f"{self.folder}: is not a folder; set ENRICH_EMBEDDINGS to one that holds a model")
        return self.load(self.folder)


def load_encoder(folder: Path) -> Encoder:
    """The model in ``folder``: of model2vec, or of sentence-transformers where that is installed."""
    try:
        if _is_transformer(folder):
            from sentence_transformers import SentenceTransformer

            transformer: Encoder = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
            return transformer
        from model2vec import StaticModel

        static: Encoder = StaticModel.from_pretrained(folder, force_download=False)
        return static
    except ImportError as error:
        raise SettingsError(
            f"{folder}: needs {error.name}, which is not installed; install {extra('semantic')} for model2vec, "
            "or sentence-transformers for its models, where enrich is installed"
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"{folder}: holds no model that can be loaded ({error})") from error


def _is_transformer(folder: Path) -> bool:
    """Whether the model reads texts, rather than adding up the vectors of their words."""
    parts = folder / _PARTS
    return parts.is_file() and "Transformer" in parts.read_text("utf-8", "replace")
