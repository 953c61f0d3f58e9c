"""The cosines of any model, read where the bundled model's are."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from fakes import ARTICLES, BY_WORDS, HashEncoder, archive_of, weighing

from retrieval.archive import Archive
from retrieval.encoders import SentenceEncoder
from retrieval.encoders import scale as scales
from retrieval.encoders.scale import BUNDLED_SCALE, CosineScale, kept_scale, measure
from retrieval.ranking.ranker import Ranker
from retrieval.types import Vectors

SHARED = 0.75
"""What any two texts have in common for a model whose cosines are high, as those of E5 are."""


class Narrow(HashEncoder):
    """The hash encoder with its cosines c moved to SHARED + (1 - SHARED) c."""

    def __init__(self) -> None:
        super().__init__("narrow", "2" * 64)
        self.dimension += 1
        self.scale = measure(self)

    def encode_queries(self, texts: list[str]) -> Vectors:
        return narrowed(super().encode_queries(texts))

    def encode_passages(self, texts: list[str]) -> Vectors:
        return narrowed(super().encode_passages(texts))


def narrowed(vectors: Vectors) -> Vectors:
    shared = np.full((len(vectors), 1), np.sqrt(SHARED), dtype=np.float32)
    return np.hstack([shared, np.sqrt(1 - SHARED) * vectors]).astype(np.float32)


@pytest.fixture
def wide() -> HashEncoder:
    encoder = HashEncoder()
    encoder.scale = measure(encoder)
    return encoder


@pytest.mark.model
def test_the_bundled_model_has_the_anchors_noted_for_it(real_encoder: SentenceEncoder) -> None:
    measured = measure(real_encoder)
    assert measured.unrelated == pytest.approx(BUNDLED_SCALE.unrelated, abs=2e-3)
    assert measured.matching == pytest.approx(BUNDLED_SCALE.matching, abs=2e-3)
    assert real_encoder.scale is BUNDLED_SCALE
    cosines = np.linspace(-1, 1, 50)
    np.testing.assert_allclose(BUNDLED_SCALE(cosines), cosines, atol=1e-12)


def test_anchors_go_to_anchors_and_the_ends_stay() -> None:
    scale = CosineScale(0.75, 0.87)
    given = np.array([-1, 0.75, 0.87, 1])
    np.testing.assert_allclose(scale(given), [-1, BUNDLED_SCALE.unrelated, BUNDLED_SCALE.matching, 1])
    assert (np.diff(scale(np.linspace(0.4, 1, 99))) > 0).all(), "what is nearer stays nearer"


def test_a_model_with_other_cosines_is_read_as_the_same(wide: HashEncoder) -> None:
    cosines = np.linspace(-0.5, 1, 20)
    np.testing.assert_allclose(
        Narrow().scale(SHARED + (1 - SHARED) * cosines), wide.scale(cosines), atol=2e-3
    )


def ranked_by(
    cosines: Mapping[str, float], texts: Mapping[str, str], encoder: HashEncoder, folder: Path
) -> Archive:
    ranker = Ranker(weighing(cosines, {"cosine": 1.0}), encoder.scale)
    return archive_of(texts, folder, encoder).ranked_by(ranker)


@pytest.mark.parametrize(
    "cosines", [{"passage_cosine": 1.0, "sentence_cosine": 2.0}, {"article_cosine": 3.0}], ids=str
)
def test_scores_are_those_of_the_same_model_with_other_cosines(
    cosines: Mapping[str, float], wide: HashEncoder, tmp_path: Path
) -> None:
    """So the weights that suit the one suit the other, and so do thresholds."""
    texts = {path: text.partition("\n\n")[0] for path, text in ARTICLES.items() if path.endswith(".txt")}
    with (
        ranked_by(cosines, texts, wide, tmp_path / "a") as one,
        ranked_by(cosines, texts, Narrow(), tmp_path / "b") as other,
    ):
        for question in ("Quand le barrage de Kandadji sera-t-il rempli ?", "hopital cardiologie", "jazz"):
            found, again = one.search(question), other.search(question)
            assert [hit.id for hit in found] == [hit.id for hit in again]
            np.testing.assert_allclose([hit.score for hit in found], [hit.score for hit in again], atol=0.03)


def test_a_timeline_takes_no_two_facts_for_one_because_cosines_are_high(
    wide: HashEncoder, tmp_path: Path
) -> None:
    story = {
        "un.txt": "date 2024-02-10 Le barrage de Kandadji a cédé le 9 février 2024 sous une crue soudaine.",
        "deux.txt": "date 2024-02-10 Le 9 février 2024, cent familles voisines du barrage de Kandadji"
        " ont fui vers Tillabéri, Niamey ou Dosso, selon les secours.",
    }
    for encoder in (wide, Narrow()):
        with archive_of(story, tmp_path / encoder.name, encoder) as built:
            archive = built.ranked_by(Ranker(BY_WORDS, encoder.scale))
            assert len(archive.timeline("barrage de Kandadji").entries) == 2


def test_a_scale_is_measured_once_a_machine(encoder: HashEncoder) -> None:
    first = kept_scale(encoder)
    assert encoder.passages
    encoder.passages.clear()
    assert kept_scale(encoder) == first == measure(HashEncoder())
    assert encoder.passages == []
    kept_scale(HashEncoder("autre", "3" * 64))
    assert len(list(kept_files())) == 2


def kept_files() -> list[Path]:
    return list((scales.platformdirs.user_cache_path("verbatim") / "scales").iterdir())


@pytest.mark.parametrize("damage", ["", "{}", "[]", '{"unrelated": "a", "matching": 1}', "\udcff"])
def test_a_scale_that_is_kept_damaged_is_measured_again(encoder: HashEncoder, damage: str) -> None:
    measured = kept_scale(encoder)
    [file] = kept_files()
    file.write_bytes(damage.encode("utf-8", "surrogateescape"))
    assert kept_scale(encoder) == measured
    assert kept_scale(encoder) == measured


def test_a_scale_that_cannot_be_kept_is_used_all_the_same(
    encoder: HashEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert kept_scale(encoder) == measure(encoder)


def test_a_model_that_tells_nothing_apart_is_said(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        HashEncoder, "encode_queries", lambda _, texts: np.ones((len(texts), 64), np.float32) / 8
    )
    with caplog.at_level(logging.WARNING):
        assert measure(HashEncoder("muet")) == BUNDLED_SCALE
    assert "muet hardly tells a passage that answers from one on another subject" in caplog.text
