"""The command's entry, also for ``python -m enrich``."""

import atexit
import gc
import sys

import enrich
from enrich.distribution import DISTRIBUTION
from enrich.quick_import import import_msgspec

SHADOWED = 1
"""The exit code of `enrich.errors.EnrichError`, which may be another package's here."""

GARBAGE_AT = 50_000
"""New objects after which garbage is looked for: a start makes as many, and all of them stay."""


def run() -> None:
    """Run the command line, unless the package on PyPI that is called `enrich` has taken some of its files' places."""
    if not hasattr(enrich, "__version__"):
        sys.stderr.write(
            f"enrich: another package called enrich has replaced files of {DISTRIBUTION}; "
            f"pip uninstall enrich, then pip install --force-reinstall --no-deps {DISTRIBUTION}, "
            "or give each an environment of its own (pipx, uv)\n"
        )
        sys.exit(SHADOWED)
    gc.set_threshold(GARBAGE_AT)
    atexit.register(gc.freeze)  # what is left at the end goes with the process
    import_msgspec()
    from enrich.cli import main

    main()


if __name__ == "__main__":
    run()
