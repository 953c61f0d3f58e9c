"""What the tests of indexes share: small articles of few words, analysed, and questions on them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable

from fakes import HashEncoder, article

from retrieval.articles import split_passages
from retrieval.index.interface import Index
from retrieval.ingest.analysis import Document, analyse
from retrieval.question.understanding import understand
from retrieval.store.passages import AnalysedArticle
from retrieval.types import Question

ENCODER = HashEncoder()
WORDS = "barrage fleuve tramway musée pont incendie récolte train école ministre Niger Moscou Dakar".split()
DISPATCH = (
    "Un incendie a détruit sept mille hectares de pins près du lac et les pompiers ont évacué cinq campings"
    " sans attendre et sans faire de victime selon la préfecture."
)


def analysed(name: str, text: str, published: str | None = None, title: str | None = None) -> AnalysedArticle:
    """An article with its passages, analysed."""
    one = article(text, name, published=published, title=title, source=name)
    (result,) = analyse([Document(one, split_passages(one), f"stamp of {text}")], ENCODER.encode_passages)
    return result


def drawn(draw: random.Random, name: str) -> AnalysedArticle:
    """An article of a few random paragraphs; some share a dispatch, spell out an acronym or have no date."""
    paragraphs = [
        " ".join(draw.choices(WORDS, k=draw.randint(3, 12))) + "." for _ in range(draw.randint(1, 4))
    ]
    if draw.random() < 0.4:
        paragraphs.append(DISPATCH + draw.choice(["", " Le feu est éteint.", " AFP"]))
    if draw.random() < 0.2:
        paragraphs.append("L'Alliance des États du Sahel (AES) se réunit à Moscou le 3 avril.")
    if draw.random() < 0.2:
        paragraphs.append("Un sommet de l'Alliance des États du Sahel.")
    if draw.random() < 0.2:
        paragraphs.append("L'attaque du 11 février 2021 à Dakar.")
    if draw.random() < 0.2:
        paragraphs.append("Depuis l'attaque du 11 février, le port de Dakar est gardé.")
    day = dt.date(2024, 1, 1) + dt.timedelta(draw.randint(0, 60))
    return analysed(
        name,
        "\n\n".join(paragraphs),
        published=draw.choice([day.isoformat(), day.isoformat(), "2024-02", None]),
        title=draw.choice([None, "Le pont", "Dakar"]),
    )


def ask(index: Index, text: str, today: dt.date | None = dt.date(2024, 3, 15)) -> Question:
    """A question as an index's archive understands it."""
    with index.snapshot():
        return understand(text, ENCODER, index.statistics(), today)


def put(index: Index, articles: Iterable[AnalysedArticle]) -> None:
    """Put articles one by one, as they come in."""
    for one in articles:
        index.put([one])
