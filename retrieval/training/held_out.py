"""How good the ranker is on questions it was not fitted on: leave one collection out, in turn."""

from __future__ import annotations

from dataclasses import replace

from retrieval.encoders import load_encoder, load_reader
from retrieval.errors import CollectionError
from retrieval.evaluation.corpora import corpus_archive
from retrieval.evaluation.evaluator import Evaluation
from retrieval.evaluation.robustness import read_off_topic
from retrieval.evaluation.running import Plan, evaluate_systems
from retrieval.ingest.synchronising import Progress, quiet
from retrieval.ranking.bundled import weights_for
from retrieval.ranking.ranker import Ranker
from retrieval.training.training_set import Parts, training_set


def evaluate_held_out(
    parts: Parts,
    plan: Plan | None = None,
    *,
    model: str | None = None,
    reader: str | None = None,
    progress: Progress = quiet,
) -> list[list[Evaluation]]:
    """Return, for each collection, the evaluation of each system of the plan, in its order.

    Whatever part a collection has, it is asked of an archive that ranks, chooses sentences and keeps silent
    with weights fitted on the others. ``plan.limit`` bounds both the questions fitted on and those asked of
    each. The weights of time are not fitted, so they are those of every archive. Passages are read by
    ``reader``, except where its weights were fitted on the collection.

    Raises:
        CollectionError: a path holds no collection, a system of the plan is not installed, or one collection
            alone teaches a part.
    """
    plan = plan or Plan()
    for what, folders in (("ranking and silence", parts.asked), ("choice of sentences", parts.sentences)):
        if len({folder.resolve() for folder in folders}) == 1:
            raise CollectionError(f"Only {folders[0]} teaches the {what}: name another, to leave one out.")
    off_topic = read_off_topic(plan.off_topic) if plan.off_topic else None
    encoder = load_encoder(model)
    reads = load_reader(reader)
    reading = weights_for(encoder).reading if reads else None
    training = training_set(parts, encoder, limit=plan.limit, progress=progress)
    evaluations = []
    for path, collection in parts.collections().items():
        weights = training.without(collection.name).fit()
        if reading and collection.name not in reading.fitted_on:
            weights = replace(weights, reading=reading)
        ranker = Ranker(weights, encoder.scale, plan.precision, reads if weights.reading else None)
        with corpus_archive(collection, path, encoder, ranker, progress) as archive:
            evaluations.append(evaluate_systems(collection, archive, plan, off_topic))
    return evaluations
