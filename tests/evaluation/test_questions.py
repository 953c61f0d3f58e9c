"""The project's own test set: honest questions on the seed article, and the rules they follow.

``tests/questions.jsonl`` holds one question a line, in any language, about the French seed article:

- ``paragraphs``: every paragraph that answers it, counted from 1; empty when the article does not.
- ``contains``: words of the article that a right highlighted sentence holds; null when the question has no
  answer, or when several passages answer it, each in its own words.
- ``dates``: what must be shown with the answer, as EDTF. A question about a time has the date that
  answers it; any other question has every date its answering sentence tells.

Ids say where a question comes from: a language code for those the article answers, ``near`` for
questions on its subject that it leaves open, ``off`` for questions on anything else.

``tests/questions_unseen.jsonl`` follows the same schema. It was written by somebody who knew the article
alone, and whoever works on the ranking measures it without reading it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import edtf
import pytest

HERE = Path(__file__).parents[1]
LINES = (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
QUESTIONS: list[dict[str, Any]] = [json.loads(line) for line in LINES]
UNSEEN: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "questions_unseen.jsonl").read_text(encoding="utf-8").splitlines()
]
ANSWERABLE = [question for question in QUESTIONS if question["paragraphs"]]
UNANSWERABLE = [question for question in QUESTIONS if not question["paragraphs"]]


def seed_paragraphs() -> list[str]:
    """The seed article's paragraphs, without its date header."""
    (seed,) = (HERE.parent / "seeds").glob("*.txt")
    text = re.sub(r"^ date \S+ ", "", seed.read_bytes().decode("utf-8"))
    return [paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


PARAGRAPHS = seed_paragraphs()


@pytest.mark.parametrize("question", QUESTIONS + UNSEEN, ids=[q["id"] for q in QUESTIONS + UNSEEN])
def test_follows_the_schema(question: dict[str, Any]) -> None:
    """Each line has the six fields of the contract, of the right types."""
    assert list(question) == ["id", "question", "lang", "paragraphs", "contains", "dates"]
    assert question["question"].strip() == question["question"] != ""
    assert re.fullmatch(r"[a-z]{2}", question["lang"])
    assert question["paragraphs"] == sorted(set(question["paragraphs"]))
    assert all(1 <= number <= len(PARAGRAPHS) for number in question["paragraphs"])
    assert all(edtf.parse_edtf(value) for value in question["dates"])


def test_the_unseen_questions_are_others_and_their_words_are_in_the_article() -> None:
    asked = [question["question"].casefold() for question in UNSEEN]
    assert len({*asked}) == len(UNSEEN)
    assert not {*asked} & {question["question"].casefold() for question in QUESTIONS}
    for question in UNSEEN:
        said = [(question["contains"] or "") in PARAGRAPHS[number - 1] for number in question["paragraphs"]]
        assert all(said), question["id"]


@pytest.mark.parametrize("question", ANSWERABLE, ids=[question["id"] for question in ANSWERABLE])
def test_the_words_looked_for_are_in_the_article(question: dict[str, Any]) -> None:
    """What a right quote must contain is in each gold paragraph, letter for letter."""
    if question["contains"] is not None:
        assert all(question["contains"] in PARAGRAPHS[number - 1] for number in question["paragraphs"])
    else:
        assert len(question["paragraphs"]) > 1


def test_ids_and_questions_are_unique() -> None:
    """Nothing is asked twice."""
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question["question"].casefold() for question in QUESTIONS}) == len(QUESTIONS)


def test_unanswerable_questions_expect_nothing() -> None:
    """A question the article leaves open has no words to find and no date to show."""
    assert all(question["contains"] is None and not question["dates"] for question in UNANSWERABLE)


def test_every_paragraph_is_asked_about() -> None:
    """No paragraph has fewer than ten questions."""
    asked = Counter(number for question in ANSWERABLE for number in question["paragraphs"])
    assert all(asked[number] >= 10 for number in range(1, len(PARAGRAPHS) + 1))


def test_languages_are_well_spread() -> None:
    """French and English lead, and at least five other languages have several questions."""
    languages = Counter(question["lang"] for question in ANSWERABLE)
    assert languages["fr"] >= 45
    assert languages["en"] >= 12
    assert sum(languages.values()) - languages["fr"] >= 35
    assert sum(count >= 4 for language, count in languages.items() if language not in {"fr", "en"}) >= 5


def test_half_of_the_unanswerable_are_near_misses() -> None:
    """Silence is tested on the article's own subject as much as on anything else."""
    near = [question for question in UNANSWERABLE if question["id"].startswith("near-")]
    off = [question for question in UNANSWERABLE if question["id"].startswith("off-")]
    assert len(near) + len(off) == len(UNANSWERABLE) >= 30
    assert len(near) >= len(UNANSWERABLE) / 2
    assert "Qui a gagné la Coupe d'Afrique ?" in {question["question"] for question in off}
    assert len({question["lang"] for question in UNANSWERABLE}) >= 5


def test_questions_are_typed_as_people_type_them() -> None:
    """Some carry no capital or question mark, and some drop the accents the article has."""
    french = [question["question"] for question in ANSWERABLE if question["lang"] == "fr"]
    assert sum(text[0].islower() and not text.endswith("?") for text in french) >= 10
    assert (
        sum(bool(re.search(r"\b(cedeao|etats?|creation|armees?|decidé|etablir)\b", text)) for text in french)
        >= 4
    )
