"""The conversation with an archive, in Telegram and in a terminal."""
