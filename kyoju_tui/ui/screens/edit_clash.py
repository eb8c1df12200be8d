"""Settling a save that met another's change: what both did is merged field by field, and a person chooses the rest."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

from kyoju_tui.records.dates import format_time
from kyoju_tui.records.disagreement import Sides
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.clash import KEPT, ClashScreen
from kyoju_tui.workspace.requests import Change, Saved
from kyoju_tui.workspace.saving.contest import Choices, Contest, Contested, moved_to, settled

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp
    from kyoju_tui.ui.saving import Start
    from kyoju_tui.workspace.workspace import Workspace

_UNTOUCHED = "まだ何も変えていません。"


async def settled_by_person(app: KyojuApp, error: Contested) -> Start | None:
    """Ask about every record that is contested; the save that follows, or None where somebody goes back.

    Errors: `InvalidValue` where what was chosen breaks a rule of the record.
    """
    workspace = app.store_open
    await asyncio.to_thread(workspace.refresh, [contest.ref.path for contest in error.contests])
    moved: dict[Ref, Ref] = {}
    choices: dict[Ref, Choices] = {}
    for contest in error.contests:
        place = moved_to(contest, workspace.snapshot)
        if place is not None:
            if not await _follows(app, contest, place):
                return None
            moved[contest.ref] = place
            continue
        sides = await asyncio.to_thread(_sides, workspace, contest.ref)
        if error.request.undoes:
            sides = replace(sides, mine="取り消し")
        chosen = await app.push_screen_wait(_question(contest, error, workspace, sides))
        if chosen is None:
            return None
        choices[contest.ref] = chosen
    changes = settled(error, choices, moved)
    return lambda: _save(workspace, changes, error)


def _save(workspace: Workspace, changes: tuple[Change, ...], error: Contested) -> Future[Saved]:
    if changes:
        # Whatever it was, it still is: with its subject, and with the commit that it takes back.
        saving = workspace.submit(replace(error.request, changes=changes))
    else:
        # Everything was left as the other has it: there is nothing to record.
        saving = Future[Saved]()
        refs = tuple(change.ref for change in error.request.changes)
        saving.set_result(Saved(refs, None, "", False, workspace.snapshot))

    def decided(done: Future[Saved]) -> None:
        # What the first try has set aside is recorded now, or given up by its writer.
        if done.exception() is None:
            for contest in error.contests:
                workspace.drafts.discard(contest.ref)

    saving.add_done_callback(decided)
    return saving


def _question(contest: Contest, error: Contested, workspace: Workspace, sides: Sides) -> ClashScreen:
    name = workspace.snapshot.name
    if error.typed:
        return ClashScreen(contest.what, contest.conflicts, name, sides=sides)
    return ClashScreen(contest.what, contest.conflicts, name, sides=sides, why=_UNTOUCHED, later="やめる")


async def _follows(app: KyojuApp, contest: Contest, place: Ref) -> bool:
    department = app.store_open.snapshot.name("department", place.department or "")
    question = ChooseScreen(
        f"{contest.what}は、ほかの人が「{department}」へ移しました。",
        f"移った先の記録に、自分の変更を合わせて記録できます。\n{KEPT}",
        answers=(("follow", "移った先に記録する"), ("stay", "入力に戻る")),
    )
    return await app.push_screen_wait(question) == "follow"


def _sides(workspace: Workspace, ref: Ref) -> Sides:
    """Who changed the record last, and when; in general words where the history cannot say. Reads the history."""
    try:
        last = workspace.past.last(ref)
    except KyojuError:
        return Sides()
    if last is None:
        return Sides()
    at = last.at.astimezone()
    return Sides("自分", last.author, f"{at.month}月{at.day}日 {format_time(at.time())}")
