"""Why a link is suggested, in words that a person can check."""

from collections.abc import Iterator, Mapping

from enrich.links.mention import Mention
from enrich.links.shelf import Entry, Shelf, Ties, rarity
from enrich.links.signals import Evidence

_NEAREST, _TERMS, _TAGS = 5, 4, 3


def related_reasons(evidence: Evidence, number: int, typical_tags: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """What speaks for a related note: neighbours that link to it, shared tags, title words, how often it is linked."""
    return tuple(_reasons(evidence, evidence.entries[number], typical_tags))


def _reasons(evidence: Evidence, entry: Entry, typical_tags: frozenset[str]) -> Iterator[str]:
    ties = evidence.ties[entry.number]
    if neighbours := _neighbours(evidence, ties):
        yield neighbours
    shared = [
        tag for tag in entry.tags if tag in evidence.subject.tags and tag not in typical_tags and not tag.isdigit()
    ]
    if shared:
        yield "shares " + " ".join(f"#{tag}" for tag in shared[:_TAGS])
    if entry.number in evidence.mentions:
        yield "its name stands in the text"
    elif terms := [term for term in entry.title_terms[: entry.own_title] if _tells(term, evidence)][:_TERMS]:
        yield "title words: " + ", ".join(terms)
    elif number_in_text := evidence.text.get(entry.number):
        yield f"similar words ({number_in_text / max(evidence.text.values()):.0%} of the nearest note's score)"
    if times := len(ties.ins) - (entry.number in evidence.own):
        yield f"linked {times} time{'s' if times > 1 else ''}"


def _tells(term: str, evidence: Evidence) -> bool:
    """Whether the text has the term too, and it is more than the ``s`` of *China's*."""
    return term in evidence.subject.terms and (len(term) > 1 or not term.isascii())


def _neighbours(evidence: Evidence, ties: Ties) -> str:
    nearest = sorted(evidence.nearest, key=lambda number: -evidence.nearest[number])[:_NEAREST]
    linking = sum(number in ties.ins for number in nearest)
    if not linking:
        return ""
    return f"{linking} of the {len(nearest)} most similar notes link{'s' if linking == 1 else ''} to it"


def shared_terms(subject_terms: Mapping[str, int], entry: Entry, shelf: Shelf, limit: int = _TERMS) -> tuple[str, ...]:
    """Terms of the subject that the note has too, the rarest first: its title's, then its text's."""
    size = shelf.facts.size
    own = [term for term in entry.title_terms if term in subject_terms]
    if len(own) < limit:
        postings = {term: shelf.postings("w" + term) for term in subject_terms if len(term) > 3 and term not in own}
        has = [term for term, packed in postings.items() if any(value >> 8 == entry.number for value in packed)]
        own += sorted(has, key=lambda term: (-rarity(len(postings[term]), size), term))
    return tuple(own[:limit])


def mention_reasons(mention: Mention) -> tuple[str, ...]:
    """What speaks for a mention: what it is a name of, and how often such words are links."""
    phrase, target = mention.phrase, mention.target
    reasons = ["its name stands here"] if target in phrase.named else []
    if shown := phrase.shown.get(target, 0):
        reasons.append(f"these words link to it in {shown} note{'s' if shown > 1 else ''}")
    if len(phrase.targets) > 1:
        reasons.append(f"could also mean {len(phrase.targets) - 1} other")
    return tuple(reasons)
