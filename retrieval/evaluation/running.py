"""Evaluate the archive and its baselines on collections given by their paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from retrieval.archive import Archive
from retrieval.encoders import load_encoder
from retrieval.evaluation.collections import read_collections
from retrieval.evaluation.corpora import corpus_archive
from retrieval.evaluation.evaluator import Evaluation, evaluate
from retrieval.evaluation.systems import ArchiveSystem, Response, System
from retrieval.opening import Progress, open_archive, quiet
from retrieval.ranking.model import baseline


@dataclass(frozen=True, slots=True)
class Baseline:
    """A ranking by one feature alone, which never stays silent."""

    archive: Archive
    name: str

    def respond(self, question: str, k: int) -> Response:
        """Search; there is no answer to give."""
        start = perf_counter()
        hits = self.archive.search(question, k)
        return Response(hits, None, perf_counter() - start)


def evaluate_paths(
    paths: Sequence[Path],
    archive: Path,
    *,
    model: str | None = None,
    limit: int | None = None,
    baselines: bool = True,
    progress: Progress = quiet,
) -> list[list[Evaluation]]:
    """Return, for each path, the evaluation of the archive, then those of the baselines.

    A questions file is asked of the archive at ``archive``; a BEIR folder of its own corpus.

    Raises:
        CollectionError: a path holds no collection.
        ArchiveError: the archive cannot be opened.
    """
    evaluations = []
    collections = read_collections(paths)
    encoder = load_encoder(model)
    for collection, path in zip(collections, paths, strict=True):
        asked = (
            corpus_archive(collection, path, encoder, progress)
            if collection.documents
            else open_archive(archive, model=model, progress=progress)
        )
        with asked:
            systems: list[System] = [ArchiveSystem(asked)]
            if baselines:
                systems += [
                    Baseline(Archive(asked.folder, encoder, weights=baseline(feature)), name)
                    for name, feature in (("bm25", "bm25"), ("dense", "passage_cosine"))
                ]
            evaluations.append([evaluate(collection, system, limit=limit) for system in systems])
    return evaluations
