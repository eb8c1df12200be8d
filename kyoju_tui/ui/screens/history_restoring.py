"""Taking back and bringing back: what will change is shown in sentences first, then it is one save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kyoju_tui.ui.marks import Marks, marks_for
from kyoju_tui.ui.screens.history_words import Of, heading, told_of
from kyoju_tui.ui.screens.preview import PreviewScreen
from kyoju_tui.ui.widgets.story import Sentence
from kyoju_tui.workspace.saving.request_changes import RequestChange, request_changes

if TYPE_CHECKING:
    from kyoju_tui.records.snapshot import Snapshot
    from kyoju_tui.ui.saving import Done
    from kyoju_tui.ui.screens.base import KyojuScreen
    from kyoju_tui.workspace.requests import Request
    from kyoju_tui.workspace.workspace import Workspace


class RestorePreview(PreviewScreen):
    """What a request changes, field by field."""

    def __init__(self, title: str, sentences: Sequence[Sentence], count: int, taking: str) -> None:
        """`count` is how many records change."""
        super().__init__(title, (), taking)
        self._sentences = tuple(sentences)
        self._count = count

    @property
    def head(self) -> str:
        """How many records change."""
        return f"{self._count}件の記録が、次のように変わります。"

    def sentences(self) -> Iterable[Sentence]:
        """The fields before and after."""
        return self._sentences


def told_request(request: Request, workspace: Workspace, marks: Marks) -> tuple[tuple[Sentence, ...], int]:
    """What a request does in sentences, and how many records it changes."""
    found = request_changes(workspace, request)
    return tuple(_told(found, workspace.snapshot, marks)), len(found)


def _told(found: Sequence[RequestChange], snapshot: Snapshot, marks: Marks) -> Iterator[Sentence]:
    for number, each in enumerate(found):
        if number:
            yield Sentence("")
        name = heading(each.ref, each.changes, snapshot)
        turn = {"追加": "もう一度加わります", "削除": "なくなります"}.get(each.turn, "変更")
        yield from told_of(Of(each.ref, turn, name, each.changes), snapshot.full_name, marks)
        if each.figures:
            yield Sentence("数値の表（CSV）も、その時点の内容になります。", "", 2)


async def confirmed(
    screen: KyojuScreen, title: str, make: Callable[[], Request], taking: str, *, done: Done | None = None
) -> bool:
    """Show what a request will change, and record exactly that if it is wanted. Whether it was. In a worker."""
    workspace = screen.workspace
    request = await screen.kyoju.saving.worked_out(make)
    if request is None:
        return False
    marks = marks_for(screen.kyoju.current_theme)
    sentences, count = told_request(request, workspace, marks)
    if not count:
        screen.kyoju.notify("今の内容と同じです。")
        return False
    if not await screen.kyoju.push_screen_wait(RestorePreview(title, sentences, count, taking)):
        return False
    screen.kyoju.save(lambda: workspace.submit(request), done=done)
    return True
