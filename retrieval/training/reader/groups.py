"""What the reader learns from: a question, the passage that answers it, and passages that do not."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.encoders.reader.text import reader_text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage to read, with the title of its article and its day of publication, or empty ones."""

    text: str
    title: str = ""
    published: str = ""

    @property
    def read(self) -> tuple[str, int]:
        """The text that is given to a reader, and where the passage begins in it."""
        return reader_text(self.title, self.published, self.text)


@dataclass(frozen=True, slots=True)
class Group:
    """A question and its candidates.

    ``right`` is None where none of the candidates answers. ``answer`` is the (start, end) of the answer in
    the text of ``right``. ``tempting`` look right and are not: one of them is in every draw. ``siblings`` are
    other passages of the article. ``wrong`` are all that do not answer, the tempting ones left out, the
    hardest first.
    """

    source: str
    question: str
    right: Candidate | None
    answer: tuple[int, int] | None
    tempting: tuple[Candidate, ...] = ()
    wrong: tuple[Candidate, ...] = ()
    siblings: tuple[Candidate, ...] = ()


def locate(answer: str, text: str) -> tuple[int, int] | None:
    """Return where an answer stands in a text, as words of their own where it can, or None."""
    first = at = text.find(answer)
    while at >= 0:
        end = at + len(answer)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return at, end
        at = text.find(answer, at + 1)
    return (first, first + len(answer)) if first >= 0 and answer else None
