"""The derived index: found again from disk, filtered alike on both sides, rebuilt when it is damaged."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import ARTICLES, BY_WORDS, HashEncoder, archive_of
from hypothesis import given
from hypothesis import strategies as st
from retrieval.index.arrays import Ragged

from retrieval.archive import Archive
from retrieval.articles import article_id
from retrieval.errors import ArchiveError, ManifestError
from retrieval.index import Derived, Manifest, build, load
from retrieval.language.analysis import analyse

ROWS = st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=6), max_size=8)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(ARTICLES, tmp_path_factory.mktemp("index")) as opened:
        yield opened


def texts(archive: Archive, positions: list[int]) -> list[str]:
    return [archive._store.passage(int(archive.index.rows[p]))[0].text for p in positions]


@given(ROWS)
def test_ragged_rows_come_back_from_disk(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[int]]
) -> None:
    folder = tmp_path_factory.mktemp("ragged")
    Ragged.of(rows, np.uint32).save(folder, "rows")
    ragged = Ragged.load(folder, "rows")
    assert len(ragged) == len(rows)
    assert [
        ragged.values[a:b].tolist() for a, b in zip(ragged.offsets, ragged.offsets[1:], strict=False)
    ] == rows


@given(ROWS.filter(bool), st.data())
def test_ragged_finds_the_values_of_any_rows_in_any_order(rows: list[list[int]], data: st.DataObject) -> None:
    asked = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=10))
    ragged = Ragged.of(rows, np.uint32)
    positions, lengths = ragged.positions(np.array(asked, dtype=np.int64))
    assert ragged.values[positions].tolist() == [value for row in asked for value in rows[row]]
    assert lengths.tolist() == [len(rows[row]) for row in asked]


def test_every_passage_of_the_store_has_one_place(archive: Archive) -> None:
    assert len(archive.index) == len(archive) == 24
    assert len(set(archive.index.rows.tolist())) == 24


def test_the_nearest_passages_are_exact_and_in_order(archive: Archive) -> None:
    vector = archive.encoder.encode_queries(["un train de nuit pour Berlin"])[0]
    exact = archive.index.passage_vectors.reconstruct_n(0, len(archive)) @ vector
    found = archive.index.dense(vector, 5, None, None)
    assert exact[found].tolist() == sorted(exact.tolist(), reverse=True)[:5]
    assert sorted(archive.index.dense(vector, 1_000, None, None)) == list(range(len(archive)))


def test_words_find_the_passages_that_hold_them(archive: Archive) -> None:
    found = archive.index.matching(analyse("medaille or"), 10, None, None)
    assert texts(archive, found) == ["Le cantal de la famille Vidal a reçu la médaille d’or à Mâcon."]
    assert len(archive.index.matching(analyse("cantal"), 10, None, None)) == 2, "its title is searched too"
    assert archive.index.matching(analyse("zirconium"), 10, None, None) == []
    assert archive.index.matching([], 10, None, None) == []


@given(
    st.none() | st.dates(dt.date(2018, 1, 1), dt.date(2026, 1, 1)), st.none() | st.dates(dt.date(2018, 1, 1))
)
def test_both_sides_keep_to_the_same_window(
    archive: Archive, since: dt.date | None, until: dt.date | None
) -> None:
    index = archive.index
    low, high = since and since.toordinal(), until and until.toordinal()
    inside = {
        p
        for p, (first, last) in enumerate(index.published.tolist())
        if (low is None and high is None)
        or (first > 0 and (low is None or last >= low) and (high is None or first <= high))
    }
    every_word = sorted({word for text in texts(archive, list(range(24))) for word in analyse(text)})
    vector = archive.encoder.encode_queries(["le"])[0]
    assert set(index.dense(vector, 1_000, low, high)) == inside
    assert set(index.matching(every_word, 1_000, low, high)) == inside


def test_an_index_is_built_once_for_a_change_and_older_ones_are_dropped(tmp_path: Path) -> None:
    with archive_of(ARTICLES, tmp_path) as archive:
        place = archive.index.folder
        written = {file: file.stat().st_mtime_ns for file in place.rglob("*") if file.is_file()}
        assert build(archive._store, archive.encoder.dimension, archive.folder) == place
        assert {file: file.stat().st_mtime_ns for file in place.rglob("*") if file.is_file()} == written
        archive.remove([article_id("pont.txt")])
        assert archive.index.folder != place
        assert [path.name for path in archive.folder.glob("derived*-*")] == [archive.index.folder.name]


def damages() -> dict[str, Callable[[Path], None]]:
    return {
        "deleted": Path.unlink,
        "emptied": lambda path: os.truncate(path, 0),
        "cut by one byte": lambda path: os.truncate(path, path.stat().st_size - 1),
    }


@pytest.mark.parametrize("how", damages())
def test_a_damaged_file_is_noticed_and_the_index_built_again_from_the_store(
    how: str, archive: Archive, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = archive.index.folder
    asked = "cantal médaille"
    whole = [hit.text for hit in archive.search(asked)]
    for file in [
        path for path in sorted(place.rglob("*")) if path.is_file() and not path.name.startswith(".")
    ]:
        folder = tmp_path / "copy"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(archive.folder, folder)
        name = file.relative_to(archive.folder)
        damages()[how](folder / name)
        encoder = HashEncoder()
        with Archive(folder, encoder, weights=BY_WORDS) as damaged:
            assert [hit.text for hit in damaged.search(asked)] == whole, f"{name} {how}"
        assert encoder.passages == [], "vectors are kept in the store: nothing is embedded again"


def test_an_index_folder_that_is_gone_is_built_again(archive: Archive, tmp_path: Path) -> None:
    folder = shutil.copytree(archive.folder, tmp_path / "copy")
    shutil.rmtree(folder / archive.index.folder.name)
    with Archive(folder, HashEncoder(), weights=BY_WORDS) as again:
        assert [h.id for h in again.search("train Berlin")] == [h.id for h in archive.search("train Berlin")]


def test_what_is_missing_is_an_archive_error_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"is damaged .*build it again"):
        load(tmp_path / "derived")


def test_a_manifest_comes_back(tmp_path: Path) -> None:
    manifest = Manifest.of(HashEncoder("modèle", "f" * 64))
    manifest.write(tmp_path)
    assert Manifest.read(tmp_path) == manifest
    manifest.check(Manifest.of(HashEncoder("modèle", "f" * 64)), tmp_path)


@pytest.mark.parametrize(
    ("other", "difference"),
    [
        (HashEncoder("autre"), "encoder 'hash' and this run uses 'autre'"),
        (HashEncoder(fingerprint="1" * 64), f"fingerprint '{'0' * 64}' and this run uses '{'1' * 64}'"),
    ],
)
def test_an_index_of_another_encoder_is_refused_by_name(
    other: HashEncoder, difference: str, tmp_path: Path
) -> None:
    with pytest.raises(ManifestError) as error:
        Manifest.of(HashEncoder()).check(Manifest.of(other), tmp_path)
    assert difference in str(error.value)
    assert str(tmp_path) in str(error.value)
    assert "python -m retrieval index" in str(error.value)


@pytest.mark.parametrize("field", ["dimension", "analysis", "format"])
def test_an_index_of_another_version_is_refused(field: str, tmp_path: Path) -> None:
    Manifest.of(HashEncoder()).write(tmp_path)
    written: dict[str, Any] = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(written | {field: 999}))
    with pytest.raises(ManifestError, match=f"{field} 999"):
        Manifest.read(tmp_path).check(Manifest.of(HashEncoder()), tmp_path)


@pytest.mark.parametrize(
    "content", [None, b"", b"{", b"[]", b"{}", b'{"encoder": "a"}', b'{"x": 1}', b"\xff\xfe"]
)
def test_a_manifest_missing_or_corrupt_is_one_clear_sentence(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(
        ArchiveError, match=r"is incomplete \(no readable manifest\.json\): delete it"
    ) as error:
        Manifest.read(tmp_path)
    assert "\n" not in str(error.value)


def test_an_index_holds_what_its_type_says(archive: Archive) -> None:
    index: Derived = archive.index
    passages, units = len(index), len(index.tokens)
    assert len(index.units) == len(index.languages) == len(index.published) == len(index.told) == passages
    assert index.originals.tolist() == list(range(passages)), "no two of these are copies"
    assert int(index.units.offsets[-1]) == units == len(index.flags)
    assert (index.units.values[index.units.offsets[:-1]] == -1).all(), "a passage begins with its title"
    assert sorted(index.units.values[index.units.values >= 0]) == list(range(index.sentence_vectors.ntotal))
