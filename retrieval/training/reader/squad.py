"""Groups from files in the SQuAD format: XQuAD, half of SQuAD 2.0's development set, and ARCD."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from retrieval.errors import CollectionError
from retrieval.training.reader.groups import Candidate, Group
from retrieval.training.reader.negatives import hardest

QUESTION_LANGUAGES = {"en": 4, "es": 3, "ar": 3, "ru": 3, "de": 1, "ro": 2, "tr": 1, "vi": 0.5, "zh": 1}
"""How often XQuAD's questions are asked in each language, when not in the passage's."""

PASSAGE_LANGUAGES = {"en": 3, "es": 4, "ro": 4, "de": 2, "ru": 1.5, "ar": 1.5, "tr": 0.5}
"""How often XQuAD's passages are read in each language. There are none in French: its nearest count more."""

SAME_LANGUAGE = 0.3
"""The share of XQuAD's questions that are asked in the passage's language."""

OTHERS = 5
"""Passages from other articles that are kept for each question of ARCD."""


def read_squad(path: Path) -> list[dict[str, Any]]:
    """Return the articles of a file.

    Raises:
        CollectionError: the file is missing or not in the SQuAD format.
    """
    try:
        articles: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["data"]
    except (OSError, ValueError, KeyError) as error:
        raise CollectionError(f"{path} cannot be read as SQuAD data ({error}): check the file.") from error
    return articles


def squad_groups(name: str, articles: Sequence[dict[str, Any]]) -> list[Group]:
    """Return groups on one language's passages; the wrong ones are of the article, then of others.

    A question that SQuAD 2.0 marks impossible has its own paragraph as the tempting one.
    """
    every = [paragraph["context"] for article in articles for paragraph in article["paragraphs"]]
    asked = [
        (paragraph["context"], [other["context"] for other in article["paragraphs"]], question)
        for article in articles
        for paragraph in article["paragraphs"]
        for question in paragraph["qas"]
    ]
    ranked = hardest([question["question"] for *_, question in asked], every, OTHERS + 3)
    groups = []
    for (own, article_texts, question), positions in zip(asked, ranked, strict=True):
        first = [every[i] for i in positions if every[i] != own]
        siblings = [text for text in article_texts if text != own and text not in first]
        wrong = tuple(Candidate(text) for text in [*first[:OTHERS], *siblings])
        impossible = question.get("is_impossible", False) or not question["answers"]
        groups.append(
            Group(
                name,
                question["question"].strip(" -"),
                None if impossible else Candidate(own),
                None if impossible else _span(question["answers"][0]),
                (Candidate(own),) if impossible else (),
                wrong,
            )
        )
    return groups


def xquad_groups(folder: Path, seed: int) -> list[Group]:
    """Return groups whose question and passages are mostly in different languages; two draws a question."""
    rng = random.Random(seed)  # noqa: S311 - draws, not secrets
    languages = sorted({*QUESTION_LANGUAGES, *PASSAGE_LANGUAGES})
    parallel = {language: read_squad(folder / f"xquad.{language}.json") for language in languages}
    groups = []
    for number, article in enumerate(parallel["en"]):
        for place, paragraph in enumerate(article["paragraphs"]):
            for asked in range(len(paragraph["qas"])):
                for _ in range(2):
                    passage = _draw(PASSAGE_LANGUAGES, rng)
                    question = passage if rng.random() < SAME_LANGUAGE else _draw(QUESTION_LANGUAGES, rng)
                    texts = [other["context"] for other in parallel[passage][number]["paragraphs"]]
                    answered = parallel[passage][number]["paragraphs"][place]["qas"][asked]
                    same = parallel[question][number]["paragraphs"][place]["qas"][asked]
                    wrong = tuple(Candidate(text) for i, text in enumerate(texts) if i != place)
                    span = _span(answered["answers"][0])
                    groups.append(Group("xquad", same["question"], Candidate(texts[place]), span, (), wrong))
    return groups


def _span(answer: dict[str, Any]) -> tuple[int, int]:
    return answer["answer_start"], answer["answer_start"] + len(answer["text"])


def _draw(weights: dict[str, float], rng: random.Random) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
