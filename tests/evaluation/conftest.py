"""Fixtures of the evaluation's tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluation.scripted import BASELINE, QUESTIONS, SCRIPT, Scripted, write_beir, write_lines
from fakes import HashEncoder

from retrieval.evaluation import Evaluation, evaluate, running


@pytest.fixture(scope="session")
def evaluation() -> Evaluation:
    """The scripted system on the six questions."""
    return evaluate(QUESTIONS, Scripted(SCRIPT))


@pytest.fixture(scope="session")
def baseline() -> Evaluation:
    """A baseline that never has the right passage first, and never stays silent."""
    return evaluate(QUESTIONS, Scripted(BASELINE, name="bm25", seconds=0.002))


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    """Six documents and four questions, one of them without an answer."""
    texts = {
        "d1": "Le barrage de Kossou alimente la région en électricité.",
        "d2": "La récolte de cacao a baissé cette année.",
        "d3": "Les écoles rouvrent lundi dans la capitale.",
        "d4": "Un nouveau pont relie les deux rives du fleuve.",
        "d5": "La finale de la coupe se jouera samedi.",
        "d6": "Le prix du carburant augmente encore.",
    }
    asked = {
        "q1": ("Où est le barrage de Kossou ?", "d1"),
        "q2": ("Quand rouvrent les écoles ?", "d3"),
        "q3": ("La récolte de cacao ?", "d2"),
    }
    folder = write_beir(
        tmp_path / "petit",
        [{"_id": id_, "title": "", "text": text} for id_, text in texts.items()],
        [{"_id": id_, "text": text, "lang": "fr"} for id_, (text, _) in asked.items()],
        {id_: gold for id_, (_, gold) in asked.items()},
    )
    silent = {"_id": "u1", "text": "Qui préside la banque centrale ?", "lang": "fr"}
    write_lines(folder / "queries_unanswerable.jsonl", [silent])
    return folder


@pytest.fixture
def loaded(encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names of the models that ``evaluate`` loads; each is the hash encoder."""
    names: list[str | None] = []

    def load(name: str | None = None) -> HashEncoder:
        names.append(name)
        return encoder

    monkeypatch.setattr(running, "load_encoder", load)
    return names
