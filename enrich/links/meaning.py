"""The vault's notes as vectors, where a model for that is set: which notes are similar in meaning.

The vectors have a file of their own beside the index, by the model's name and a digest of what was embedded. So an
index that is made anew costs no second embedding, nor does a note that was moved or touched.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from enrich.errors import EnrichError
from enrich.links.cache import VALUES_AT_ONCE, cache_file
from enrich.links.document import Document, read_document, text_of_meaning
from enrich.text.count import counted
from enrich.vault.file import Stamp
from enrich.vault.vault import open_note

_NEAREST = 200
"""Notes that similarity speaks for, about as many as text does (`enrich.links.features`): a bound of time."""
_AT_ONCE = 32
"""Texts after which their vectors are kept: what was embedded is not lost when the rest fails."""
_PATIENCE = 60.0
"""Seconds to wait while another process writes the vectors: a bound of time."""
_FINEST = 127
"""The largest number of a signed byte."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS vector (
    model TEXT, digest BLOB, data BLOB NOT NULL, PRIMARY KEY (model, digest)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS note (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, digest BLOB NOT NULL
) WITHOUT ROWID;
"""


class Embedder(Protocol):
    """What turns texts into vectors: an endpoint, or a library on this machine."""

    @property
    def name(self) -> str:
        """The model: vectors of different names cannot be compared."""

    @property
    def destination(self) -> str:
        """Where the texts go; empty when they stay on this machine."""

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """A vector for each text, in order, all of one length. EnrichError when there are none."""


def vector_file(root: Path, cache_dir: Path) -> Path:
    """Where the vectors of the vault at ``root`` are kept."""
    return cache_file("vectors", root, cache_dir)


class Vectors:
    """The vectors of a vault's notes by one model, in a file. Whatever fails is told once, and done without."""

    def __init__(self, file: Path, embedder: Embedder, tell: Callable[[str], None]) -> None:
        """``tell`` is given what a person must know: that texts leave the machine, or that there are no vectors."""
        self.file, self.embedder, self.tell = file, embedder, tell

    @property
    def name(self) -> str:
        """The model."""
        return self.embedder.name

    def follow(self, root: Path, listing: Mapping[str, Stamp], on_progress: Callable[[str], None]) -> bool:
        """Embed what is new or differs in meaning; False when not every note has its vector afterwards."""
        with self._doing_without() as done:
            seen, missing = self._differing(root, listing)
            if missing and self.embedder.destination and not self._any_kept():
                notes = counted(len(missing), "note")
                self.tell(f"the text of {notes} goes to {self.embedder.destination} (ENRICH_EMBEDDINGS)")
            self._embed(missing, on_progress)
            self._connection.executemany("INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?)", seen)
            self._forget(set(listing))
            done.append(True)
        return bool(done)

    def vector_of(self, meaning: str) -> NDArray[np.float32] | None:
        """The vector of a text, of length 1; None when it is new and cannot be embedded."""
        found = self._vectors_of([meaning])
        return None if found is None else np.asarray(found[0])

    def compare(self, text: str, others: Sequence[str]) -> list[float] | None:
        """The cosine of a text and each of some others; None when one is new and cannot be embedded."""
        found = self._vectors_of([text, *others])
        return None if found is None else [float(cosine) for cosine in found[1:] @ found[0]]

    def _vectors_of(self, meanings: Sequence[str]) -> NDArray[np.float32] | None:
        digests = [_digest(meaning) for meaning in meanings]
        with self._doing_without():
            kept = self._kept(digests)
            missing = {digest: text for digest, text in zip(digests, meanings, strict=True) if digest not in kept}
            self._embed(missing, lambda _: None)
            kept |= self._kept(list(missing))
            return np.stack([_unpack(kept[digest]) for digest in digests])
        return None

    def by_path(self) -> list[tuple[str, bytes]]:
        """The path of each note that has a vector, and the vector as it is kept."""
        with self._doing_without():
            query = (
                "SELECT note.path, vector.data FROM note "
                "JOIN vector ON vector.digest = note.digest AND vector.model = ?"
            )
            return list(self._connection.execute(query, (self.name,)))
        return []

    def close(self) -> None:
        """Close the file."""
        if "_connection" in self.__dict__:
            self.__dict__.pop("_connection").close()

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.file, timeout=_PATIENCE, isolation_level=None)
        connection.executescript(_SCHEMA)
        return connection

    @contextmanager
    def _doing_without(self) -> Iterator[list[bool]]:
        """Tell what went wrong; a damaged file is made anew the next time."""
        try:
            yield []
        except (EnrichError, OSError, sqlite3.Error) as error:
            self.tell(f"{error}; ranked without the meaning of notes")
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                self.close()
                self.file.unlink(missing_ok=True)

    def _differing(
        self, root: Path, listing: Mapping[str, Stamp]
    ) -> tuple[list[tuple[str, int, int, bytes]], dict[bytes, str]]:
        """The rows of notes that are new, were written or have no vector; and what of them was never embedded."""
        rows = self._connection.execute("SELECT path, size, changed, digest FROM note")
        known = {path: (Stamp(size, changed), digest) for path, size, changed, digest in rows}
        kept = self._kept([digest for _, digest in known.values()])
        seen = []
        meanings: dict[bytes, str] = {}
        for path, stamp in listing.items():
            before = known.get(path)
            if before and before[0] == stamp and before[1] in kept:
                continue
            if (note := open_note(root, path)) is not None:
                meaning = text_of_meaning(read_document(note))
                meanings[digest := _digest(meaning)] = meaning
                seen.append((path, *stamp, digest))
        kept = self._kept(list(meanings))
        return seen, {digest: meaning for digest, meaning in meanings.items() if digest not in kept}

    def _embed(self, meanings: Mapping[bytes, str], on_progress: Callable[[str], None]) -> None:
        wanted = list(meanings.items())
        for start in range(0, len(wanted), _AT_ONCE):
            on_progress(f"embedding notes: {start} of {len(wanted)}")
            some = wanted[start : start + _AT_ONCE]
            vectors = self.embedder.embed([meaning for _, meaning in some])
            rows = [(self.name, digest, _pack(vector)) for (digest, _), vector in zip(some, vectors, strict=True)]
            self._connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", rows)

    def _forget(self, paths: Collection[str]) -> None:
        """Drop notes that are gone, and then the vectors of this model that no note has."""
        gone = [(path,) for (path,) in self._connection.execute("SELECT path FROM note") if path not in paths]
        self._connection.executemany("DELETE FROM note WHERE path = ?", gone)
        if gone:
            self._connection.execute(
                "DELETE FROM vector WHERE model = ? AND digest NOT IN (SELECT digest FROM note)", (self.name,)
            )

    def _any_kept(self) -> bool:
        return bool(self._connection.execute("SELECT 1 FROM vector WHERE model = ? LIMIT 1", (self.name,)).fetchone())

    def _kept(self, digests: Sequence[bytes]) -> dict[bytes, bytes]:
        """Vectors by digest, of those that were embedded."""
        kept: dict[bytes, bytes] = {}
        for start in range(0, len(digests), VALUES_AT_ONCE):
            some = digests[start : start + VALUES_AT_ONCE]
            marks = ",".join("?" * len(some))
            query = f"SELECT digest, data FROM vector WHERE model = ? AND digest IN ({marks})"  # noqa: S608 - marks only
            kept.update(self._connection.execute(query, (self.name, *some)))
        return kept


class Meaning(Struct, frozen=True, dict=True):
    """Which notes are near a text in meaning, by the numbers that the index gives them."""

    vectors: Vectors
    numbers: Mapping[str, int]
    """Of each path."""

    def near(self, document: Document) -> Mapping[int, float] | None:
        """The nearest notes, with how many standard deviations their similarity lies above that of all notes.

        None when the text cannot be embedded.
        """
        vector = self.vectors.vector_of(text_of_meaning(document))
        if vector is None:
            return None
        numbers, matrix = self._matrix
        if matrix.shape[1] != len(vector):
            return {}
        similar = matrix @ vector
        above = (similar - similar.mean()) / max(float(similar.std()), 1e-9)
        nearest = np.argsort(-above, kind="stable")[: _NEAREST + 1]
        own = self.numbers.get(document.path, -1)
        return {int(numbers[at]): float(above[at]) for at in nearest if numbers[at] != own and above[at] > 0}

    @cached_property
    def _matrix(self) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        known = [(self.numbers[path], data) for path, data in self.vectors.by_path() if path in self.numbers]
        if len({len(data) for _, data in known}) != 1:  # none, or of a model that has changed behind its name
            return np.zeros(0, np.int64), np.zeros((0, 0), np.float32)
        rows = np.frombuffer(b"".join(data for _, data in known), np.int8).reshape(len(known), -1).astype(np.float32)
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.array([number for number, _ in known]), rows / np.maximum(length, 1.0)


def _digest(meaning: str) -> bytes:
    return hashlib.blake2b(meaning.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _pack(vector: Sequence[float]) -> bytes:
    """A vector's direction in a byte a number: a hundredth of the angle is lost, and three quarters of the space."""
    values: NDArray[np.float32] = np.asarray(vector, np.float32)
    scaled = np.rint(values * (_FINEST / max(float(np.abs(values).max()), 1e-9)))
    return bytes(scaled.astype(np.int8).tobytes())


def _unpack(data: bytes) -> NDArray[np.float32]:
    values: NDArray[Any] = np.frombuffer(data, np.int8).astype(np.float32)
    return np.asarray(values / max(float(np.linalg.norm(values)), 1.0), np.float32)
