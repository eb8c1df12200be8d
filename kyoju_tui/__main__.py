"""`kyoju-tui` and `python -m kyoju_tui`: a command, or the screens."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def open_screen(store: Path | None, author: str | None) -> int:
    """Show the screens until the user quits; where no store is named or found, the first-start questions.

    Textual is imported here, so that commands start without it. Errors: `StoreNotFound` for a store that was named.
    """
    from kyoju_tui.files.layout import STORE_VARIABLE, find_store
    from kyoju_tui.records.errors import StoreNotFound
    from kyoju_tui.ui.run import run

    try:
        root = find_store(store, os.environ, Path.cwd())
    except StoreNotFound:
        if store is not None or os.environ.get(STORE_VARIABLE):
            raise
        root = None
    return run(root, author, os.environ)


def main() -> int:
    """The program."""
    try:
        from kyoju_tui.cli.main import main as command_line

        return command_line(sys.argv[1:], open_screen)
    except KeyboardInterrupt:
        # It had not come far enough to have anything to say.
        return 130


if __name__ == "__main__":
    sys.exit(main())
