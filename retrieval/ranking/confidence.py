"""What tells how sure to be of the first passage: how far it is ahead, and of whom.

How well a passage matches says little, for some questions match nothing well and others everything. The
ranker's own probabilities say more: whether they settle on one article, or waver between several. Where a
reader has read the first passages, what it says of them comes first.
"""

from __future__ import annotations

import numpy as np

from retrieval.arrays import Bools, Floats, Ints
from retrieval.index.interface import Candidates
from retrieval.ranking.reading import ReadPassages

CONFIDENCE_FEATURES = (
    "score",  # of the first passage
    "gap",  # to the first of its rivals
    "log_share",  # log of the share of probability that goes to the first and those of its group
    "entropy",  # of the groups' shares, in nats: how far the others are from being out of it
    "log_passage_share",  # log of the share of the first passage alone
    "passage_entropy",  # of the passages' shares
    "date_lacking",  # asks when, and the first passage tells no date
    "number_lacking",  # asks how many, and it has no number
    "name_lacking",  # asks who, and it has no name
)

READING_FEATURES = (
    *CONFIDENCE_FEATURES,  # of the scores blended with what was read
    "logit",  # of the first passage
    "logit_gap",  # to the highest of its rivals'
    "log_none",  # log of the share of nothing, whose logit is 0, among the logits
    "agreement",  # 1 where the first stage puts the same passage first
    "figures_missing",  # share of the question's figures that the first passage does not have
    "names_missing",  # share, by idf, of the question's names that its article does not have
    "foreign",  # 1 where the passage is in another language than the question
    "log_size",  # log of the number of passages in the archive
    "span",  # score of the words that answer in the first passage, over "no answer here"
    "first_stage",  # score of the first passage before it was read
    "time_lost",  # what that score lost because the passage is of another time than the one asked about
)

LARGEST = 20_000
"""Passages of an archive from which more change nothing in confidence."""


LARGEST_SPAN = 20.0
"""The score of an answer span beyond which more changes nothing in confidence."""


def rival_groups(candidates: Candidates, articles: int) -> Ints:
    """Return which candidates speak for the same thing and which are rivals, as numbers.

    Passages of one article are in one group; in an archive of a single article each is in its own.
    """
    return candidates.articles if articles > 1 else candidates.ids


def confidence_row(scores: Floats, groups: Ints, lacking: Bools) -> Floats:
    """Return the CONFIDENCE_FEATURES of a ranking: scores, best first, groups, and what the first lacks.

    Scores are those of a multinomial logit, so their softmax is what the ranker believes of each passage
    if one of them answers. A passage without rivals is compared with nothing, whose score is 0.
    """
    odds = np.exp(scores - scores[0])
    share = odds / odds.sum()
    own = groups == groups[0]
    by_group = np.zeros(len(share))
    np.add.at(by_group, np.unique(groups, return_inverse=True)[1], share)
    rival = 0.0 if own.all() else scores[~own][0]
    return np.array(
        [
            scores[0],
            scores[0] - rival,
            np.log(share[own].sum()),
            _entropy(by_group),
            np.log(share[0]),
            _entropy(share),
            *lacking,
        ]
    )


def reading_row(
    scores: Floats,
    groups: Ints,
    lacking: Bools,
    read: ReadPassages,
    *,
    agreement: bool,
    missing: Floats,
    foreign: float,
    size: int,
    first_stage: float,
    time_lost: float,
) -> Floats:
    """Return the READING_FEATURES of the passages that were read, best first by blended score.

    ``missing`` are the shares of the question's figures and names that the first passage does not have.
    """
    own = groups == groups[0]
    rival = 0.0 if own.all() else float(read.logits[~own].max())
    none = -np.logaddexp(0.0, np.logaddexp.reduce(read.logits))
    return np.array(
        [
            *confidence_row(scores, groups, lacking),
            read.logits[0],
            read.logits[0] - rival,
            none,
            float(agreement),
            *missing,
            foreign,
            np.log(min(size, LARGEST)),
            np.clip(read.span_scores[0], -LARGEST_SPAN, LARGEST_SPAN),
            first_stage,
            time_lost,
        ]
    )


def _entropy(share: Floats) -> float:
    return float(-(share * np.log(np.maximum(share, 1e-12))).sum())
