"""The publisher: its name as a reader knows it, and which hosts are its own."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from enrich.source.address import bare_host
from enrich.source.title import clean_title, fold_name, host_names
from enrich.text.latin import to_latin
from enrich.text.pattern import lazy_pattern

_ADDRESS = lazy_pattern(r"^(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*?)(?:\.[a-z]{2,3})?\.[a-z]{2,}/?$", re.I)
_SLOGAN = lazy_pattern(r"\s*[|•·:]\s+|\s+[–—-]\s+")
_COMPANY = lazy_pattern(
    r",? (?:inc|llc|ltd|limited|gmbh|ag|corp|corporation|co|plc|s\.?a|s\.?p\.?a|s\.?r\.?l|b\.?v|n\.?v"
    r"|oy|ab|kg|foundation)\.?$",
    re.I,
)
_GENERAL = frozenset(
    """
    news world us usa uk business politics sport sports tech technology science health opinion culture lifestyle travel
    video home homepage article articles blog post index latest
    """.split()
)
"""What sections are called on so many sites that it names none."""
_LONGEST_NAME = 6
"""Words of a publisher's name. By hand; fixtures/pages are named alike from 4 to 10."""
_STATED = 3.0
"""What a name in the metadata weighs. This and the next six by hand, in this order of trust; fixtures/pages are named
alike from 2 to 3."""
_SUFFIX = 2.0
"""What stands beside the headline; alike from 2 to 3."""
_OF_DOMAIN = 2.0
"""A name that the domain resembles; alike from 0 to 3."""
_IS_DOMAIN = 0.5
"""A name that is the domain; alike from 0 to 1.5."""
_HANDLE = 1.0
"""A name that is an account of the site; alike from 0 to 2."""
_COMPANY_ONLY = -1.5
"""A company, which is less than what it publishes; alike from -3 to -1.5."""
_NONE = 10.0
"""What a section's usual name loses: more than all others together give; alike from 0 up."""


class SiteEvidence(Struct, frozen=True):
    """What a page says about who publishes it."""

    stated: Sequence[str]
    """Names in its metadata, the most trusted first."""
    suffixes: Sequence[str] = ()
    """What stands beside the headline in its titles."""
    host: str = ""
    sections: frozenset[str] = frozenset()
    """Parts of the site, as `fold_name` gives them: none of them is its name."""
    handles: frozenset[str] = frozenset()
    """Accounts of the site elsewhere, as `fold_name` gives them."""


def choose_site(evidence: SiteEvidence) -> str:
    """The publisher's name: the one that most of the page's statements, its titles and its domain agree on.

    A name of a section or of an account is none; an address gives way to a name, a company (`Inc.`) to what it
    publishes. Without any name, an address that is written like one (`SpaceNews.com`) or the host.
    """
    domain = registered_name(evidence.host)
    weights: dict[str, float] = defaultdict(float)
    wordings: dict[str, str] = {}
    for name, weight in _weigh(evidence):
        key = fold_name(name)
        if key and not name.startswith("@"):
            wordings.setdefault(key, name)
            weights[key] += weight
    for key, name in wordings.items():
        weights[key] += _OF_DOMAIN * resembles(name, domain) + _IS_DOMAIN * (key == domain)
        weights[key] += _HANDLE * (key in evidence.handles)
        weights[key] -= _STATED * (key in evidence.sections) + _NONE * (key in _GENERAL and key != domain)
    best = max(wordings, key=lambda key: weights[key], default="")
    return wordings[best] if best and weights[best] > 0 else _written_address(evidence)


def resembles(name: str, domain: str) -> bool:
    """Whether a name is what a domain stands for: equal, one inside the other, or beginnings of its words in order."""
    name = to_latin(name)
    folded = fold_name(name)
    if not domain or not folded:
        return False
    if folded == domain or (min(len(folded), len(domain)) > 3 and (folded in domain or domain in folded)):
        return True
    words = [fold_name(word) for word in name.split() if fold_name(word)][:_LONGEST_NAME]
    return len(words) > 1 and any(_spells(words[start:], domain) for start in range(len(words) - 1))


def registered_name(host: str) -> str:
    """The part of a host that was registered, folded: ``bbc`` of ``news.bbc.co.uk``; of a shared host, the user's."""
    from tld import get_tld  # reads the list of public suffixes, so only when it is needed

    found = get_tld(f"https://{bare_host(host)}/", fail_silently=True, search_private=True, as_object=True)
    return fold_name(getattr(found, "domain", "") or bare_host(host).rpartition(".")[0].rpartition(".")[2])


def is_same_site(host: str, other: str) -> bool:
    """Whether two hosts belong to one publisher: equal, one part of the other, or under one registered domain."""
    one, two = bare_host(host), bare_host(other)
    if one == two or one.endswith("." + two) or two.endswith("." + one):
        return True
    from tld import get_fld  # reads the list of public suffixes, so only when it is needed

    registered = [get_fld(f"https://{name}/", fail_silently=True, search_private=True) for name in (one, two)]
    return registered[0] is not None and registered[0] == registered[1]


def _weigh(evidence: SiteEvidence) -> Iterable[tuple[str, float]]:
    """Names with what they weigh by where they were read; the earlier of two statements weighs a little more."""
    stated = [(name, _COMPANY.sub("", name).strip(" ,")) for name in map(_without_slogan, evidence.stated)]
    names = [(name, plain) for name, plain in stated if _could_be_name(plain)]
    for place, (name, plain) in enumerate(names):
        yield plain, _STATED - place / 10 + (_COMPANY_ONLY if plain != name else 0)
    folded = {fold_name(plain) for _, plain in names}
    companies = {name for name, plain in names if plain != name}
    said = any(_names_somebody(name, evidence) for name, _ in stated if name and name not in companies)
    known = host_names(evidence.host)
    for suffix in filter(_could_be_name, dict.fromkeys(evidence.suffixes)):
        supported = fold_name(suffix) in known | folded or resembles(suffix, registered_name(evidence.host))
        yield suffix, _SUFFIX if supported or not said else 0.0


def _could_be_name(text: str) -> bool:
    return bool(text) and not _ADDRESS.match(text) and len(text.split()) <= _LONGEST_NAME


def _names_somebody(name: str, evidence: SiteEvidence) -> bool:
    """Whether it is neither a section nor an account."""
    return not name.startswith("@") and fold_name(name) not in evidence.sections | evidence.handles | _GENERAL


def _written_address(evidence: SiteEvidence) -> str:
    for name in [*map(_without_slogan, evidence.stated), *evidence.suffixes]:
        match = _ADDRESS.match(name)
        if match and match[1] != match[1].lower():
            return match[1]
    return bare_host(evidence.host)


def _without_slogan(name: str) -> str:
    return _SLOGAN.split(clean_title(name))[0].strip()


def _spells(words: Sequence[str], domain: str) -> bool:
    """Whether a domain is made of the beginnings of all words: ``nytimes`` of New York Times."""
    if not words or not domain:
        return not words and not domain
    word = words[0]
    longest = next(
        (n for n, (a, b) in enumerate(zip(word, domain, strict=False)) if a != b), min(len(word), len(domain))
    )
    return any(_spells(words[1:], domain[length:]) for length in range(longest, 0, -1))
