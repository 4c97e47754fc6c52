"""The process that takes a page apart: ``python -m enrich.source.worker``.

A page can be made so that a parser or a date search does not end. A thread cannot be stopped, a process can; and what
breaks in it breaks there. It reads one line of JSON and then the page's bytes, and writes one JSON object.
"""

import json
import os
import sys
import traceback
from datetime import date
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any, NoReturn

from enrich.processor_time import limit_processor_time
from enrich.source.decode import decode
from enrich.source.markup import TooManyElementsError
from enrich.source.reader import read_html
from enrich.text.language import is_model_read, read_model
from enrich.text.typed import take_apart

_GUESSED = 3
"""The exit code of a child that answered, and had to read the model of the guesser of languages for it."""


def answer(order: dict[str, Any], body: bytes) -> dict[str, Any]:
    """A ``reading``, the number of elements when there are ``too_many``, or a ``fault`` in words."""
    if order.get("kind") == "PDF":
        return _answer_pdf(order["url"], body)
    text = decode(body, order["content_type"]).text
    try:
        today = date.fromisoformat(order["today"])
        reading = read_html(text, order["url"], today, order["elements"], order["language"])
    except TooManyElementsError as error:
        return {"too_many": error.args[0]}
    return {"reading": take_apart(reading)}


def _answer_pdf(url: str, body: bytes) -> dict[str, Any]:
    from enrich.source.pdf import UnreadablePdfError, read_pdf  # few sources are PDFs

    try:
        return {"reading": take_apart(read_pdf(body, url))}
    except UnreadablePdfError as error:
        return {"fault": str(error)}


def main(given: IO[bytes], out: IO[bytes]) -> None:
    """Answer the one order that stands in ``given``."""
    order = json.loads(given.readline())
    limit_processor_time(order["seconds"])
    answered = answer(order, given.read())
    out.write(json.dumps(answered).encode())


def keep() -> None:
    """Answer orders until standard input ends: the length of each stands in a line before it.

    A child is forked for each. Its exit code and the lengths of what it said on its two streams are told before these.
    """
    given, out = sys.stdin.buffer, sys.stdout.buffer
    for number, line in enumerate(iter(given.readline, b"")):
        if number == 1:
            _warm_up()  # what takes longer than one page, and pays from the second on
        data = given.read(int(line))
        with TemporaryFile() as said, TemporaryFile() as complained:
            child = os.fork()
            if child == 0:
                _be_child(data, said, complained)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            texts = [_read_back(file) for file in (said, complained)]
        if code == _GUESSED:
            read_model()  # half a second, which the next page that must be guessed is spared
            code = 0
        out.write(json.dumps([code, *map(len, texts)]).encode() + b"\n" + b"".join(texts))
        out.flush()


def _warm_up() -> None:
    """Load what most pages need before a fork: the readers of pages do so when they are first asked."""
    sentences = " ".join(
        f"This is the sentence of a page that was not written to be read by anybody: {n}." for n in range(9)
    )
    page = (
        '<html lang="en"><head><title>A page | A site</title><meta name="author" content="A. N. Author"></head><body>'
        f"<article><h1>A page</h1><p>By A. N. Author, 1 January 2000</p><p>{sentences}</p></article></body></html>"
    )
    order = {"url": "https://warm.invalid/", "content_type": "text/html", "language": "", "elements": 1000}
    answer({**order, "today": "2000-01-01"}, page.encode())


def _be_child(data: bytes, said: IO[bytes], complained: IO[bytes]) -> NoReturn:
    os.dup2(complained.fileno(), 2)
    code = 1
    try:
        main(BytesIO(data), said)
        said.flush()
        code = _GUESSED if is_model_read() else 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _read_back(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


if __name__ == "__main__":
    if sys.argv[1:] == ["--keep"]:
        keep()
    else:
        main(sys.stdin.buffer, sys.stdout.buffer)
