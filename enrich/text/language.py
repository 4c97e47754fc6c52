"""Which language a text is in: one guesser for all of the product, over `py3langid`'s model."""

import re
from collections.abc import Iterable
from functools import cache
from threading import Lock
from typing import Any

from enrich.text.pattern import lazy_pattern
from enrich.text.stop_words import is_written_in

_TAG = lazy_pattern(r"\s*([a-z]{2,3})(?![a-z])", re.I)
_SAMPLE = 4_000
"""Characters that are looked at: more change nothing."""
_SURE = 0.5
"""The probability from which a guess is one."""
_CONTENDS = 0.1
"""A declared language as likely as this share of the best guess is believed: near relatives are easily mistaken."""
_KNOWN = """
af ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt
lv mk ml mn mr ms my ne nl nn no or pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh zu
"""
"""Languages that news is written in, of the model's 140: the others cost short texts their right answer."""
_FIRST_GUESS = "en"
"""What a text without a declaration is asked for first: it has no near relatives."""
_OTHER_NAMES = {"nb": "no", "iw": "he", "in": "id", "cmn": "zh", "fil": "tl"}


def guess_language(text: str) -> str:
    """The primary tag of the language (`en`); empty when the text is too short or too mixed to say."""
    return choose_language(text, ())


def choose_language(text: str, declared: Iterable[str]) -> str:
    """The primary tag of the language of ``text``, empty when unknown; ``declared`` are statements about it.

    The text decides: sites that translate a template forget its ``lang="en"``. A declaration counts where the text
    says too little, and between languages that are nearly as likely.
    """
    tags = [match[1].lower() for match in map(_TAG.match, declared) if match]
    first = tags[0] if tags else _FIRST_GUESS
    if is_written_in(first, text[:_SAMPLE]):
        return first  # most texts: the guesser, whose model takes half a second to read, would say the same
    likely = rank_languages(text)
    if not likely or likely[0][1] < _SURE:
        return tags[0] if tags else ""
    best, chance = likely[0]
    contenders = {name for name, other in likely if other >= _CONTENDS * chance}
    return next((tag for tag in tags if _OTHER_NAMES.get(tag, tag) in contenders), best)


def differ(first: str, second: str) -> bool:
    """Whether two languages are known and not the same."""
    return bool(first and second) and first.split("-")[0] != second.split("-")[0]


def rank_languages(text: str) -> list[tuple[str, float]]:
    """Languages with their probabilities, the likeliest first; none for a text without letters."""
    sample = text[:_SAMPLE]
    if not any(map(str.isalpha, sample)):
        return []
    ranked: list[tuple[str, float]] = read_model().rank(sample)
    return ranked


def read_model() -> Any:
    """The guesser with its model: before the first text that it must guess, in a process that will be forked."""
    with _turn:  # of threads that ask at once, each would read the model for itself
        return _identifier()


def is_model_read() -> bool:
    """Whether a text had to be guessed in this process."""
    return _identifier.cache_info().currsize > 0


_turn = Lock()


@cache
def _identifier() -> Any:
    """The model; reading it takes half a second, so only who must guess pays."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_KNOWN.split())
    return identifier
