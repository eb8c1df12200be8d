"""表の読み取り: what each column of a town's own sheet is, whose the names in it are, and what would come of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from kyoju_tui.exchange.bringing import Stopped
from kyoju_tui.exchange.sheets.assistant import Opened, proposed, with_head
from kyoju_tui.exchange.sheets.bringing_in import Brings, bring
from kyoju_tui.exchange.sheets.creating import creating
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.bringing import BringingScreen
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.existing_lines import Line, answered, chosen, examples, lines, offers
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wide_table import WideTable

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed, Saved

_HEADS: Final = re.compile(r"\s*(\d{1,3})\s*(?:[-~〜～ー]\s*(\d{1,3}))?\s*")
_SHOWN: Final = 4
_MOST_HEADS: Final = 10
_HELD: Final = "列の読み方と名前の決め方は、まだ記録していません。"


class ExistingSheetScreen(DataScreen):
    """First the names that nobody settled, then the columns. Enter settles one; below stands what would come in."""

    title_ja = "表の読み取り"
    UNRECORDED = _HELD
    COMMANDS = ("existing.settle", "existing.go-on", "existing.create", "existing.heads", "existing.sheet", "back")
    AUTO_FOCUS = "WideTable"
    DEFAULT_CSS = """
    ExistingSheetScreen Story { height: 8; }
    """

    def __init__(self, opened: Opened) -> None:
        """`opened` is the file with a first reading."""
        super().__init__()
        self._opened = opened
        self._brings: Brings | KyojuError | None = None
        self._lines: dict[str, Line] = {}
        # The reading that is being made; an older one that comes late is nothing any more.
        self._turn = 0

    def compose_body(self) -> Iterable[Widget]:
        """What is to be settled, and what comes of it."""
        yield WideTable(id="columns")
        yield Story()

    def on_mount(self) -> None:
        """Show the first reading."""
        self._take(self._opened)

    @property
    def title_detail(self) -> str:
        """Which file and sheet, what it was taken for, where its head is."""
        layout = self._opened.layout
        last = layout.head_from + layout.head_rows
        heads = f"{last}行目" if layout.head_rows == 1 else f"{layout.head_from + 1}〜{last}行目"
        more = f"ほか{len(layout.others)}枚" if layout.others else ""
        return f"{self._opened.book.file}　{layout.sheet}{more}　{layout.form}　見出しは{heads}"

    def columns(self) -> Sequence[Column]:
        """What it is in the sheet, how it is read, an example."""
        room = self.query_one(WideTable).room
        heading, meaning = (28, 26) if room >= 100 else (24, 22)
        sizes = (("sort", "区分", 11), ("heading", "表の書き方", heading), ("meaning", "読み方", meaning))
        rest = max(room - sum(size for _, _, size in sizes), 12)
        return tuple(column(*each) for each in (*sizes, ("example", "例", rest)))

    def show(self) -> None:
        """Show what is to be settled, touching only what differs."""
        found = self._brings if isinstance(self._brings, Brings) else None
        there = lines(self._opened, found, self.snapshot, self.today)
        self._lines = {each.key: each for each in there}
        marks = marks_for(self.kyoju.current_theme)
        style = {"open": marks.strong, "plain": "", "calm": marks.calm}
        rows = [
            Row(
                each.key,
                tuple(
                    Marked.of((text, style[each.state]))
                    for text in (each.sort, each.written, each.meaning, examples(self._opened, each))
                ),
            )
            for each in there
        ]
        self.query_one(WideTable).set_rows(self.columns(), rows)
        self.query_one(Story).show(self._sentences())
        self.show_title()
        self.refresh_bindings()

    def _sentences(self) -> Iterable[Sentence]:
        """What would come in as it stands, and what still keeps something out."""
        found = self._brings
        if found is None:
            yield Sentence("取り込む内容を調べています。")
            return
        if isinstance(found, KyojuError):
            yield Sentence(found.message, "bold")
            return
        counts = found.bringing.counts
        told = "・".join(
            f"{name}{counts[name]}"
            for name in ("追加", "変更", "消去", "食い違い", "同じ", "該当なし", "不明")
            if counts[name]
        )
        yield Sentence(f"このまま進むと：{told}" if told else "このままでは、取り込めるものがありません。", "bold")
        if found.unknown:
            waiting = sum(found.unknown.values())
            yield Sentence(
                f"どこのものか分からない欄が{waiting}あります。上の行で Enter を押して決めるか、Ctrl+Y で"
                "まだない部署・カテゴリーをすべて作ります。決めないものは取り込みません。"
            )
        for each in found.bringing.of("追加", "変更")[:_SHOWN]:
            yield Sentence(f"{each.where}　{each.label}　{each.title}")
        yield from (Sentence(remark, "dim") for remark in found.bringing.remarks)

    def records_changed(self, changed: Changed) -> None:  # noqa: ARG002 - whatever it is, the file is compared anew
        """Compare with the records as they are now."""
        if self.is_current:
            self._take(self._opened)

    # -- reading -------------------------------------------------------------------------------------------------

    def _take(self, opened: Opened) -> None:
        """Begin to read the sheet in this way, beside the screen's work."""
        self._opened = opened
        self._brings = None
        self._turn += 1
        self.show()
        turn = self._turn
        self.run_worker(lambda: self._read(opened, turn), thread=True, group="reading")

    def _read(self, opened: Opened, turn: int) -> None:
        try:
            found: Brings | KyojuError = bring(
                self.workspace, opened.book, opened.layout, opened.decisions, self.today,
                cancelled=lambda: turn != self._turn,
            )  # fmt: skip
        except Stopped:
            return
        except KyojuError as error:
            found = error
        self.kyoju.call_from_thread(self._came, found, turn)

    def on_unmount(self) -> None:
        """A reading that comes late is nothing any more."""
        super().on_unmount()
        self._turn += 1

    def _came(self, found: Brings | KyojuError, turn: int) -> None:
        if turn == self._turn and self.is_attached:
            self._brings = found
            self.show()
            waiting = next((each.key for each in self._lines.values() if each.state == "open"), "")
            if turn == 1 and waiting:
                self.query_one(WideTable).move_to(waiting)

    # -- acting --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On with it only where something was found; another sheet only where there is one."""
        found = self._brings if isinstance(self._brings, Brings) else None
        if action == "go_on":
            return found is not None and bool(found.bringing.placed)
        if action == "create":
            return found is not None and any(word for _, word in found.unknown)
        if action == "sheet":
            return sum(bool(each.rows) for each in self._opened.book.sheets) > 1
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """A second click settles too."""
        self.action_settle()

    def action_settle(self) -> None:
        """Ask what the line under the cursor is."""
        line = self._lines.get(self.query_one(WideTable).row_key)
        if line is not None:
            self.run_worker(self._settle(line), group="asking")

    async def _settle(self, line: Line) -> None:
        offered = offers(line, self._opened, self.snapshot, self.today)
        answer = await self.kyoju.push_screen_wait(
            Picker(line.question, offered, chosen(line, self._opened), many=False)
        )
        if answer:
            self._take(answered(self._opened, line, answer[0], self.snapshot))

    def action_create(self) -> None:
        """Let everything that does not exist yet be made in the same save."""
        if isinstance(self._brings, Brings):
            decisions = creating(self._opened.decisions, self._brings.unknown, self.snapshot)
            self._take(replace(self._opened, decisions=decisions))

    def action_heads(self) -> None:
        """Ask where the head is."""
        self.run_worker(self._ask_heads(), group="asking")

    async def _ask_heads(self) -> None:
        layout = self._opened.layout
        last = layout.head_from + layout.head_rows
        height = len(next(each for each in self._opened.book.sheets if each.name == layout.sheet).rows)
        said = await self.kyoju.push_screen_wait(
            AskScreen(
                "見出しは何行目ですか。",
                "何段かあるときは「2-3」のように入れます。",
                value=f"{last}" if layout.head_rows == 1 else f"{layout.head_from + 1}-{last}",
                check=lambda text: (
                    "" if _heads(text, height) else f"1から{height}までの行を「1」「2-3」のように入れてください。"
                ),
            )
        )
        found = _heads(said or "", height)
        if found:
            self._take(with_head(self._opened, self.snapshot, self.today, found[0] - 1, found[1] - found[0] + 1))

    def action_sheet(self) -> None:
        """Ask which sheet."""
        self.run_worker(self._ask_sheet(), group="asking")

    async def _ask_sheet(self) -> None:
        names = [each.name for each in self._opened.book.sheets if each.rows]
        offered = [Candidate(f"@{number}", name) for number, name in enumerate(names)]
        answer = await self.kyoju.push_screen_wait(Picker("シート", offered, (), many=False))
        if not answer:
            return
        try:
            self._take(proposed(self._opened.book, self.snapshot, self.today, names[int(answer[0].removeprefix("@"))]))
        except KyojuError as error:
            self.kyoju.tell(error)

    def action_go_on(self) -> None:
        """Show value by value what would be recorded."""
        if isinstance(self._brings, Brings):
            self.kyoju.push_screen(BringingScreen(self._brings.bringing, self._saved))

    def _saved(self, saved: Saved) -> None:
        """All is recorded: on to where it is seen as a whole."""
        self._turn += 1
        if self.is_attached and self.kyoju.screen is self:
            self.kyoju.go_back()
        self.kyoju.go_to("matrix")
        self.kyoju.notify(f"{len(saved.refs)}件を記録しました。Ctrl+Z で元に戻せます。")


def _heads(text: str, height: int) -> tuple[int, int] | None:
    found = _HEADS.fullmatch(text)
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return (first, last) if 1 <= first <= last <= height and last < first + _MOST_HEADS else None
