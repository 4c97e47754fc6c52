"""How far a number of `enrich.source` can be turned before a page of fixtures/pages is read in another way.

    python -m benchmarks.page_numbers site._STATED 2 3 5

prints for each value which of the forty pages are read otherwise than with the number as it stands. It is where *alike
from a to b* beside a number comes from: both ends were tried.
"""

import sys
from importlib import import_module

from enrich.errors import SourceError
from tests.test_fixtures_corpus import EXPECTED, read


def read_all() -> dict[str, str]:
    """What is read of each page: its source, or why it is refused."""
    found = {}
    for name in EXPECTED:
        try:
            found[name] = repr(read(name))
        except SourceError as error:
            found[name] = str(error)
    return found


def main(number: str, values: list[str]) -> None:
    """Try each value in the place of ``number``, a module and a name."""
    module, _, name = number.rpartition(".")
    holder = import_module(f"enrich.source.{module}")
    as_it_is = read_all()
    for value in values:
        setattr(holder, name, float(value))
        now = read_all()
        others = [page for page in EXPECTED if now[page] != as_it_is[page]]
        print(f"{number} = {value}: {len(others)} read otherwise {' '.join(others)}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
