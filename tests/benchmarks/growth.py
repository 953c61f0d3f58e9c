"""How an archive grows: building, opening, one article more or less, and the answers of a grown archive."""

from __future__ import annotations

import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.archives import DIMENSION, Corpus, HashedWords, ranker
from retrieval.archive import Archive
from retrieval.index.local import LocalIndex
from retrieval.ingest.analysis import Document
from retrieval.spans import measured

ARTICLE = 10
"""Paragraphs of the article that is added and removed."""

ROUNDS = 15
CHANGES = 500
QUESTIONS = 200


def run(folder: Path, sizes: Sequence[int]) -> None:
    """Print what growing costs at each size in paragraphs, and for the smallest whether answers differ."""
    corpus = Corpus(folder)
    print(
        f"{'paragraphs':>10} {'build s':>8} {'peak MB':>8} {'open s':>7} {'add s':>6} {'remove s':>8}"
        f" {'ask ms':>7}"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            _measure(corpus, size, Path(place))
    with tempfile.TemporaryDirectory() as place:
        print(_compared_with_fresh(corpus, min(sizes), Path(place)))


def _measure(corpus: Corpus, size: int, place: Path) -> None:
    with _opened(place) as archive, measured() as spans:
        begin = time.process_time()
        _add(archive, corpus.documents(size))
        build = time.process_time() - begin - spans["embedding"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begin = time.perf_counter()
    archive = _opened(place)
    len(archive)
    opening = time.perf_counter() - begin
    questions = corpus.spaced_questions(QUESTIONS)
    asking = [_seconds(lambda question=question: archive.ask(question)) for question in questions][20:]
    adding, removing = [], []
    for number in range(ROUNDS):
        document = _article(corpus, number, f"nouveau{number:03}")
        question = document.passages[0].text[:120]
        with measured() as spans:
            adding.append(_seconds(lambda d=document, q=question: _seen(archive, d, q)) - spans["embedding"])
        removing.append(_seconds(lambda d=document, q=question: _gone(archive, d, q)))
    archive.close()
    print(
        f"{size:>10,} {build:>8.1f} {peak:>8.0f} {opening:>7.2f} {statistics.median(adding):>6.3f}"
        f" {statistics.median(removing):>8.3f} {1000 * statistics.median(asking):>7.1f}"
    )


def _compared_with_fresh(corpus: Corpus, size: int, place: Path) -> str:
    """Return how many answers of an archive grown by CHANGES are those of one built afresh."""
    draw = random.Random(1)
    held = {document.article.id: document for document in corpus.documents(size)}
    with _opened(place / "grown") as grown:
        _add(grown, held.values())
        for number in range(CHANGES):
            if draw.random() < 0.5:
                gone = draw.choice(sorted(held))
                del held[gone]
                grown.remove([gone])
            else:
                document = _article(corpus, number, f"change{number:03}")
                held[document.article.id] = document
                _add(grown, [document])
        with _opened(place / "fresh") as fresh:
            _add(fresh, sorted(held.values(), key=lambda one: one.article.id, reverse=True))
            questions = corpus.spaced_questions(QUESTIONS)
            same = sum(grown.ask(question) == fresh.ask(question) for question in questions)
    return (
        f"after {CHANGES} changes at {size:,} paragraphs, {same} of {QUESTIONS} answers equal a fresh build's"
    )


def _opened(place: Path) -> Archive:
    place.mkdir(exist_ok=True)
    return Archive(LocalIndex(place, DIMENSION), HashedWords(), ranker(), folder=place)


def _add(archive: Archive, documents: Iterable[Document]) -> None:
    for _ in archive.add(documents):
        pass


def _seen(archive: Archive, document: Document, question: str) -> None:
    _add(archive, [document])
    assert _finds(archive, document, question)


def _gone(archive: Archive, document: Document, question: str) -> None:
    archive.remove([document.article.id])
    assert not _finds(archive, document, question)


def _finds(archive: Archive, document: Document, question: str) -> bool:
    return document.article.id in {hit.article.id for hit in archive.search(question, 50)}


def _article(corpus: Corpus, seed: int, word: str) -> Document:
    """Return an article of ARTICLE paragraphs drawn from the corpus, the first beginning with a word."""
    draw = random.Random(seed)
    rows = [draw.choice(draw.choice(corpus.articles)) for _ in range(ARTICLE)]
    return corpus.article(word, rows, draw)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
