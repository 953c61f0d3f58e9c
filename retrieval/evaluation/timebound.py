"""Questions that only their time settles, made from the dated headlines of a BEIR folder.

A question is a headline's subject and its month or year in words: *Affaire Grégory en juin 2017*. Kept are
those whose subject has a look-alike: an article of another time that is as near to it, by vector, as
the headline's own. Months and years take turns. Nothing is drawn at random.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from retrieval.archive import Archive
from retrieval.dates import display, find
from retrieval.encoders import load_encoder
from retrieval.encoders.reader import OFF
from retrieval.errors import CollectionError
from retrieval.evaluation.collections import Collection, Query, read_collections
from retrieval.evaluation.corpora import corpus_archive
from retrieval.evaluation.evaluator import Evaluation, evaluate
from retrieval.evaluation.systems import ArchiveSystem
from retrieval.ingest.synchronising import Progress, quiet
from retrieval.opening import load_ranker
from retrieval.ranking.weights import one_feature

HEADLINE = "headline"
"""The kind of a query that is the headline of its gold article."""

NEIGHBOURS = 20
"""Passages near a subject among which a look-alike is searched for."""

GRAINS = {"month": len("2017-03"), "year": len("2017")}
"""The grains of a question's time, and how much of an EDTF day each keeps."""

_COLON = re.compile(r"\s*:\s")
_NUMBER = re.compile(r"\b\d[\w.,]*")
_WORD = re.compile(r"[^\W\d_]{2,}")


def evaluate_time(
    folders: Sequence[Path],
    *,
    model: str | None = None,
    limit: int | None = None,
    progress: Progress = quiet,
) -> list[list[Evaluation]]:
    """Return, for each BEIR folder of dated news, the archive with dates and the same without.

    Both are asked the same time-bound questions, at most ``limit`` of them.

    Raises:
        CollectionError: a path is no such folder.
    """
    evaluations = []
    encoder = load_encoder(model)
    ranker = load_ranker(encoder, reader=OFF)
    timeless = replace(ranker, weights=replace(ranker.weights, time=None))
    for collection, folder in zip(read_collections(folders), folders, strict=True):
        if not collection.documents:
            raise CollectionError(f"{folder} is a questions file: give a BEIR folder of dated news.")
        with corpus_archive(collection, folder, encoder, ranker, progress) as archive:
            asked = time_bound(collection, archive)
            systems = ArchiveSystem(archive), ArchiveSystem(archive.ranked_by(timeless), "without dates")
            evaluations.append([evaluate(asked, system, limit=limit) for system in systems])
    return evaluations


def time_bound(collection: Collection, archive: Archive) -> Collection:
    """Return the time-bound questions of a collection whose queries of the kind ``headline`` have dated gold.

    ``archive`` is that of the collection's documents.

    Raises:
        CollectionError: No headline has a dated article and a look-alike of another time.
    """
    asked = [query for query in collection.queries if query.answerable and query.kind == HEADLINE]
    by_cosine = one_feature("passage_cosine", archive.ranker.weights)
    nearest = archive.ranked_by(replace(archive.ranker, weights=by_cosine, reader=None))
    queries = tuple(_bound(asked, collection, nearest))
    if not queries:
        raise CollectionError(
            f"{collection.name} has no headline whose article is dated and has a look-alike of another time: "
            "give a folder of dated news."
        )
    return replace(collection, name=f"{collection.name} in time", queries=queries)


def subject(headline: str) -> str:
    """Return what a headline is about: what stands before its colon, without its dates and numbers."""
    before = _COLON.split(headline, maxsplit=1)[0]
    kept = before if len(_WORD.findall(before)) > 1 else headline
    for mention in reversed(find(kept, "2000-01-01")):
        kept = kept[: mention.start] + kept[mention.end :]
    return " ".join(_NUMBER.sub(" ", kept).split()).strip(" ,;:.?!")


def _bound(queries: list[Query], collection: Collection, nearest: Archive) -> Iterator[Query]:
    grains = cycle(GRAINS.items())
    grain, length = next(grains)
    for query in queries:
        days = {collection.documents[id_].published for id_ in query.gold if id_ in collection.documents}
        day, about = next(iter(days)), subject(query.text)
        if len(days) > 1 or day is None or len(day) < length or len(_WORD.findall(about)) < 2:
            continue
        if _has_look_alike(query, about, day[:length], collection, nearest):
            word = "en" if query.language == "fr" else "in"
            text = f"{about} {word} {display(day[:length], query.language)}"
            yield replace(query, id=f"{query.id}-{grain}", text=text)
            grain, length = next(grains)


def _has_look_alike(query: Query, about: str, time: str, collection: Collection, nearest: Archive) -> bool:
    """Tell whether an article of another time is nearer to the subject than the query's own articles."""
    for hit in nearest.search(about, NEIGHBOURS):
        if collection.doc_id(hit.passage) in query.gold:
            return False
        if hit.article.published and not hit.article.published.startswith(time):
            return True
    return False
