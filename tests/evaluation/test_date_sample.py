"""The dates of sentences that were read by hand, beside those that a reader is shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evaluation.annotated import annotated
from evaluation.scripted import write_lines

from retrieval.dates import bounds
from retrieval.errors import CollectionError
from retrieval.evaluation import date_sample
from retrieval.evaluation.collections import CorpusDocument
from retrieval.evaluation.date_sample import (
    OPEN,
    SAMPLE,
    AnnotatedSentence,
    JudgedSentence,
    judge,
    read_sample,
)

TEXT = "Le pont a ouvert le 3 mars. Il a fermé hier, de 2019 à 2021 il était en travaux pour 12 euros."
DOCUMENT = CorpusDocument("d1", "", TEXT, "2025-04-03")


@pytest.fixture(autouse=True)
def every_date_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(date_sample, "is_sure", lambda date: True)


def read(tmp_path: Path, row: dict[str, Any]) -> AnnotatedSentence:
    [sentence] = read_sample(write_lines(tmp_path / "sample.jsonl", [row]))
    return sentence


def judged(tmp_path: Path, row: dict[str, Any], document: CorpusDocument = DOCUMENT) -> JudgedSentence:
    return judge(read(tmp_path, row), {"d1": document})


def test_only_the_dates_of_the_sentence_are_judged(tmp_path: Path) -> None:
    sentence = judged(tmp_path, annotated(TEXT, TEXT[:27], ("le 3 mars", ["2025-03-03"])))
    assert sentence.text == "Le pont a ouvert le 3 mars."
    assert [(one.mention.text, one.right) for one in sentence.shown] == [("le 3 mars", True)]
    assert sentence.recalled == len(sentence.expected) == 1


def test_a_date_that_is_left_in_the_authors_words_is_not_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(date_sample, "is_sure", lambda date: date.value != "2025-03-03")
    sentence = judged(tmp_path, annotated(TEXT, TEXT[:27], ("le 3 mars", ["2025-03-03"])))
    assert (sentence.shown, sentence.recalled, len(sentence.expected)) == ((), 0, 1)


def test_a_date_of_another_value_is_wrong_and_so_is_one_where_none_is(tmp_path: Path) -> None:
    sentence = judged(tmp_path, annotated(TEXT, TEXT[28:], ("hier", ["2025-04-01"])))
    assert [(one.mention.value, one.right) for one in sentence.shown] == [
        ("2025-04-02", False),
        ("2019/2021", False),
    ]
    assert sentence.shown[1].annotated is None
    assert sentence.recalled == 0


def test_a_value_is_right_however_its_days_are_written(tmp_path: Path) -> None:
    also = annotated(TEXT, TEXT[:27], ("le 3 mars", ["2025-03", "2025-03-03/2025-03-03"]))
    assert judged(tmp_path, also).shown[0].right


def test_a_set_is_not_the_interval_of_its_ends(tmp_path: Path) -> None:
    undated_day = CorpusDocument("d1", "", TEXT, "2025-04")
    interval = annotated(TEXT, TEXT[28:], ("hier", ["2025-03-31/2025-04-29"]))
    shown = judged(tmp_path, interval, undated_day).shown[0]
    assert shown.mention.value == "[2025-03-31..2025-04-29]"
    assert not shown.right


def test_the_ends_of_a_range_may_be_shown_but_only_the_range_is_expected(tmp_path: Path) -> None:
    ends = [("2019", ["2019"]), ("2021", ["2021"])]
    row = annotated(TEXT, TEXT[28:], ("hier", ["2025-04-02"]), ("de 2019 à 2021", ["2019/2021"]), *ends)
    sentence = judged(tmp_path, row)
    assert [date.right for date in sentence.expected] == [("2025-04-02",), ("2019/2021",)]
    assert sentence.recalled == 2
    apart = CorpusDocument("d1", "", TEXT.replace("de 2019 à 2021", "en 2019, puis en 2021"), "2025-04-03")
    spans = ("en 2019, puis en 2021", ["2019/2021"]), *ends
    sentence = judged(tmp_path, annotated(apart.text, apart.text[28:], *spans), apart)
    assert [one.right for one in sentence.shown if "20" in one.mention.text] == [True, True]
    assert sentence.recalled == 0


def test_what_a_human_cannot_settle_is_not_expected_and_wrong_when_shown(tmp_path: Path) -> None:
    sentence = judged(tmp_path, annotated(TEXT, TEXT[:27], ("le 3 mars", [OPEN])))
    assert sentence.expected == ()
    assert [one.right for one in sentence.shown] == [False]


@pytest.mark.parametrize("text", [TEXT.replace("ouvert", "fermé"), ""])
def test_another_version_of_the_text_is_refused(tmp_path: Path, text: str) -> None:
    sentence = read(tmp_path, annotated(TEXT, TEXT[:27]))
    with pytest.raises(CollectionError, match=r"d1 .*version"):
        judge(sentence, {"d1": CorpusDocument("d1", "", text)} if text else {})


@pytest.mark.parametrize("change", [{"mentions": None}, {"start": "x"}, {"mentions": [{"start": 0}]}])
def test_a_malformed_line_is_named(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(CollectionError, match=r"sample\.jsonl, line 1"):
        read(tmp_path, annotated(TEXT, TEXT[:27]) | change)


def test_a_value_that_is_not_edtf_is_named(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match=r"sample\.jsonl, line 1.*hier"):
        read(tmp_path, annotated(TEXT, TEXT[:27], ("le 3 mars", ["hier"])))


def test_the_sample_is_200_sentences_of_as_many_documents_and_holds_no_text() -> None:
    sentences = read_sample(SAMPLE)
    assert len({sentence.id.rsplit("-", 1)[0] for sentence in sentences}) == len(sentences) == 200
    for sentence in sentences:
        starts = [(date.start, -date.end) for date in sentence.dates]
        assert starts == sorted(starts)
        assert all(sentence.start <= date.start < date.end <= sentence.end for date in sentence.dates)
        assert all(bounds(value) != (None, None) for date in sentence.dates for value in date.right)
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        assert json.loads(line).keys() == {"id", "start", "end", "sha256", "mentions"}
