"""What can keep the bot from running.

Every message is one sentence that names what is wrong and what to do about it.

    retrieval.errors.VerbatimError
    ├── SettingsError     a setting that cannot be used
    └── UnreachableError  the Bot API server does not answer
"""

from __future__ import annotations

from retrieval.errors import VerbatimError


class SettingsError(VerbatimError):
    """A variable of the environment or of ``.env`` holds a value that cannot be used."""


class UnreachableError(VerbatimError):
    """The Bot API server does not answer when the bot starts."""
