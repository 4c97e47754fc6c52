"""A PDF as pypdf reads it: paragraphs, each with its page. Runs in the process that takes pages apart."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO

from enrich.source.address import bare_host, canonical_url, parse_address
from enrich.source.paragraphs import clean_paragraph
from enrich.source.reading import Reading, Signals
from enrich.source.unknown_address import UNKNOWN_ADDRESS
from enrich.text.language import guess_language
from enrich.text.pattern import lazy_pattern

_PAGES = 2_000
"""Chosen: a book has fewer; each page takes some of the processor time that a source may take."""
_DOI = lazy_pattern(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`]+")
_PAGE_NUMBER = lazy_pattern(
    r"(?:page\s*)?[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_NO_TITLE = lazy_pattern(r"untitled|microsoft \w+ - |.*\.(?:docx?|tex|dvi|indd|pdf|odt|rtf)\Z|\W*\Z", re.IGNORECASE)
_SHORT = 0.75
"""Chosen: the share of a page's usual line below which a line that ends a sentence ends a paragraph."""
_END = lazy_pattern(r"[.!?:…。！？][\"'”’»)\]]*\Z")
_BROKEN = lazy_pattern(r"(?<!\w)(\w+)-\n(\w+)")
_SAVE = "save its text and pass it with --text FILE"


class UnreadablePdfError(Exception):
    """What keeps a reader from the text, in words that follow the file's name."""


def read_pdf(body: bytes, url: str) -> Reading:
    """What the PDF says; `UnreadablePdfError` when it cannot be read, or nothing says where it is from."""
    pages, told = _open(body)
    text = "\n".join(pages)
    bodies = list(_bodies(pages))
    title, origin = _take_title(told.get("title", ""), bodies[0][1])
    rows = [(paragraph, f"page {number}") for number, lines in bodies for paragraph in _paragraphs(lines, text)]
    if not rows:
        raise UnreadablePdfError(f"holds no text, only pictures of it; {_SAVE}")
    address = _address(url, " ".join((pages[0], *told.values())))
    return Reading(
        url=address,
        title=title,
        title_origin=origin,
        site=bare_host(parse_address(address).host),
        author=told.get("author", ""),
        published=told.get("day", ""),
        published_origin="guess" if told.get("day") else "unknown",
        language=guess_language(text),
        paragraphs=tuple(paragraph for paragraph, _ in rows),
        shown="",
        signals=Signals(),
        flags=("date guessed",) if told.get("day") else (),
        places=tuple(place for _, place in rows),
    )


def _open(body: bytes) -> tuple[list[str], dict[str, str]]:
    """The text of each page, and title, author and day as the file states them."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError:
        raise UnreadablePdfError("is a PDF; install enrich-notes[pdf] to read it") from None
    try:
        reader = PdfReader(BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadablePdfError(f"is protected by a password; {_SAVE}")
        if len(reader.pages) > _PAGES:
            raise UnreadablePdfError(f"has {len(reader.pages):,} pages, more than {_PAGES:,}; give a part of it")
        pages = [page.extract_text() for page in reader.pages]
        return pages or [""], _told(reader.metadata)
    except DependencyError:
        raise UnreadablePdfError(f"is encrypted; {_SAVE}") from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        # pypdf meets what a broken file holds with whatever Python raises
        raise UnreadablePdfError(f"is a broken PDF ({type(error).__name__}); {_SAVE}") from error


def _told(metadata: object) -> dict[str, str]:
    found = {}
    for name in ("title", "author", "subject"):
        found[name] = clean_paragraph(str(getattr(metadata, name, None) or ""))
    try:
        moment = getattr(metadata, "creation_date", None)
    except ValueError:
        moment = None
    if moment is not None:
        found["day"] = moment.date().isoformat()
    return found


def _bodies(pages: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The lines of each page, from 1, without its number and what stands at the edge of half of the pages."""
    texts = [[line.strip() for line in page.splitlines()] for page in pages]
    trimmed = [_trim(lines) for lines in texts]
    edges = Counter(edge for lines in trimmed for edge in {_fold(line) for line in (*lines[:2], *lines[-2:])})
    running = {edge for edge, count in edges.items() if count > 2 and count * 2 >= len(pages)}
    for number, lines in enumerate(trimmed, 1):
        first, last = 0, len(lines)
        while first < last and (_fold(lines[first]) in running or _is_number(lines[first])):
            first += 1
        while last > first and (_fold(lines[last - 1]) in running or _is_number(lines[last - 1])):
            last -= 1
        yield number, lines[first:last]


def _trim(lines: list[str]) -> list[str]:
    return "\n".join(lines).strip().split("\n")


def _fold(line: str) -> str:
    return re.sub(r"\d+", "0", line).casefold()


def _is_number(line: str) -> bool:
    return not line or _PAGE_NUMBER.fullmatch(line) is not None


def _paragraphs(lines: Sequence[str], text: str) -> Iterator[str]:
    """Lines put together: a blank one parts paragraphs, so does a short one that ends a sentence."""
    wide = _wide(lines)
    part: list[str] = []
    for line in (*lines, ""):
        if line:
            part.append(line)
        if part and (not line or (len(line) < wide and _END.search(line))):
            if joined := clean_paragraph(_BROKEN.sub(lambda found: _mend(found, text), "\n".join(part))):
                yield joined
            part = []


def _mend(found: re.Match[str], text: str) -> str:
    """A word that was broken at the end of a line; its hyphen stays where the text has it elsewhere, or no word is."""
    first, second = found.groups()
    keeps = f"{first}-{second}" in text or not second[0].islower() or not first[-1].isalpha()
    return f"{first}-{second}" if keeps and first + second not in text else first + second


def _take_title(stated: str, lines: list[str]) -> tuple[str, str]:
    """The stated title, else the first line, which then is no text any more; empty where that is none."""
    first = clean_paragraph(lines[0]) if lines else ""
    is_stated = bool(stated) and not _NO_TITLE.match(stated)
    if is_stated and first.casefold() != stated.casefold():
        return stated, "metadata"
    if not first or len(first) > _wide(lines) or first.endswith((".", ":", ";", ",")):
        return "", "unknown"
    del lines[0]
    return (stated, "metadata") if is_stated else (first, "first line")


def _wide(lines: Sequence[str]) -> float:
    """The length below which a line is a short one."""
    usual = sorted(len(line) for line in lines if line)
    return usual[len(usual) * 3 // 4] * _SHORT if usual else 0


def _address(url: str, text: str) -> str:
    """Where the file is from: what the user said, else the DOI that its first page or its metadata name."""
    if url != UNKNOWN_ADDRESS:
        return canonical_url(url)
    doi = _DOI.search(text)
    if doi is None:
        raise UnreadablePdfError("names no DOI; say with --url ADDRESS where it is from, so that it can be cited")
    return f"https://doi.org/{doi[0].rstrip('.,;:)]')}"
