"""Words of Chinese and Japanese, which are written without spaces: 京都 is no word of 東京都.

The boundaries are those of BudouX's models; import it only for texts in these scripts.
"""

from functools import cache, lru_cache
from typing import Protocol

from enrich.text.pattern import lazy_pattern

UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_STARTS = lazy_pattern(f"[{UNSPACED}]")
_HAN = lazy_pattern("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]*")
_KANA = lazy_pattern("[\u3040-\u30ff]")
_END = lazy_pattern(r"[^\w]")
_FAR = 60
"""Characters on both sides that are read to find the words: a bound of time."""


_LONG = 3
"""Characters; what is longer stands nowhere by accident, and the models often take it apart: of 725 links in Chinese
prose of one vault 107 would be refused without this bound, 21 with it.
"""


class Parser(Protocol):
    """What is asked of a model."""

    def parse(self, sentence: str) -> list[str]:
        """The words, or phrases, of a sentence in order."""


def is_part_of_unspaced_word(text: str, start: int, end: int) -> bool:
    """Whether characters beside the name belong to the same word; False in scripts with spaces."""
    if end - start > _LONG or not (_STARTS.match(text, start) or _STARTS.match(text, end - 1)):
        return False
    low = max([max(0, start - _FAR), *(found.end() for found in _END.finditer(text, max(0, start - _FAR), start))])
    after = _END.search(text, end, min(len(text), end + _FAR))
    sentence = text[low : after.start() if after else end + _FAR]
    bounds = _bounds_of(sentence, is_japanese := _is_japanese(text))
    if start - low not in bounds:
        return True
    if not is_japanese:
        return end - low not in bounds
    rest = min(bound for bound in bounds if bound >= end - low) - (end - low)
    tail = _HAN.match(text, end, end + rest)
    return tail is not None and len(tail.group()) == 1  # 京都市, 日本人; two characters are a word of their own


@lru_cache(maxsize=4)
def _is_japanese(text: str) -> bool:
    """Whether there is a kana in it: asked for each name of a note, so a text is searched once."""
    return _KANA.search(text) is not None


@lru_cache(maxsize=1_000)
def _bounds_of(sentence: str, is_japanese: bool) -> frozenset[int]:
    bounds = [0]
    for word in _parser(is_japanese).parse(sentence):
        bounds.append(bounds[-1] + len(word))
    return frozenset(bounds)


@cache
def _parser(is_japanese: bool) -> Parser:
    import budoux

    made: Parser = (
        budoux.load_default_japanese_parser() if is_japanese else budoux.load_default_simplified_chinese_parser()
    )
    return made
