"""What the tests of the command line share: the outcome of a verb, and what every quote of it must be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple


class Outcome(NamedTuple):
    """The exit code of a verb, and what it wrote on stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Outcome]


def assert_quote_is_in_its_file(quote: dict[str, Any]) -> None:
    text = Path(quote["article"]["path"]).read_bytes().decode()
    assert text[quote["start"] : quote["end"]] == quote["text"]
    start, end = quote["highlight"]
    assert 0 <= start < end <= len(quote["text"])
