"""From a path to an archive: a folder of articles, or an index folder built before."""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from retrieval.archive import Archive
from retrieval.articles import article_files
from retrieval.encoders import load_encoder, load_reader
from retrieval.encoders.interface import Encoder
from retrieval.encoders.reader import OFF
from retrieval.errors import ArchiveError, DamagedIndexError
from retrieval.index.local import LocalIndex
from retrieval.index.manifest import FILE as MANIFEST
from retrieval.index.manifest import Manifest
from retrieval.ingest.analysis import ANALYSIS
from retrieval.ingest.reanalysis import reanalyse
from retrieval.ingest.sources import Source, file_sources
from retrieval.ingest.synchronising import LOCK, Progress, quiet, synchronise, writing
from retrieval.ranking.bundled import read_weights, weights_for
from retrieval.ranking.ranker import Ranker
from retrieval.store.database import DAMAGED, damaged_index
from retrieval.store.store import FILE as STORE
from retrieval.types import PRECISION

logger = logging.getLogger(__name__)

_REBUILT = "%s It is in the cache, and is built again now."

ROOT = "articles"
"""The file of an index folder that says which folder its articles are in."""


def open_archive(
    path: Path | str,
    *,
    model: str | None = None,
    weights: Path | str | None = None,
    reader: str | None = None,
    precision: float = PRECISION,
    progress: Progress = quiet,
) -> Archive:
    """Open the archive at ``path``, a folder of articles or an index folder.

    A folder of articles is indexed in the user's cache folder, and only what changed since the last time is
    read again. ``model`` is the embedding model; None is the bundled one, or the one an index folder was
    built with. ``weights`` is a file that ``python -m retrieval fit`` wrote for that model, and ``reader``
    a cross-encoder that reads the first passages again; None is neither. ``precision`` is the share of its
    first quotes that are to be right: the higher, the more often it keeps silent.

    Raises:
        ArchiveError: there is nothing to open at ``path``, or an index folder is damaged.
        ManifestError: an index folder was built with another model than ``model``.
        EncoderError: the model or the reader cannot be loaded.
        WeightsError: the weights cannot be read, or are for another model.
    """
    path = Path(path).expanduser()
    if (path / STORE).exists() or (path / MANIFEST).exists():
        manifest = Manifest.read(path)
        encoder = load_encoder(model or manifest.encoder)
        ranker = load_ranker(encoder, weights, reader, precision)
        return open_index(path, encoder, ranker, progress)
    files = article_files(path)
    encoder = load_encoder(model)
    ranker = load_ranker(encoder, weights, reader, precision)
    return open_cached(path, file_sources(files, path), encoder, ranker, progress, root=path)


def load_ranker(
    encoder: Encoder,
    weights: Path | str | None = None,
    reader: str | None = None,
    precision: float = PRECISION,
) -> Ranker:
    """Return the ranker for an encoder, with the weights in a file and the reader of a name, if given.

    Raises:
        WeightsError: the weights cannot be read, or are for another encoder.
        EncoderError: the reader cannot be loaded.
    """
    return Ranker(
        weights=read_weights(weights, encoder) if weights else weights_for(encoder),
        scale=encoder.scale,
        precision=precision,
        reader=load_reader(reader),
    )


def open_index(folder: Path, encoder: Encoder, ranker: Ranker, progress: Progress = quiet) -> Archive:
    """Open an index folder as it is; one of an earlier analysis is analysed again first.

    Raises:
        ArchiveError: it is damaged.
        ManifestError: it was built with another model.
    """
    manifest = Manifest.read(folder)
    manifest.check(Manifest.of(encoder, ANALYSIS), folder)
    if not (folder / STORE).exists():
        raise ArchiveError(f"The index folder {folder} has lost its {STORE}: build it again.")
    root = Path((folder / ROOT).read_text(encoding="utf-8")) if (folder / ROOT).exists() else None
    index = LocalIndex(folder, encoder.dimension)
    if manifest.analysis != ANALYSIS:
        with writing(folder):
            _reanalyse(index, folder, encoder, progress)
    return Archive(index, encoder, ranker, folder=folder, root=root)


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
        Manifest.read(output).check(Manifest.of(encoder, ANALYSIS), output)
    ranker = load_ranker(encoder, reader=OFF)
    return _synchronised(output, file_sources(files, path), encoder, ranker, progress, root=path)


def open_cached(
    path: Path,
    sources: Mapping[str, Source],
    encoder: Encoder,
    ranker: Ranker,
    progress: Progress = quiet,
    *,
    root: Path | None = None,
) -> Archive:
    """Open the archive of some sources, kept in the user's cache under the name of ``path``.

    It is brought into step with the sources. What another version of the code or of the model left there, or
    is damaged, is built again. ``root`` is the folder that the articles are files of, if they are.

    Raises:
        ArchiveError: nothing could be read, another process holds the cache, or it cannot be written.
    """
    folder = cache_folder(path, encoder)
    with writing(folder):
        try:
            Manifest.read(folder).check(Manifest.of(encoder, ANALYSIS), folder)
            if (folder / DAMAGED).exists():
                raise damaged_index(folder, "as an earlier question found")
        except DamagedIndexError as error:
            logger.warning(_REBUILT, error)
            _empty(folder)
        except ArchiveError as error:
            logger.info("Building the cached index again: %s", error)
            _empty(folder)
    try:
        return _synchronised(folder, sources, encoder, ranker, progress, root=root)
    except DamagedIndexError as error:
        logger.warning(_REBUILT, error)
        with writing(folder):
            _empty(folder)
        return _synchronised(folder, sources, encoder, ranker, progress, root=root)


def cache_folder(path: Path, encoder: Encoder) -> Path:
    """Return where the index of ``path`` is kept when the user names no place."""
    key = hashlib.sha256(f"{path.resolve()}\0{encoder.name}".encode()).hexdigest()[:12]
    return platformdirs.user_cache_path("verbatim") / f"{path.resolve().name}-{key}"


def _synchronised(
    folder: Path,
    sources: Mapping[str, Source],
    encoder: Encoder,
    ranker: Ranker,
    progress: Progress,
    *,
    root: Path | None,
) -> Archive:
    """Return the archive kept in ``folder``, in step with ``sources``; one process at a time."""
    with writing(folder):
        if not (folder / MANIFEST).exists():
            Manifest.of(encoder, ANALYSIS).write(folder)
        if root:
            (folder / ROOT).write_text(str(root.resolve()), encoding="utf-8")
        index = LocalIndex(folder, encoder.dimension)
        try:
            if Manifest.read(folder).analysis != ANALYSIS:
                _reanalyse(index, folder, encoder, progress)
            synchronise(index, sources, encoder, progress)
        except BaseException:
            index.close()
            raise
    return Archive(index, encoder, ranker, folder=folder, root=root)


def _reanalyse(index: LocalIndex, folder: Path, encoder: Encoder, progress: Progress) -> None:
    logger.warning("The index %s was made by an earlier version: its texts are analysed again.", folder)
    reanalyse(index, encoder, progress)
    Manifest.of(encoder, ANALYSIS).write(folder)


def _empty(folder: Path) -> None:
    for stale in folder.iterdir():
        if stale.is_dir():
            shutil.rmtree(stale)
        elif stale.name != LOCK:
            stale.unlink()


def _is_something_else(output: Path) -> bool:
    """Tell whether a place holds anything but an index, or the little that an interrupted one leaves."""
    if not output.is_dir():
        return output.exists()
    return not (output / MANIFEST).exists() and any(file.name != LOCK for file in output.iterdir())
