"""List the files of a folder and of its subfolders, symbolic links followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from dataclasses import dataclass, field
from heapq import heappop, heappush
from pathlib import Path

NOT_UNICODE = "its name is not Unicode, rename it"
BROKEN = "a broken link, mend or remove it"
CYCLE = "a link to a folder that contains it, remove it"


@dataclass(frozen=True, slots=True, order=True)
class _Folder:
    """A folder: its path under the root, its real path, and those of the folders whose links lead to it."""

    path: Path
    real: str
    reached_from: tuple[str, ...] = ()


@dataclass(slots=True)
class FolderListing:
    """The files found under a folder, and what was left out.

    ``files`` are paths that begin with that of the folder, sorted. ``left_out`` has the reason for each file
    or folder that could not be read, by its path relative to the folder.
    """

    files: list[Path] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)


def list_files(root: Path, suffixes: Collection[str]) -> FolderListing:
    """Return the files under a folder whose names end in one of ``suffixes``, hidden ones skipped.

    Each file and each folder is listed once: a link to one that is listed already is skipped, and where
    several links lead to one, the first by path is followed.

    Args:
        root: An existing folder.
        suffixes: Suffixes in lower case, such as ``.txt``; they match in any case.

    Raises:
        OSError: the folder itself cannot be read.
    """
    walk = _Walk(root, suffixes)
    walk.enter(_Folder(root, os.path.realpath(root)), strict=True)
    while walk.folder_links:  # after the folders proper, so that no link takes the place of one
        walk.enter(heappop(walk.folder_links))
    for path, real in sorted(walk.file_links):
        walk.add(path, real)
    walk.listing.files.sort()
    return walk.listing


class _Walk:
    """A walk through a folder: what it has found, and the links that it has yet to follow."""

    def __init__(self, root: Path, suffixes: Collection[str]) -> None:
        self.listing = FolderListing()
        self.folder_links: list[_Folder] = []
        self.file_links: list[tuple[Path, str]] = []
        self._root = root
        self._suffixes = suffixes
        self._seen: set[str] = set()

    def add(self, path: Path, real: str) -> None:
        """List a file, unless it is listed already."""
        if real not in self._seen:
            self._seen.add(real)
            self.listing.files.append(path)

    def enter(self, folder: _Folder, *, strict: bool = False) -> None:
        """List what is in a folder and its subfolders, and collect their links."""
        pending = [folder]
        while pending:
            current = pending.pop()
            if current.real in self._seen:
                continue
            self._seen.add(current.real)
            try:
                with os.scandir(current.path) as entries:
                    found = [self._visit(entry, current) for entry in entries if entry.name[0] != "."]
            except OSError as error:
                if strict and current is folder:
                    raise
                self._leave_out(current.path, _unreadable(error))
                continue
            pending += [subfolder for subfolder in found if subfolder]

    def _visit(self, entry: os.DirEntry[str], folder: _Folder) -> _Folder | None:
        """List a file, collect a link, or return a subfolder to enter."""
        path = folder.path / entry.name
        wanted = path.suffix.lower() in self._suffixes
        try:
            if entry.is_symlink():
                self._collect(path, folder, wanted)
                return None
            is_folder = entry.is_dir(follow_symlinks=False)
            if not is_folder and not (wanted and entry.is_file(follow_symlinks=False)):
                return None
        except OSError as error:
            self._leave_out(path, _unreadable(error))
            return None
        if not _is_unicode(entry.name):
            self._leave_out(path, NOT_UNICODE)
            return None
        real = os.path.join(folder.real, entry.name)  # noqa: PTH118 - compared with os.path.realpath
        if is_folder:
            return _Folder(path, real, folder.reached_from)
        self.add(path, real)
        return None

    def _collect(self, path: Path, folder: _Folder, wanted: bool) -> None:
        """Put a link aside until the folders proper are listed."""
        try:
            real = os.path.realpath(path, strict=True)
            mode = os.stat(real).st_mode  # noqa: PTH116
        except FileNotFoundError:
            self._leave_out(path, BROKEN)
            return
        except OSError as error:
            self._leave_out(path, _unreadable(error))
            return
        reached_from = (*folder.reached_from, folder.real)
        if stat.S_ISDIR(mode) and any(_is_inside(place, real) for place in reached_from):
            self._leave_out(path, CYCLE)
        elif not (stat.S_ISDIR(mode) or (wanted and stat.S_ISREG(mode))):
            return
        elif not _is_unicode(path.name):
            self._leave_out(path, NOT_UNICODE)
        elif stat.S_ISDIR(mode):
            heappush(self.folder_links, _Folder(path, real, reached_from))
        else:
            self.file_links.append((path, real))

    def _leave_out(self, path: Path, reason: str) -> None:
        name = os.fsencode(path.relative_to(self._root)).decode(errors="backslashreplace")
        self.listing.left_out[name] = reason


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unreadable(error: OSError) -> str:
    return f"it cannot be read: {error.strerror}"
