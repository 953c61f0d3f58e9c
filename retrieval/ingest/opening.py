"""From a path to an archive: a folder of articles, or an index folder built before."""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from retrieval.archive import STORE, Archive, Document
from retrieval.articles import article_files, article_id, read_article, split_passages
from retrieval.encoders import load_encoder, load_reranker
from retrieval.errors import ArchiveError, ArticleError
from retrieval.index import Manifest
from retrieval.index.manifest import FILE as MANIFEST
from retrieval.ranking.model import Weights
from retrieval.ranking.stored import read_weights
from retrieval.types import PRECISION, Article, Encoder, Reranker

logger = logging.getLogger(__name__)

ROOT = "articles"
"""The file of an index folder that says which folder its articles are in."""

LOCK = "lock"
LOCK_SECONDS = 600
"""How long to wait for another process that is building the same index."""

Progress = Callable[[int, int], None]
"""Told, as indexing goes on, how many articles are done and how many there are to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article comes from: a stamp that changes when it does, and how to read it."""

    stamp: str
    read: Callable[[], Article]


def quiet(done: int, total: int) -> None:
    """Report no progress."""


def open_archive(
    path: Path | str,
    *,
    model: str | None = None,
    weights: Path | str | None = None,
    reranker: str | None = None,
    precision: float = PRECISION,
    progress: Progress = quiet,
) -> Archive:
    """Open the archive at ``path``, a folder of articles or an index folder.

    A folder of articles is indexed in the user's cache folder, and only what changed since the last
    time is read again. ``model`` is the embedding model; None is the bundled one, or the one an index
    folder was built with. ``weights`` is a file that ``python -m retrieval fit`` wrote for that model, and
    ``reranker`` a cross-encoder that rereads the first passages; None is neither. ``precision`` is the share
    of its first quotes that are to be right: the higher, the more often it keeps silent.

    Raises:
        ArchiveError: there is nothing to open at ``path``, or an index folder is damaged.
        ManifestError: an index folder was built with another model than ``model``.
        EncoderError: the model or the reranker cannot be loaded.
        WeightsError: the weights cannot be read, or are for another model.
    """
    path = Path(path).expanduser()
    if (path / STORE).exists() or (path / MANIFEST).exists():
        manifest = Manifest.read(path)
        encoder = load_encoder(model or manifest.encoder)
        manifest.check(Manifest.of(encoder), path)
        if not (path / STORE).exists():
            raise ArchiveError(f"The index folder {path} has lost its {STORE}: build it again.")
        root = Path((path / ROOT).read_text(encoding="utf-8")) if (path / ROOT).exists() else None
        fitted, judge = rankers(encoder, weights, reranker)
        archive = Archive(path, encoder, root=root, weights=fitted, reranker=judge)
    else:
        files = article_files(path)
        encoder = load_encoder(model)
        fitted, judge = rankers(encoder, weights, reranker)
        folder, sources = cache_folder(path, encoder), _file_sources(files, path)
        archive = synchronised(folder, sources, encoder, progress, root=path, weights=fitted, reranker=judge)
    archive.precision = precision
    return archive


def rankers(
    encoder: Encoder, weights: Path | str | None, reranker: str | None
) -> tuple[Weights | None, Reranker | None]:
    """Return the weights in a file and the cross-encoder of a name, where they are given.

    Raises:
        WeightsError: the weights cannot be read, or are for another encoder.
        EncoderError: the cross-encoder cannot be loaded.
    """
    return (
        read_weights(weights, encoder) if weights else None,
        load_reranker(reranker) if reranker else None,
    )


def build_index(path: Path, output: Path, *, model: str | None = None, progress: Progress = quiet) -> Archive:
    """Index the folder of articles at ``path`` into the folder ``output``, or bring that up to date.

    Raises:
        ArchiveError: ``path`` holds no article, or ``output`` is something else than an index folder.
        ManifestError: ``output`` was built with another model.
    """
    files = article_files(path)
    if _is_something_else(output):
        raise ArchiveError(f"{output} is not empty and not an index: name another folder with --output.")
    encoder = load_encoder(model)
    if (output / MANIFEST).exists():
        Manifest.read(output).check(Manifest.of(encoder), output)
    return synchronised(output, _file_sources(files, path), encoder, progress, root=path)


def cache_folder(path: Path, encoder: Encoder) -> Path:
    """Return where the index of ``path`` is kept when the user names no place.

    What another version of the code or of the model left there is dropped first.
    """
    key = hashlib.sha256(f"{path.resolve()}\0{encoder.name}".encode()).hexdigest()[:12]
    folder = platformdirs.user_cache_path("verbatim") / f"{path.resolve().name}-{key}"
    with _alone(folder):
        try:
            Manifest.read(folder).check(Manifest.of(encoder), folder)
        except ArchiveError as error:
            logger.info("Rebuilding the cached index: %s", error)
            for stale in folder.iterdir():
                if stale.is_dir():
                    shutil.rmtree(stale)
                elif stale.name != LOCK:
                    stale.unlink()
    return folder


def synchronised(
    folder: Path,
    sources: Mapping[str, Source],
    encoder: Encoder,
    progress: Progress = quiet,
    *,
    root: Path | None = None,
    weights: Weights | None = None,
    reranker: Reranker | None = None,
) -> Archive:
    """Return the archive kept in ``folder``, brought up to date with ``sources``; one process at a time.

    ``root`` is the folder that the articles are files of, if they are; ``weights`` and ``reranker`` are those
    of ``Archive``.

    Articles that are new or changed are read and embedded; those that are gone are removed.

    Raises:
        ArchiveError: nothing could be read, another process holds the folder, or it cannot be written.
    """
    with _alone(folder):
        if not (folder / MANIFEST).exists():
            Manifest.of(encoder).write(folder)
        if root:
            (folder / ROOT).write_text(str(root.resolve()), encoding="utf-8")
        archive = Archive(folder, encoder, root=root, weights=weights, reranker=reranker)
        _update(archive, sources, progress)
        _ = archive.index
    return archive


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes from changing the index in ``folder``, which is made if need be."""
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


def _is_something_else(output: Path) -> bool:
    """Tell whether a place holds anything but an index, or the little that an interrupted one leaves."""
    if not output.is_dir():
        return output.exists()
    return not (output / MANIFEST).exists() and any(file.name != LOCK for file in output.iterdir())


def _update(archive: Archive, sources: Mapping[str, Source], progress: Progress) -> None:
    """Read what is new or changed and drop what is gone, or can no longer be read: a quote is in its file."""
    known = archive.stamps()
    fresh = {name: source for name, source in sources.items() if known.get(name) != source.stamp}
    problems: dict[str, str] = {}

    def documents() -> Iterator[Document]:
        for name, source in fresh.items():
            try:
                article = source.read()
            except ArticleError as error:
                problems[name] = str(error)
            else:
                yield article, split_passages(article), source.stamp

    for done in archive.add(documents()):
        progress(done + len(problems), len(fresh))
    if gone := known.keys() - (sources.keys() - problems.keys()):
        archive.remove(gone)
    if not len(archive):
        archive.close()
        raise ArchiveError(_nothing_read(list(problems.values())))
    for problem in problems.values():
        logger.warning("%s", problem)


def _nothing_read(problems: list[str]) -> str:
    if not problems:
        return "These articles hold no paragraph, only titles: write their text in them."
    if len(problems) == 1:
        return problems[0]
    return f"None of these {len(problems)} articles can be read. The first: {problems[0]}"


def _file_sources(files: list[Path], folder: Path) -> dict[str, Source]:
    """Return the files by article identifier; a file's stamp is its size and the time it was written."""
    sources = {}
    for file in files:
        status = file.stat()
        stamp = f"{status.st_size}:{status.st_mtime_ns}"
        name = article_id(file.relative_to(folder).as_posix())
        sources[name] = Source(stamp, partial(read_article, file, folder))
    return sources
