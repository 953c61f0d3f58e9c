"""Ranking: features one can compute by hand, an order that never changes, the best sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import log
from pathlib import Path

import numpy as np
import pytest
from fakes import BY_WORDS, HashEncoder, archive_of, weighing
from hypothesis import given
from hypothesis import strategies as st

from retrieval.archive import Archive
from retrieval.index import Derived
from retrieval.ranking.confidence import CONFIDENCE_FEATURES, confidence_row, sides
from retrieval.ranking.features import K1, PASSAGE_FEATURES, SENTENCE_FEATURES, B, look, term_weights
from retrieval.ranking.model import CANDIDATES, SIZES, Weights, bundled_weights, rank
from retrieval.question.understanding import Question, understand

Index = Callable[[dict[str, str]], Derived]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    def build(texts: dict[str, str]) -> Derived:
        with archive_of(texts, tmp_path) as archive:
            return archive.index

    return build


def asked(text: str) -> Question:
    return understand(text, HashEncoder())


def feature(name: str, question: str, index: Derived) -> list[float]:
    """One feature of every passage, in order."""
    seen = look(asked(question), index, np.arange(len(index)))
    return [float(value) for value in seen.passages[:, PASSAGE_FEATURES.index(name)]]


def idf(question: str, index: Derived) -> float:
    """The weight of a question's only word."""
    _, (weight,) = term_weights(asked(question), index)
    return float(weight)


def test_bm25_is_what_one_computes_by_hand(index: Index) -> None:
    """Robertson's formula: idf · tf (k1 + 1) / (tf + k1 (1 - b + b · length / mean length))."""
    built = index(
        {"1.txt": "phare phare vent", "2.txt": "vent neige", "3.txt": "phare de la mer bleue ce soir"}
    )
    weight = idf("phare", built)
    mean = (3 + 2 + 7) / 3
    first = weight * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / mean))
    third = weight * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 7 / mean))
    assert (K1, B) == (1.2, 0.75)
    assert feature("bm25", "phare", built) == pytest.approx([first, 0.0, third])
    assert feature("bm25_share", "phare", built) == pytest.approx(
        [first / (2.2 * weight), 0.0, third / (2.2 * weight)]
    )


def test_a_title_counts_as_words_of_each_of_its_passages(index: Index) -> None:
    built = index({"1.md": "---\ntitle: Le phare\n---\nIl ferme.\n\nIl rouvre.", "2.txt": "Le vent."})
    scores = feature("bm25", "phare", built)
    assert scores[0] == scores[1] > scores[2] == 0
    assert feature("title_coverage", "phare", built) == pytest.approx([1, 1, 0])
    assert feature("coverage", "phare", built) == pytest.approx([0, 0, 0])
    assert feature("joint_coverage", "phare", built) == pytest.approx([1, 1, 0])


def test_words_are_weighed_by_how_rare_they_are(index: Index) -> None:
    built = index({f"{n}.txt": f"Le vent souffle, zone{n}." for n in range(200)})
    rare, common = idf("zone7", built), idf("vent", built)
    assert rare > common > 0
    assert rare == pytest.approx(log((200 + 50 + 1) / 1.5), rel=0.35), "the archive's own idf, nearly"


def test_coverage_is_shared_among_words_by_their_weight(index: Index) -> None:
    built = index({"1.txt": "Le phare ferme. La mer monte.", "2.txt": "Le phare."})
    phare, mer = idf("phare", built), idf("mer", built)
    assert feature("coverage", "phare mer", built) == pytest.approx([1.0, phare / (phare + mer)])
    best = max(phare, mer) / (phare + mer)
    assert feature("sentence_coverage", "phare mer", built)[0] == pytest.approx(best)


def test_words_side_by_side_are_seen_within_a_sentence_only(index: Index) -> None:
    texts = {
        "1.txt": "La banque centrale monte.",
        "2.txt": "La centrale de la banque monte.",
        "3.txt": "Voici la banque. Centrale, elle monte.",
        "4.txt": "La banque très centrale monte.",
    }
    assert feature("bigrams", "banque centrale", index(texts)) == pytest.approx([1, 0, 0, 1])
    assert feature("bigrams", "banque", index(texts)) == pytest.approx([0] * 4)


def test_cosines_are_those_of_the_vectors(index: Index) -> None:
    built = index({"1.txt": "Le phare ferme. La mer monte.", "2.txt": "Le vent souffle."})
    encoder = HashEncoder()
    question = encoder.encode_queries(["La mer monte"])[0]
    passages = encoder.encode_passages(["Le phare ferme. La mer monte.", "Le vent souffle."])
    sentences = encoder.encode_passages(["La mer monte.", "Le vent souffle."])
    assert feature("passage_cosine", "La mer monte", built) == pytest.approx(passages @ question, abs=2e-3)
    assert feature("sentence_cosine", "La mer monte", built) == pytest.approx(sentences @ question, abs=2e-3)


@pytest.mark.parametrize(
    ("question", "asks_for", "wanted"),
    [
        ("Quand ferme-t-il ?", "date", [1, 0, 0, 0]),
        ("Combien coûte-t-il ?", "number", [1, 1, 0, 0]),
        ("Qui le garde ?", "name", [0, 0, 1, 0]),
        ("Pourquoi ferme-t-il ?", None, [0, 0, 0, 0]),
    ],
)
def test_passages_with_what_is_asked_for_are_told(
    question: str, asks_for: str | None, wanted: list[float], index: Index
) -> None:
    texts = {
        "1.txt": "Il ferme le 3 mai 2024.",
        "2.txt": "Le billet coûte 12 euros.",
        "3.txt": "Le phare est gardé par Anne Le Goff.",
        "4.txt": "Le vent souffle.",
    }
    built = index(texts)
    for name in ("date", "number"):
        assert feature(name, question, built) == (wanted if name == asks_for else [0, 0, 0, 0])
    lacking = look(asked(question), built, np.arange(4)).lacking
    for place, name in enumerate(("date", "number", "name")):
        assert lacking[:, place].tolist() == [name == asks_for and not held for held in wanted]


def test_the_best_sentence_is_the_one_that_answers(tmp_path: Path) -> None:
    text = "Le vent souffle fort. Le phare d’Ouessant ferme en mai. Le phare rouvre. La mer monte."
    with archive_of({"1.txt": text}, tmp_path) as archive:
        for words, sentence in [
            ("phare Ouessant", "Le phare d’Ouessant ferme en mai."),
            ("la mer", "La mer monte."),
            ("phare", "Le phare d’Ouessant ferme en mai."),  # of two that do, the first
            ("rouvrir le phare", "Le phare rouvre."),
        ]:
            (hit,) = archive.search(words)
            assert hit.text[slice(*hit.highlight)] == sentence


def test_the_sentence_of_every_candidate_is_its_own(index: Index) -> None:
    built = index({"1.txt": "Un. Deux phare. Trois.", "2.txt": "Quatre.", "3.txt": "Cinq. Six. Sept phare."})
    ranked = rank(asked("phare"), built, BY_WORDS)
    chosen = dict(zip(ranked.positions.tolist(), ranked.sentences.tolist(), strict=True))
    assert chosen == {0: 1, 1: 0, 2: 2}


def test_equal_passages_are_in_the_order_of_the_archive(index: Index) -> None:
    built = index({f"{n:02}.txt": f"Le phare ferme {n:02} jours." for n in range(30)})
    ranked = rank(asked("phare"), built, BY_WORDS)
    assert ranked.positions.tolist() == list(range(30))
    assert len(set(ranked.scores.tolist())) == 1


@pytest.mark.parametrize("question", ["phare", "le vent souffle sur le phare", "Who keeps the lighthouse?"])
def test_the_same_question_is_ranked_the_same_every_time(question: str, index: Index) -> None:
    built = index({f"{n:02}.txt": f"Le phare {n % 7} ferme. Le vent {n % 3} souffle." for n in range(60)})
    first = rank(asked(question), built, bundled_weights())
    for _ in range(3):
        again = rank(asked(question), built, bundled_weights())
        assert again.positions.tolist() == first.positions.tolist()
        assert again.scores.tolist() == first.scores.tolist()
        assert again.confidence == first.confidence


@given(st.text(max_size=60), st.sampled_from(["phare", "the lighthouse", "", "quand 2024", "Qui ? CÉDÉAO"]))
def test_every_feature_of_every_candidate_is_a_number(archive: Archive, typed: str, words: str) -> None:
    question = asked(f"{words} {typed}")
    seen = look(question, archive.index, np.arange(len(archive.index)))
    assert seen.passages.shape == (len(archive), len(PASSAGE_FEATURES))
    assert seen.sentences.shape == (int(seen.starts[-1]), len(SENTENCE_FEATURES))
    assert np.isfinite(seen.passages).all()
    assert np.isfinite(seen.sentences).all()
    assert (np.diff(seen.starts) > 0).all()
    shares = [i for i, name in enumerate(PASSAGE_FEATURES) if "coverage" in name or name == "bigrams"]
    assert (seen.passages[:, shares] >= 0).all()
    assert (seen.passages[:, shares] <= 1 + 1e-9).all()
    ranked = rank(question, archive.index, bundled_weights())
    assert 0 <= ranked.confidence <= 1
    assert (np.diff(ranked.scores) <= 0).all()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    texts = {
        "1.md": "---\ntitle: Le phare\ndate: 2024\n---\nIl ferme le 3 mai 2024. Anne Le Goff pleure.\n\nFin.",
        "2.txt": "The lighthouse of the CEDEAO closes.",
        "3.txt": "مغلقة منذ أمس 😀",
        "4.txt": "x " * 3_000,
        "5.md": "---\ntitle: «\u00a0»\n---\n12",
    }
    return archive_of(texts, tmp_path_factory.mktemp("ranking"))


def test_the_weight_of_a_feature_moves_the_ranking_as_it_should(index: Index) -> None:
    built = index({"1.txt": "phare " + "vent " * 50, "2.txt": "phare"})
    for weights, first in [({"bm25": 1.0}, 1), ({"log_length": 1.0}, 0), ({"log_length": -1.0}, 1)]:
        assert rank(asked("phare"), built, weighing(weights, {})).positions[0] == first


def test_passages_in_another_language_are_weighed_apart(index: Index) -> None:
    texts = {
        "1.txt": "Le gardien du phare ferme la porte et rentre chez lui pour la nuit.",
        "2.txt": "The keeper of the lighthouse closes the door and goes home for the night.",
    }
    built = index(texts)
    against = tuple(-100.0 * (name == "log_length") for name in PASSAGE_FEATURES)
    weights = replace(weighing({"log_length": 1.0}, {}), passage_foreign=against)
    assert rank(asked("Qui ferme la porte du phare pour la nuit ?"), built, weights).positions[0] == 0
    assert rank(asked("Who closes the door of the lighthouse at night?"), built, weights).positions[0] == 1


def test_weights_come_back_from_their_file() -> None:
    for weights in (bundled_weights(), BY_WORDS):
        assert Weights.parse(weights.dump()) == weights


def test_a_threshold_lies_between_those_of_the_nearest_precisions_and_sizes() -> None:
    weights = replace(BY_WORDS, thresholds=((0.8, 0.4), (0.9, 0.8)), relief=8.0)
    assert weights.threshold(SIZES[1], 0.85) == pytest.approx(0.6)
    assert weights.threshold(10**9, 0.99) == pytest.approx(0.8)
    assert weights.threshold(SIZES[0], 0.9) == pytest.approx(1 / 3), "odds of 4 to 1 become 1 to 2"
    assert 1 / 3 < weights.threshold(200, 0.9) < 0.8


def test_rivals_and_not_the_paragraphs_of_the_same_article_make_it_unsure() -> None:
    """Two paragraphs that score alike: of one article, it is sure of the article; of two, of neither."""
    none = np.zeros(3)
    scores = np.array([4.0, 3.9, -5.0])

    def row(sides: list[int]) -> dict[str, float]:
        return dict(zip(CONFIDENCE_FEATURES, confidence_row(scores, np.array(sides), none), strict=True))

    together, apart = row([7, 7, 2]), row([7, 2, 3])
    assert together["gap"] == pytest.approx(9.0)
    assert apart["gap"] == pytest.approx(0.1)
    assert together["log_share"] > -0.001 > apart["log_share"]
    assert together["entropy"] < 0.01 < 0.5 < apart["entropy"]
    assert together["log_passage_share"] == apart["log_passage_share"] < -0.5


def test_in_an_archive_of_one_article_each_paragraph_is_a_rival(tmp_path: Path) -> None:
    text = {"1.txt": "Le phare éclaire.\n\nLe vent souffle."}
    with (
        archive_of(text, tmp_path / "one") as lone,
        archive_of(text | {"2.txt": "La mer monte."}, tmp_path) as two,
    ):
        assert len(set(sides(lone.index, np.array([0, 1])))) == 2
        assert list(sides(two.index, np.array([0, 1, 2]))) == [0, 0, 1]


def test_a_number_in_words_is_a_number(index: Index) -> None:
    built = index({"1.txt": "Le phare a des gardiens.", "2.txt": "Le phare a trois gardiens."})
    assert feature("number", "Combien de gardiens a le phare ?", built) == [0, 1]


def test_a_dispatch_that_everybody_printed_does_not_hide_what_else_is_told(index: Index) -> None:
    dispatch = "Le gardien du phare a démissionné lundi, et le gardien du phare ne dit pas pourquoi."
    texts = {f"{n:03}.txt": dispatch for n in range(2 * CANDIDATES)}
    longer = " ".join(f"La digue numéro {n} tient bon sous les vagues de la nuit." for n in range(9))
    built = index({**texts, "z.txt": f"{longer} Le phare a perdu son gardien."})
    ranked = rank(asked("gardien phare"), built, BY_WORDS)
    assert set(built.originals[ranked.positions]) == {0, 2 * CANDIDATES}


def test_a_passage_is_also_known_by_its_article(index: Index) -> None:
    """« Il a démissionné » says neither who nor what; the paragraph before does."""
    built = index(
        {
            "1.txt": "Le ministre du phare a parlé.\n\nIl a démissionné hier.",
            "2.txt": "Le gardien a démissionné hier.",
        }
    )
    assert feature("article_coverage", "ministre phare", built) == pytest.approx([1.0, 1.0, 0.0])
    assert feature("joint_coverage", "ministre phare", built) == pytest.approx([1.0, 0.0, 0.0])
    first, second, other = feature("article_cosine", "ministre phare", built)
    assert first == second > other


def test_the_weights_of_the_package_were_fitted_and_keep_silent_sometimes() -> None:
    weights = bundled_weights()
    assert weights.fitted_on
    assert all(0 < weights.threshold(size) < 1 for size in (1, 5, 40, 200, 500, 1_000_000))
    assert weights.threshold(5) < weights.threshold(200) < weights.threshold(5_000)
    assert weights.threshold(5, 0.8) < weights.threshold(5, 0.9) < weights.threshold(5, 0.95)
    assert len(weights.passage) == len(weights.passage_foreign) == len(PASSAGE_FEATURES)
    assert len(weights.sentence) == len(SENTENCE_FEATURES)
