"""Doctor's look at what belongs to the records: fixed files, hand edits, marks of compilations, the last exchange."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from kyoju_tui.files import atomic
from kyoju_tui.files.scaffold import SCAFFOLD
from kyoju_tui.history import commits
from kyoju_tui.history.identity import Author
from kyoju_tui.history.tags import tags
from kyoju_tui.records.errors import NoIdentity
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.workspace.care.look import Check, Look
from kyoju_tui.workspace.hand_edits.listing import count
from kyoju_tui.workspace.inquiring.compiling import mark_compilation
from kyoju_tui.workspace.saving.lock import store_lock
from kyoju_tui.workspace.saving.working_copy import WorkingCopy
from kyoju_tui.workspace.sync.syncing import standing
from kyoju_tui.workspace.workspace import Workspace

_LARGEST: Final = 65_536


def _fixed(workspace: Workspace) -> Iterator[Check]:
    lacking = {name: lines for name in SCAFFOLD if (lines := _lacking(workspace, name))}
    names = "、".join(lacking)
    yield Check(
        "決まりのファイル",
        not lacking,
        f"決まりの行がありません（{names}）" if lacking else "あります",
        "管理者に、次の行を加えて記録するよう依頼してください: "
        + "、".join(f"{name} に {line.decode()}" for name, lines in lacking.items() for line in lines),
        f"{names}に決まりの行を加えて記録します" if lacking else "",
        partial(_add_lines, workspace) if lacking else None,
    )


def _lacking(workspace: Workspace, name: str) -> tuple[bytes, ...]:
    there = {line.strip() for line in _content(workspace, name).splitlines()}
    return tuple(line for line in SCAFFOLD[name].splitlines() if line not in there)


def _content(workspace: Workspace, name: str) -> bytes:
    """What such a file holds, of any sensible size; nothing where it is absent."""
    try:
        with (workspace.root / name).open("rb") as stream:
            return stream.read(_LARGEST)
    except FileNotFoundError:
        return b""


def _add_lines(workspace: Workspace) -> None:
    author = _author(workspace)
    repository = workspace.repository
    copy = WorkingCopy(workspace.root, repository)
    with store_lock(repository.common_dir, shared=repository.shared):
        copy.make_fit()
        head = commits.head(repository)
        known = {} if head is None else commits.blob_ids(repository, head, tuple(SCAFFOLD))
        for name in SCAFFOLD:
            before, lines = _content(workspace, name), _lacking(workspace, name)
            if not lines:
                continue
            begun = before if not before or before.endswith(b"\n") else before + b"\n"
            atomic.write(workspace.root, name, begun + b"\n".join(lines) + b"\n", shared=repository.shared)
            new = [] if name in known else [name]
            commits.commit_paths(repository, [name], new, f"{name}に保管場所の決まりの行を追加\n", author)


def _author(workspace: Workspace) -> Author:
    author = workspace.author()
    if author is None:
        raise NoIdentity(
            "だれの記録かが分からないため、記録しませんでした。何も変えていません。",
            cure='--as "氏名 <メールアドレス>" を付けてください。',
        )
    return author


def _by_hand(workspace: Workspace) -> Iterator[Check]:
    number = count(workspace)
    yield Check(
        "直接編集",
        not number,
        f"記録されていないもの{number}件" if number else "ありません",
        "edits で一覧を見て、記録するか元に戻してください。",
    )


def _compilations(workspace: Workspace) -> Iterator[Check]:
    lost: list[tuple[Ref, int, date, str]] = []
    for ref, inquiry in workspace.snapshot.all(Inquiry).items():
        for each in inquiry.compilations:
            if each.number is None or each.as_of is None or not each.commit:
                continue
            if all(tag.commit != each.commit for tag in tags(workspace.repository, f"{ref.id}/{each.number}")):
                lost.append((ref, each.number, each.as_of, each.commit))
    first = f"（{workspace.snapshot.title(lost[0][0])}　第{lost[0][1]}回）" if lost else ""
    yield Check(
        "取りまとめの印",
        not lost,
        f"履歴に印のない取りまとめ{len(lost)}件{first}" if lost else "付いています",
        "取りまとめの内容は記録に残っています。",
        f"履歴の印{len(lost)}件を付けます" if lost else "",
        partial(_mark, workspace, tuple(lost)) if lost else None,
    )


def _mark(workspace: Workspace, lost: tuple[tuple[Ref, int, date, str], ...]) -> None:
    for ref, number, as_of, commit in lost:
        mark_compilation(workspace, ref, number, as_of, commit)


def _exchange(workspace: Workspace) -> Iterator[Check]:
    found = standing(workspace)
    if not found.remote:
        return
    words = [
        found.trouble,
        f"決めることのある記録{found.undecided}件" if found.undecided else "",
        f"送信待ち{found.to_send}件・受信待ち{found.to_receive}件",
    ]
    yield Check(
        "送受信",
        not found.trouble and not found.undecided,
        "　".join(filter(None, words)),
        "sync をもう一度行ってください。途中で止まっても、記録は失われていません。",
    )


LOOKS: Final[Mapping[str, Look]] = {
    "決まりのファイル": _fixed,
    "直接編集": _by_hand,
    "取りまとめの印": _compilations,
    "送受信": _exchange,
}
