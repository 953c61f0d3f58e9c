"""The conversation in Telegram."""
