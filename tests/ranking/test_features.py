"""The features of passages, computed by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import log
from pathlib import Path

import numpy as np
import pytest
from fakes import HashEncoder, archive_of
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.encoders.scale import BUNDLED_SCALE
from retrieval.ranking.bundled import bundled_weights
from retrieval.ranking.features import K1, PASSAGE_FEATURES, SENTENCE_FEATURES, B, Features, features_of
from retrieval.ranking.matches import distinct_terms, term_weight
from retrieval.ranking.ranker import Ranker
from retrieval.types import Question

Build = Callable[[dict[str, str]], Archive]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    return lambda texts: archive_of(texts, tmp_path)


def all_features(question: Question, archive: Archive) -> tuple[list[int], Features]:
    """The features of every passage, and their places in the order of files and paragraphs."""
    ids = archive.index.ids()
    candidates = archive.index.candidates(question, ids)
    stored = archive.index.stored(ids.tolist())
    order = sorted(range(len(ids)), key=lambda i: (stored[i].article.path, stored[i].passage.paragraph))
    return order, features_of(question, candidates, archive.index.statistics(), BUNDLED_SCALE)


def feature(name: str, question: str, archive: Archive) -> list[float]:
    """One feature of every passage, in the order of files and paragraphs."""
    order, features = all_features(archive.understand(question), archive)
    return features.passages[order, list(PASSAGE_FEATURES).index(name)].tolist()


def idf(word: str, archive: Archive) -> float:
    """The weight of a question's only word."""
    (term,) = distinct_terms(archive.understand(word))
    return term_weight(term, archive.index.statistics())


def test_bm25_is_what_one_computes_by_hand(build: Build) -> None:
    """Robertson's formula: idf · tf (k1 + 1) / (tf + k1 (1 - b + b · length / mean length))."""
    built = build(
        {"1.txt": "phare phare vent", "2.txt": "vent neige", "3.txt": "phare de la mer bleue ce soir"}
    )
    weight = idf("phare", built)
    mean = (3 + 2 + 7) / 3
    first = weight * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / mean))
    third = weight * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 7 / mean))
    assert (K1, B) == (1.2, 0.75)
    assert feature("bm25", "phare", built) == pytest.approx([first, 0.0, third])
    shares = [first / (2.2 * weight), 0.0, third / (2.2 * weight)]
    assert feature("bm25_share", "phare", built) == pytest.approx(shares)


def test_a_title_counts_as_words_of_each_of_its_passages(build: Build) -> None:
    built = build({"1.md": "---\ntitle: Le phare\n---\nIl ferme.\n\nIl rouvre.", "2.txt": "Le vent."})
    scores = feature("bm25", "phare", built)
    assert scores[0] == scores[1] > scores[2] == 0
    assert feature("title_coverage", "phare", built) == pytest.approx([1, 1, 0])
    assert feature("coverage", "phare", built) == pytest.approx([0, 0, 0])
    assert feature("joint_coverage", "phare", built) == pytest.approx([1, 1, 0])


def test_words_are_weighed_by_how_rare_they_are(build: Build) -> None:
    built = build({f"{n}.txt": f"Le vent souffle, zone{n}." for n in range(200)})
    rare, common = idf("zone7", built), idf("vent", built)
    assert rare > common > 0
    assert rare == pytest.approx(log((200 + 50 + 1) / 1.5), rel=0.35), "the archive's own idf, nearly"


def test_coverage_is_shared_among_words_by_their_weight(build: Build) -> None:
    built = build({"1.txt": "Le phare ferme. La mer monte.", "2.txt": "Le phare."})
    phare, mer = idf("phare", built), idf("mer", built)
    assert feature("coverage", "phare mer", built) == pytest.approx([1.0, phare / (phare + mer)])
    best = max(phare, mer) / (phare + mer)
    assert feature("sentence_coverage", "phare mer", built)[0] == pytest.approx(best)


def test_neighbouring_words_count_within_a_sentence_only(build: Build) -> None:
    built = build(
        {
            "1.txt": "La banque centrale monte.",
            "2.txt": "La centrale de la banque monte.",
            "3.txt": "Voici la banque. Centrale, elle monte.",
            "4.txt": "La banque très centrale monte.",
        }
    )
    assert feature("bigrams", "banque centrale", built) == pytest.approx([1, 0, 0, 1])
    assert feature("bigrams", "banque", built) == pytest.approx([0] * 4)


def test_cosines_are_those_of_the_vectors(build: Build) -> None:
    built = build({"1.txt": "Le phare ferme. La mer monte.", "2.txt": "Le vent souffle."})
    encoder = HashEncoder()
    question = encoder.encode_queries(["La mer monte"])[0]
    passages = encoder.encode_passages(["Le phare ferme. La mer monte.", "Le vent souffle."])
    sentences = encoder.encode_passages(["La mer monte.", "Le vent souffle."])
    assert feature("passage_cosine", "La mer monte", built) == pytest.approx(passages @ question, abs=2e-3)
    assert feature("sentence_cosine", "La mer monte", built) == pytest.approx(sentences @ question, abs=2e-3)


def test_an_article_is_known_by_the_mean_of_its_passages_and_all_its_words(build: Build) -> None:
    """« Il a démissionné » says neither who nor what; the paragraph before does."""
    built = build(
        {
            "1.txt": "Le ministre du phare a parlé.\n\nIl a démissionné hier.",
            "2.txt": "Le gardien a démissionné hier.",
        }
    )
    assert feature("article_coverage", "ministre phare", built) == pytest.approx([1.0, 1.0, 0.0])
    assert feature("joint_coverage", "ministre phare", built) == pytest.approx([1.0, 0.0, 0.0])
    encoder = HashEncoder()
    passages = encoder.encode_passages(["Le ministre du phare a parlé.", "Il a démissionné hier."])
    mean = passages.sum(axis=0) / np.linalg.norm(passages.sum(axis=0))
    cosine = float(mean @ encoder.encode_queries(["ministre phare"])[0])
    first, second, other = feature("article_cosine", "ministre phare", built)
    assert first == second == pytest.approx(cosine, abs=2e-3)
    assert other < first


@pytest.mark.parametrize(
    ("question", "asks_for", "wanted"),
    [
        ("Quand ferme-t-il ?", "date", [1, 0, 0, 0]),
        ("Combien coûte-t-il ?", "number", [1, 1, 0, 0]),
        ("Qui le garde ?", "name", [0, 0, 1, 0]),
        ("Pourquoi ferme-t-il ?", None, [0, 0, 0, 0]),
    ],
)
def test_passages_that_hold_the_kind_of_answer_asked_for_are_marked(
    question: str, asks_for: str | None, wanted: list[float], build: Build
) -> None:
    built = build(
        {
            "1.txt": "Il ferme le 3 mai 2024.",
            "2.txt": "Le billet coûte 12 euros.",
            "3.txt": "Le phare est gardé par Anne Le Goff.",
            "4.txt": "Le vent souffle.",
        }
    )
    for name in ("date", "number"):
        assert feature(name, question, built) == (wanted if name == asks_for else [0, 0, 0, 0])
    order, features = all_features(built.understand(question), built)
    for place, name in enumerate(("date", "number", "name")):
        assert features.lacking[order, place].tolist() == [name == asks_for and not held for held in wanted]


def test_a_number_in_words_is_a_number(build: Build) -> None:
    built = build({"1.txt": "Le phare a des gardiens.", "2.txt": "Le phare a trois gardiens."})
    assert feature("number", "Combien de gardiens a le phare ?", built) == [0, 1]


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    texts = {
        "1.md": "---\ntitle: Le phare\ndate: 2024\n---\nIl ferme le 3 mai 2024. Anne Le Goff pleure.\n\nFin.",
        "2.txt": "The lighthouse of the CEDEAO closes.",
        "3.txt": "مغلقة منذ أمس 😀",
        "4.txt": "x " * 3_000,
        "5.md": "---\ntitle: «\u00a0»\n---\n12",
    }
    with archive_of(texts, tmp_path_factory.mktemp("features")) as archive:
        yield archive


@settings(max_examples=25)
@given(st.text(max_size=60), st.sampled_from(["phare", "the lighthouse", "", "quand 2024", "Qui ? CÉDÉAO"]))
def test_every_feature_of_every_candidate_is_a_number(strange: Archive, typed: str, words: str) -> None:
    question = strange.understand(f"{words} {typed}")
    _, features = all_features(question, strange)
    assert features.passages.shape == (len(strange), len(PASSAGE_FEATURES))
    assert features.sentences.shape == (int(features.starts[-1]), len(SENTENCE_FEATURES))
    assert np.isfinite(features.passages).all()
    assert np.isfinite(features.sentences).all()
    assert (np.diff(features.starts) > 0).all()
    shares = [i for i, name in enumerate(PASSAGE_FEATURES) if "coverage" in name or name == "bigrams"]
    assert (features.passages[:, shares] >= 0).all()
    assert (features.passages[:, shares] <= 1 + 1e-9).all()
    ranking = Ranker(bundled_weights(), BUNDLED_SCALE).rank(question, strange.index)
    assert 0 <= ranking.confidence <= 1
    assert (np.diff(ranking.scores) <= 0).all()
