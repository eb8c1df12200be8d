"""直接編集の控え: what was put back by hand, file by file; each can be brought into its file again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from textual.widget import Widget

from kyoju_tui.files.layout import is_figures
from kyoju_tui.records.dates import format_short, format_time
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.screens.preview import PreviewScreen
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.workspace.hand_edits.set_aside import SetAside, bring_back, set_aside
from kyoju_tui.workspace.saving.planned import REMARK

_LOOKING: Final = "調べています。"
_WHEN: Final = 18
_LEAST: Final = 12


class SetAsideScreen(ListScreen):
    """The copies, newest first, and what the one under the cursor would change."""

    title_ja = "直接編集の控え"
    EMPTY = (
        "控えはありません。\n\n直接編集を元に戻すと、戻す前の内容がここに残ります。"
        "いまのファイルと同じ内容の控えは並べません。"
    )
    COMMANDS = ("set-aside.bring", "search", "back")
    DEFAULT_CSS = """
    SetAsideScreen Story { height: 8; }
    """

    def __init__(self) -> None:
        super().__init__()
        # None before the first look is over.
        self._copies: Mapping[str, SetAside] | None = None

    def compose_body(self) -> Iterable[Widget]:
        """The list, and the detail below it."""
        yield from super().compose_body()
        yield Story()

    def on_mount(self) -> None:
        """Look for the copies beside the screen's own work."""
        self.run_worker(self._find, thread=True)

    def _find(self) -> None:
        try:
            found = set_aside(self.workspace)
        except KyojuError as error:
            self.kyoju.call_from_thread(self.kyoju.tell, error)
            found = ()
        self.from_thread(self._take, found)

    def _take(self, found: Sequence[SetAside]) -> None:
        self._copies = {str(each.copy): each for each in found}
        self.show()

    # -- the list ------------------------------------------------------------------------------------------------

    @property
    def empty_text(self) -> str:
        """That there are none, or that it is not known yet."""
        return _LOOKING if self._copies is None else self.EMPTY

    def columns(self) -> Sequence[Column]:
        """When it was put back, which record."""
        rest = max(_LEAST, self.room - _WHEN)
        return column("at", "元に戻した時", _WHEN), column("what", "記録", rest)

    def keys(self) -> Iterable[str]:
        """Newest first."""
        return self._copies or {}

    def row(self, key: str) -> Row:
        """One copy."""
        each = (self._copies or {})[key]
        when = f"{format_short(each.at.date())} {format_time(each.at.time())}"
        return Row(key, (Marked.of((when, "")), Marked.of((_named(each), ""))))

    def search_text(self, key: str) -> SearchText:
        """Found by what it is of and by what it says."""
        each = (self._copies or {})[key]
        return SearchText.of(_named(each), each.path, *each.changes)

    def show(self) -> None:
        """Show the list, and the copy under the cursor."""
        super().show()
        self.query_one(Story).display = bool(self._copies)
        self.explain()

    @property
    def here(self) -> SetAside | None:
        """The copy under the cursor."""
        return (self._copies or {}).get(self.key_here)

    def explain(self) -> None:
        """Say what would change, and where the copy lies."""
        if (each := self.here) is not None:
            told = (Sentence(line.replace(": ", "：", 1)) for line in each.changes)
            head = Sentence(f"{kind_of(each.ref).label}　{_named(each)}", "bold")
            lead = Sentence("いまのファイルに対して、次のところが違います。")
            place = Sentence(f"控えの場所：{each.copy}", "dim")
            self.query_one(Story).show([head, lead, *told, place])
        self.refresh_bindings()

    # -- acting --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only where there is a copy."""
        if action == "bring" and self.is_mounted:
            return self.here is not None
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """The same as to bring it back."""
        self.action_bring()

    def action_bring(self) -> None:
        """Let the file hold the copy again, after a preview."""
        if (each := self.here) is not None:
            self.run_worker(self._ask(each))

    async def _ask(self, aside: SetAside) -> None:
        told = "、".join(line.replace(": ", "：", 1) for line in aside.changes)
        remark = f"{REMARK}ファイルの内容だけが変わります。直接編集の一覧に戻るので、そこで記録できます。"
        question = PreviewScreen("控えをファイルに戻す", [f"「{_named(aside)}」　{told}", remark], "控えを戻す")
        if await self.kyoju.push_screen_wait(question):
            self.run_worker(lambda: self._bring(aside), thread=True, group="bring")

    def _bring(self, aside: SetAside) -> None:
        try:
            bring_back(self.workspace, aside)
        except KyojuError as error:
            self.kyoju.call_from_thread(self.kyoju.tell, error)
        else:
            self.kyoju.call_from_thread(self.kyoju.notify, "控えをファイルに戻しました。まだ記録していません。")
        self._find()


def _named(aside: SetAside) -> str:
    return f"{aside.title}（数値のCSV）" if is_figures(aside.path) else aside.title
