"""What came after a compilation, line by line; Enter opens what it is about (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget

from kyoju_tui.overview.inquiry_since import changed_since
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Compilation
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.inquiry_words import receipt_words
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.workspace.inquiring.compiling import compilation_title


class InquirySince(DataScreen):
    """The list, compared with `then`, the records as they stood."""

    COMMANDS = ("open", "reload", "back")
    AUTO_FOCUS = "WideTable"

    def __init__(self, ref: Ref, compiled: Compilation, then: Snapshot) -> None:
        super().__init__()
        self.ref = ref
        self._compiled = compiled
        self._then = then
        self._rows: list[Row] = []
        self.title_ja = f"第{compiled.number or '?'}回の後に変わったもの"

    @property
    def title_detail(self) -> str:
        """Which compilation of which inquiry."""
        title = compilation_title(self._compiled.number, self._compiled.as_of)
        return f"{title}　{self.snapshot.title(self.ref)}"

    def compose_body(self) -> Iterable[Widget]:
        """The list."""
        yield EmptyNote("取りまとめの後に変わったものはありません。")
        yield WideTable(id="since")

    def on_mount(self) -> None:
        """Show it."""
        self.show()

    def show(self) -> None:
        """Show the list, touching only what differs."""
        table = self.query_one(WideTable)
        self._rows = list(self._lines()) if self.ref in self.snapshot else []
        room = table.room
        heads = (column("how", "変わり方", 14), column("department", "部署", 20), column("what", "内容", room - 34))
        table.set_rows(heads, self._rows)
        table.display = bool(self._rows)
        self.query_one(EmptyNote).display = not self._rows
        self.show_title()

    def _lines(self) -> Iterator[Row]:
        since = changed_since(self._then, self.snapshot, self.ref)
        for each in since.receipts:
            how = "遅れて受付" if each.late else "差替"
            reason = f"　理由：{each.receipt.reason}" if each.receipt.reason else ""
            key = f"{self.ref}#{each.department}.{each.receipt.id}.{each.receipt.version}"
            yield self._row(key, how, each.department, f"{receipt_words(each.receipt)}{reason}")
        for each in since.nothing:
            place = self.snapshot.name("category", each.category) if each.category else "すべてのカテゴリー"
            kind = f"（{each.kind}）" if each.kind else ""
            key = f"{self.ref}#nothing.{each.id}.{each.department}.{each.category}.{each.kind}"
            yield self._row(key, "該当なし", each.department or "", f"{place}{kind}")
        for each in since.entries:
            yield self._row(str(each.ref), each.how, each.department, each.title)

    def _row(self, key: str, how: str, department: str, what: str) -> Row:
        name = self.snapshot.full_name("department", department)
        return Row(key, tuple(Marked.of((text, "")) for text in (how, name, what)))

    def action_open(self) -> None:
        """Open the record of the line; one that is gone cannot be opened."""
        ref = Ref(self.query_one(WideTable).row_key.partition("#")[0])
        if not ref:
            return
        if ref in self.snapshot:
            self.edit(ref)
        else:
            self.kyoju.notify("この記録は削除されています。")
