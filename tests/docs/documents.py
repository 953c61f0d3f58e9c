"""The documents of the tree, and the commands and sessions that they show."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from conftest import ROOT

READMES = sorted(
    [
        ROOT / "README.md",
        *(path for top in ("bot", "retrieval", "tests") for path in (ROOT / top).rglob("README.md")),
    ]
)
DOCUMENTS = [*READMES, ROOT / "CHANGELOG.md"]
LIKE_SHOWN = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_FENCE = re.compile(r"^(?P<fence>```+)(?P<language>\w*)[^\n]*\n(?P<code>.*?)^(?P=fence)[ \t]*$", re.S | re.M)


class ReaderChecker(doctest.OutputChecker):
    """Compares as a reader does, who cannot tell a no-break space from another."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        plain = str.maketrans("\u00a0\u202f", "  ")
        return super().check_output(want.translate(plain), got.translate(plain), optionflags)


class ShownCommand(NamedTuple):
    """A command of a document, and what the document says it prints."""

    arguments: list[str]
    output: str


def name_of(document: Path) -> str:
    """Return the path of a document under the project's folder: what pytest calls a test of it."""
    return document.relative_to(ROOT).as_posix()


def read(document: Path) -> str:
    """Return the text of a document."""
    return document.read_text(encoding="utf-8")


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield the (language, code) of every fenced block."""
    for match in _FENCE.finditer(text):
        yield match["language"], match["code"]


def sessions(text: str) -> str:
    """Return the Python sessions of a document, one after the other, as doctest reads them."""
    return "\n".join(code for _, code in blocks(text) if re.search(r"^\s*>>> ", code, re.MULTILINE))


def commands(text: str) -> list[ShownCommand]:
    """Return the shell commands of the fenced blocks; after a ``$`` prompt, what follows is the output."""
    found: list[ShownCommand] = []
    for language, code in blocks(text):
        if language not in ("", "sh", "bash", "shell", "console"):
            continue
        joined = code.replace("\\\n", " ")
        prompted = re.search(r"^\$ ", joined, re.MULTILINE)
        output: list[str] = []
        for line in joined.splitlines():
            command = line.removeprefix("$ ")
            if line.startswith("$ ") if prompted else line.strip():
                output = []
                for part in re.split(r"\s(?:&&|\|\||;|\|)\s", command):
                    if arguments := shlex.split(part, comments=True):
                        found.append(ShownCommand(arguments, ""))
            elif found:
                output.append(line)
                found[-1] = ShownCommand(found[-1].arguments, "\n".join(output) + "\n")
    return found


def commands_of(module: str, text: str) -> list[ShownCommand]:
    """Return the ``python -m MODULE …`` commands of a document, from after the module on."""
    named = []
    for shown in commands(text):
        words = [word for word in shown.arguments if not re.fullmatch(r"[A-Z_]+=.*", word)]
        for start in range(len(words) - 2):
            if words[start + 1 : start + 3] == ["-m", module] and "python" in words[start]:
                named.append(ShownCommand(words[start + 3 :], shown.output))
    return named
