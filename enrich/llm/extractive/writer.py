"""Sections without a model: each row of the section table gets what its shape and its limits ask for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from enrich.llm.extractive.article import Article, Sentence
from enrich.llm.extractive.braid import braid
from enrich.llm.extractive.excerpt import (
    Excerpt,
    find_excerpts,
    find_phrases,
    find_risk,
    opens_indirectly,
    shows_doubt,
)
from enrich.llm.extractive.head import choose_keywords, choose_topics, find_name, make_title, named_topics
from enrich.text.words import count_words
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import Limits, NoteType, SectionType

SHORTEST_QUOTE = 5
MOST_WORDS = 40

REPORTED = ("{site} reported {quote}.", "It added {quote}.", "It also said {quote}.")
DESCRIBED = ("According to the report, {quote}.", "It also said {quote}.", "It added {quote}.")
NOTED = (
    "The report notes {quote}.",
    "The report points out {quote}.",
    "The report adds {quote}.",
    "The report says {quote}.",
)
MENTIONED = (
    "The report speaks of {quote}.",
    "The report also mentions {quote}.",
    "The report raises {quote} as well.",
)
LEFT_OPEN = (
    "The report leaves open who would bear the cost.",
    "The report leaves open how long this could last.",
    "The report leaves open what happens if plans change.",
    "The report leaves open what comes after the first steps.",
)
"""Where a source has too few sentences to quote."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Picked:
    """A sentence of the source and the piece of it that is quoted."""

    sentence: Sentence
    excerpt: Excerpt


class Writer:
    """Writes one answer. It remembers what it quoted, so that no sentence is used twice."""

    def __init__(
        self, article: Article, candidates: Sequence[Candidate], note_type: NoteType, known_tags: Sequence[str]
    ) -> None:
        self.article, self.candidates, self.note_type = article, candidates, note_type
        self.topics = choose_topics(article, candidates, known_tags, note_type)
        self._used: set[int] = set()
        self._common = frozenset(
            word
            for sentence in article.sentences
            for word in sentence.text.split()
            if word.isalpha() and word.islower()
        )

    def write(self) -> dict[str, Any]:
        """Title, topics, keywords, description and the sections that a model would write, by their keys."""
        title = make_title(self.article, self.topics, self.note_type)
        description = self._description()
        return {
            "title": title,
            "topics": self.topics,
            "keywords": choose_keywords(self.article, title, self.topics, self.note_type),
            "description": description,
            **{section.key: self._section(section) for section in self.note_type.written_by_model},
        }

    def _section(self, section: SectionType) -> dict[str, Any]:
        may_link = section.wikilinks is None or section.wikilinks[1] > 0
        if section.shape == "question":
            return self._question(section)
        if section.shape == "paragraph":
            rows = self._paragraph(section)
            return {"sentences": [row | {"link": None} for row in rows] if may_link else rows}
        if may_link and self.candidates:
            return {"bullets": braid(section, self.article, self.candidates, self.topics)}
        rows = self._bullets(section)
        return {"bullets": [row | {"link": None} for row in rows] if may_link else rows}

    def _paragraph(self, section: SectionType) -> list[Row]:
        """Quotes until the paragraph is as long as the type wants it."""
        frames, liking = (REPORTED, self._newsy) if section.citation else (DESCRIBED, self._factual)
        aim, hard = section.aim or section.words, section.words
        label = count_words(self.article.source.site) if section.citation else 0
        rows: list[Row] = []
        spent = label
        for frame in frames[: section.items[1]]:
            if spent - label and (spent >= aim[0] or aim[1] - spent < SHORTEST_QUOTE):
                break
            first = (8, _room(hard, spent, frame, self._site)[1])
            row = self._quote(frame, _room(aim, spent, frame, self._site) if rows else first, liking)
            row = row or self._quote(frame, _room(hard, spent, frame, self._site), self._central)
            if row is None:
                break
            rows.append(row)
            spent += count_words(row["text"])
        if not rows or spent < hard[0]:
            rows = [*rows[: section.items[1] - 1], self._headline(section.citation and not rows)]
        return rows

    def _bullets(self, section: SectionType) -> list[Row]:
        """Quotes about risks where the row is for inferences, with numbers where it is for facts."""
        likings = (self._risky, self._doubtful) if section.evidence == "inference" else (self._factual, self._central)
        rows: list[Row] = []
        low, high = section.aim_items or section.items
        for number in range(high):
            frame = NOTED[number % len(NOTED)]
            limits = (section.aim or section.words, section.words)
            tries = ((_room(room, 0, frame, self._site), liking) for liking in likings for room in limits)
            row = next((row for room, liking in tries if (row := self._quote(frame, room, liking))), None)
            row = row or (self._mention(number, section) if self._risky in likings else None)
            if row is None and len(rows) >= low:
                break
            rows.append(row or {"text": LEFT_OPEN[number % len(LEFT_OPEN)], "evidence": None})
        return rows

    def _mention(self, number: int, section: SectionType) -> Row | None:
        """Words that name a risk, where no sentence about one can be quoted."""
        frame = MENTIONED[number % len(MENTIONED)]
        low, high = _room(section.words, 0, frame, self._site)
        for sentence in sorted(self.article.sentences, key=self._risky, reverse=True):
            if sentence.index not in self._used and self._risky(sentence) > 0:
                for phrase in find_phrases(sentence.text, self.article.lexicon, (max(low, 3), high)):
                    self._use(sentence)
                    return {"text": frame.format(quote=f'"{phrase}"'), "evidence": phrase}
        return None

    def _question(self, section: SectionType) -> Row:
        """What stays open, in the vault's own words for what the article speaks of."""
        one, two = map(self.article.show_tag, named_topics(self.article, self.topics)[:2])
        name = find_name(self.article)
        openings = [
            f"What changes for {name} if the {one} and {two} questions in this story stay open?",
            f"How far will the {one} and {two} story reach once its first effects can be measured?",
        ]
        limits = section.words
        fitting = [text for text in openings[not name :] if limits[0] <= count_words(text) <= limits[1]]
        return {"text": (fitting or openings[1:])[0], "evidence": None}

    def _description(self) -> Row:
        """The most central statement that fits; its sentence stays free for the sections."""
        shortest, longest = self.note_type.description_characters
        for picked in self._ranked((8, MOST_WORDS), self._newsy):
            text = self._framed("{site} reports {quote}.", picked.excerpt)
            if shortest <= len(text) <= longest:
                return {"text": text, "evidence": picked.excerpt.evidence}
        topics = " and ".join(map(self.article.show_tag, named_topics(self.article, self.topics)[:2]))
        text = f"{self._site} reports on {topics}; the note quotes it in short pieces."
        return {"text": text if len(text) <= longest else "A report, quoted here in short pieces.", "evidence": None}

    def _headline(self, first: bool) -> Row:
        """The headline as a quote, for sources whose sentences cannot be quoted."""
        title = self.article.source.title.replace('"', "'").strip(" .")
        opening = f"{self._site} published a report headed" if first else "Its headline reads"
        return {"text": f'{opening} "{title}".', "evidence": self.article.source.title}

    def _quote(self, frame: str, limits: Limits, liking: Callable[[Sentence], float]) -> Row | None:
        """The best unused sentence in ``frame``; None when none can be quoted with a number of words in ``limits``."""
        picked = next(iter(self._ranked(limits, liking)), None)
        if picked is None:
            return None
        self._use(picked.sentence)
        return {"text": self._framed(frame, picked.excerpt), "evidence": picked.excerpt.evidence}

    def _ranked(self, limits: Limits, liking: Callable[[Sentence], float]) -> Iterable[Picked]:
        lexicon = self.article.lexicon
        free = [sentence for sentence in self.article.sentences if sentence.index not in self._used]
        inner = liking in (self._risky, self._doubtful)
        for sentence in sorted(free, key=liking, reverse=True):
            if liking(sentence) <= 0:
                return
            for excerpt in find_excerpts(sentence.text, lexicon, limits, self._common, inner=inner):
                named = not inner or (find_risk if liking == self._risky else shows_doubt)(excerpt.evidence, lexicon)
                if named and not self._is_loud(excerpt.before):
                    yield Picked(sentence, excerpt)

    def _is_loud(self, text: str) -> bool:
        """Whether words outside of the quotation marks are ones that the note type does not want."""
        return any(word in text.lower() for word in self.note_type.prose_never)

    def _use(self, sentence: Sentence) -> None:
        """Neither this sentence nor one that says the same is quoted again."""
        mine = set(sentence.terms)
        for other in self.article.sentences:
            shared = len(mine & set(other.terms))
            if other.index == sentence.index or shared > 0.6 * max(1, min(len(mine), len(set(other.terms)))):
                self._used.add(other.index)

    def _central(self, sentence: Sentence) -> float:
        return sentence.weight * (0.9 if opens_indirectly(sentence.text, self.article.lexicon) else 1.0)

    def _newsy(self, sentence: Sentence) -> float:
        """Early sentences tell the news, if they speak of what the whole article speaks of."""
        counts = self.article.counts
        shared = sum(counts[term] > 2 for term in set(sentence.terms))
        early = 0.5 if sentence.index < 3 else 0.25 if sentence.index < 12 else 0.0
        return self._central(sentence) + early * min(1.0, shared / 3)

    def _factual(self, sentence: Sentence) -> float:
        return self._central(sentence) * (1.6 if any(map(str.isdigit, sentence.text)) else 1.0)

    def _risky(self, sentence: Sentence) -> float:
        return self._central(sentence) * min(3, self.article.risks[sentence.index])

    def _doubtful(self, sentence: Sentence) -> float:
        return self._central(sentence) * min(2, self.article.doubts[sentence.index])

    @property
    def _site(self) -> str:
        """The publisher as the one who says it."""
        site = self.article.source.site
        return site if site[:1].isupper() else f"The site {site}"

    def _framed(self, frame: str, excerpt: Excerpt) -> str:
        """``excerpt`` in ``frame``; only a quote in the note's own language can follow *that*."""
        quote = str(excerpt)
        if "report, {quote}" not in frame:
            quote = f"that {quote}" if self.article.lexicon.outside else quote
            frame = frame if self.article.lexicon.outside else frame.replace(" {quote}", ": {quote}")
        return frame.format(site=self._site, quote=quote)


def _room(limits: Limits, spent: int, frame: str, site: str) -> Limits:
    """How many words a quote may have in ``frame``, after ``spent`` words, for all to be within ``limits``."""
    frame_words = count_words(frame.format(site=site, quote="that"))
    low, high = (limit - spent - frame_words for limit in limits)
    return max(SHORTEST_QUOTE, low), high
