"""The acting half of 点検: to the form, to the settled point, to the file, or the file put in order."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual.app import SuspendNotSupported

from kyoju_tui.files.layout import is_figures
from kyoju_tui.records.problems import Problem
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.workspace.care.mending import formatting, ref_of, way_of
from kyoju_tui.workspace.hand_edits.differing import read_now

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import PutBack

_USUAL: Final = ("nano", "vim", "vi")
# Editors that take a line as `+12`.
_WITH_LINES: Final = frozenset({"nano", "vim", "vi", "nvim", "emacs", "micro"})
_LEFT: Final = "ファイルはそのまま残っています。"

Done = Callable[[], None]


def mend(screen: KyojuScreen, problem: Problem, done: Done) -> None:
    """Go where this problem is mended; `done` is called once a file was touched."""
    ref = ref_of(problem)
    way = way_of(problem, screen.snapshot)
    if ref is None or way == "none":
        screen.kyoju.notify("\n".join(filter(None, (problem.message, problem.cure, _LEFT))), timeout=15)
    elif way == "form":
        screen.kyoju.open_record(ref, problem.field)
    elif way == "point":
        screen.kyoju.open_screen("findings", finding=ref.id)
    elif way == "figures":
        screen.kyoju.open_screen("datasets", record=ref.id)
    elif way == "format":
        tidy(screen, problem, done)
    elif way == "record":
        from kyoju_tui.ui.screens.hand_edits import HandEditsScreen

        screen.kyoju.push_screen(HandEditsScreen(problem.path))
    else:
        open_file(screen, problem, done)


def tidy(screen: KyojuScreen, problem: Problem, done: Done) -> None:
    """Write the file as the program writes it, and record that. What the record says stays as it is."""
    ref = ref_of(problem)
    if ref is not None:
        title = screen.snapshot.title(ref)
        _save(screen, formatting(screen.workspace, ref), f"書式を整える（{title}）", done)


def _save(screen: KyojuScreen, changes: Sequence[PutBack], subject: str, done: Done) -> None:
    if changes:
        start = screen.workspace.batch
        screen.kyoju.save(lambda: start(changes, action="update", subject=subject), done=lambda _: done())
    else:
        done()


def open_file(screen: KyojuScreen, problem: Problem, done: Done) -> None:
    """Open the file in the user's own editor, then read it again. Nothing is recorded by that."""
    app, ref = screen.kyoju, ref_of(problem)
    if ref is None:
        return
    name = problem.path if is_figures(problem.path) else ref.path
    path = screen.workspace.root / name
    command = editor(app.environ, problem.line)
    if not command:
        app.notify(f"エディターが見つかりません。環境変数 EDITOR で指定できます。\n場所：{path}", timeout=20)
        return
    before = read_now(screen.workspace.root, name)
    try:
        with app.suspend():
            subprocess.run([*command, str(path)], check=False)
    except SuspendNotSupported:
        app.notify(f"この端末では、ここからファイルを開けません。\n場所：{path}", timeout=20)
        return
    except OSError:
        app.notify(f"「{command[0]}」を始められませんでした。{_LEFT}", severity="error", timeout=20)
        return
    app.refresh(layout=True)
    screen.workspace.refresh([ref.path])
    if read_now(screen.workspace.root, name) == before:
        app.notify(f"変わったところはありません。{_LEFT}")
    elif ref in screen.workspace.snapshot:
        app.notify(
            "ファイルを読み取れました。\n直接の変更は、まだ記録されていません（この一覧から記録できます）。", timeout=15
        )
    else:
        app.notify(f"まだ読み取れません。{_LEFT}\n一覧の行と場所を確かめてください。", severity="warning", timeout=15)
    done()


def editor(environ: Mapping[str, str], line: int) -> tuple[str, ...]:
    """The command that opens a file at a line: VISUAL, EDITOR, or what there is; nothing where there is none."""
    named = shlex.split(environ.get("VISUAL") or environ.get("EDITOR") or "")
    found = named or [name for name in _USUAL if shutil.which(name, path=environ.get("PATH"))][:1]
    if not found:
        return ()
    at_line = line > 1 and found[0].rpartition("/")[2] in _WITH_LINES
    return (*found, *((f"+{line}",) if at_line else ()))
