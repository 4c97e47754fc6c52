"""Statements: the sentences of an article that can be quoted as they are, whole and on their own."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from enrich.llm.extractive.lexicon import Lexicon
from enrich.text.pattern import lazy_pattern
from enrich.text.sentences import split_sentences
from enrich.text.words import count_words

MOST_CHARACTERS = 40_000
"""The beginning of an article says what it is about; the rest is not read."""
MOST_SENTENCES = 400
"""By hand, a bound of time: the longest of twelve real pages (`benchmarks.articles`) has 184."""
LONGEST = 420
"""Characters of a sentence that anybody would quote."""
FEWEST_WORDS, FEWEST_UNSPACED = 5, 9
"""Words of a statement, and characters where words are not spaced. By hand: what is shorter is a label or an
exclamation."""

_PARAGRAPH = lazy_pattern(r"\n\s*\n|\n")
SPEECH = lazy_pattern('["“”„«»「」『』]')
_NAMED = lazy_pattern(
    r'["“„«「『](?=[^\W\d_])[^\s"“”„«»「」『』.,;:!?]{1,30}(?: [^\s"“”„«»「」『』.,;:!?]{1,30}){0,3}["”“»」』]'
)
"""A term in quotation marks: it says nothing of its own."""
_MARKUP = r"[*#<>|`{}\\~=\[\]^_@\u2026\u0000-\u001f]|\.\.\.|->|::|%%|&#?\w+;"
_UNSEEN = "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
_PICTURES = "[\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_FOREIGN = lazy_pattern(rf"{_MARKUP}|{_UNSEEN}|{_PICTURES}|https?:\S*|www\.\S*|\w\.(?:com|org|net)\b", re.IGNORECASE)
"""What could be markup, an address or an omission: a quotation has to come out of the note as it went in."""
_BREAK = lazy_pattern(r"\w ?(?:…|\.\.\.)\s?\w")
_END = lazy_pattern(r"(?<![.!?。！？…])[.。]\Z")
_TWO_WORDS = r"[A-ZÀ-Þ][\w.'’/&-]{0,24}(?:[ ][A-ZÀ-Þ][\w.'’/&-]{0,24}){0,3}"
_DATELINE = lazy_pattern(
    rf"""(?:
    \([^()\n]{{2,40}}\)\s*(?:[.:–—-]\s*){{0,2}}                          # (CNN)
    |{_TWO_WORDS}(?:,[^()\n–—:]{{1,30}})?\s*\([^()\n]{{2,40}}\)\s*(?:[.:–—-]\s*){{1,2}}  # Paris (AFP) -
    |{_TWO_WORDS}(?:,[^()\n–—:;.]{{1,30}}\.?)?\s*(?:\s--?\s|[–—])\s*   # OSLO, Norway —
    |{_TWO_WORDS},\s{_TWO_WORDS}:\s                                          # Oslo, Norway:
    |[A-Z][A-Z./ ]{{2,30}}:\s                                                # OSLO:
    |【[^】\n]{{1,20}}】|[^\s，。]{{1,16}}\d日(?:电|讯|消息)?(?:（[^）\n]{{1,20}}）|[，,\s])|（[^）\n]{{2,20}}）
    )\s*""",
    re.VERBOSE,
)
_BYLINE = lazy_pattern(
    r"(?:By|Von|Par|Por|Text|Autor|Bởi|Theo|文|作者|记者|编辑)[ ：:/|／]\s*[^a-zß-ÿ\s]\S*(?:\s[^a-z\s]\S*){0,4}[.。]?\Z"
)
_LABEL = lazy_pattern(r"[^\s:：]{1,20}(?: [^\s:：]{1,20}){0,2}[:：](?!\d)")
_TIME = lazy_pattern(r"\d[^.]{0,22}:\s")
_SPELLED = lazy_pattern(r"[^\W\d_]{2,}")


def find_statements(text: str, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """(its place among the sentences, statement without its full stop), in order."""
    place = 0
    for paragraph in _PARAGRAPH.split(text):
        marks = [found.start() for found in SPEECH.finditer(paragraph)]
        for span in split_sentences(paragraph):
            is_spoken = bisect_left(marks, span.start) % 2 == 1  # a quotation that began before it goes on
            statement = None if is_spoken else read_statement(span.of(paragraph), lexicon)
            if statement:
                yield place, statement
            place += 1
            if place == MOST_SENTENCES:
                return


def read_statement(sentence: str, lexicon: Lexicon) -> str | None:
    """The sentence without dateline and full stop; None when it is no statement that stands on its own."""
    if len(sentence) > LONGEST or not _END.search(sentence) or _FOREIGN.search(sentence):
        return None
    if SPEECH.search(_NAMED.sub("", sentence)):
        return None
    dateline = _DATELINE.match(sentence)
    text = sentence[dateline.end() if dateline else 0 :]
    bare = text if re.search(r"(?<!\w)\w\.\Z", text) else _END.sub("", text)
    return bare if _opens(bare, lexicon) and _is_whole(bare, lexicon) else None


def quotable(headline: str) -> str:
    """The headline, or its longest part that comes out of a note as it went in; empty for one that breaks off."""
    parts = (part.strip(" .。-–—:") for part in _FOREIGN.split(headline))
    return "" if _BREAK.search(headline) else max(parts, key=len)


def _opens(text: str, lexicon: Lexicon) -> bool:
    """Whether it opens as a sentence does, and not with a label, a name of its writer or what leans on another one."""
    first = text[:1]
    if not first or first.islower() or not (first.isalnum() or first in "$€£¥¿"):
        return False
    return not (lexicon.leaning.match(text) or _LABEL.match(text) or _TIME.match(text) or _BYLINE.match(text))


def _is_whole(text: str, lexicon: Lexicon) -> bool:
    fewest = FEWEST_WORDS if lexicon.spaced else FEWEST_UNSPACED
    spelled = len(_SPELLED.findall(text)) if lexicon.spaced else len(text)
    if min(count_words(text), spelled) < fewest or lexicon.notice.search(text):
        return False
    paired = all(text.count(one) == text.count(other) for one, other in ("()", "（）", "《》"))
    return paired and len(split_sentences(f"{text}.")) == 1
