"""The publisher: its name as a reader knows it, and which hosts are its own."""

import re
from collections.abc import Sequence

from enrich.source.address import bare_host
from enrich.source.title import clean_title, fold_name, host_names

_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*)\.[a-z]{2,}/?$", re.I)
_SLOGAN = re.compile(r"\s*[|•·:]\s+|\s+[–—-]\s+")
_LONGEST_NAME = 5


def choose_site(statements: Sequence[str], suffixes: Sequence[str], host: str) -> str:
    """The publisher's name: the first of the page's ``statements`` that is a name and not an address.

    Else one of the ``suffixes`` of its titles, which are often the well-written form of the host; else an address that
    is written like a name (`SpaceNews.com`); else the host. Slogans behind a name are cut.
    """
    names = [name for name in map(_without_slogan, statements) if name]
    for name in names:
        if not _ADDRESS.match(name) and len(name.split()) <= _LONGEST_NAME:
            return name
    suffixes = [suffix for suffix in suffixes if suffix]
    for suffix in suffixes:
        if not _ADDRESS.match(suffix) and (fold_name(suffix) in host_names(host) or not names):
            return suffix
    for name in [*names, *suffixes]:
        match = _ADDRESS.match(name)
        if match and match[1] != match[1].lower():
            return match[1]
    return bare_host(host)


def is_same_site(host: str, other: str) -> bool:
    """Whether two hosts belong to one publisher: equal, one part of the other, or under one registered domain."""
    one, two = bare_host(host), bare_host(other)
    if one == two or one.endswith("." + two) or two.endswith("." + one):
        return True
    from tld import get_fld  # reads the list of public suffixes, so only when it is needed

    registered = [get_fld(f"https://{name}/", fail_silently=True, search_private=True) for name in (one, two)]
    return registered[0] is not None and registered[0] == registered[1]


def _without_slogan(name: str) -> str:
    return _SLOGAN.split(clean_title(name))[0].strip()
