"""Counting how often each kind of date is right, on annotated texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval.dates.confidence import Count, read_counts
from retrieval.errors import CollectionError
from retrieval.training.dates_fit import fit_dates


def write(folder: Path, *rows: dict[str, object]) -> Path:
    file = folder / "gold.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def row(text: str, written: str, gold: str) -> dict[str, object]:
    start = text.index(written)
    return {"text": text, "ref": "2025-04-10", "start": start, "end": start + len(written), "gold": gold}


def test_dates_are_counted_by_what_settles_them_and_written_with_their_source(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        row("Le port a fermé le 3 avril.", "le 3 avril", "2025-04-03"),
        row("Le port a rouvert le 4 avril.", "le 4 avril", "2025-04-05"),
    )
    output = tmp_path / "counts.json"
    counts = fit_dates([file], output)
    assert counts == {"past": {"calendar_day": Count(1, 2)}}
    assert read_counts(output) == counts
    kept = json.loads(output.read_text("utf-8"))
    assert kept["dates"] == {"gold.jsonl": 2}
    assert kept["made_by"].endswith("fit-dates gold.jsonl")
    assert str(tmp_path) not in output.read_text("utf-8")


def test_a_day_written_twice_is_read_by_each_of_its_halves_too(tmp_path: Path) -> None:
    near = row("Le port a fermé mardi 8 avril.", "mardi 8 avril", "2025-04-08")
    far = row("Le port a fermé mardi 4 mars.", "mardi 4 mars", "2025-03-04")
    counts = fit_dates([write(tmp_path, near, far)], tmp_path / "counts.json")
    assert counts == {
        "weekday": {"calendar_day": Count(2, 2)},
        "past": {"calendar_day": Count(2, 2), "weekday": Count(1, 1)},
    }


def test_a_file_that_annotates_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CollectionError):
        fit_dates([write(tmp_path, {"text": "Rien."})], tmp_path / "counts.json")
