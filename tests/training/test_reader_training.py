"""The training of the reader, on a tiny model: it learns, stops, and goes on where it stopped."""

from __future__ import annotations

import hashlib
import random
from functools import partial
from pathlib import Path

import pytest
import torch
from tiny_reader import SIZES
from tiny_reader import tiny_reader as new_tiny_reader
from torch import nn
from typer.testing import CliRunner

from retrieval.cli.reading import app
from retrieval.encoders.reader.apart import TokenStates
from retrieval.encoders.reader.joint import JointLayers
from retrieval.encoders.reader.reader import JointReader
from retrieval.encoders.reader.weights import read_weights
from retrieval.errors import WeightsError
from retrieval.training.reader import training
from retrieval.training.reader.batches import PairMaker, cut, token_span
from retrieval.training.reader.checkpoint import Checkpoint, read_checkpoint
from retrieval.training.reader.curve import read_log
from retrieval.training.reader.groups import Candidate, Group
from retrieval.training.reader.objective import losses
from retrieval.training.reader.peers import Peers, run_peers
from retrieval.training.reader.sources import TrainingData
from retrieval.training.reader.training import Run, Training
from retrieval.training.reader.validation import validate

WORDS = ["tram", "chat", "lune", "port", "roue", "vent"]


def group_on(word: str) -> Group:
    wrong = tuple(Candidate(f"le {other} est la") for other in WORDS if other != word)
    return Group("mots", f"{word} ?", Candidate(f"le {word} est la"), (3, 3 + len(word)), (), wrong[:3])


GROUPS = [group_on(word) for word in WORDS]


@pytest.fixture
def tiny_reader() -> JointReader:
    return new_tiny_reader()


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> TrainingData:
    monkeypatch.setattr(training, "SHARES", {"mots": 1})
    monkeypatch.setattr(training, "LOGGED", 1)
    monkeypatch.setattr(training, "TOGETHER", 2)
    return TrainingData({"mots": GROUPS}, {"mots": GROUPS}, [])


@pytest.fixture
def joint(tiny_reader: JointReader) -> JointLayers:
    return tiny_reader.joint.requires_grad_(True)


def test_the_losses_fall_with_training(tiny_reader: JointReader, joint: JointLayers) -> None:
    maker = PairMaker(tiny_reader.apart)
    optimizer = torch.optim.Adam(joint.parameters(), 0.01)
    found = []
    for step in range(30):
        rng = random.Random(step)
        found.append(losses(joint, maker.pairs(GROUPS, rng), rng))
        optimizer.zero_grad()
        (found[-1].choice + found[-1].span).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    assert found[-1].choice.item() < found[0].choice.item() / 2
    assert found[-1].span.item() < found[0].span.item() / 2
    assert found[-1].right[0] > len(GROUPS) / 2


def test_where_nothing_answers_none_is_the_target(tiny_reader: JointReader, joint: JointLayers) -> None:
    groups = [Group("mots", "tram ?", None, None, (), (Candidate("le chat"), Candidate("la lune")))]
    nn.init.constant_(joint.relevance.bias, -1e3)
    found = losses(joint, PairMaker(tiny_reader.apart).pairs(groups, random.Random(0)), random.Random(0))
    assert found.choice.item() == pytest.approx(0, abs=1e-6)
    assert (found.right, found.none) == ((0, 0), (1, 1))


def test_a_run_writes_what_it_needs_to_go_on(
    tiny_reader: JointReader, joint: JointLayers, data: TrainingData, tmp_path: Path
) -> None:
    run = Run(tmp_path, 0.01)
    lines: list[str] = []
    first = Training(tiny_reader.apart, joint, data, run)
    average = first.train(lines.append)
    assert lines[0].startswith("validation: mots hit@1")
    assert run.curve.stat().st_size > 1_000
    checkpoint = read_checkpoint(run.checkpoint)
    assert checkpoint.steps == first.steps > 0
    assert all(torch.equal(checkpoint.average[name], average[name]) for name in average)
    second = Training(tiny_reader.apart, JointLayers(SIZES, 1), data, Run(tmp_path, (first.seconds + 1) / 60))
    second.resume(checkpoint)
    assert second.groups == first.groups
    second.train(lines.append)
    assert second.steps > first.steps
    logged = [line["groups"] for line in read_log(run.log)]
    assert logged == sorted(logged)


def test_a_file_that_is_no_checkpoint_is_named(tmp_path: Path) -> None:
    (tmp_path / "checkpoint.pt").write_bytes(b"nothing")
    with pytest.raises(WeightsError, match=r"checkpoint\.pt cannot be read .*train without --resume"):
        read_checkpoint(tmp_path / "checkpoint.pt")


def passage(tokens: int) -> TokenStates:
    """Tokens of one character; each state is its position."""
    offsets = ((0, 0), *((i, i + 1) for i in range(tokens - 2)), (0, 0))
    return TokenStates(torch.arange(tokens, dtype=torch.float32)[:, None], offsets)


@pytest.mark.parametrize("answer", [(0, 1), (40, 44), (90, 98), (0, 30)])
def test_a_part_of_a_long_passage_keeps_the_answer(answer: tuple[int, int]) -> None:
    for seed in range(10):
        states, span = cut([passage(100)], answer, 50, random.Random(seed))
        assert len(states) <= 50
        assert span
        assert states[0, 0] == 0, "the first token stays"
        assert [states[i, 0] for i in span] == [answer[0] + 1, answer[1]]


def test_an_answer_longer_than_the_part_is_not_trained() -> None:
    assert cut([passage(100)], (5, 80), 50, random.Random(0))[1] is None


def test_an_answer_is_aligned_to_the_tokens_that_cover_it() -> None:
    window = TokenStates(torch.zeros(5, 1), ((0, 0), (0, 3), (3, 8), (8, 9), (0, 0)))
    assert token_span(window, (4, 8)) == (2, 2)
    assert token_span(window, (4, 9)) == (2, 3)
    assert token_span(window, (4, 12)) is None, "the window ends before the answer does"
    assert token_span(window, None) is None


def test_validation_counts_right_first_passages_and_spans(tiny_reader: JointReader) -> None:
    none = Group("mots", "tram ?", None, None, (), (Candidate("le chat"),))
    figures = validate(tiny_reader, {"mots": [*GROUPS, none]})
    assert set(figures) >= {"mots hit@1", "mots near misses below 0", "mots f1", "mots overlap"}
    assert all(0 <= value <= 1 for value in figures.values())


def test_a_checkpoint_is_exported_as_weights(tmp_path: Path, joint: JointLayers) -> None:
    """What is shipped is the running average of the weights."""
    state = joint.state_dict()
    average = {name: tensor + 1 for name, tensor in state.items()}
    Checkpoint(state, average, {}, 8, 1, 2.0).write(tmp_path / "checkpoint.pt")
    output = tmp_path / "weights.safetensors"
    result = CliRunner().invoke(app, ["export-reader", str(tmp_path / "checkpoint.pt"), "-o", str(output)])
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == hashlib.sha256(output.read_bytes()).hexdigest()
    written = read_weights(output)
    assert all(torch.allclose(written[name], tensor, atol=0.01) for name, tensor in average.items())


def average_over(peers: Peers, folder: Path) -> None:
    layer = nn.Linear(2, 1)
    nn.init.constant_(layer.weight, float(peers.rank))
    peers.average(layer)
    told = peers.first_says(10.0 + peers.rank)
    (folder / str(peers.rank)).write_text(f"{layer.weight[0, 0].item()} {told}", encoding="utf-8")


def test_processes_meet_at_the_mean_of_their_weights(tmp_path: Path) -> None:
    run_peers(partial(average_over, folder=tmp_path), 2)
    assert [(tmp_path / str(rank)).read_text(encoding="utf-8") for rank in (0, 1)] == ["0.5 10.0"] * 2
