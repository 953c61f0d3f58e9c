"""Weights belong to an encoder: which are used, one's own, and those that cannot be."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import HashEncoder, weighing

import retrieval
from retrieval.archive import Archive
from retrieval.encoders import BUNDLED
from retrieval.errors import WeightsError
from retrieval.language.analysis import analyse
from retrieval.ranking import bundled
from retrieval.ranking.bundled import bundled_weights, read_weights, weights_for, write_weights

BY_LENGTH = weighing({"log_length": -1.0}, {"coverage": 1.0})
"""Weights by which the shortest passage comes first."""


@pytest.fixture(autouse=True)
def _warned_of_nothing_yet() -> Iterator[None]:
    bundled._weights_for.cache_clear()
    yield
    bundled._weights_for.cache_clear()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A file of weights fitted for the hash encoder."""
    write_weights(BY_LENGTH, HashEncoder(), tmp_path / "own.json")
    return tmp_path / "own.json"


def test_the_bundled_model_has_weights_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    fitted = bundled_weights()
    with caplog.at_level(logging.WARNING):
        assert weights_for(HashEncoder(BUNDLED, fitted.fingerprint)) == fitted
    assert fitted.encoder == BUNDLED
    assert not caplog.text


@pytest.mark.model
def test_the_weights_of_the_package_are_for_the_installed_model() -> None:
    from retrieval.encoders import use

    assert bundled_weights().fingerprint == use.fingerprint()


def test_another_model_gets_the_default_with_one_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert weights_for(HashEncoder("camembert")) == bundled_weights()
    [warning] = caplog.messages
    assert "No ranking weights were fitted for camembert" in warning
    assert "`python -m retrieval fit … --output FILE`, then set WEIGHTS to that file" in warning


def test_another_copy_of_a_model_has_that_model_s_weights(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert weights_for(HashEncoder(f"google/{BUNDLED}", "1" * 64)) == bundled_weights()
    assert caplog.messages == [f"The weights for google/{BUNDLED} were fitted on another copy of that model."]


def test_weights_come_back_with_the_encoder_they_are_for(own: Path) -> None:
    fitted = read_weights(own, HashEncoder())
    assert fitted == replace(BY_LENGTH, encoder="hash", fingerprint="0" * 64)


@pytest.mark.parametrize(
    ("encoder", "complaint"),
    [
        (HashEncoder("autre", "1" * 64), "was fitted for hash, not for autre: fit some for autre with"),
        (HashEncoder("hash", "1" * 64), "was fitted for another version of hash, not for hash"),
    ],
)
def test_weights_fitted_for_another_encoder_are_refused(
    own: Path, encoder: HashEncoder, complaint: str
) -> None:
    with pytest.raises(WeightsError, match=complaint) as refusal:
        read_weights(own, encoder)
    assert str(own) in str(refusal.value)


def damaged(change: Callable[[dict[str, object]], object]) -> bytes:
    fields = json.loads(replace(BY_LENGTH, encoder="hash", fingerprint="0" * 64).dump())
    change(fields)
    return json.dumps(fields).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b'{"passage": 3}',
        damaged(lambda fields: fields.pop("thresholds")),
        damaged(lambda fields: fields.update(surprise=1)),
        damaged(lambda fields: fields["passage"].update(bm25=float("nan"))),  # type: ignore[attr-defined]
        damaged(lambda fields: fields["passage"].pop("bm25")),  # type: ignore[attr-defined]
        damaged(lambda fields: fields["confidence"].update(one="haut")),  # type: ignore[attr-defined]
        damaged(lambda fields: fields.update(thresholds={"0.9": ["bas", 1]})),
        damaged(lambda fields: fields.update(thresholds={})),
        damaged(lambda fields: fields.update(time={"dehors": 1})),
        damaged(lambda fields: fields.update(relief="fort")),
        damaged(lambda fields: fields.update(time={"outside": "loin"})),
        damaged(lambda fields: fields.update(reading={"reader": "trop"})),
    ],
)
def test_a_damaged_file_is_said_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "own.json"
    file.write_bytes(content)
    with pytest.raises(WeightsError, match=r"own\.json, is damaged or of another version: fit some for hash"):
        read_weights(file, HashEncoder())


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"cannot be read from .*absent"):
        read_weights(tmp_path / "absent", HashEncoder())


def shortest_first(archive: Archive) -> bool:
    lengths = [len(analyse(hit.text)) for hit in archive.search("Le tramway de Tours")]
    return lengths == sorted(lengths)


def test_an_archive_ranks_with_the_weights_it_is_given(folder: Path, encoder: HashEncoder, own: Path) -> None:
    with retrieval.open(folder) as by_words, retrieval.open(folder, weights=own) as by_length:
        assert not shortest_first(by_words)
        assert shortest_first(by_length)
        index = by_length.folder
    with retrieval.open(index, weights=str(own)) as by_length:
        assert shortest_first(by_length)
