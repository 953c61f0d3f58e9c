"""Named spans of work, timed only while somebody measures.

The pipeline marks its stages with ``with span("features"):``. Outside ``measured`` that costs a lookup;
inside, the seconds of each span are added up, a span within another stopping the outer one meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter


class Clock:
    """Adds up the seconds spent in each span."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._entered: list[str] = []
        self._since = 0.0

    def enter(self, name: str) -> None:
        """Begin a span; the one that it is in stops meanwhile."""
        self._count()
        self._entered.append(name)

    def leave(self) -> None:
        """End the span entered last; the one that it is in goes on."""
        self._count()
        self._entered.pop()

    def _count(self) -> None:
        now = perf_counter()
        if self._entered:
            self.seconds[self._entered[-1]] += now - self._since
        self._since = now


_clock: ContextVar[Clock | None] = ContextVar("clock", default=None)


@contextmanager
def span(name: str) -> Iterator[None]:
    """Count the time of a block to a stage, where somebody measures."""
    clock = _clock.get()
    if clock is None:
        yield
        return
    clock.enter(name)
    try:
        yield
    finally:
        clock.leave()


@contextmanager
def measured() -> Iterator[Mapping[str, float]]:
    """Yield the seconds of each span of what is done inside, by name; complete on leaving."""
    clock = Clock()
    token = _clock.set(clock)
    try:
        yield clock.seconds
    finally:
        _clock.reset(token)
