"""What the archive is measured against: BM25 alone, dense cosine alone, and the two fused by rank."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache

from retrieval.archive import Archive
from retrieval.errors import CollectionError
from retrieval.evaluation.peers import txtai
from retrieval.evaluation.systems import ArchiveSystem, Response, System
from retrieval.ranking.ranker import CANDIDATES, Ranker, Ranking
from retrieval.ranking.weights import one_feature
from retrieval.types import Hit, Question

FEATURES = {"bm25": "bm25", "dense": "passage_cosine"}
"""The baselines that rank by one feature of the archive's own; misspelt words are put right for them too."""

SYSTEMS = ("default", *FEATURES, "rrf")
"""Every system of our own by name: the archive as people meet it, then the baselines."""

PEERS = {"txtai": txtai}
"""Other people's engines, by name; each is opened over an archive, where it is installed."""

RRF_K = 60
"""The constant of the paper; what it adds to each rank damps the first ones."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A ranking of an archive's passages by one feature alone, which never stays silent.

    It is not timed: it computes every feature as the archive does, so its seconds would say nothing.
    """

    archive: Archive
    rank: Callable[[str], Ranking]
    name: str

    def respond(self, question: str, k: int) -> Response:
        """Rank the passages that the feature speaks for; the others have nothing in common with it."""
        hits = self.archive.hits(self.rank(question), k)
        return Response([hit for hit in hits if hit.score > 0], None)


@dataclass(frozen=True, slots=True)
class Fusion:
    """Several rankings fused by rank; it never stays silent."""

    parts: Sequence[System]
    name: str = "rrf"

    def respond(self, question: str, k: int) -> Response:
        """Rank the passages that any of the parts finds."""
        rankings = [part.respond(question, CANDIDATES).hits for part in self.parts]
        return Response(reciprocal_rank_fusion(rankings)[:k], None)


def reciprocal_rank_fusion(rankings: Iterable[Sequence[Hit]]) -> list[Hit]:
    """Return the hits of several rankings by the sum of 1 / (RRF_K + rank), best first; ties by id.

    Of copies, each ranking shows one, and not always the same: they are one hit.

    Source: Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet", SIGIR 2009.
    """
    found: dict[str, Hit] = {}
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, hit in enumerate(ranking, start=1):
            story = min([hit.id, *(copy.passage.id for copy in hit.copies)])
            found.setdefault(story, hit)
            scores[story] = scores.get(story, 0.0) + 1 / (RRF_K + rank)
    order = sorted(found, key=lambda id_: (-scores[id_], id_))
    return [replace(found[id_], score=scores[id_]) for id_ in order]


def check_names(names: Iterable[str]) -> None:
    """Raise for a name that is no system.

    Raises:
        CollectionError: it is neither in SYSTEMS nor in PEERS.
    """
    if unknown := next((name for name in names if name not in (*SYSTEMS, *PEERS)), None):
        raise CollectionError(f"{unknown!r} is not a system: choose among {', '.join((*SYSTEMS, *PEERS))}.")


@contextmanager
def opened(names: Sequence[str], archive: Archive) -> Iterator[list[System]]:
    """Open the systems of these names over one archive; they are closed on leaving.

    Raises:
        CollectionError: a name is neither in SYSTEMS nor in PEERS, or a peer is not installed.
    """
    check_names(names)
    with ExitStack() as stack:
        alone = _baselines(archive)
        every: dict[str, System] = {
            "default": ArchiveSystem(archive),
            **alone,
            "rrf": Fusion(tuple(alone.values())),
            **{name: stack.enter_context(peer(archive)) for name, peer in PEERS.items() if name in names},
        }
        yield [every[name] for name in dict.fromkeys(names)]


def _baselines(archive: Archive) -> dict[str, Baseline]:
    """Return the baselines of FEATURES; each question is embedded once for all, and ranked once by each."""
    weights = {name: one_feature(feature, archive.ranker.weights) for name, feature in FEATURES.items()}
    rankers = {name: replace(archive.ranker, weights=alone, reader=None) for name, alone in weights.items()}
    understand = cache(archive.ranked_by(rankers["bm25"]).understand)
    return {name: _baseline(name, archive, ranker, understand) for name, ranker in rankers.items()}


def _baseline(name: str, archive: Archive, ranker: Ranker, understand: Callable[[str], Question]) -> Baseline:
    return Baseline(archive, cache(lambda text: ranker.rank(understand(text), archive.index)), name)
