"""The states of passages that were read lately, in bounded memory."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from retrieval.encoders.reader.apart import TokenStates

CACHE_BYTES = 64 << 20
"""Memory for the states of passages: about 600 passages of 120 tokens."""


class StateCache:
    """The windows of passages by their text; those not used for longest make room. Threads may share it."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self.limit = limit
        self._windows: OrderedDict[str, list[TokenStates]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._windows)

    @property
    def nbytes(self) -> int:
        """The memory in use, in bytes, about."""
        return self._bytes

    def get(self, text: str) -> list[TokenStates] | None:
        """Return the windows of a passage, or None where they are not kept."""
        with self._lock:
            windows = self._windows.get(text)
            if windows is not None:
                self._windows.move_to_end(text)
            return windows

    def put(self, text: str, windows: list[TokenStates]) -> None:
        """Keep the windows of a passage."""
        with self._lock:
            if text in self._windows:
                return
            self._windows[text] = windows
            self._bytes += _nbytes(text, windows)
            while self._bytes > self.limit:
                self._bytes -= _nbytes(*self._windows.popitem(last=False))


def _nbytes(text: str, windows: list[TokenStates]) -> int:
    return 4 * len(text) + sum(window.nbytes for window in windows)
