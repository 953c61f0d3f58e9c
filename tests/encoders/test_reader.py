"""The reader: what it says of passages, alone and together, short and long."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import torch
from tiny_reader import tiny_reader as new_tiny_reader

from retrieval.encoders.interface import Reading
from retrieval.encoders.reader import load_reader, loading, weights
from retrieval.encoders.reader.cache import StateCache
from retrieval.encoders.reader.reader import JointReader
from retrieval.encoders.reader.spans import best_span
from retrieval.encoders.reader.text import reader_text
from retrieval.encoders.reader.weights import read_weights, write_weights
from retrieval.errors import EncoderError, WeightsError

QUESTION = "Quand le tramway ?"
PASSAGES = ["Le tramway ouvre en 2028.", "Le musée prête deux violons à la ville de Tours.", "Oui."]


@pytest.fixture
def tiny_reader() -> JointReader:
    return new_tiny_reader()


def close(a: Reading, b: Reading) -> bool:
    return a.span == b.span and a.logit == pytest.approx(b.logit, abs=1e-3)


def test_a_passage_is_read_the_same_alone_and_among_others(tiny_reader: JointReader) -> None:
    together = tiny_reader.read(QUESTION, PASSAGES)
    tiny_reader.cache = StateCache()
    alone = [tiny_reader.read(QUESTION, [passage])[0] for passage in PASSAGES]
    assert all(close(a, b) for a, b in zip(together, alone, strict=True))
    assert len({reading.logit for reading in together}) == 3


def test_a_passage_is_read_the_same_from_the_cache(tiny_reader: JointReader) -> None:
    first = tiny_reader.read(QUESTION, PASSAGES)
    assert len(tiny_reader.cache) == 3
    again = tiny_reader.read(QUESTION, PASSAGES[::-1])
    assert all(close(a, b) for a, b in zip(again, first[::-1], strict=True))


def test_spans_point_into_the_passage_given(tiny_reader: JointReader) -> None:
    for passage, reading in zip(PASSAGES, tiny_reader.read(QUESTION, PASSAGES), strict=True):
        assert reading.span
        start, end = reading.span
        assert 0 <= start < end <= len(passage)
        assert passage[start:end] == passage[start:end].strip()


def test_a_long_passage_is_read_to_its_end(tiny_reader: JointReader) -> None:
    """Of its windows the most relevant counts: the one of the best passage that it contains."""
    long = "x" * 700 + PASSAGES[0]
    assert len(tiny_reader.apart.passages([long])[0]) > 2
    spans = [tiny_reader.read(question, [long])[0].span for question in ("a", "Le tramway", "2028", "zzzz ?")]
    assert any(span and span[1] > 300 for span in spans)
    windows = tiny_reader.apart.passages([long])[0]
    words = [place for place in windows[0].offsets if place[1] > place[0]]
    assert words[0] == (0, 1), "a passage's first word can be the answer"
    assert windows[-1].offsets[-2] == (len(long) - 1, len(long)), "offsets go on through the windows"


@pytest.mark.parametrize("question", ["", " ", "?", "mot " * 500])
def test_any_question_and_passage_can_be_read(tiny_reader: JointReader, question: str) -> None:
    readings = tiny_reader.read(question, ["", " ", "a", "漢字"])
    assert all(torch.isfinite(torch.tensor(reading.logit)) for reading in readings)
    assert readings[0].span is None
    assert tiny_reader.read(question, []) == []


def test_the_cache_keeps_what_was_read_lately_within_its_bytes(tiny_reader: JointReader) -> None:
    [one] = tiny_reader.apart.passages(["abc"])
    cache = StateCache(limit=3 * (one[0].nbytes + 16))
    for text in ("a", "b", "c"):
        cache.put(text, one)
    assert cache.get("a") is one
    cache.put("d", one)
    assert (cache.get("b"), len(cache)) == (None, 3)
    assert cache.get("a") is one
    assert cache.nbytes <= cache.limit


def test_the_best_span_is_in_order_short_and_of_the_text() -> None:
    logits = torch.zeros(6, 2)
    logits[0] = torch.tensor([1.0, 1.5])  # no answer here
    logits[4, 0], logits[2, 1] = 9.0, 9.0  # ends before it starts
    logits[2, 0], logits[3, 1] = 4.0, 3.0
    logits[1, 0] = 50.0  # of the prompt
    offsets = [(0, 0), (0, 0), (0, 3), (3, 7), (7, 9), (0, 0)]
    span, score = best_span(logits, offsets, "abc def g")
    assert (span, score) == ((0, 3), 13 - 2.5)
    logits[2, 1] = 0.0
    span, score = best_span(logits, offsets, "abc def g")
    assert (span, score) == ((8, 9), 9 - 2.5)
    assert best_span(logits[:2], offsets[:2], "") == (None, 0.0)


def test_spaces_at_the_ends_are_not_of_the_span() -> None:
    logits = torch.tensor([[0.0, 0.0], [5.0, 5.0]])
    assert best_span(logits, [(0, 0), (3, 8)], "abc 2028")[0] == (4, 8)


def test_the_day_and_the_title_go_before_the_passage() -> None:
    text, offset = reader_text("Tours :\nle tramway", "2028-05-12T10:00:00", "Il ouvre.")
    assert text[offset:] == "Il ouvre."
    assert text[:offset] == "2028-05-12 | Tours : le tramway | "
    assert reader_text(None, None, "a") == reader_text(" ", "", "a") == ("a", 0)


def test_weights_are_read_as_they_were_written(tmp_path: Path, tiny_reader: JointReader) -> None:
    file = tmp_path / "weights.safetensors"
    state = tiny_reader.joint.state_dict()
    digest = write_weights(state, file)
    assert digest == hashlib.sha256(file.read_bytes()).hexdigest()
    written = read_weights(file, digest)
    assert set(written) == set(state)
    for name, value in state.items():
        assert torch.allclose(written[name], value, rtol=1e-3, atol=1e-3 * float(value.abs().max()))


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "weights.safetensors"
    write_weights({"a": torch.ones(1)}, file)
    monkeypatch.setattr(loading, "FILE", file)
    with pytest.raises(EncoderError, match="are not those of this version: install it again"):
        load_reader()
    file.write_bytes(b"no tensors")
    with pytest.raises(WeightsError, match="is not a file of safetensors"):
        read_weights(file)
    with pytest.raises(WeightsError, match=r"absent\.safetensors cannot be read"):
        read_weights(tmp_path / "absent.safetensors")


def test_the_bundled_weights_are_those_that_were_measured() -> None:
    assert hashlib.sha256(weights.FILE.read_bytes()).hexdigest() == weights.FINGERPRINT
    assert weights.FILE.stat().st_size < 25_000_000
