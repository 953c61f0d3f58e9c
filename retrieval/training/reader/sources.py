"""The data that the reader is trained on, and what it is validated on, from one folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.encoders import load_encoder
from retrieval.training.reader.beir import (
    answered_within,
    encyclopaedia_groups,
    news_groups,
    read_folder,
    split_articles,
    split_questions,
    with_questions,
)
from retrieval.training.reader.groups import Group
from retrieval.training.reader.negatives import RememberingEncoder
from retrieval.training.reader.squad import read_squad, squad_groups, xquad_groups

SHARES = {"news": 6, "own": 5, "piaf": 4, "squad2": 2, "xquad": 2, "arcd": 1}
"""Groups of each source in every twenty: over half are news, the archive's own kind."""

OWN = Path(__file__).with_name("questions.jsonl")
"""Questions written for this project on the articles of news_natural_train that it has no questions on."""

VALIDATION_NEWS = 75
VALIDATION_NEAR_MISSES = 45
VALIDATION_PIAF = 40

CANDIDATES = 8
"""Passages that are read with a question of the validation part."""


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Groups to train on by source, and the fixed groups of each validation part.

    ``held_out`` are the identifiers of the questions that are left out, for whoever fits on the reader's
    logits.
    """

    sources: dict[str, list[Group]]
    validation: dict[str, list[Group]]
    held_out: list[str]


def read_training_data(folder: Path, seed: int) -> TrainingData:
    """Return the groups made of a folder with ``retrieval/`` and ``reading/`` in it.

    News are news_natural_train and the project's own questions; news_natural_dev is for validation. A fifth
    of the articles of news_natural_train and of PIAF are held out.

    Raises:
        CollectionError: a collection is missing or cannot be read.
        EncoderError: the bundled encoder, which looks for wrong passages, cannot be loaded.
    """
    encoder = RememberingEncoder(load_encoder())
    collections, reading = folder / "retrieval", folder / "reading"
    piaf, piaf_held_out = split_articles(read_folder(collections / "piaf"))
    news, held_out = split_questions(read_folder(collections / "news_natural_train"))
    sources = {
        "news": news_groups(news, encoder),
        "own": news_groups(with_questions(news, OWN), encoder),
        "piaf": encyclopaedia_groups(piaf, encoder),
        "squad2": squad_groups("squad2", read_squad(reading / "squad2_half_dev.json")),
        "xquad": xquad_groups(reading, seed),
        "arcd": squad_groups("arcd", read_squad(reading / "arcd.json")),
    }
    held_out += [question["_id"] for question in answered_within(piaf_held_out)]
    return TrainingData(sources, validation_groups(folder, encoder), held_out)


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
