"""What is said of changes that were written into files by hand: in the history, and in the list of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kyoju_tui.files.layout import is_figures, owner
from kyoju_tui.files.ownership import held
from kyoju_tui.records.changes import changes, describe_all
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.wording import Namer
from kyoju_tui.workspace.saving.messages import plain_of

HAND_EDIT: Final = "ファイルの直接編集を記録"
NOT_TYPED: Final = (
    "画面やコマンドで入力されたものではなく、ファイルに直接書かれていた変更です。続く記録の前に残しました。"
)
_NAMED: Final = 3


def hand_edit_subject(paths: Sequence[str]) -> str:
    """The first line of the commit that records these files as they are."""
    return f"{HAND_EDIT}（{_listed(paths)}）"


def owners(root: Path, paths: Sequence[str], *, foreign_only: bool = False) -> tuple[str, ...]:
    """A line per owner of these files on this host, with the time of the last writing; gone files have none.

    `foreign_only` leaves out the files of the one who runs the program.
    """
    by_owner: dict[str, list[str]] = {}
    for path in paths:
        found = held(root, path)
        if found is not None and (found.foreign or not foreign_only):
            by_owner.setdefault(found.owner, []).append(f"{path} {found.at.astimezone():%Y-%m-%d %H:%M}")
    return tuple(f"ファイルの持ち主: {name}（{_listed(files)}）" for name, files in by_owner.items())


def told_changes(path: str, before: bytes | None, after: bytes | None, name: Namer) -> tuple[str, ...]:
    """What differs between what is recorded of a file and what it holds, a line each."""
    if is_figures(path):
        return (_lines(before or b"", after or b""),)
    ref = owner(path)
    old, new = plain_of(ref, before), plain_of(ref, after)
    if before is None or after is None:
        plain = new if before is None else old
        title = str((plain or {}).get("title") or (plain or {}).get("name") or "")
        word = f"{kind_of(ref).label}「{title}」" if title else kind_of(ref).label
        return (f"{word}のファイルが{'加わりました' if before is None else 'なくなりました'}",)
    if old is None or new is None:
        return (_lines(before, after),)
    found = describe_all(changes(old, new, kind_of(ref).model, name), name)
    return found or ("書き方だけの違いです（内容は同じです）",)


def _lines(before: bytes, after: bytes) -> str:
    old, new = Counter(before.splitlines()), Counter(after.splitlines())
    came, gone = (new - old).total(), (old - new).total()
    told = [f"{came}行が加わりました" if came else "", f"{gone}行がなくなりました" if gone else ""]
    return "、".join(filter(None, told)) or "行の順だけの違いです"


def _listed(items: Sequence[str]) -> str:
    more = f" ほか{len(items) - _NAMED}件" if len(items) > _NAMED else ""
    return f"{'、'.join(items[:_NAMED])}{more}"
