"""The table of a benchmark of processor time."""

from collections.abc import Mapping


def print_times(times: Mapping[str, float], base: str, shown: str) -> None:
    """A row each: what took how many seconds, in milliseconds and as a multiple of ``base``, headed ``shown``."""
    print(f"| what | processor ms | times {shown} |\n|---|---|---|")
    for name, taken in times.items():
        print(f"| {name} | {taken * 1000:.0f} | {taken / times[base]:.2f} |")
