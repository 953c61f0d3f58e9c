"""The bundled reader, with its real weights, on the article that comes with the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.encoders.reader.loading import bundled_reader
from retrieval.encoders.reader.reader import JointReader

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def reader() -> JointReader:
    return bundled_reader()


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    [article] = SEEDS.glob("*.txt")
    return [text for text in article.read_text(encoding="utf-8").split("\n") if text.strip()]


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "paragraph", "answer"),
    [
        ("Quand le retrait de la Cédéao a-t-il été officialisé ?", 4, "29 janvier"),
        ("Combien de temps dure la visite des ministres en Russie ?", 1, "deux jours"),
        ("How long will the foreign ministers stay in Russia?", 1, "deux jours"),
        ("When did the withdrawal from ECOWAS become official?", 4, "29 janvier"),
    ],
)
def test_the_passage_that_answers_has_the_highest_logit(
    reader: JointReader, paragraphs: list[str], question: str, paragraph: int, answer: str
) -> None:
    readings = reader.read(question, paragraphs)
    best = max(range(len(paragraphs)), key=lambda i: readings[i].logit)
    assert best + 1 == paragraph
    assert readings[best].logit > 0
    span = readings[best].span
    assert span
    assert answer in paragraphs[best][slice(*span)]


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "Quelle monnaie l'alliance compte-t-elle adopter à la place du franc CFA ?",
        "What did the United States say about the ministers' trip?",
        "¿Cuánto dinero va a invertir Rusia en el Sahel?",
        "Qui a peint La Joconde ?",
    ],
)
def test_what_is_not_told_is_below_zero(reader: JointReader, paragraphs: list[str], question: str) -> None:
    """The people and the places are the article's, and the answer is not in it."""
    assert max(reading.logit for reading in reader.read(question, paragraphs)) < 0
