"""How many requests are on their way at once."""

import threading
import time

from enrich.llm.slots import Slots


def test_no_more_requests_than_allowed_are_on_their_way() -> None:
    """However many drafts are in hand, the endpoint sees what ``--jobs`` says."""
    slots, turn, now, most = Slots(2), threading.Lock(), 0, 0

    def ask(rank: int) -> None:
        nonlocal now, most
        slots.take(rank)
        with turn:
            now += 1
            most = max(most, now)
        time.sleep(0.01)
        with turn:
            now -= 1
        slots.give()

    threads = [threading.Thread(target=ask, args=(rank,)) for rank in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_the_draft_that_began_first_goes_first() -> None:
    """Whoever came later waits, so that a draft that has begun is finished."""
    slots, went = Slots(1), list[int]()
    slots.take(0)

    def ask(rank: int) -> None:
        slots.take(rank)
        went.append(rank)
        slots.give()

    threads = [threading.Thread(target=ask, args=(rank,)) for rank in (3, 1, 2)]
    for waiting, thread in enumerate(threads, 1):
        thread.start()
        while slots.waiting < waiting:
            time.sleep(0.001)
    slots.give()
    for thread in threads:
        thread.join()
    assert went == [1, 2, 3]
