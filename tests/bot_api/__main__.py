"""Talk to the bot by hand, with no account and no network: ``python -m tests.bot_api``.

Start the bot in another terminal with the two variables this prints, then type messages here. ``+`` taps
the button under the bot's last message.
"""

from __future__ import annotations

import sys
import threading

from .server import BotApi


def main() -> None:
    """Serve the Bot API until the end of standard input, passing on what is typed."""
    out = sys.stdout.write
    with BotApi() as api:
        out(f"TELEGRAM_BASE_URL={api.url} TELEGRAM_BOT_TOKEN={api.token}\n")
        threading.Thread(target=_show, args=(api,), daemon=True).start()
        for line in sys.stdin:
            if line.strip() != "+":
                api.say(line.rstrip("\n"))
            elif api.messages and api.messages[-1].buttons:
                api.tap(api.messages[-1])
            else:
                out("There is no button to tap.\n")


def _show(api: BotApi) -> None:
    """Write what the bot sends, as it comes: the text, then what each part of it looks like."""
    seen = 0

    def changes() -> int:
        return sum(1 + message.edits for message in api.messages)

    while True:
        with api.changed:
            while changes() == seen:
                api.changed.wait()
            seen = changes()
            message = api.messages[-1]
            looks = [f"{entity.type}: {message.parsed.cover(entity)}" for entity in message.parsed.entities]
            buttons = [f"[ {button['text']} ]" for button in message.buttons]
            sys.stdout.write("\n".join(["", message.text, *buttons, *looks, ""]) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
