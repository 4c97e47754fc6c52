"""Which language a text is in, as far as the checks need to know: by script, letters and function words."""

from collections import Counter
from collections.abc import Mapping

from enrich.text.words import split_words, word_set

_KANA, _HAN, _HANGUL = ("\u3041", "\u30fa"), ("\u3400", "\u9fff"), ("\uac00", "\ud7a3")
_VIETNAMESE = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_MARKERS = {
    "en": word_set("the of and to in is that for it was on are with as by this from have be or which an not"),
    "de": word_set("der die das und nicht ein eine ist mit von zu im auf für den dem des sich auch wird als oder"),
    "fr": word_set("le la les des une est dans pour que qui sur avec pas du au aux ce sont par plus"),
    "es": word_set("el los las una es en que por con para del se al lo como más su son fue"),
}
_ENOUGH = 0.08
"""Function words of a language among all words of a text in it: far more than this, in running text."""
_READ = 2000
"""Characters that are looked at: more change nothing."""


def guess_language(text: str) -> str:
    """`en`, `de`, `fr`, `es`, `vi`, `zh`, `ja` or `ko`; empty when the text is too short or something else."""
    text = text[:_READ]
    counts = Counter(text.casefold())
    letters = sum(count for character, count in counts.items() if character.isalpha())
    if not letters:
        return ""
    if script := _by_script(counts, letters):
        return script
    words = Counter(word.text.casefold() for word in split_words(text))
    total = words.total()
    shares = {language: sum(words[marker] for marker in markers) / total for language, markers in _MARKERS.items()}
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] > _ENOUGH else ""


def _by_script(counts: Mapping[str, int], letters: int) -> str:
    """The language that the letters show; empty where they are Latin without the accents of one."""
    if _between(counts, *_KANA) > 0.1 * letters:
        return "ja"
    if _between(counts, *_HAN) > 0.2 * letters:
        return "zh"
    if _between(counts, *_HANGUL) > 0.2 * letters:
        return "ko"
    accented = sum(count for character, count in counts.items() if character in _VIETNAMESE)
    return "vi" if accented > 0.08 * letters else ""


def _between(counts: Mapping[str, int], first: str, last: str) -> int:
    return sum(count for character, count in counts.items() if first <= character <= last)


def differ(first: str, second: str) -> bool:
    """Whether two languages are known and not the same."""
    return bool(first and second) and first.split("-")[0] != second.split("-")[0]
