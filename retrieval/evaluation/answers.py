"""What a text says of the answers of a question, whatever the case, accents and spaces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from retrieval.language.analysis import fold


def says_any(answers: Sequence[str], text: str) -> bool:
    """Return whether a text says one of the answers in whole words."""
    return any(True for _ in _places(answers, fold(text)))


def overlaps_any(answers: Sequence[str], text: str, span: tuple[int, int]) -> bool:
    """Return whether ``text[start:end]`` overlaps an answer, where the text says it in whole words."""
    # Folding may change how many characters there are, so the offsets are those of the folded text.
    start, end = (len(fold(text[:edge])) for edge in span)
    return any(first < end and start < last for first, last in _places(answers, fold(text)))


def best_f1(answers: Sequence[str], text: str) -> float:
    """Return the F1 of the words of a text and of the answer that it is nearest to."""
    return max(word_f1(text, answer) for answer in answers)


def word_f1(found: str, answer: str) -> float:
    """Return the F1 of the words of two texts, without case, accents and punctuation.

    Source: Rajpurkar et al., "SQuAD: 100,000+ questions for machine comprehension of text", EMNLP 2016; but
    articles are kept.
    """
    a, b = (Counter(re.findall(r"\w+", fold(text))) for text in (found, answer))
    shared = sum((a & b).values())
    return 2 * shared / (a.total() + b.total()) if shared else 0.0


def _places(answers: Sequence[str], folded: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each of the answers in a folded text, in whole words."""
    for answer in answers:
        words = r"\s+".join(map(re.escape, fold(answer).split()))
        yield from (match.span() for match in re.finditer(rf"(?<!\w){words}(?!\w)", folded))
