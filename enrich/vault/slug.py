"""Addresses as the site generator Quartz 4.5 makes them from file paths and links.

The rules are those of its source, oddities included: ``quartz/util/path.ts`` (``slugifyFilePath``, ``simplifySlug``,
``transformInternalLink``, ``transformLink``), https://github.com/jackyzha0/quartz/blob/v4/quartz/util/path.ts, and
``quartz/plugins/transformers/links.ts`` beside it. A *slug* is a page's address without leading slash:
``notes/my-note``, and ``notes/index`` for a folder's own page.
"""

import posixpath
import re
from urllib.parse import unquote

from enrich.text.pattern import lazy_pattern

_SPACE = lazy_pattern(r"[\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]")
_EXTENSION = lazy_pattern(r"\.[A-Za-z0-9]+\Z")
_ABSOLUTE = lazy_pattern(r"[A-Za-z][A-Za-z\d+.-]*:")
_ESCAPE = lazy_pattern(r"%[0-9A-Za-z]{2}")
_RESERVED = lazy_pattern(r"%(?:23|24|26|2[BbCcFf]|3[ABDFabdf]|40)")


def slug_of_path(path: str) -> str:
    """The slug of a file: ``A & b/What?.md`` gives ``A--and--b/What``; other files keep their extension."""
    path = path.strip("/")
    found = _EXTENSION.search(path)
    # Without an extension Quartz cuts the text "undefined" off the end (a template literal of nothing); so do we.
    bare = path[: found.start()] if found else path.removesuffix("undefined")
    extension = "" if found is None or found.group() in (".md", ".html") else found.group()
    slug = "/".join(_slug_of_name(name) for name in bare.split("/")).removesuffix("/")
    if slug == "_index" or slug.endswith("/_index"):
        slug = slug.removesuffix("_index") + "index"
    return slug + extension


def slug_of_alias(alias: str) -> str:
    """The slug of the page that leads on from an alias; it stands at the site's root."""
    return slug_of_path(alias if alias.endswith(".md") else f"{alias}.md")


def link_slug(target: str) -> str | None:
    """What Quartz compares with the last part of every slug: `target` as a slug from the site's root.

    It may start with ``./`` or ``../`` and may end with ``/`` (a folder). None for what the site takes for a web
    address (``re: x``) or cannot decode (``50%ab`` stops its build).
    """
    decoded = _decode(target)
    if decoded is None or _ABSOLUTE.match(target) or "\\" in target:
        return None
    names = [name for name in decoded.split("/") if name]
    above = "/".join(name for name in names if name in (".", ".."))
    below = simplify(slug_of_path("/".join(name for name in names if name not in (".", "..")))).strip("/")
    joined = "/".join(part for part in (above, below) if part) or "."
    relative = joined if joined.startswith(".") else f"./{joined}"
    return relative[1:].strip("/") + ("/" if _is_folder(decoded) else "")


def from_root(slug: str) -> str:
    """The slug of the page that a link with `slug` shows: ``..`` never leads above the root, a folder is its index."""
    path = posixpath.normpath(f"/{slug}").lstrip("/")
    return f"{path}/index".lstrip("/") if slug.endswith("/") or not path else path


def simplify(slug: str) -> str:
    """A folder's page without its ``index``."""
    return slug.removesuffix("index") if slug == "index" or slug.endswith("/index") else slug


def _slug_of_name(name: str) -> str:
    name = _SPACE.sub("-", name).replace("&", "-and-").replace("%", "-percent")
    return name.replace("?", "").replace("#", "")


def _is_folder(path: str) -> bool:
    return path.endswith("/") or path.rpartition("/")[2] in ("index", "index.md", "index.html")


def _decode(target: str) -> str | None:
    """As JavaScript's ``decodeURI`` after Markdown's encoding: only ``%`` and two letters or digits is an escape."""
    if not _ESCAPE.search(target):
        return target
    kept = _RESERVED.sub(lambda found: f"%25{found.group()[1:]}", target)
    lone = re.sub(r"%(?![0-9A-Za-z]{2})", "%25", kept)
    if any(not re.fullmatch("[0-9A-Fa-f]{2}", found.group()[1:]) for found in _ESCAPE.finditer(lone)):
        return None
    try:
        return unquote(lone, errors="strict")
    except UnicodeDecodeError:
        return None
