"""Excerpts: pieces of a sentence that can be quoted on their own, word for word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from enrich.llm.extractive.lexicon import Lexicon
from enrich.text.sentences import split_sentences
from enrich.text.words import count_words

Limits = tuple[int, int]

LONGEST_PHRASE = 12
"""Words of an introductory phrase; what is longer is more than that."""
LONGEST_SENTENCE, MOST_PAUSES = 1_000, 12
"""Characters of a sentence that is quoted from, and pauses of it at which a piece is begun, and ended behind its
beginning: what has more is a list or no prose, and every beginning is tried with every end."""
LONGEST_SUBJECT = 9
"""Words that may stand outside of the quotation marks: a run that is longer would be copying."""

_DATELINE = re.compile(
    r"\A(?:\([^()]{2,30}\)|[A-Z][\w.,/ ]{1,50}(?:\([^()]{2,30}\))?)\s*[—–]\s+|\A\([^()]{2,30}\)\s*-\s+"
)
_FORBIDDEN = re.compile(
    r"""["“”„‟«»「」『』《》!?！？*#<>|`{}\\~=\[\]^_@\n…]|\.\.\.|https?:|www\.|\b(?:said|says|added|told),"""
    r"""|\b(?:he|she|they|it) (?:said|says|added)\b|, (?:[\w.’'-]+ ){1,4}(?:said|says|told|wrote)\b"""
)
_OPENS_CLAUSE = re.compile(r"[,;]\s+(?:[a-z]+\s+){0,3}\Z|, (?:which|who|or)\b")
"""A verb right behind a comma, or behind *which*, is not the subject's."""
_NO_STATEMENT = re.compile(
    r"\A[^,]*, (?:which|who|whose|where)\b[^,]*\Z|\A[^,]{1,60}, (?:\w+ed|is|was|were|are|has|have|had|will)\b"
)
"""A subject with a clause about it that nothing follows, or the end of a clause that began before."""
_END = re.compile(r"(?<![\s.,;:。，；：、—–-])[\s.,;:。，；：、—–-]++\Z")
_ABBREVIATION = re.compile(r"\b(?:Inc|Corp|Co|Ltd|U\.S|U\.K|a\.m|p\.m|Jr|Sr)\Z")
_PAUSE = re.compile(r"[,;:，；：]\s*+|(?<!\s)\s++[—–-]\s++|—")
_STATED = re.compile(r"\A[^,;]{0,60}\b(announced|confirmed|according to)\b")
_CAPITALISED = re.compile(r"(?<=[\w,] )[A-Z]\w+")
_APPOSITION = re.compile(r"\A(?:a|an|one|part) [^,;]{3,80}\b(?:that|which|who)\b")
_TIME_TAIL = re.compile(
    r" (?:in|since|by|over|during|for|on|until)(?: the)? (?:last|past|recent|coming|next|this|first|second|third|fourth"
    r"|early|late|mid|end|\d{4}|[A-Z][a-z]+ \d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^,;]{0,30}\Z"
)
_JOINT = re.compile(r"(?:but|while|because|although|since|yet|and) (?=the |a |an |its |[A-Z])")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True)
class Excerpt:
    """Words of a sentence that make a statement."""

    before: str
    """The subject as far as it stands before the quotation mark, with the space behind it."""
    quote: str
    """Verbatim, without the full stop."""
    evidence: str
    """Both together as the source has them."""
    whole: bool
    """It is the sentence to its end."""

    @property
    def words(self) -> int:
        """Of both together."""
        return count_words(f"{self.before}{self.quote}")

    def __str__(self) -> str:
        return f'{self.before}"{self.quote}"'


def find_excerpts(
    sentence: str, lexicon: Lexicon, limits: Limits, common: frozenset[str], *, inner: bool = False
) -> list[Excerpt]:
    """Pieces of ``sentence`` with a number of words within ``limits``, the best first.

    ``common`` are words that the article also writes in lower case. With ``inner``, clauses behind a pause count too.
    """
    if len(sentence) > LONGEST_SENTENCE:
        return []
    found: list[tuple[bool, int, int, Excerpt]] = []
    # What begins with its subject reads best, so the last start comes first.
    for place, start in enumerate(reversed(_starts(sentence, lexicon, inner))):
        for end, whole in _ends(sentence, start, lexicon):
            excerpt = _make(sentence[start:end], whole, lexicon, common)
            if limits[0] <= excerpt.words <= limits[1] and _stands_alone(excerpt, lexicon):
                found.append((not whole, place, -excerpt.words, excerpt))
    return [excerpt for *_, excerpt in sorted(found, key=lambda row: row[:3])]


def find_phrases(sentence: str, lexicon: Lexicon, limits: Limits) -> list[str]:
    """Stretches of ``sentence`` without a verb that name a risk, the longest first; none where verbs are not told."""
    words = list(_WORD.finditer(sentence)) if lexicon.verbs and len(sentence) <= LONGEST_SENTENCE else []
    stretches: list[list[re.Match[str]]] = [[]]
    for word in words:
        breaks = stretches[-1] and sentence[stretches[-1][-1].end() : word.start()] != " "
        if breaks or _is_verb(word.group(), lexicon) or word.group() in lexicon.phrase_ends:
            stretches.append([])
        if not _is_verb(word.group(), lexicon) and word.group() not in lexicon.phrase_ends:
            stretches[-1].append(word)
    trimmed = [run for run in (_trim(run, lexicon) for run in stretches) if run]
    texts = [sentence[_with_sign(sentence, run[0].start()) : run[-1].end()] for run in trimmed]
    sound = [text for text in texts if not (_FORBIDDEN.search(text) or _ABBREVIATION.search(text))]
    sound = [text for text in sound if not is_personal(text, lexicon)]
    fitting = [text for text in sound if limits[0] <= count_words(text) <= limits[1] and find_risk(text, lexicon)]
    return sorted(fitting, key=count_words, reverse=True)


def _with_sign(sentence: str, start: int) -> int:
    """A currency sign belongs to the number behind it."""
    return start - 1 if start and sentence[start - 1] in "$€£¥" else start


def _trim(run: list[re.Match[str]], lexicon: Lexicon) -> list[re.Match[str]]:
    """Without small words at its ends, an opening *the* or *a* excepted."""
    small = (lexicon.stop | lexicon.introductory) - lexicon.determiners
    while run and run[0].group().lower() in small:
        run = run[1:]
    while run and run[-1].group().lower() in lexicon.stop:
        run = run[:-1]
    return run


def is_weak(sentence: str, lexicon: Lexicon) -> bool:
    """Whether a sentence opens with a word that only the sentence before explains."""
    return _first_word(sentence, lexicon) in lexicon.weak | lexicon.drop


def is_personal(text: str, lexicon: Lexicon) -> bool:
    """Whether the source's writer or speaker says *I*, *we* or *you*."""
    if not lexicon.spaced:
        return any(character in lexicon.first_person for character in text)
    # The US is no pronoun.
    return any(word.lower() in lexicon.first_person and word != "US" for word in _WORD.findall(text.replace("’", "'")))


def find_risk(text: str, lexicon: Lexicon) -> int:
    """How many different words of ``text`` speak of cost, danger or dispute."""
    # Inside of a sentence, a capital makes a name of it: the Volatiles Investigating Rover. German says nothing by it.
    bare = text if lexicon.language == "de" else _CAPITALISED.sub(" ", text)
    return len(set(lexicon.risk.findall(bare.lower())))


def shows_doubt(text: str, lexicon: Lexicon) -> int:
    """How many words of ``text`` deny, limit or leave open."""
    return sum(word.lower() in lexicon.doubt or word.endswith("n't") for word in _WORD.findall(text.replace("’", "'")))


def opens_indirectly(sentence: str, lexicon: Lexicon) -> bool:
    """Whether something else than the subject opens the sentence: *After the vote, …*."""
    return _first_word(sentence, lexicon) in lexicon.introductory


def _starts(sentence: str, lexicon: Lexicon, inner: bool) -> list[int]:
    """The opening, what follows an introductory phrase, and inner clauses that name their subject."""
    opening = _opening(sentence, lexicon)
    starts = [] if is_weak(sentence[opening:], lexicon) else [opening]
    introduced = opens_indirectly(sentence[opening:], lexicon)
    for number, pause in enumerate(islice(_PAUSE.finditer(sentence, opening), MOST_PAUSES)):
        joint = _JOINT.match(sentence, pause.end())
        start = joint.end() if joint else pause.end()
        is_phrase = count_words(sentence[opening : pause.start()]) <= LONGEST_PHRASE
        behind_phrase = introduced and number == 0 and is_phrase and pause.group().startswith(",")
        clause = inner and (joint or pause.group().strip() in {";", "；"} or lexicon.cut_at_any_comma)
        said_by_another = _ends_open(sentence[: pause.start()], lexicon)
        if (behind_phrase or clause) and not said_by_another and not is_weak(sentence[start:], lexicon):
            starts.append(start)
    return starts


def _opening(sentence: str, lexicon: Lexicon) -> int:
    """Where to begin: behind a dateline and behind words that lead back to the sentence before."""
    dateline = _DATELINE.match(sentence)
    start = dateline.end() if dateline else 0
    while (word := _WORD.match(sentence, start)) and word.group().lower() in lexicon.drop:
        rest = sentence[word.end() :]
        start = word.end() + len(rest) - len(rest.lstrip(" ,"))
    return start


def _ends(sentence: str, start: int, lexicon: Lexicon) -> Iterator[tuple[int, bool]]:
    """Where a piece may end: at the end, or where the rest only adds to it."""
    yield len(sentence), True
    for pause in islice(_PAUSE.finditer(sentence, start), MOST_PAUSES):
        rest = sentence[pause.end() :]
        word = _first_word(rest, lexicon)
        if not rest or word in lexicon.never_before:
            continue
        ends_clause = pause.group().strip() in {";", "；"} or lexicon.cut_at_any_comma
        is_addition = word in lexicon.cut_before or word.endswith(lexicon.adding_endings)
        if ends_clause or is_addition or _STATED.match(rest) or _APPOSITION.match(rest):
            yield pause.start(), False
    if lexicon.cut_inside:
        cuts = (
            word.start()
            for last, word in pairwise(_WORD.finditer(sentence, start))
            if word.group() in lexicon.cut_inside and last.group().lower() not in lexicon.not_after
        )
        inside = islice(cuts, MOST_PAUSES)
        tail = _TIME_TAIL.search(_END.sub("", sentence), start)
        yield from ((end, False) for end in (*inside, *([tail.start()] if tail else ())))


def _first_word(text: str, lexicon: Lexicon) -> str:
    if not lexicon.spaced:
        return text[:1]
    word = _WORD.search(text)
    return re.split("['’]", word.group().lower())[0] if word else ""


def _make(piece: str, whole: bool, lexicon: Lexicon, common: frozenset[str]) -> Excerpt:
    text = _END.sub("", piece)
    text += "." if _ABBREVIATION.search(text) else ""
    subject = _subject(text, lexicon)
    before, quote = text[:subject], text[subject:]
    word = _WORD.match(before)
    if word and (word.group().lower() in lexicon.stop or word.group().lower() in common) and word.group() != "I":
        before = before[0].lower() + before[1:]
    return Excerpt(before.removesuffix("also "), quote, text, whole)


def _subject(text: str, lexicon: Lexicon) -> int:
    """How many characters stand before the verb; where no verb is told, how many an opening *the* or *a* takes."""
    if not lexicon.outside:
        return 0
    words = list(_WORD.finditer(text))
    first = words[0].group().lower() if words else ""
    if first not in lexicon.introductory:
        for word in words[1 : LONGEST_SUBJECT + 1]:
            if _is_verb(word.group(), lexicon):
                return word.start() if not _OPENS_CLAUSE.search(text[: word.start()]) else 0
    return words[0].end() + 1 if first in lexicon.determiners else 0


def _is_verb(word: str, lexicon: Lexicon) -> bool:
    """Only in lower case: the *Cut* of *Final Cut Pro* is none."""
    return word.islower() and (word in lexicon.verbs or (len(word) > 4 and word.endswith(lexicon.verb_endings)))


def _ends_open(text: str, lexicon: Lexicon) -> bool:
    """Whether the last word wants another one behind it."""
    if not lexicon.spaced:
        return text.endswith(lexicon.never_end)
    return bool(text) and text.rsplit(" ", 1)[-1].lower() in lexicon.never_end


def _stands_alone(excerpt: Excerpt, lexicon: Lexicon) -> bool:
    text = excerpt.evidence
    if _FORBIDDEN.search(text) or _NO_STATEMENT.match(text):
        return False
    if _ends_open(excerpt.quote, lexicon):
        return False
    if any(text.count(one) != text.count(other) for one, other in ("()", "（）")):
        return False
    if excerpt.quote.count("(") != excerpt.quote.count(")") or is_personal(text, lexicon):
        return False
    if len(split_sentences(f"{text}.")) != 1 or not 3 <= count_words(excerpt.quote) <= lexicon.longest_quote:
        return False
    return not lexicon.verbs or any(_is_verb(word, lexicon) for word in _WORD.findall(text))
