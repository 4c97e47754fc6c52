"""Learning from a vault's links in a process of its own: ``python -m enrich.links.learn VAULT INDEX AIRLOCK``.

It takes some seconds, and nobody waits for it: the index ranks as before until the models are there. Only one process
learns at a time, it writes once, in one transaction, and one that is killed leaves everything as it was.
"""

import os
import sys
from contextlib import closing, suppress
from pathlib import Path

from filelock import Timeout

from enrich.links.build import learn_now, save_learned
from enrich.links.learner import learning_lock
from enrich.links.store import LEARNING, Store, has_version

_NICENESS = 10
"""What the user does meanwhile goes first."""


def learn(root: Path, file: Path, airlock: str = "") -> bool:
    """Learn for the index in ``file`` if that is due and nobody else does; whether it was done."""
    try:
        with learning_lock(file), closing(Store(file, airlock)) as store:
            if not has_version(store) or store.meta(LEARNING) != "due":
                return False
            models = learn_now(root, store, lambda _: None)
            with store.writing():
                if not has_version(store):  # another version has made it anew meanwhile
                    return False
                save_learned(store, models)
            return True
    except Timeout:
        return False


def main() -> None:
    """Learn for the index that the arguments name."""
    with suppress(OSError, AttributeError):  # Windows has no niceness
        os.nice(_NICENESS)
    learn(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])


if __name__ == "__main__":
    main()
