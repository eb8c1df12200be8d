"""Start the screen: open the store, run the app, close the store whatever happens."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.safe import safe


def run(workspace_path: Path | None, author: str | None, environ: Mapping[str, str]) -> int:
    """Show the store in `workspace_path`; None begins with the first-start questions.

    Returns the exit code: 0 after Ctrl+Q, 2 or 3 where the store cannot be opened at all, 128 + n after signal n, 1
    after a mistake of the program.
    """
    # What is loaded and read from here on stays: looking for garbage in it only delays the first screen.
    gc.disable()
    # While a worker computes, keys get their turn sooner than every 5 ms.
    sys.setswitchinterval(0.001)
    # Several terminals lose what an IME has composed while the kitty keyboard protocol reports every key.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    # How long (ms) Esc may be the beginning of another key: on slow lines, too, a key's bytes come together.
    os.environ.setdefault("ESCDELAY", "50")
    from kyoju_tui.ui.app import KyojuApp
    from kyoju_tui.ui.preferences import preferences_path, read_preferences
    from kyoju_tui.workspace.clock import today
    from kyoju_tui.workspace.workspace import Workspace

    if not all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stderr__)):
        print("画面は端末で開いてください。命令の一覧は kyoju-tui --help にあります。", file=sys.stderr)
        return 2
    try:
        workspace = None if workspace_path is None else Workspace.open(workspace_path, author=author, environ=environ)
    except KyojuError as error:
        print(safe(error.message), safe(error.cure), sep="\n", file=sys.stderr)
        return error.exit_code
    app = KyojuApp(
        workspace,
        start=Path.cwd(),
        author=author,
        today=lambda: today(environ),
        environ=environ,
        preferences=read_preferences(preferences_path(environ)),
    )
    gc.freeze()
    gc.enable()
    try:
        app.run()
    finally:
        if app.workspace is not None:
            app.workspace.close()
    return app.return_code or 0
