"""The searchable side of an archive, derived from its store and rebuilt from it at will."""

from retrieval.index.building import build
from retrieval.index.derived import Derived, derived_folder, load
from retrieval.index.manifest import Manifest

__all__ = ["Derived", "Manifest", "build", "derived_folder", "load"]
