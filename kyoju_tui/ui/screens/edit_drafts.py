"""Drafts that wait: what they are of, in which words they differ from what is recorded, and how to go on with one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyoju_tui.records.changes import changes, describe_all
from kyoju_tui.records.ids import COMMON
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.workspace.drafts import Draft

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp
    from kyoju_tui.ui.screens.edit import EditScreen
    from kyoju_tui.workspace.workspace import Workspace

_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Waiting:
    """One draft: what it is called, why it is one, and how it differs, a line each."""

    draft: Draft
    title: str
    lines: tuple[str, ...]


def drafts_waiting(workspace: Workspace) -> tuple[Waiting, ...]:
    """The drafts of this user that differ from what is recorded, oldest first. Those that do not are forgotten."""
    found: list[Waiting] = []
    snapshot = workspace.snapshot
    for draft in workspace.drafts.all():
        lines = differences(draft, snapshot)
        if not lines:
            workspace.drafts.discard(draft.ref)
            continue
        kind = kind_of(draft.ref).label
        name = str(draft.plain.get("title") or draft.plain.get("name") or "") or snapshot.title(draft.ref)
        found.append(Waiting(draft, f"{kind}「{name}」" if draft.ref in snapshot else f"新しい{kind}「{name}」", lines))
    return tuple(found)


def differences(draft: Draft, snapshot: Snapshot) -> tuple[str, ...]:
    """How a draft differs from what is recorded now, in words; a few lines."""
    record = snapshot.get(draft.ref)
    model = kind_of(draft.ref).model
    found = changes(None if record is None else to_plain(record), dict(draft.plain), model, snapshot.name)
    lines = describe_all(found, snapshot.name)
    return (*lines[:_SHOWN], f"ほか{len(lines) - _SHOWN}件") if len(lines) > _SHOWN else lines


async def offer(app: KyojuApp, draft: Draft, *, instead_of: EditScreen | None = None) -> bool:
    """Ask whether to go on with a draft, telling how it differs; True where its form was opened.

    `instead_of` is the form of the recorded state, which then closes.
    """
    workspace = app.store_open
    waiting = next((item for item in drafts_waiting(workspace) if item.draft.ref == draft.ref), None)
    if waiting is None:
        return False
    reason = [f"理由：{draft.reason}"] if draft.reason else []
    answer = await app.push_screen_wait(
        ChooseScreen(
            f"記録していない下書きがあります。{waiting.title}",
            "\n".join((*reason, *waiting.lines, "", "使わずに入力を始めると、下書きは新しい入力に置き換わります。")),
            answers=(("use", "下書きを使う"), ("leave", "今は使わない"), ("discard", "下書きを捨てる")),
        )
    )
    if answer == "discard":
        workspace.drafts.discard(draft.ref)
    if answer != "use":
        return False
    if instead_of is not None:
        instead_of.close_form()
    app.push_screen(from_draft(draft, workspace.snapshot))
    return True


def from_draft(draft: Draft, snapshot: Snapshot) -> EditScreen:
    """The form that goes on where the draft ended. A draft of a record that is gone becomes a new one."""
    from kyoju_tui.ui.screens.edit import EditScreen

    kind = kind_of(draft.ref)
    known = draft.base is not None and draft.ref in snapshot
    department = draft.ref.department
    return EditScreen(
        draft.ref if known else None,
        kind.word,
        department=None if department == COMMON and not known else department,
        draft=draft,
    )
