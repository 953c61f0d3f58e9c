"""Questions as people type them, and questions that a passage no longer answers."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from retrieval.training.reader.groups import Group

TYPED = 0.15
"""The share of questions that are typed carelessly."""

SWAPPED = 0.08
"""The share of answerable questions in which a name or a number is swapped for another."""

_WORD = re.compile(r"\w[\w'’-]*")
_TYPO_LENGTH = 5


def typed_carelessly(question: str, rng: random.Random) -> str:
    """Return the question in lower case, without accents, with a typo, or with several of these."""
    changed = question.lower()
    how = rng.randrange(4)
    if how in (1, 3):
        decomposed = unicodedata.normalize("NFD", changed)
        changed = "".join(character for character in decomposed if not unicodedata.combining(character))
    if how in (2, 3):
        changed = _with_typo(changed, rng)
    return changed.rstrip(" ?؟？")


def swapped(group: Group, names: Sequence[str], rng: random.Random) -> Group | None:
    """Return the group with one name or number of its question swapped, and nothing that answers.

    A word that the right passage has is swapped for one that no candidate has; None where there is none.
    """
    if group.right is None:
        return None
    passages = " ".join(c.text for c in (group.right, *group.tempting, *group.wrong))
    found = [word for word in list(_WORD.finditer(group.question))[1:] if is_name(word[0])]
    found = [word for word in found if word[0] in group.right.text]
    if not found:
        return None
    word = rng.choice(found)
    for _ in range(8):
        other = _other_number(word[0], rng) if word[0].isdigit() else rng.choice(names)
        if other not in passages and other not in group.question:
            question = group.question[: word.start()] + other + group.question[word.end() :]
            tempting = (group.right, *group.tempting)
            return replace(group, question=question, right=None, answer=None, tempting=tempting)
    return None


def asked_elsewhere(group: Group, question: str) -> Group:
    """Return the group with a question about something else, and nothing that answers."""
    wrong = (*([group.right] if group.right else []), *group.wrong)
    return replace(group, question=question, right=None, answer=None, wrong=wrong)


def is_name(word: str) -> bool:
    """Return whether a word within a sentence is a number, or is written as a name."""
    return word.isdigit() or (len(word) > 2 and word[0].isupper() and not word[1:].isupper())


def names_of(questions: Sequence[str]) -> list[str]:
    """Return the words of questions that are written as names, in order of the alphabet."""
    found = {word for text in questions for word in _WORD.findall(text)[1:]}
    return sorted(word for word in found if is_name(word) and not word.isdigit())


def _other_number(number: str, rng: random.Random) -> str:
    """Return another number of the same length; a year becomes one not far away."""
    value = int(number)
    near = [value + step for step in (-4, -3, -2, -1, 1, 2, 3, 4, 10, -10) if value + step > 0]
    return str(rng.choice(near)) if near else number


def _with_typo(text: str, rng: random.Random) -> str:
    """Return the text with two letters of a long word exchanged, or one left out."""
    words = [word for word in _WORD.finditer(text) if len(word[0]) >= _TYPO_LENGTH]
    if not words:
        return text
    at = rng.choice(words).start() + rng.randint(1, 3)
    if rng.random() < 0.5:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at + 1 :]
