"""`doctor --install-merge-driver`: lets git, called by hand, merge records field by field, for this user alone.

Two things are needed: the driver in the user's own git settings, and attributes that say for which files. Neither is
written into a store: a store's own settings run no program.
"""

from __future__ import annotations

import shlex
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.files.output import replace
from kyoju_tui.history.own_config import own_attributes_file, own_setting, set_own_setting
from kyoju_tui.records.errors import ReadOnly
from kyoju_tui.records.kinds import KINDS, Kind

NAME: Final = "merge.kyoju.name"
DRIVER: Final = "merge.kyoju.driver"
OPTION: Final = "--install-merge-driver"
_NAMED: Final = "kyoju-tui: records, field by field"
_BEGIN: Final = "# kyoju-tui: begin"
_END: Final = "# kyoju-tui: end"


def add_arguments(parser: ArgumentParser) -> None:
    """The option, for the parser of `doctor`."""
    parser.add_argument(
        OPTION,
        dest="install_merge_driver",
        action="store_true",
        help="gitを手で使うときも記録を項目ごとに合わせるよう、自分用のgitの設定に書き込みます",
    )


def driver_command() -> str:
    """What git is to call: this very program, whatever folder git runs in (-P: nothing there is imported)."""
    return f"{shlex.quote(sys.executable)} -P -m kyoju_tui merge-driver -- %O %A %B %P"


def attributes() -> str:
    """The lines that name the records' files, wherever in a repository a store lies."""
    lines = [f"**/{kind.folder}/{'*/' if kind.word == 'entry' else ''}*.toml merge=kyoju" for kind in _in_folders()]
    singles = [f"{kind.word}.toml merge=kyoju" for kind in KINDS.values() if kind.single]
    return "\n".join([_BEGIN, *singles, *lines, _END, ""])


def _in_folders() -> Iterator[Kind]:
    return (kind for kind in KINDS.values() if not kind.single)


@dataclass(frozen=True, slots=True)
class _Step:
    """One place: what it is called, what stands there (empty: nothing), what is to stand there."""

    place: str
    before: str
    after: str

    @property
    def done(self) -> bool:
        """Whether there is nothing to do."""
        return self.before == self.after


def install(context: Context) -> int:
    """Say what is changed and change it; with `--dry-run` only say it. Errors: `GitFailed`, `ReadOnly`."""
    file = own_attributes_file()
    known = _text(file)
    settings = [
        _Step(name, own_setting(name) or "", value) for name, value in ((NAME, _NAMED), (DRIVER, driver_command()))
    ]
    lines = _Step(str(file), known, _with_lines(known))
    steps = [*settings, lines]
    if not context.dry_run:
        # The attributes last: without a driver they would name nothing.
        for step in settings:
            if not step.done:
                set_own_setting(step.place, step.after)
        if not lines.done:
            _write(file, lines.after)
    if context.json:
        written = [{"place": step.place, "before": step.before, "after": step.after} for step in steps if not step.done]
        print_json({"dry_run": context.dry_run, "changes": written}, context.out)
        return 0
    for step in steps:
        _tell(context, step, dry_run=context.dry_run)
    if context.dry_run:
        context.say("何も書き込んでいません。")
        return 0
    context.say("自分用のgitの設定だけを変えました。保管場所とほかの人の設定は変えていません。")
    context.say(
        f"やめるときは git config --global --remove-section merge.kyoju を行い、{shown(str(file))} の印の間を消します。"
    )
    return 0


def _tell(context: Context, step: _Step, *, dry_run: bool) -> None:
    if step.done:
        context.say(shown(f"そのまま　{step.place}（すでに入っています）"))
        return
    verb = "書き込みます" if dry_run else "書き込みました"
    context.say(shown(f"{verb}　{step.place}"))
    gone = set(step.before.splitlines()) - set(step.after.splitlines())
    come = [line for line in step.after.splitlines() if line not in step.before.splitlines()]
    for line in [line for line in step.before.splitlines() if line in gone]:
        context.say(shown(f"　－ {line}"))
    for line in come:
        context.say(shown(f"　＋ {line}"))


def _with_lines(known: str) -> str:
    """The file with our lines, in place of earlier ones; everything else stays."""
    before, begin, rest = known.partition(f"{_BEGIN}\n")
    if begin:
        _, end, after = rest.partition(f"{_END}\n")
        # Without its end our part cannot be told from what follows: it stays, and the new part comes behind.
        return f"{before}{attributes()}{after}" if end else f"{_ended(known)}{attributes()}"
    return f"{_ended(known)}{attributes()}"


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ReadOnly(
            f"{file} を読み取れないため、何も変えていません。",
            cure="ファイルの権限と文字コード（UTF-8）を確かめてください。",
            detail=str(error),
        ) from error


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnly(
            f"{file.parent} を作れませんでした。",
            cure="ホームフォルダーの権限を確かめ、もう一度行ってください。",
            detail=str(error),
        ) from error
    replace(file, text.encode())
