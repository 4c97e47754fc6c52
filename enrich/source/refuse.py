"""Pages that look like an answer and are none: walls, shells, error pages, stubs.

Being short alone proves nothing: most pages of less than 100 words are short news. So a page of 40 words or more is
refused only for a second sign; below 40 there is nothing to draft from.
"""

import re
from collections.abc import Callable

from msgspec import Struct

from enrich.errors import SourceError
from enrich.source.paywall import (
    BOT_CHECK,
    BOT_TITLE,
    CONSENT,
    ERROR_TEXT,
    ERROR_TITLE,
    LOGIN_TITLE,
    MEMBERS_ONLY,
    NEEDS_SCRIPTS,
    WITHHELD,
)
from enrich.source.reading import Reading
from enrich.source.title import split_title
from enrich.text.count import counted
from enrich.text.normal import normalise
from enrich.text.quoted import quote
from enrich.text.words import count_words

THIN = 40
"""Words of article text below which nothing can be drafted."""
_SHORT = 150
"""Words below which a sign of a wall is believed."""
_READABLE_SHARE = 0.6
"""Share of the words that a page says it has, which must be there. By hand: what is counted differs; fixtures/pages are
judged alike from .3 to .8."""
_OTHERWISE = 60
"""Words of paragraphs that say nothing of a wall from which a page is an article about walls."""
_BOXES = 5
"""Boxes leading to other pages from which a page can be a list of them."""
_BOXED = 0.6
"""Share of the words in such boxes from which it is one. By hand; fixtures/pages are judged alike from .2 to .8."""
_BEGINNING = 400
"""Characters below the headline in which an error page says that it is one, before it offers other articles."""

_SAVE = "save the page in your browser and pass it with --html FILE, or its text with --text FILE"
_WITH_ACCESS = f"if you have access, {_SAVE}"


def refuse_unusable(reading: Reading, words: int, url: str) -> None:
    """Raise `SourceError` when a page holds no article to draft from; ``words`` is the length of its text."""
    case = _Case(reading, words)
    for judge in _JUDGES:
        reason = judge(case)
        if reason:
            raise SourceError(f"{quote(url)}: {reason}")


class _Case(Struct, frozen=True):
    reading: Reading
    words: int

    @property
    def short(self) -> bool:
        return self.words < _SHORT

    @property
    def evidence(self) -> str:
        """Where a wall's words are looked for: in the article, or in the whole page when there is no article."""
        text = "\n".join(self.reading.paragraphs)
        return normalise(f"{text}\n{self.reading.title}" if self.words >= THIN else self.everything)

    def says(self, *signs: re.Pattern[str]) -> int:
        """How many of a wall's signs the page holds; none when it goes on to speak of other things."""
        apart = [text for text in self.reading.paragraphs if not any(sign.search(normalise(text)) for sign in signs)]
        if sum(map(count_words, apart)) >= _OTHERWISE and not self.is_listing:
            return 0
        return sum(1 for sign in signs if sign.search(self.evidence))

    @property
    def below(self) -> str:
        """What a reader sees from the headline on."""
        return normalise(self.reading.below or self.reading.shown)

    @property
    def titles(self) -> list[str]:
        """What the page calls itself, the parts of its title one by one."""
        signals = self.reading.signals
        parts = [part for pair in split_title(signals.document_title) for part in pair]
        titles = (self.reading.title, signals.heading, signals.document_title, *parts)
        return [normalise(title) for title in titles if title]

    @property
    def is_listing(self) -> bool:
        """Whether most of what was found are teasers of other pages."""
        return self.reading.boxes >= _BOXES and (self.reading.boxed >= _BOXED or self.words < THIN)

    @property
    def everything(self) -> str:
        signals = self.reading.signals
        return normalise("\n".join((self.reading.shown, signals.document_title, signals.heading)))


def _judge_error_page(case: _Case) -> str:
    named = any(map(ERROR_TITLE.fullmatch, case.titles))
    begins = case.is_listing and ERROR_TEXT.search(case.below[:_BEGINNING])
    if named or begins or (case.short and case.says(ERROR_TEXT)):
        return "is an error page that its server does not call one; check the address"
    return ""


def _judge_bot_check(case: _Case) -> str:
    named = case.words < 2 * _SHORT and any(map(BOT_TITLE.fullmatch, case.titles))
    if named or (case.short and case.says(BOT_CHECK)):
        return f"turns programs away, or asks its reader to prove to be human; {_SAVE}"
    return ""


def _judge_empty_shell(case: _Case) -> str:
    signals = case.reading.signals
    asks = case.says(NEEDS_SCRIPTS) or (case.words < THIN and NEEDS_SCRIPTS.search(signals.without_scripts))
    bare = signals.scripts > 0 and len(case.reading.shown.split()) < THIN // 2 and case.words < THIN // 2
    if (case.short and asks) or (bare and not signals.needs_password and not signals.forwards_to):
        return f"shows its text only after running JavaScript; {_SAVE}"
    return ""


def _judge_consent_wall(case: _Case) -> str:
    signs = case.says(*CONSENT)
    if (case.short and signs >= 3) or (case.words < 3 * _SHORT and signs >= 6):
        return f"asks for consent to cookies first; accept or reject them in your browser, then {_SAVE}"
    return ""


def _judge_members_wall(case: _Case) -> str:
    signals = case.reading.signals
    walled = case.short and MEMBERS_ONLY.search(case.below) and not (signals.free and case.words >= THIN)
    named = case.short and any(map(LOGIN_TITLE.fullmatch, case.titles[:2]))
    if walled or named or (case.words < THIN and signals.needs_password):
        return f"needs a login or a subscription ({_readable(case)}); {_WITH_ACCESS}"
    return ""


def _judge_paywall(case: _Case) -> str:
    signals = case.reading.signals
    stated = signals.stated_words
    characters = sum(map(len, case.reading.paragraphs))
    counts_characters = _READABLE_SHARE * stated <= characters <= stated / _READABLE_SHARE
    if signals.locked and case.short:
        return f"is behind a paywall ({_readable(case)}); {_WITH_ACCESS}"
    if case.words < _READABLE_SHARE * stated and not counts_characters:
        return f"can be read only in part ({_readable(case)}); {_WITH_ACCESS}"
    return ""


def _judge_video(case: _Case) -> str:
    if case.short and case.reading.signals.media.startswith(("video", "music")):
        return f"is a video or audio page ({_readable(case)}); pass its transcript with --text FILE"
    return ""


def _judge_listing(case: _Case) -> str:
    if case.is_listing:
        return "is a list of articles, not one; pass the address of one of them"
    return ""


def _judge_region(case: _Case) -> str:
    if case.short and (any(map(WITHHELD.fullmatch, case.titles)) or case.says(WITHHELD)):
        return f"is withheld where you are; if you can read it, {_SAVE}"
    return ""


def _judge_forwarding(case: _Case) -> str:
    if case.words < THIN and case.reading.signals.forwards_to:
        return f"only forwards to {case.reading.signals.forwards_to}; pass that address"
    return ""


def _judge_length(case: _Case) -> str:
    if case.words < THIN and case.reading.signals.media.startswith(("product", "og:product")):
        return f"is a product page with too little text to draft from ({_readable(case)}); {_SAVE}"
    if case.words < THIN:
        return f"holds too little text to draft from ({_readable(case)}); {_SAVE}"
    return ""


def _readable(case: _Case) -> str:
    stated = case.reading.signals.stated_words
    count = counted(case.words, "word")
    return f"{count} of {stated:,} can be read" if stated > case.words else f"{count} can be read"


_JUDGES: tuple[Callable[[_Case], str], ...] = (
    _judge_bot_check,
    _judge_region,
    _judge_error_page,
    _judge_forwarding,
    _judge_consent_wall,
    _judge_paywall,
    _judge_members_wall,
    _judge_video,
    _judge_empty_shell,
    _judge_listing,
    _judge_length,
)
