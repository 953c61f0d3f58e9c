"""What tells how sure to be of the first passage: how far it is ahead, and of whom.

How well a passage matches says little, for some questions match nothing well and others everything. The
ranker's own probabilities say more: whether they settle on one article, or waver between several.
"""

from __future__ import annotations

import numpy as np

from retrieval.arrays import Bools, Floats, Ints
from retrieval.index.interface import Candidates

CONFIDENCE_FEATURES = (
    "score",  # of the first passage
    "gap",  # to the first of its rivals
    "log_share",  # log of the share of probability that goes to the first and those on its side
    "entropy",  # of the sides' shares, in nats: how far the others are from being out of it
    "log_passage_share",  # log of the share of the first passage alone
    "passage_entropy",  # of the passages' shares
    "date_lacking",  # asks when, and the first passage tells no date
    "number_lacking",  # asks how many, and it has no number
    "name_lacking",  # asks who, and it has no name
    "second_stage",  # the logit that the second stage gives it; 0 where there is none
)


def rival_groups(candidates: Candidates, articles: int) -> Ints:
    """Return which candidates speak for the same thing and which are rivals, as numbers.

    Passages of one article are in one group; in an archive of a single article each is in its own.
    """
    return candidates.articles if articles > 1 else candidates.ids


def confidence_row(scores: Floats, groups: Ints, lacking: Bools, logit: float = 0.0) -> Floats:
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
            logit,
        ]
    )


def _entropy(share: Floats) -> float:
    return float(-(share * np.log(np.maximum(share, 1e-12))).sum())
