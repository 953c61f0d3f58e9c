"""The segment on disk is written aside, and readers go on; several processes share an index."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from index.archives import ENCODER, analysed, ask, put

from retrieval.index.local import LocalIndex, segments


@pytest.fixture(autouse=True)
def _written_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "REWRITE_FROM", 5)


def opened(folder: Path) -> LocalIndex:
    folder.mkdir(exist_ok=True)
    return LocalIndex(folder, ENCODER.dimension)


def on_disk(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("segment-*"))


def found(index: LocalIndex, text: str) -> list[str]:
    return [one.article.source for one in index.stored(index.matching(ask(index, text), 9).tolist())]


def fill(index: LocalIndex, first: int, last: int) -> None:
    put(index, [analysed(f"{n:02}.txt", f"Le pont numéro{n}.") for n in range(first, last)])


def test_a_few_passages_are_not_written_and_many_are(tmp_path: Path) -> None:
    index = opened(tmp_path / "index")
    fill(index, 0, 4)
    index.compact()
    assert on_disk(tmp_path / "index") == []
    fill(index, 4, 9)
    index.compact()
    assert on_disk(tmp_path / "index") == ["segment-9"]
    assert found(index, "numéro3") == ["03.txt"]
    assert found(opened(tmp_path / "index"), "numéro7") == ["07.txt"]


def test_removals_alone_are_written_too(tmp_path: Path) -> None:
    index = opened(tmp_path / "index")
    fill(index, 0, 20)
    index.compact()
    index.remove(index.stamps().keys() - {analysed("03.txt", "x").article.id})
    assert found(index, "pont") == ["03.txt"]
    index.compact()
    assert on_disk(tmp_path / "index")[-1] == "segment-21"
    assert found(index, "pont") == found(opened(tmp_path / "index"), "pont") == ["03.txt"]


def test_another_reader_sees_a_change_at_its_next_question_and_survives_rewriting(tmp_path: Path) -> None:
    writer = opened(tmp_path / "index")
    fill(writer, 0, 9)
    writer.compact()
    reader = opened(tmp_path / "index")
    assert found(reader, "numéro2") == ["02.txt"]
    for start in (9, 15, 21, 27):
        fill(writer, start, start + 6)
        assert found(reader, f"numéro{start}") == [f"{start:02}.txt"]
        writer.compact()
        assert found(reader, f"numéro{start + 1}") == [f"{start + 1:02}.txt"]
    writer.remove([analysed("02.txt", "x").article.id])
    assert found(reader, "numéro2") == []
    assert len(on_disk(tmp_path / "index")) <= 2, "the segment in use and the one before it"


def test_a_snapshot_is_of_one_moment_whatever_another_process_writes(tmp_path: Path) -> None:
    writer = opened(tmp_path / "index")
    fill(writer, 0, 9)
    reader = opened(tmp_path / "index")
    with reader.snapshot():
        assert found(reader, "pont")[:1]
        fill(writer, 9, 12)
        writer.remove([analysed("01.txt", "x").article.id])
        assert reader.statistics().passages == 9
        assert found(reader, "numéro1") == ["01.txt"]
        assert found(reader, "numéro10") == []
    assert found(reader, "numéro10") == ["10.txt"]


def test_a_damaged_segment_is_left_and_all_is_read_from_the_store(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = opened(tmp_path / "index")
    fill(index, 0, 9)
    index.compact()
    for file in sorted((tmp_path / "index" / "segment-9").iterdir()):
        whole = file.read_bytes()
        file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with caplog.at_level(logging.WARNING):
            assert found(opened(tmp_path / "index"), "numéro4") == ["04.txt"]
        assert "damaged" in caplog.text, file.name
        caplog.clear()
        file.write_bytes(whole)
    opened(tmp_path / "index").ids()
    assert not caplog.records


def test_a_damaged_segment_is_written_again_when_the_index_is_compacted(tmp_path: Path) -> None:
    index = opened(tmp_path / "index")
    fill(index, 0, 9)
    index.compact()
    (tmp_path / "index" / "segment-9" / "codes.npy").unlink()
    mended = opened(tmp_path / "index")
    mended.compact()
    assert (tmp_path / "index" / "segment-9" / "codes.npy").exists()
    assert found(opened(tmp_path / "index"), "numéro4") == ["04.txt"]
