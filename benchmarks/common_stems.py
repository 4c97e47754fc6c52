"""Which words do writers add to what a source says? Write the list that the evidence check weighs missing words by.

    python -m benchmarks.common_stems ../shared/grounding > enrich/check/facts/common_stems.txt

Reads the 800 answers and 150 summaries (not their labels) and counts, stem by stem, in how many of them a word stands
that the source has nowhere: such words (*additional*, *typically*, *ensure*) tell little of an invention.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.grounding_cases import Case, read_cases
from enrich.check.facts.stems import is_function_word, stem
from enrich.text.words import split_words

FROM = (25, 12, 6, 3)
"""A line of the file: stems that at least so many texts add, and fewer than the line before asks for."""


def added_stems(cases: Iterable[Case]) -> Counter[str]:
    """Stem of a plain word -> in how many of the texts it stands though the source has it nowhere."""
    return Counter(added for case in cases for added in _stems(case["response"]) - _stems(case["source"]))


def _stems(text: str) -> set[str]:
    words = (word.text for word in split_words(text) if not is_function_word(word.text))
    return {short for short in map(stem, words) if len(short) > 1 and short.isascii() and short.isalpha()}


def lines(counts: Counter[str], texts: int) -> Sequence[str]:
    """The file: a comment, and a line for each step of `FROM`."""
    bounds = zip(FROM, (texts + 1, *FROM), strict=False)
    steps = ", ".join(f"{low} to {high - 1}" for low, high in zip(FROM[1:], FROM, strict=False))
    comment = f"# Stems by how many of {texts} texts add them to their source: {FROM[0]} and more, {steps}."
    return [comment, *(" ".join(sorted(s for s, n in counts.items() if low <= n < high)) for low, high in bounds)]


def main() -> None:
    """Print the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    cases = [case for name in ("qa", "news") for case in read_cases(folder / f"{name}.train.jsonl")]
    print("\n".join(lines(added_stems(cases), len(cases))))


if __name__ == "__main__":
    main()
