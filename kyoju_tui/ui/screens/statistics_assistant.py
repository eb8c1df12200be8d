"""表の読み方: a table of unknown layout, column by column, with its first rows as they would be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from textual.widget import Widget

from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.statistics.drafting import Draft, examples, preview, proposed
from kyoju_tui.exchange.statistics.mapped import ROLES, VALUE
from kyoju_tui.exchange.statistics.table import Table
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wide_table import WideTable

_SHOWN: Final = 12
_IN_A_ROW: Final = 4
_HEADS: Final = re.compile(r"\s*(\d{1,3})\s*(?:[-~〜～ー]\s*(\d{1,3}))?\s*")
_SIGNS: Final = (("zero", "ゼロ"), ("suppressed", "秘匿"), ("missing", "欠損"))


class AssistantScreen(DataScreen):
    """The columns, and below them the rows as they would be read. Ctrl+S goes on with it."""

    title_ja = "表の読み方"
    UNRECORDED = "この表の読み方は、まだ残していません。"
    COMMANDS = (
        "assistant.role", "assistant.name", "assistant.heads", "assistant.sheet", "assistant.signs",
        "assistant.levels", "assistant.go-on", "back",
    )  # fmt: skip
    AUTO_FOCUS = "WideTable"
    DEFAULT_CSS = """
    AssistantScreen Story { height: 9; }
    """

    def __init__(self, book: Book, draft: Draft, done: Callable[[Draft], None], why: str) -> None:
        """`draft` is what to begin with and `why` why it is asked for; `done` gets what was chosen, once left."""
        super().__init__()
        self._book = book
        self._done = done
        self._why = why
        self._draft = draft
        self._read: Table | KyojuError | None = None

    def compose_body(self) -> Iterable[Widget]:
        """The columns, and how it reads."""
        yield WideTable(id="columns")
        yield Story()

    def on_mount(self) -> None:
        """Show the proposal."""
        self._take(self._draft)

    @property
    def title_detail(self) -> str:
        """Which sheet, and where its heads are."""
        draft = self._draft
        last = draft.top + draft.rows
        heads = f"{draft.top + 1}行目" if draft.rows == 1 else f"{draft.top + 1}〜{last}行目"
        sheet = draft.sheet if len(self._book.sheets) > 1 else ""
        return "　".join(filter(None, (self._book.file, sheet, f"見出しは{heads}")))

    def show(self) -> None:
        """Show the columns, touching only what differs."""
        table = self.query_one(WideTable)
        sizes = [("head", "見出し", 26), ("role", "役割", 14), ("name", "指標", 18), ("unit", "単位", 8)]
        rest = max(table.room - sum(size for _, _, size in sizes), 12)
        rows = [
            Row(
                str(number),
                tuple(
                    Marked.of((text, "" if each.role else "dim"))
                    for text in (
                        each.head.text or "（見出しなし）",
                        ROLES[each.role],
                        each.indicator if each.role == VALUE else "",
                        each.unit if each.role == VALUE else "",
                        "、".join(examples(self._book, self._draft, number)),
                    )
                ),
            )
            for number, each in enumerate(self._draft.columns)
        ]
        table.set_rows([column(*each) for each in (*sizes, ("examples", "中身の例", rest))], rows)
        self.query_one(Story).show(self._sentences())
        self.show_title()

    def _sentences(self) -> Iterable[Sentence]:
        found = self._read
        if found is None:
            return
        shown = found.faults[:3] if isinstance(found, Table) else ()
        if self._why and not any(fault in self._why for fault in shown):
            yield Sentence(self._why, "dim")
        if isinstance(found, KyojuError):
            yield Sentence(f"このままでは読めません：{found.message.replace('何も取り込んでいません。', '')}", "bold")
            return
        for fault in shown:
            yield Sentence(fault, "bold")
        more = len(found.faults) - 3
        if more > 0:
            yield Sentence(f"ほか{more}か所が読めません。読み飛ばす列にするか、書き方を加えてください。", "bold")
        for row in found.rows[:_SHOWN]:
            pairs = list(zip(found.columns, row.cells, strict=True))[:_IN_A_ROW]
            told = "　".join(
                f"{each.indicator} {cell.status if cell.value is None else f'{cell.value:,}'}" for each, cell in pairs
            )
            yield Sentence(" ".join(filter(None, (f"{row.line}行目", row.code, row.name, told))))
        for remark in found.remarks:
            yield Sentence(remark, "dim")

    def _take(self, draft: Draft) -> None:
        self._draft = draft
        self._read = preview(self._book, draft, self.today)
        self.show()
        self.refresh_bindings()

    @property
    def _at(self) -> int:
        key = self.query_one(WideTable).row_key
        return int(key) if key else -1

    # -- acting --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On with it only where it can be read; a name only for figures; another sheet only where there is one."""
        if action == "go_on":
            return isinstance(self._read, Table) and not self._read.faults
        if action == "name":
            at = self._at if self.is_mounted else -1
            return at >= 0 and self._draft.columns[at].role == VALUE
        if action == "sheet":
            return len(self._book.sheets) > 1
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """A second click asks for the role too."""
        self.action_role()

    def action_role(self) -> None:
        """Ask what the column under the cursor is."""
        if self._at >= 0:
            self.run_worker(self._ask_role(self._at))

    async def _ask_role(self, at: int) -> None:
        each = self._draft.columns[at]
        offered = [Candidate(role or "@none", label) for role, label in ROLES.items()]
        chosen = await self.kyoju.push_screen_wait(
            Picker(f"「{each.head.text or '見出しなし'}」の役割", offered, (each.role or "@none",), many=False)
        )
        if chosen:
            role = "" if chosen[0] == "@none" else chosen[0]
            self._take(self._draft.with_column(at, role=role, indicator=each.indicator or each.head.name))

    def action_name(self) -> None:
        """Ask for the indicator and the unit of the column under the cursor."""
        self.run_worker(self._ask_name(self._at))

    async def _ask_name(self, at: int) -> None:
        each = self._draft.columns[at]
        name = await self.kyoju.push_screen_wait(AskScreen("指標の名前", value=each.indicator or each.head.name))
        if name is None:
            return
        unit = await self.kyoju.push_screen_wait(
            AskScreen("単位", "人、世帯、% など。単位がないときは Esc を押します。", value=each.unit)
        )
        self._take(self._draft.with_column(at, role=VALUE, indicator=name, unit=each.unit if unit is None else unit))

    def action_heads(self) -> None:
        """Ask where the heads are."""
        self.run_worker(self._ask_heads())

    async def _ask_heads(self) -> None:
        draft = self._draft
        said = await self.kyoju.push_screen_wait(
            AskScreen(
                "見出しは何行目ですか。",
                "何段かあるときは「2-3」のように入れます。",
                value=f"{draft.top + 1}" + (f"-{draft.top + draft.rows}" if draft.rows > 1 else ""),
                check=lambda text: "" if _heads(text) else "「1」「2-3」のように入れてください。",
            )
        )
        found = _heads(said or "")
        if found:
            self._take(proposed(self._book, draft.sheet, found[0] - 1, found[1] - found[0] + 1))

    def action_sheet(self) -> None:
        """Ask which sheet."""
        self.run_worker(self._ask_sheet())

    async def _ask_sheet(self) -> None:
        names = [each.name for each in self._book.sheets if each.rows]
        offered = [Candidate(f"@{number}", name) for number, name in enumerate(names)]
        chosen = await self.kyoju.push_screen_wait(Picker("シート", offered, (), many=False))
        if chosen:
            self._take(proposed(self._book, names[int(chosen[0].removeprefix("@"))]))

    def action_signs(self) -> None:
        """Ask how the table writes zero, suppressed and missing, beside the usual signs."""
        self.run_worker(self._ask_signs())

    async def _ask_signs(self) -> None:
        offered = [Candidate(f"@{name}", label) for name, label in _SIGNS]
        chosen = await self.kyoju.push_screen_wait(Picker("加える書き方", offered, (), many=False))
        if not chosen:
            return
        name = chosen[0].removeprefix("@")
        said = await self.kyoju.push_screen_wait(
            AskScreen(
                f"「{dict(_SIGNS)[name]}」の書き方",
                "表に書かれているとおりに入れます（いくつかあるときは「、」で区切ります）。\n"
                "「-」はゼロ、「X」「***」は秘匿、空欄と「…」は欠損として、いつも読みます。",
                value="、".join(getattr(self._draft, name)),
            )
        )
        if said is not None:
            self._take(replace(self._draft, **{name: tuple(filter(None, re.split("[、,，]", said)))}))

    def action_levels(self) -> None:
        """Ask which levels are taken."""
        self.run_worker(self._ask_levels())

    async def _ask_levels(self) -> None:
        said = await self.kyoju.push_screen_wait(
            AskScreen(
                "取り込む階層",
                "合計すると全体になる、いちばん細かい階層を、表に書かれているとおりに入れます（例：2、4）。\n"
                "役割「階層」の列があるときに使います。",
                value="、".join(self._draft.leaves),
            )
        )
        if said is not None:
            self._take(replace(self._draft, leaves=tuple(filter(None, re.split("[、,，]", said)))))

    def action_go_on(self) -> None:
        """Leave with what was chosen."""
        draft = self._draft
        self.kyoju.go_back()
        self._done(draft)


def _heads(text: str) -> tuple[int, int] | None:
    found = _HEADS.fullmatch(text)
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return (first, last) if 1 <= first <= last < first + 10 else None
