"""What an index was built from, written beside it, and the refusal to use it for anything else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from retrieval.encoders.interface import Encoder
from retrieval.errors import ArchiveError, ManifestError

FILE = "manifest.json"
FORMAT = 2
"""Version of the folder's layout."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The encoder, its weights' digest, dimension and prompts, and the versions an index was built with.

    ``analysis`` is that of ``retrieval.ingest.analysis``.
    """

    encoder: str
    fingerprint: str
    dimension: int
    analysis: int
    format: int = FORMAT
    query_prompt: str = ""
    passage_prompt: str = ""

    @classmethod
    def of(cls, encoder: Encoder, analysis: int) -> Manifest:
        """Return the manifest of an index built with ``encoder`` and a version of the analysis."""
        return cls(
            encoder.name,
            encoder.fingerprint,
            encoder.dimension,
            analysis,
            query_prompt=encoder.prompts.query,
            passage_prompt=encoder.prompts.passage,
        )

    def write(self, folder: Path) -> None:
        """Write the manifest into an index folder."""
        (folder / FILE).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Return the manifest of an index folder.

        Raises:
            ArchiveError: it is missing or unreadable.
        """
        try:
            return cls(**json.loads((folder / FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise ArchiveError(
                f"The index folder {folder} is incomplete (no readable {FILE}): "
                "delete it and build it again with `python -m retrieval index`."
            ) from error

    def check(self, wanted: Manifest, folder: Path) -> None:
        """Refuse an index that was built from something else than ``wanted``, whatever its analysis.

        Raises:
            ManifestError: it names the first difference and the remedy.
        """
        for field, built in asdict(self).items():
            asked = asdict(wanted)[field]
            if field != "analysis" and built != asked:
                other = "set EMBEDDING_MODEL to the first, or " if field == "encoder" else ""
                raise ManifestError(
                    f"The index {folder} was built with {field.replace('_', ' ')} {built!r} and this run "
                    f"uses {asked!r}: {other}delete it and build it again with `python -m retrieval index`."
                )
