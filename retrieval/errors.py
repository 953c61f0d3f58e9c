"""What can go wrong, as one tree.

Every message is one sentence that names the value at fault and the remedy, so that the command line and the
bot can show it to a person unchanged.

    VerbatimError
    ├── ArticleError           a file that cannot be parsed, or an article of too many paragraphs
    ├── ArchiveError           a folder without articles, or an index that cannot be read or written
    │   ├── ManifestError      an index built with another encoder or analysis than the one asked for
    │   └── DamagedIndexError  an index whose files are not what was written
    ├── EncoderError           an embedding model or a reader that cannot be loaded or used
    ├── WeightsError           ranking weights that cannot be read, or were fitted for another encoder
    ├── CollectionError        an evaluation collection or questions file that cannot be read
    ├── DateError              a value that is not an EDTF date; also a ValueError
    ├── ArgumentError          a word of the command line that is not UTF-8
    ├── ClosedError            a standard stream that is needed and closed
    └── StreamError            a standard stream that fails while it is read or written
"""

from __future__ import annotations


class VerbatimError(Exception):
    """Base of every error this project raises on purpose."""


class ArticleError(VerbatimError):
    """A file cannot be parsed: unknown format, wrong encoding, no text, too many paragraphs."""


class ArchiveError(VerbatimError):
    """A folder is missing or holds no article, or an index is missing, damaged or cannot be written."""


class ManifestError(ArchiveError):
    """An index was built with another encoder, dimension or analysis than the one asked for."""


class DamagedIndexError(ArchiveError):
    """A file of an index is missing, cut short or changed: it must be built again."""


class EncoderError(VerbatimError):
    """An embedding model or a reader is unknown, cannot be loaded, or returns something unusable."""


class WeightsError(VerbatimError):
    """A file of ranking weights is missing or damaged, or was fitted for another encoder."""


class CollectionError(VerbatimError):
    """An evaluation collection or a questions file is missing or malformed."""


class DateError(VerbatimError, ValueError):
    """A value given as a date is not one: an EDTF string was expected, such as ``2025-04``."""


class ArgumentError(VerbatimError):
    """An argument, or a variable of the environment in the place of one, is not UTF-8."""


class ClosedError(VerbatimError):
    """Standard input or output is closed, and the program needs it."""


class StreamError(VerbatimError):
    """Standard input cannot be read, or standard output cannot be written: a full device, for instance."""
