"""What child processes do in tests of the archive.

They are forked from a server that has imported all this once, for Python with our libraries takes a second to
start. A child talks through a connection, and never returns to the test that started it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import datasketch  # noqa: F401 - slow to import, and imported late
import pytest
from fakes import BY_WORDS, HashEncoder, counts, document, sources

from retrieval import opening
from retrieval.articles import article_id
from retrieval.index.local import LocalIndex, segments
from retrieval.ingest import adding
from retrieval.ingest.adding import add_documents
from retrieval.language.identification import identify
from retrieval.store.change import Change
from retrieval.store.store import Store

identify("Le modèle est lu une fois.")
_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])


def start(task: Callable[..., None], *arguments: object) -> tuple[BaseProcess, Connection]:
    """Start a child on a task; return it and the end of the connection to talk to it."""
    _start_server()
    own, other = _CONTEXT.Pipe()
    child = _CONTEXT.Process(target=_run, args=(dict(os.environ), task, other, *arguments))
    child.start()
    other.close()
    return child, own


def _start_server() -> None:
    """Start the server, once, with the search path in its environment: Python 3.11 does not hand it on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        forkserver.ensure_running()


def finish(child: BaseProcess, connection: Connection) -> tuple[int | None, list[Any]]:
    """Wait for the end of a child; return its exit code and all that it told."""
    told = []
    try:
        while connection.poll(100):
            told.append(connection.recv())
    except (EOFError, ConnectionResetError):
        pass
    child.join(timeout=100)
    connection.close()
    return child.exitcode, told


def _run(
    environment: Mapping[str, str], task: Callable[..., None], connection: Connection, *arguments: object
) -> None:
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    task(connection, *arguments)


def open_and_ask(connection: Connection, folder: Path, question: str) -> None:
    """Open a folder of articles, a few passages a change, telling progress; then ask."""
    adding.BATCH = 8
    segments.REWRITE_FROM = 8
    opening.load_encoder = lambda name=None: HashEncoder()  # type: ignore[assignment]
    opening.weights_for = lambda _: BY_WORDS
    with opening.open_archive(folder, progress=lambda done, _: connection.send(done)) as archive:
        connection.send((*counts(archive), *sources(archive.search(question, k=1))))


def die_with_a_segment_half_written(connection: Connection, folder: Path) -> None:
    """Open a folder of articles, and be killed while the segment is written."""
    save = segments.save_segment

    def die(segment: Any, place: Path) -> None:
        save(segment, place)
        os.truncate(place / "codes.npy", 9)
        _die()

    segments.save_segment = die
    open_and_ask(connection, folder, "lettre7")


def die_with_a_segment_not_noted(connection: Connection, folder: Path) -> None:
    """Open a folder of articles, and be killed when the segment is written and the store does not say so."""
    Store.set_built = lambda *_: _die()  # type: ignore[method-assign]
    open_and_ask(connection, folder, "lettre7")


def die_in_a_change(connection: Connection, folder: Path) -> None:
    """Open a folder of articles, and be killed in the middle of the first change."""
    put = Change.put

    def die(change: Change, analysed: Any) -> None:
        put(change, analysed)
        _die()

    Change.put = die  # type: ignore[method-assign]
    open_and_ask(connection, folder, "lettre7")


def change_as_told(connection: Connection, folder: Path) -> None:
    """Change an index as the connection says, until it says nothing more.

    A message is the path and the text of an article to put, or None in place of the text to remove it.
    """
    encoder = HashEncoder()
    index = LocalIndex(folder, encoder.dimension)
    while (message := connection.recv()) is not None:
        path, text = message
        if text is None:
            index.remove([article_id(path)])
        else:
            list(add_documents(index, [document(text, path, source=path)], encoder))
        connection.send("done")
    index.close()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
