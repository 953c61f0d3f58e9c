"""The data that the reader is trained on, and what it is validated on, from one folder."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.encoders import load_encoder
from retrieval.training.reader.beir import encyclopaedia_groups, news_groups, read_folder, split_articles
from retrieval.training.reader.groups import Group
from retrieval.training.reader.negatives import RememberingEncoder
from retrieval.training.reader.squad import read_squad, squad_groups, xquad_groups

SHARES = {"news": 10, "piaf": 3, "squad2": 3, "xquad": 2, "afriqa": 1, "arcd": 1}
"""Groups of each source in every twenty: half are news, the archive's own kind."""

VALIDATION_NEWS = 75
VALIDATION_NEAR_MISSES = 45
VALIDATION_PIAF = 40

CANDIDATES = 8
"""Passages that are read with a question of the validation part."""


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Groups to train on by source, and the fixed groups of each validation part."""

    sources: dict[str, list[Group]]
    validation: dict[str, list[Group]]


def read_training_data(folder: Path, seed: int, held_out: Collection[str] = ()) -> TrainingData:
    """Return the groups made of a folder with ``retrieval/`` and ``reading/`` in it.

    News are news_natural_train; news_natural_dev and a fifth of PIAF's articles are for validation.
    ``held_out`` are identifiers of questions that are not trained on, for whoever fits on the reader's
    logits.

    Raises:
        CollectionError: a collection is missing or cannot be read.
        EncoderError: the bundled encoder, which looks for wrong passages, cannot be loaded.
    """
    encoder = RememberingEncoder(load_encoder())
    collections, reading = folder / "retrieval", folder / "reading"
    piaf, _ = split_articles(read_folder(collections / "piaf", held_out))
    sources = {
        "news": news_groups(read_folder(collections / "news_natural_train", held_out), encoder),
        "piaf": encyclopaedia_groups(piaf, encoder),
        "afriqa": encyclopaedia_groups(read_folder(collections / "afriqa_fr", held_out), encoder),
        "squad2": squad_groups("squad2", read_squad(reading / "squad2_half_dev.json")),
        "xquad": xquad_groups(reading, seed),
        "arcd": squad_groups("arcd", read_squad(reading / "arcd.json")),
    }
    return TrainingData(sources, validation_groups(folder, encoder))


def validation_groups(
    folder: Path, encoder: RememberingEncoder, *, whole: bool = False
) -> dict[str, list[Group]]:
    """Return fixed groups of news_natural_dev and PIAF's held-out articles: some, or all with ``whole``."""
    news = news_groups(read_folder(folder / "retrieval" / "news_natural_dev"), encoder)
    _, held_out = split_articles(read_folder(folder / "retrieval" / "piaf"))
    piaf = encyclopaedia_groups(held_out, encoder)
    answerable = [group for group in news if group.right]
    near_misses = [group for group in news if not group.right]
    if not whole:
        answerable = evenly(answerable, VALIDATION_NEWS)
        near_misses = evenly(near_misses, VALIDATION_NEAR_MISSES)
        piaf = evenly(piaf, VALIDATION_PIAF)
    return {
        "news": [fixed(group) for group in (*answerable, *near_misses)],
        "piaf": [fixed(group) for group in piaf],
    }


def fixed(group: Group) -> Group:
    """Return the group with CANDIDATES passages: the right one, the tempting ones, and the hardest."""
    room = CANDIDATES - (group.right is not None) - len(group.tempting)
    return replace(group, tempting=(), wrong=(*group.tempting, *group.wrong[:room]))


def evenly(groups: Sequence[Group], count: int) -> list[Group]:
    """Return ``count`` groups, evenly spaced."""
    return [groups[i * len(groups) // count] for i in range(min(count, len(groups)))]
