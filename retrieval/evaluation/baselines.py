"""What the archive is measured against: BM25 alone, dense cosine alone, and the two fused by rank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from retrieval.archive import Archive
from retrieval.errors import CollectionError
from retrieval.evaluation.peers import txtai
from retrieval.evaluation.systems import ArchiveSystem, Response, System
from retrieval.ranking.model import CANDIDATES, baseline
from retrieval.types import Encoder, Hit, Vectors

TIMELESS = (0.0, 0.0, 0.0)
"""Weights by which the time that a question asks about costs a passage nothing."""

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
    """A ranking by one feature alone, which never stays silent.

    It is not timed: it computes every feature as the archive does, so its pace would say nothing.
    """

    archive: Archive
    name: str

    def respond(self, question: str, k: int) -> Response:
        """Rank the passages that the feature speaks for; the others have nothing in common with it."""
        hits = self.archive.search(question, k)
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


class _Remembering:
    """An encoder that embeds a question once, however many baselines are asked it."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.fingerprint, self.dimension = encoder.name, encoder.fingerprint, encoder.dimension
        self.prompts, self.scale = encoder.prompts, encoder.scale
        self.encode_passages = encoder.encode_passages
        self._encode = encoder.encode_queries
        self._known: dict[tuple[str, ...], Vectors] = {}

    def encode_queries(self, texts: list[str]) -> Vectors:
        key = tuple(texts)
        if key not in self._known:
            self._known[key] = self._encode(texts)
        return self._known[key]


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
    encoder = _Remembering(archive.encoder)
    with ExitStack() as stack:
        alone = {}
        for name, feature in FEATURES.items():
            if name in names or "rrf" in names:
                weights = replace(baseline(feature), time=TIMELESS)
                ranked = stack.enter_context(Archive(archive.folder, encoder, weights=weights))
                alone[name] = Baseline(ranked, name)
        every: dict[str, System] = {
            "default": ArchiveSystem(archive),
            **alone,
            "rrf": Fusion(tuple(alone.values())),
            **{name: stack.enter_context(peer(archive)) for name, peer in PEERS.items() if name in names},
        }
        yield [every[name] for name in dict.fromkeys(names)]
