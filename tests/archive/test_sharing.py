"""An archive shared by threads, by several archives, and by processes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from archive import children
from fakes import ARTICLES, HashEncoder, archive_of, document, ranker, sources, write_articles

import retrieval
from retrieval.archive import Archive
from retrieval.articles import article_id
from retrieval.index.local import LocalIndex

QUESTIONS = [
    "Quand le barrage de Kandadji retiendra-t-il le fleuve ?",
    "Qui a été élue à Dakar ?",
    "What happened to the bridge of Foumban?",
    "médaille d'or",
]
LIGHTHOUSE = "Le phare d’Ouessant ferme."


def opened_again(archive: Archive) -> Archive:
    """The same index opened a second time, as another process would."""
    encoder = HashEncoder()
    return Archive(LocalIndex(archive.folder, encoder.dimension), encoder, ranker(), folder=archive.folder)


def test_threads_get_the_answers_they_would_get_alone(archive: Archive) -> None:
    alone = [repr(archive.ask(question)) for question in QUESTIONS]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda question: repr(archive.ask(question)), QUESTIONS * 5))
    assert together == alone * 5


def test_a_question_asked_while_articles_come_and_go_gets_words_that_match(tmp_path: Path) -> None:
    """The ranking and the passages are those of one moment, whichever it is."""
    stop = threading.Event()
    moving = [document(LIGHTHOUSE, "a.txt")]
    moving += [document("Un mot.\n\nEncore un.", f"{number}.txt") for number in range(3)]

    def come_and_go(writer: Archive) -> None:
        while not stop.is_set():
            for one in moving:
                list(writer.add([one]))
            writer.remove([moving[-1].article.id])

    with (
        archive_of({"a.txt": LIGHTHOUSE} | ARTICLES, tmp_path) as archive,
        opened_again(archive) as another,
        ThreadPoolExecutor(2) as threads,
    ):
        changing = [threads.submit(come_and_go, writer) for writer in (archive, another)]
        try:
            for _ in range(15):
                assert archive.ask("phare d'Ouessant").quotes[0].text == LIGHTHOUSE
                assert sources(archive.search("médaille d’or Mâcon", k=1)) == ["La Gazette"]
        finally:
            stop.set()
        for change in changing:
            change.result()


def test_inside_a_snapshot_nothing_changes(tmp_path: Path) -> None:
    with archive_of(ARTICLES, tmp_path) as archive, opened_again(archive) as writer:
        with archive.index.snapshot():
            before = repr(archive.ask("phare tramway"))
            list(writer.add([document(LIGHTHOUSE, "neuf.txt", source="neuf.txt")]))
            writer.remove([article_id("2023/tramway.txt")])
            assert repr(archive.ask("phare tramway")) == before
            assert len(archive) == 24
            assert sources(archive.search("tramway", k=1)) == ["2023/tramway.txt"]
        assert len(archive) == 23
        assert sources(archive.search("phare", k=1)) == ["neuf.txt"]
        assert "2023/tramway.txt" not in sources(archive.search("tramway", k=100))


def test_an_open_archive_follows_what_a_folder_opened_again_changes(
    folder: Path, encoder: HashEncoder
) -> None:
    with retrieval.open(folder) as first:
        write_articles(folder, {"neuf.txt": f"date 2025 {LIGHTHOUSE}"})
        (folder / "2023/tramway.txt").unlink()
        retrieval.open(folder).close()
        assert sources(first.search("phare"))[0] == "neuf.txt"
        assert "2023/tramway.txt" not in sources(first.search("tramway", k=100))


def test_another_process_s_changes_are_seen_at_the_next_question(tmp_path: Path) -> None:
    with archive_of(ARTICLES, tmp_path) as archive:
        child, connection = children.start(children.change_as_told, archive.folder)

        def change(path: str, text: str | None) -> None:
            connection.send((path, text))
            assert connection.recv() == "done"

        def best() -> str:
            return archive.search("phare d’Ouessant", k=1)[0].text

        assert "phare" not in best()
        change("neuf.txt", LIGHTHOUSE)
        assert best() == LIGHTHOUSE
        assert len(archive) == 25
        change("neuf.txt", "Le phare d’Ouessant rouvre.")
        assert best() == "Le phare d’Ouessant rouvre."
        with archive.index.snapshot():
            assert best() == "Le phare d’Ouessant rouvre."
            change("neuf.txt", None)
            assert best() == "Le phare d’Ouessant rouvre."
        assert "phare" not in best()
        assert len(archive) == 24
        assert not archive.understand("la Ouesant").corrections, "its words are gone too"
        connection.send(None)
        assert children.finish(child, connection) == (0, [])
