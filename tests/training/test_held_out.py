"""Measuring a ranker where it was not fitted: each collection left out in turn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from evaluation.scripted import write_beir
from fakes import HashEncoder
from typer.testing import CliRunner

from retrieval import encoders
from retrieval.archive import Archive
from retrieval.cli import app
from retrieval.encoders.interface import Reading
from retrieval.errors import CollectionError
from retrieval.evaluation.collections import Collection
from retrieval.evaluation.evaluator import Evaluation
from retrieval.evaluation.running import Plan
from retrieval.ranking.features import PASSAGE_FEATURES
from retrieval.ranking.weights import ReadingWeights, Weights
from retrieval.training import held_out
from retrieval.training import training_set as training_sets
from retrieval.training.held_out import evaluate_held_out
from retrieval.training.samples import Sample
from retrieval.training.training_set import Parts, TrainingSet, training_set

THINGS = {"phares": ("phare", "baie"), "moulins": ("moulin", "colline"), "ponts": ("pont", "vallée")}


@pytest.fixture
def folders(tmp_path: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Three collections of fifty documents and a dozen questions, each about things of its own."""
    for module in (held_out, encoders):
        monkeypatch.setattr(module, "load_encoder", lambda name=None: encoder)
    monkeypatch.setattr(held_out, "load_reader", lambda name: None)
    found = {}
    for name, (thing, place) in THINGS.items():
        documents = [
            {"_id": f"{name}-{n}", "text": f"Le {thing} numéro {n} domine la {place} {n * 7 % 50}."}
            for n in range(50)
        ]
        queries = [
            {
                "_id": f"{name}-q{n}",
                "text": f"Quel {thing} domine la {place} {n * 7 % 50} ?",
                "lang": "fr",
                "answers": [f"numéro {n}"],
            }
            for n in range(0, 48, 4)
        ]
        judged = {f"{name}-q{n}": f"{name}-{n}" for n in range(0, 48, 4)}
        found[name] = write_beir(tmp_path / name, documents, queries, judged)
    return found


def test_no_collection_is_asked_with_weights_fitted_on_it(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it was to teach: the ranking, the confidence, or the choice of sentences."""
    asked: dict[str, tuple[str, ...]] = {}

    def evaluate(collection: Collection, archive: Archive, *_: object) -> list[Evaluation]:
        asked[collection.name] = archive.ranker.weights.fitted_on
        return []

    monkeypatch.setattr(held_out, "evaluate_systems", evaluate)
    phares, moulins, ponts = folders.values()
    evaluate_held_out(Parts([phares, moulins], [ponts], [moulins, ponts]))
    assert asked == {
        "phares": ("moulins", "ponts"),
        "moulins": ("phares", "ponts"),
        "ponts": ("phares", "moulins"),
    }


def test_passages_are_read_where_the_reading_was_not_fitted(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: dict[str, bool] = {}

    def evaluate(collection: Collection, archive: Archive, *_: object) -> list[Evaluation]:
        ranker = archive.ranker
        assert (ranker.reader is None) == (ranker.weights.reading is None)
        read[collection.name] = ranker.reader is not None
        return []

    fitted = ReadingWeights("lecteur", 1.0, {}, ((0.9, 0.5),), 0.3, fitted_on=("moulins",))
    monkeypatch.setattr(held_out, "evaluate_systems", evaluate)
    monkeypatch.setattr(held_out, "load_reader", lambda name: FakeReader())
    monkeypatch.setattr(
        held_out, "weights_for", lambda encoder: Weights({}, {}, {}, {}, {}, (), reading=fitted)
    )
    evaluate_held_out(Parts(list(folders.values()), [], list(folders.values())))
    assert read == {"phares": True, "moulins": False, "ponts": True}


class FakeReader:
    name = "lecteur"

    def read(self, question: str, passages: list[str]) -> list[Reading]:
        return [Reading(0.0) for _ in passages]


def test_what_is_left_out_teaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its samples are given to no part of the fit, and the others' to theirs."""
    given: list[Any] = []
    monkeypatch.setattr(training_sets, "fit", lambda *parts: given.extend(parts))
    samples: dict[str, Sequence[Sample]] = {name: [name] for name in "abc"}  # type: ignore[list-item]
    every = TrainingSet(samples, asked=("a", "b"), ranked=("c",), sentences=("a", "c"))
    every.without("a").fit()
    assert given == [[["b"]], ["c"], ["c"], ["b", "c"]]
    given.clear()
    every.without("b", "c").fit()
    assert given == [[["a"]], [], ["a"], ["a"]]


def test_a_folder_named_twice_is_seen_once(folders: dict[str, Path], encoder: HashEncoder) -> None:
    """It teaches both parts with the same samples, by whatever path it is named."""
    phares = folders["phares"]
    training = training_set(Parts([phares], [], [phares / ".." / "phares"]), encoder, limit=4)
    assert (training.asked, training.ranked, training.sentences) == (("phares",), (), ("phares",))
    assert len(training.samples["phares"]) == 12


@pytest.mark.parametrize(
    ("asked", "sentences", "complaint"),
    [
        (["phares"], ["moulins", "ponts"], "Only .*phares teaches the ranking and silence: name another"),
        (["phares", "ponts"], ["moulins"], "Only .*moulins teaches the choice of sentences"),
    ],
)
def test_what_one_alone_teaches_cannot_be_left_out(
    asked: list[str], sentences: list[str], complaint: str, folders: dict[str, Path]
) -> None:
    """It is said before anything is fitted."""
    parts = Parts([folders[name] for name in asked], [], [folders[name] for name in sentences])
    with pytest.raises(CollectionError, match=complaint):
        evaluate_held_out(parts)


def test_a_system_that_is_none_is_refused_at_once() -> None:
    """Fitting takes minutes; a name misspelt is known beforehand."""
    with pytest.raises(CollectionError, match="'bm52' is not a system: choose among default, bm25"):
        Plan(["default", "bm52"])


def test_the_command_prints_every_collection_beside_its_baselines(folders: dict[str, Path]) -> None:
    """The usual figures with their intervals, the sentence and the silence among them."""
    phares, moulins, ponts = map(str, folders.values())
    command = ["evaluate-fit", phares, moulins, "--rank-only", ponts]
    command += ["--sentences", phares, "--sentences", moulins, "--system", "default", "--system", "bm25"]
    ran = CliRunner().invoke(app, [*command, "--compare", "--json"], catch_exceptions=False)
    assert ran.exit_code == 0
    printed = json.loads(ran.stdout)
    assert list(printed["collections"]) == ["phares", "moulins", "ponts"]
    for figures in printed["collections"].values():
        assert figures["n"] == 12
        assert figures["ndcg@10"]["low"] <= figures["ndcg@10"]["value"] <= figures["ndcg@10"]["high"]
        assert figures["answer_in_sentence"]["value"] > 0.5
        assert figures.keys() >= {"auroc", "coverage@90", "ece", "refused_answerable"} - (
            {"auroc"} if figures["hit@1"]["value"] == 1 else set()
        )
        assert figures["baselines"]["bm25"]["ndcg@10"]["value"] > 0.5
    assert {one["other"] for one in printed["comparisons"]} == {"bm25"}


def test_a_fit_says_what_each_feature_brings(folders: dict[str, Path], tmp_path: Path) -> None:
    """The weights are written, and the table printed, where it is asked for."""
    phares, moulins, _ = map(str, folders.values())
    weights = tmp_path / "weights.json"
    quiet = CliRunner().invoke(app, ["fit", phares, moulins, "-o", str(weights)], catch_exceptions=False)
    assert (quiet.exit_code, quiet.stdout) == (0, "")
    assert json.loads(weights.read_text(encoding="utf-8"))["fitted_on"] == ["phares", "moulins"]
    command = ["fit", phares, moulins, "-o", str(weights), "--report"]
    reported = CliRunner().invoke(app, command, catch_exceptions=False)
    assert "What each feature brings" in reported.stdout
    for feature in PASSAGE_FEATURES:
        assert feature in reported.stdout
