"""What can keep the bot from running.

Every message is one sentence that names what is wrong and what to do about it.

    retrieval.errors.VerbatimError
    ├── SettingsError     a setting that cannot be used
    ├── ClosedError       a standard stream that the conversation needs is closed
    ├── StreamError       a standard stream that fails while it is read or written
    └── UnreachableError  the Bot API server does not answer
"""

from __future__ import annotations

from retrieval.errors import VerbatimError


class SettingsError(VerbatimError):
    """A variable of the environment or of ``.env`` holds a value that cannot be used."""


class ClosedError(VerbatimError):
    """Standard input or output is closed, and the conversation in the terminal needs it."""


class StreamError(VerbatimError):
    """Standard input cannot be read, or standard output cannot be written: a full device, for instance."""


class UnreachableError(VerbatimError):
    """The Bot API server does not answer when the bot starts."""
