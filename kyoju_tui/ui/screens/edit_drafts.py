"""Going on with a draft: the question that tells how it stands, and the form that opens where it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kyoju_tui.records.ids import COMMON
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.drafts_words import detail
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.workspace.drafts.kept import Draft
from kyoju_tui.workspace.drafts.waiting import Waiting, drafts_waiting, told

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp
    from kyoju_tui.ui.screens.edit import EditScreen
    from kyoju_tui.ui.screens.settle import SettleScreen
    from kyoju_tui.workspace.changing.reorganising import Sort

__all__ = [
    "REORGANISING",
    "SETTLING",
    "Waiting",
    "drafts_waiting",
    "from_draft",
    "go_on",
    "offer",
    "throw_away",
    "wanted",
]

# The forms, beside those of the records, whose drafts can be gone on with.
SETTLING: Final = "論点の整理"
REORGANISING: Final[Mapping[str, Sort]] = {f"部署の{sort}": sort for sort in ("改称", "分割", "統合", "廃止")}


def typed_here(app: KyojuApp, draft: Draft) -> bool:
    """Whether a form that is open in this very program types this draft."""
    open_here = (screen for screen in app.screen_stack if isinstance(screen, KyojuScreen))
    return any(keeping.is_of(draft) for screen in open_here for keeping in screen.keepings)


async def offer(app: KyojuApp, draft: Draft, *, instead_of: EditScreen | SettleScreen | None = None) -> bool:
    """Ask what is to become of a draft, telling how it differs; True where its form was opened.

    `instead_of` is the form of the recorded state, which then closes.
    """
    waiting = await wanted(app, draft)
    if waiting is None:
        return False
    if instead_of is not None:
        instead_of.close_form()
    return await go_on(app, waiting)


async def wanted(app: KyojuApp, draft: Draft) -> Waiting | None:
    """Ask whether somebody goes on with a draft; one that is thrown away instead is gone. None: not now."""
    if typed_here(app, draft):
        return None
    workspace = app.store_open
    waiting = told(draft, workspace.snapshot)
    if waiting.opens and not waiting.lines and not draft.form:
        # It says what is recorded already: there is nothing to go on with.
        workspace.drafts.discard_file(draft)
        return None
    use = [("use", "続ける")] if waiting.opens else []
    question = ChooseScreen(
        f"記録していない下書きがあります。{waiting.title}",
        detail(waiting, datetime.now().astimezone()),
        answers=(*use, ("leave", "あとで"), ("discard", "捨てる")),
    )
    answer = await app.push_screen_wait(question)
    if answer == "discard":
        await throw_away(app, waiting)
    return waiting if answer == "use" else None


async def throw_away(app: KyojuApp, waiting: Waiting) -> bool:
    """Forget a draft after asking; whether that was done."""
    question = ConfirmScreen(
        f"下書きを捨てますか。{waiting.title}",
        "捨てた下書きは元に戻せません。記録した内容は変わりません。",
        yes="捨てる",
        no="やめる",
    )
    if not await app.push_screen_wait(question):
        return False
    drafts = app.store_open.drafts
    for each in drafts.all():
        if each == waiting.draft:
            drafts.discard_file(each)
    return True


async def go_on(app: KyojuApp, waiting: Waiting) -> bool:
    """Open the form that the draft was typed in; whether there is one now."""
    draft = waiting.draft
    if draft.form in REORGANISING:
        from kyoju_tui.ui.screens.april import AprilScreen

        screen = AprilScreen()
        screen.place = "april"
        await app.push_screen(screen)
        screen.begin(REORGANISING[draft.form], draft)
        return True
    if draft.form == SETTLING:
        return await _settle(app, draft)
    if not waiting.opens:
        return False
    app.push_screen(from_draft(draft, app.store_open.snapshot))
    return True


async def _settle(app: KyojuApp, draft: Draft) -> bool:
    """The form of a point; the points are computed, which may take a moment."""
    import asyncio

    from kyoju_tui.ui.computed import computed_for
    from kyoju_tui.ui.screens.settle import SettleScreen

    workspace = app.store_open
    found = await asyncio.to_thread(computed_for(workspace).findings, workspace.snapshot, app.today())
    view = next((each for each in found.views if each.key == draft.ref.id), None)
    if view is None:
        app.notify("この論点は、今は挙がっていません。下書きは残しておきます。", timeout=10)
        return False
    app.push_screen(SettleScreen(view, draft))
    return True


def from_draft(draft: Draft, snapshot: Snapshot) -> EditScreen:
    """The form that goes on where the draft ended. A draft of a record that is gone becomes a new one."""
    from kyoju_tui.ui.screens.edit import EditScreen

    kind = kind_of(draft.ref)
    known = told(draft, snapshot).ref if draft.base is not None else None
    department = draft.ref.department
    return EditScreen(
        known,
        kind.word,
        department=None if department == COMMON and known is None else department,
        draft=draft,
    )
