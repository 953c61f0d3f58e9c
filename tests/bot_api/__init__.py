"""A small Bot API server for tests: it checks what a bot sends the way Telegram's own server does."""
