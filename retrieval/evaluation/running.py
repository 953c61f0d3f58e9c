"""Evaluate the archive and its baselines on collections given by their paths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from retrieval.archive import Archive
from retrieval.articles import article_files
from retrieval.encoders import BUNDLED, load_encoder
from retrieval.encoders.interface import Encoder
from retrieval.evaluation.baselines import SYSTEMS, check_names, opened
from retrieval.evaluation.collections import Collection, read_collections
from retrieval.evaluation.corpora import corpus_archive
from retrieval.evaluation.evaluator import Evaluation, evaluate
from retrieval.evaluation.robustness import asked_off_topic, read_off_topic, typed_again
from retrieval.evaluation.stages import stage_times
from retrieval.evaluation.systems import ArchiveSystem, System
from retrieval.index.manifest import FILE as MANIFEST
from retrieval.index.manifest import Manifest
from retrieval.ingest.sources import file_sources
from retrieval.ingest.synchronising import Progress, quiet
from retrieval.opening import load_ranker, open_cached, open_index
from retrieval.ranking.ranker import Ranker
from retrieval.types import PRECISION

Load = Callable[[str], tuple[Encoder, Ranker]]
"""Returns the model of a name, and the ranker for it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure: which systems, on how many questions, and what beside the questions themselves.

    ``typed`` asks every question again without accents and capitals, and misspelt; ``off_topic`` is a file of
    questions on other subjects; ``stages`` times each stage of a question; ``precision`` is that of
    ``open_archive``.

    Raises:
        CollectionError: there is no system of a name.
    """

    systems: Sequence[str] = SYSTEMS
    limit: int | None = None
    typed: bool = False
    off_topic: Path | None = None
    stages: bool = False
    precision: float = PRECISION

    def __post_init__(self) -> None:
        check_names(self.systems)


def evaluate_paths(
    paths: Sequence[Path],
    archive: Path,
    plan: Plan | None = None,
    *,
    model: str | None = None,
    weights: Path | None = None,
    reader: str | None = None,
    progress: Progress = quiet,
) -> list[list[Evaluation]]:
    """Return, for each path, the evaluation of each system of the plan, in its order.

    A questions file is asked of the archive at ``archive``; a BEIR folder of its own corpus. ``model``,
    ``weights`` and ``reader`` are those of ``open_archive``; each is loaded once.

    Raises:
        CollectionError: a path holds no collection, or a system of the plan is not installed.
        ArchiveError: the archive cannot be opened.
        EncoderError: the model or the reader cannot be loaded.
        WeightsError: the weights cannot be read, or are for another model.
    """
    plan = plan or Plan()
    evaluations = []
    collections = read_collections(paths)
    off_topic = read_off_topic(plan.off_topic) if plan.off_topic else None

    @cache
    def load(name: str) -> tuple[Encoder, Ranker]:
        encoder = load_encoder(name)
        return encoder, load_ranker(encoder, weights, reader, plan.precision)

    for collection, path in zip(collections, paths, strict=True):
        if collection.documents:
            asked = corpus_archive(collection, path, *load(model or BUNDLED), progress)
        else:
            asked = _open(archive, model, load, progress)
        with asked:
            evaluations.append(evaluate_systems(collection, asked, plan, off_topic))
    return evaluations


def _open(path: Path, model: str | None, load: Load, progress: Progress) -> Archive:
    """Open the archive at ``path`` as ``open_archive`` does, with models that may be loaded already."""
    if (path / MANIFEST).exists():
        return open_index(path, *load(model or Manifest.read(path).encoder), progress)
    sources = file_sources(article_files(path), path)
    return open_cached(path, sources, *load(model or BUNDLED), progress, root=path)


def evaluate_systems(
    collection: Collection, archive: Archive, plan: Plan, off_topic: Collection | None = None
) -> list[Evaluation]:
    """Return the evaluation of each system of the plan on one collection, asked of one archive.

    ``off_topic`` are the questions read from ``plan.off_topic``.

    Raises:
        CollectionError: a system of the plan is not installed.
    """
    with opened(plan.systems, archive) as systems:
        return [_evaluated(collection, system, archive, plan, off_topic) for system in systems]


def _evaluated(
    collection: Collection, system: System, archive: Archive, plan: Plan, off_topic: Collection | None
) -> Evaluation:
    evaluation = evaluate(collection, system, limit=plan.limit)
    if plan.typed:
        evaluation = typed_again(evaluation, collection, system)
    if not isinstance(system, ArchiveSystem):
        return evaluation
    if off_topic:
        evaluation = asked_off_topic(evaluation, off_topic, system, limit=plan.limit)
    if plan.stages:
        texts = [record.query.text for record in evaluation.records]
        evaluation = replace(evaluation, stages=stage_times(archive, texts))
    return evaluation
