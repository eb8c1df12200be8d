"""`kyoju-tui` and `python -m kyoju_tui`: a command, or the screens."""

from __future__ import annotations

import sys
from pathlib import Path

from kyoju_tui.cli.main import main as command_line


def open_screen(store: Path | None, author: str | None) -> int:
    """Show the screens until the user quits. Textual is imported here, so that commands start without it."""
    from kyoju_tui.ui.run import run

    return run(store, author)


def main() -> int:
    """The program."""
    return command_line(sys.argv[1:], open_screen)


if __name__ == "__main__":
    sys.exit(main())
