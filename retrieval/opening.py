"""From a path to an archive: a folder of articles, or an index folder built before."""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from retrieval.archive import STORE, Archive, Document, Progress, quiet
from retrieval.articles import article_files, read_article, split_passages
from retrieval.articles.header import article_id
from retrieval.encoders import load_encoder
from retrieval.errors import ArchiveError, ArticleError
from retrieval.index import Manifest
from retrieval.index.manifest import FILE as MANIFEST
from retrieval.types import Encoder

logger = logging.getLogger(__name__)

LOCK_SECONDS = 600
"""How long to wait for another process that is building the same index."""


def open_archive(path: Path | str, *, model: str | None = None, progress: Progress = quiet) -> Archive:
    """Open the archive at ``path``, a folder of articles or an index folder.

    A folder of articles is indexed in the user's cache folder, and only what changed since the last
    time is read again. ``model`` is the embedding model; None is the bundled one, or the one an index
    folder was built with.

    Raises:
        ArchiveError: there is nothing to open at ``path``, or an index folder is damaged.
        ManifestError: an index folder was built with another model than ``model``.
        EncoderError: the model cannot be loaded.
    """
    path = Path(path).expanduser()
    if (path / STORE).exists() or (path / MANIFEST).exists():
        manifest = Manifest.read(path)
        encoder = load_encoder(model or manifest.encoder)
        manifest.check(Manifest.of(encoder), path)
        if not (path / STORE).exists():
            raise ArchiveError(f"The index folder {path} has lost its {STORE}: build it again.")
        return Archive(path, encoder)
    files = article_files(path)
    encoder = load_encoder(model)
    folder = cache_folder(path, encoder.name)
    _discard_outdated(folder, Manifest.of(encoder))
    return _synchronised(folder, path, files, encoder, progress)


def build_index(path: Path, output: Path, *, model: str | None = None, progress: Progress = quiet) -> Archive:
    """Index the folder of articles at ``path`` into the folder ``output``, or bring that up to date.

    Raises:
        ArchiveError: ``path`` holds no article, or ``output`` is something else than an index folder.
        ManifestError: ``output`` was built with another model.
    """
    files = article_files(path)
    if output.exists() and any(output.iterdir()) and not (output / MANIFEST).exists():
        raise ArchiveError(f"{output} is not empty and not an index: name another folder with --output.")
    encoder = load_encoder(model)
    if (output / MANIFEST).exists():
        Manifest.read(output).check(Manifest.of(encoder), output)
    return _synchronised(output, path, files, encoder, progress)


def cache_folder(path: Path, encoder: str) -> Path:
    """Return where the index of the folder ``path`` is kept when the user names no place."""
    key = hashlib.sha256(f"{path.resolve()}\0{encoder}".encode()).hexdigest()[:12]
    return platformdirs.user_cache_path("verbatim") / f"{path.resolve().name}-{key}"


def _discard_outdated(folder: Path, wanted: Manifest) -> None:
    """Drop a cached index that another version or model built, or that was never finished."""
    if not folder.exists():
        return
    try:
        Manifest.read(folder).check(wanted, folder)
    except ArchiveError as error:
        logger.info("Rebuilding the cached index: %s", error)
        shutil.rmtree(folder)


def _synchronised(
    folder: Path, path: Path, files: list[Path], encoder: Encoder, progress: Progress
) -> Archive:
    """Bring the index in ``folder`` up to date with ``files``; one process at a time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock", timeout=LOCK_SECONDS):
            if not (folder / MANIFEST).exists():
                Manifest.of(encoder).write(folder)
            archive = Archive(folder, encoder)
            _update(archive, path, files, progress)
            _ = archive.index
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
    return archive


def _update(archive: Archive, path: Path, files: list[Path], progress: Progress) -> None:
    """Add the files that are new or changed and remove those that are gone."""
    stamps = {article_id(file.relative_to(path).as_posix()): (file, _stamp(file)) for file in files}
    known = archive.stamps()
    fresh = [(file, stamp) for name, (file, stamp) in stamps.items() if known.get(name) != stamp]
    problems: list[str] = []

    def documents() -> Iterator[Document]:
        for file, stamp in fresh:
            try:
                article = read_article(file, path)
            except ArticleError as error:
                problems.append(str(error))
                logger.warning("%s", error)
                continue
            yield article, split_passages(article), stamp

    archive.add(documents(), progress)
    gone = known.keys() - stamps.keys()
    if gone:
        archive.remove(gone)
    if not len(archive):
        archive.close()
        raise ArchiveError(problems[0] if len(problems) == 1 else f"No article in {path} could be read.")


def _stamp(file: Path) -> str:
    """Return what changes when a file does: its size and the time it was written."""
    status = file.stat()
    return f"{status.st_size}:{status.st_mtime_ns}"
