"""Evaluate the archive and its baselines on collections given by their paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.archive import Archive
from retrieval.encoders import load_encoder
from retrieval.evaluation.baselines import SYSTEMS, check_names, opened
from retrieval.evaluation.collections import Collection, read_collections
from retrieval.evaluation.corpora import corpus_archive
from retrieval.evaluation.evaluator import Evaluation, evaluate
from retrieval.evaluation.robustness import asked_off_topic, read_off_topic, typed_again
from retrieval.evaluation.stages import stage_times
from retrieval.evaluation.systems import ArchiveSystem, System
from retrieval.ingest.opening import Progress, open_archive, quiet, rankers
from retrieval.types import PRECISION


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure: which systems, on how many questions, and what beside the questions themselves.

    ``typed`` asks every question again as typed in haste, and misspelt; ``off_topic`` is a file of questions
    on other subjects; ``stages`` times each stage of a question; ``precision`` is that of ``open_archive``.

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
    reranker: str | None = None,
    progress: Progress = quiet,
) -> list[list[Evaluation]]:
    """Return, for each path, the evaluation of each system of the plan, in its order.

    A questions file is asked of the archive at ``archive``; a BEIR folder of its own corpus. ``model``,
    ``weights`` and ``reranker`` are those of ``open_archive``.

    Raises:
        CollectionError: a path holds no collection, or a system of the plan is not installed.
        ArchiveError: the archive cannot be opened.
        EncoderError: the model or the reranker cannot be loaded.
        WeightsError: the weights cannot be read, or are for another model.
    """
    plan = plan or Plan()
    evaluations = []
    collections = read_collections(paths)
    off_topic = read_off_topic(plan.off_topic) if plan.off_topic else None
    encoder = load_encoder(model)
    for collection, path in zip(collections, paths, strict=True):
        if collection.documents:
            fitted, judge = rankers(encoder, weights, reranker)
            asked = corpus_archive(collection, path, encoder, progress, weights=fitted, reranker=judge)
        else:
            asked = open_archive(archive, model=model, weights=weights, reranker=reranker, progress=progress)
        with asked:
            evaluations.append(evaluate_systems(collection, asked, plan, off_topic))
    return evaluations


def evaluate_systems(
    collection: Collection, archive: Archive, plan: Plan, off_topic: Collection | None = None
) -> list[Evaluation]:
    """Return the evaluation of each system of the plan on one collection, asked of one archive.

    ``off_topic`` are the questions read from ``plan.off_topic``.

    Raises:
        CollectionError: a system of the plan is not installed.
    """
    archive.precision = plan.precision
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
