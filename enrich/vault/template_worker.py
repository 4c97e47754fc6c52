"""The process that fills templates of other people: ``python -m enrich.vault.template_worker``.

A template is a program: it can ask for a text of two gigabytes, or loop for years. A thread cannot be stopped, a
process can. It reads one line of JSON for each template and answers with one, until its input ends.
"""

import json
import sys
from contextlib import suppress
from pathlib import Path
from traceback import walk_tb
from typing import Any

from enrich.errors import SettingsError
from enrich.processor_time import limit_processor_time
from enrich.text.pattern import lazy_pattern
from enrich.vault.template import fill
from enrich.vault.template_value import from_json

SECONDS = 1
"""Of processor time for one template. By hand: one that ships takes a small part of it, one without end all."""
MEMORY = 256 * 1024 * 1024
"""Bytes of the whole process. By hand: the interpreter and jinja2 fit in, a list without end does not."""
CHARACTERS = 1_000_000
"""In one filled template. By hand: twenty times the longest article that a prompt holds (`llm.prompt`)."""
_SAID = 300
"""Characters of an error of a template. By hand: three lines of a terminal."""
_HALF = lazy_pattern("[\ud800-\udfff]")


def main() -> None:
    """Answer each order; the limits are set before anything of a template is read."""
    for line in sys.stdin.buffer:
        bound_process()
        answer = json.dumps(answer_order(json.loads(line)))
        sys.stdout.buffer.write(answer.encode() + b"\n")
        sys.stdout.buffer.flush()


def bound_process() -> None:
    """Memory, and processor time from now on; Windows has no such limits, there the parent's clock has to do."""
    limit_processor_time(SECONDS)
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def answer_order(order: dict[str, Any]) -> dict[str, str]:
    """The ``text`` of the filled template, else its ``fault``, or a whole ``message`` where there is one."""
    try:
        text = fill(Path(order["folder"]), order["name"], from_json(order["variables"]))
    except SettingsError as error:
        return {"message": str(error)}
    except MemoryError:
        return {"fault": f"needs more than {MEMORY // 1024**2} MB"}
    except RecursionError:
        return {"fault": "calls or includes itself without end, or nests too deeply"}
    except Exception as error:  # whatever code of a template raises is the template's fault
        return {"fault": f"{type(error).__name__}: {error}"[:_SAID] + _line_of(error)}
    if len(text) > CHARACTERS:
        return {"fault": f"gives more than {CHARACTERS:,} characters"}
    if "\0" in text or _HALF.search(text):
        return {"fault": "gives a character that no file may hold"}
    return {"text": text}


def _line_of(error: Exception) -> str:
    """The line of a template in which the error was raised."""
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    inside = [(name, line) for name, line in frames if not name.endswith(".py")]
    return f" ({inside[-1][0]}, line {inside[-1][1]})" if inside else ""


if __name__ == "__main__":
    main()
