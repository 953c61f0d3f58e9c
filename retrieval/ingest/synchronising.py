"""Bring an index into step with its sources: read what is new or changed, drop what is gone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.articles import split_passages
from retrieval.encoders.interface import Encoder
from retrieval.errors import ArchiveError, ArticleError
from retrieval.index.interface import Index
from retrieval.ingest.adding import add_documents
from retrieval.ingest.analysis import Document
from retrieval.ingest.sources import Source, Stamp

logger = logging.getLogger(__name__)

LOCK = "lock"
LOCK_SECONDS = 600
"""How long to wait for another process that is building the same index."""

Progress = Callable[[int, int], None]
"""Told, as indexing goes on, how many articles are done and how many there are to do."""


def quiet(done: int, total: int) -> None:
    """Report no progress."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Keep other processes from changing the index in ``folder``, which is made if need be.

    Raises:
        ArchiveError: another process holds the folder, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        raise ArchiveError(
            f"Another process has been building the index {folder} for {LOCK_SECONDS} s: "
            "wait for it to end, or stop it."
        ) from error
    except OSError as error:
        raise ArchiveError(
            f"The index cannot be written in {folder} ({error.strerror}): free some space there, "
            "or name another place with `python -m retrieval index --output`."
        ) from error


def synchronise(
    index: Index, sources: Mapping[str, Source], encoder: Encoder, progress: Progress = quiet
) -> None:
    """Bring an index into step with sources, by article identifier.

    Articles that are new or changed are read and embedded; those that are gone, or can no longer be read, are
    removed, so that a quote is in its file. What cannot be read is named in a warning.

    Raises:
        ArchiveError: nothing could be read.
    """
    known = {name: Stamp.parse(stamp) for name, stamp in index.stamps().items()}
    unsettled = {
        name: source
        for name, source in sources.items()
        if name not in known or not source.status or known[name].status != source.status
    }
    problems: dict[str, str] = {}
    unchanged: dict[str, str] = {}

    def documents() -> Iterator[Document]:
        for name, source in unsettled.items():
            try:
                content = source.read()
                stamp = Stamp(content.digest, source.status)
                if name in known and known[name].digest == content.digest:
                    unchanged[name] = str(stamp)
                    continue
                article = content.article()
            except ArticleError as error:
                problems[name] = str(error)
            else:
                yield Document(article, split_passages(article), str(stamp))

    for done in add_documents(index, documents(), encoder):
        progress(done + len(problems) + len(unchanged), len(unsettled))
    index.restamp({name: stamp for name, stamp in unchanged.items() if Stamp.parse(stamp) != known[name]})
    if gone := known.keys() - (sources.keys() - problems.keys()):
        index.remove(gone)
    index.compact()
    if not index.statistics().passages:
        raise ArchiveError(_nothing_read(list(problems.values())))
    for problem in problems.values():
        logger.warning("%s", problem)


def _nothing_read(problems: list[str]) -> str:
    if not problems:
        return "These articles hold no paragraph, only titles: write their text in them."
    if len(problems) == 1:
        return problems[0]
    return f"None of these {len(problems)} articles can be read. The first: {problems[0]}"
