"""What the reader learns from: a question, the passage that answers it, and passages that do not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage to read, with the title of its article, or an empty one."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A question and its candidates.

    ``right`` is None where none of the candidates answers. ``answer`` is the (start, end) of the answer in
    the text of ``right``. ``tempting`` look right and are not: one of them is in every draw; ``wrong`` are
    the others, the hardest first.
    """

    source: str
    question: str
    right: Candidate | None
    answer: tuple[int, int] | None
    tempting: tuple[Candidate, ...] = ()
    wrong: tuple[Candidate, ...] = ()


def locate(answer: str, text: str) -> tuple[int, int] | None:
    """Return where an answer stands in a text, as words of their own where it can, or None."""
    first = at = text.find(answer)
    while at >= 0:
        end = at + len(answer)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return at, end
        at = text.find(answer, at + 1)
    return (first, first + len(answer)) if first >= 0 and answer else None
