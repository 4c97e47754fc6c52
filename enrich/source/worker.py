"""The process that takes a page apart: ``python -m enrich.source.worker``.

A page can be made so that a parser or a date search does not end. A thread cannot be stopped, a process can; and what
breaks in it breaks there. It reads one line of JSON and then the page's bytes, and writes one JSON object.
"""

import json
import sys
from datetime import date
from typing import Any

from enrich.processor_time import limit_processor_time
from enrich.source.decode import decode
from enrich.source.markup import TooManyElementsError
from enrich.source.reader import read_html
from enrich.source.reading import reading_to_dict


def answer(order: dict[str, Any], body: bytes) -> dict[str, Any]:
    """A ``reading``, or the number of elements when there are ``too_many``."""
    text = decode(body, order["content_type"]).text
    try:
        today = date.fromisoformat(order["today"])
        reading = read_html(text, order["url"], today, order["elements"], order["language"])
    except TooManyElementsError as error:
        return {"too_many": error.args[0]}
    return {"reading": reading_to_dict(reading)}


def main() -> None:
    """Answer the one order that comes on standard input."""
    order = json.loads(sys.stdin.buffer.readline())
    limit_processor_time(order["seconds"])
    answered = answer(order, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answered).encode())


if __name__ == "__main__":
    main()
