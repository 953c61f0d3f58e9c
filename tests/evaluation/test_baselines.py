"""Rankings by one feature, and the fusion of several."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluation.scripted import Scripted, copied, hit
from fakes import ARTICLES, HashEncoder, archive_of

from retrieval.errors import CollectionError
from retrieval.evaluation.baselines import Fusion, opened, reciprocal_rank_fusion

TRAMWAY = "la seconde ligne du tramway de Tours"


def test_fusion_by_hand() -> None:
    """First and third beats second alone; equal sums are ordered by id."""
    left = [hit(1), hit(2), hit(3)]
    right = [hit(4), hit(5), hit(1)]
    fused = reciprocal_rank_fusion([left, right])
    assert [found.passage.paragraph for found in fused] == [1, 4, 2, 5, 3]
    assert [found.score for found in fused] == pytest.approx(
        [1 / 61 + 1 / 63, 1 / 61, 1 / 62, 1 / 62, 1 / 63]
    )


def test_copies_are_one_hit_whichever_of_them_each_ranking_shows() -> None:
    one, other = hit(1), hit(2)
    left = [copied(one, other), hit(3)]
    right = [hit(4), copied(other, one)]
    fused = reciprocal_rank_fusion([left, right])
    assert [found.passage.paragraph for found in fused] == [1, 4, 3]
    assert fused[0].score == pytest.approx(1 / 61 + 1 / 62)


def test_fusion_is_a_system_that_never_stays_silent() -> None:
    """It fuses what its parts rank, to the depth asked for."""
    fusion = Fusion((Scripted({"?": ([1, 2], None)}), Scripted({"?": ([2, 3], None)})))
    response = fusion.respond("?", 2)
    assert [found.passage.paragraph for found in response.hits] == [2, 1]
    assert (fusion.name, response.answer, response.seconds) == ("rrf", None, None)


def test_baselines_rank_by_one_feature(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """BM25 finds nothing where no word is shared; a question is embedded once for all three."""
    encoder = HashEncoder()
    embedded: list[str] = []
    encode = encoder.encode_queries
    monkeypatch.setattr(encoder, "encode_queries", lambda texts: embedded.extend(texts) or encode(texts))
    with (
        archive_of(ARTICLES, tmp_path, encoder) as archive,
        opened(["bm25", "dense", "rrf"], archive) as three,
    ):
        encoder.passages.clear()
        tramway = [system.respond(TRAMWAY, 5).hits[0].article.path for system in three]
        strange = three[0].respond("xylophone zzz", 5).hits
    assert [Path(path).name for path in tramway] == ["tramway.txt"] * 3
    assert strange == []
    assert embedded == [TRAMWAY, "xylophone zzz"]
    assert encoder.passages == []


def test_baselines_do_not_read_the_time_of_a_question(tmp_path: Path) -> None:
    """The archive puts the article of the month first, a baseline the one that says the word twice."""
    texts = {
        "a.txt": "date 2024-03 Le budget de la ville et de sa région.\n",
        "b.txt": "date 2023-01 Le budget, le budget.\n",
    }
    with archive_of(texts, tmp_path) as archive, opened(["default", "bm25"], archive) as systems:
        firsts = [system.respond("le budget en mars 2024", 2).hits[0].article.published for system in systems]
    assert firsts == ["2024-03", "2023-01"]


def test_systems_are_given_in_the_order_asked_for(tmp_path: Path) -> None:
    with archive_of(ARTICLES, tmp_path) as archive:
        with opened(["rrf", "default", "rrf"], archive) as systems:
            assert [system.name for system in systems] == ["rrf", "default"]
        with (
            pytest.raises(CollectionError, match="'bm26' is not a system: choose among default, bm25"),
            opened(["bm26"], archive),
        ):
            pass
