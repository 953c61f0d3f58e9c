"""Archives of any size for benchmarks: real paragraphs, perturbed, embedded by hashing their words."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from retrieval.articles import split_passages
from retrieval.encoders.prompts import NONE
from retrieval.encoders.scale import BUNDLED_SCALE
from retrieval.encoders.threads import limit_threads
from retrieval.ingest.analysis import Document
from retrieval.language.analysis import analyse
from retrieval.ranking.bundled import bundled_weights
from retrieval.ranking.ranker import Ranker
from retrieval.types import Article, Vectors

DIMENSION = 512
CHANGED = 0.15
"""The share of a paragraph's words that are replaced by others of the corpus, wherever it is used again."""


class HashedWords:
    """An encoder that costs next to nothing: bags of hashed words, of the bundled model's dimension."""

    name = "hashed words"
    fingerprint = "hashed words"
    dimension = DIMENSION
    prompts = NONE
    scale = BUNDLED_SCALE

    def encode_queries(self, texts: list[str]) -> Vectors:
        """Return a vector for each text."""
        return np.stack([self._vector(text) for text in texts])

    encode_passages = encode_queries

    def _vector(self, text: str) -> Vectors:
        vector = np.full(DIMENSION, 1e-3, dtype=np.float32)
        for token in analyse(text):
            vector[crc32(token.encode()) % DIMENSION] += 1
        return vector / np.linalg.norm(vector)


def ranker() -> Ranker:
    """Return the ranker of the package without a reader; threads are limited as where a model is loaded."""
    limit_threads()
    return Ranker(bundled_weights(), BUNDLED_SCALE)


class Corpus:
    """The articles of a BEIR folder, each paragraph a document, and the questions asked of them."""

    def __init__(self, folder: Path) -> None:
        rows = _lines(folder / "corpus.jsonl")
        listed = groupby(rows, key=lambda row: row.get("article") or row["_id"])
        self.articles: list[list[dict[str, Any]]] = [list(group) for _, group in listed]
        self.questions = [
            json.loads(line)["text"] for line in (folder / "queries.jsonl").open(encoding="utf-8")
        ]
        self.words = sorted({word for row in rows for word in row["text"].split()})

    def documents(self, passages: int, seed: int = 0, prefix: str = "") -> Iterator[Document]:
        """Yield articles of ``passages`` paragraphs together, perturbed where they are used again."""
        draw, made, round_ = random.Random(seed), 0, 0
        while made < passages:
            for number, paragraphs in enumerate(self.articles):
                texts = [paragraph["text"] for paragraph in paragraphs][: passages - made]
                if round_ or prefix:
                    texts = [self._perturbed(text, draw) for text in texts]
                document = _document(f"{prefix}{round_}-{number}", texts, paragraphs[0])
                made += len(document.passages)
                yield document
                if made >= passages:
                    return
            round_ += 1

    def article(self, name: str, rows: Sequence[dict[str, Any]], draw: random.Random) -> Document:
        """Return an article of perturbed paragraphs, dated as the first, that begins with its name."""
        texts = [self._perturbed(row["text"], draw) for row in rows]
        return _document(name, [f"{name} {texts[0]}", *texts[1:]], rows[0])

    def spaced_questions(self, count: int) -> list[str]:
        """Return questions evenly spaced over those of the corpus."""
        return [self.questions[i * len(self.questions) // count] for i in range(count)]

    def _perturbed(self, text: str, draw: random.Random) -> str:
        return " ".join(draw.choice(self.words) if draw.random() < CHANGED else word for word in text.split())


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]


def _document(name: str, texts: Sequence[str], first: dict[str, Any]) -> Document:
    published = str(first.get("date") or "")[:10] or None
    article = Article(name, name, "\n\n".join(texts), first.get("title") or None, published, source=name)
    return Document(article, split_passages(article), name)
