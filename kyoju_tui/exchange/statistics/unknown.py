"""A table that cannot be taken as it is: said in words, with the way to teach it; never read by guessing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.statistics.heads import heads_of
from kyoju_tui.records.errors import InvalidValue, Refused
from kyoju_tui.records.ids import Ref

_TOLD: Final = 5


class UnknownLayout(Refused):
    """No known layout and no mapping fits; nothing was read."""

    code = "unknown-layout"

    def __init__(self, book: Book, why: str) -> None:
        super().__init__(
            f"「{shown_name(book.file)}」の表の形が分かりません（{why}）。何も取り込んでいません。",
            cure=(
                "画面の「基礎データ」で取り込むと、見出し・地域・数値の列を選ぶ画面が開き、選んだ内容が対応表として残ります。"
                "次からは statistics import FILE --mapping 名称 で取り込めます。"
                f"コマンドで作るとき：{_example(book)}"
            ),
        )


class SeveralMappings(UnknownLayout):
    """More than one mapping fits; `refs` are they."""

    def __init__(self, book: Book, titles: Mapping[Ref, str]) -> None:
        super().__init__(book, f"対応表「{'」「'.join(titles.values())}」のどれにも合います。1つを選んでください")
        self.cure = "使う対応表を1つ指定してください（statistics import FILE --mapping 名称）。"
        self.refs = tuple(titles)


class SeveralDays(InvalidValue):
    """A table of several days of which none was chosen; `days` are they."""

    def __init__(self, book: Book, days: tuple[date, ...]) -> None:
        told = "、".join(each.isoformat() for each in days[:4]) + ("…" if len(days) > 4 else "")
        super().__init__(
            f"「{shown_name(book.file)}」には時点が{len(days)}つあります（{told}）。何も取り込んでいません。",
            field="as_of",
            cure="取り込む時点を1つ指定してください（1つずつ取り込みます）。",
        )
        self.days = days


class UnreadTable(InvalidValue):
    """Places of a table that were not understood. `teachable` where another way of reading it may help."""

    def __init__(self, book: Book, faults: Sequence[str], *, teachable: bool) -> None:
        more = f" ほか{len(faults) - _TOLD}件。" if len(faults) > _TOLD else ""
        self.why = f"{''.join(faults[:_TOLD])}{more}"
        other = "読み飛ばす列や「皆無」などの書き方は、画面の「基礎データ」で取り込むと決められます。"
        super().__init__(
            f"「{shown_name(book.file)}」{self.why}何も取り込んでいません。",
            field="file",
            cure=f"ファイルを直してから、もう一度取り込んでください。{other if teachable else ''}",
        )
        self.teachable = teachable


def _example(book: Book) -> str:
    """The command that makes a mapping, with the file's own first heads where it has some."""
    sheet = next((each for each in book.sheets if each.visible and each.rows), None)
    heads = [head.text for head in heads_of(sheet, 0, 1) if head.text and '"' not in head.text] if sheet else []
    name, value = (heads[0][:20], heads[-1][:20]) if len(heads) > 1 else ("町名", "人口")
    columns = f'[{{heading="{name}",field="area"}},{{heading="{value}",field="value"}}]'
    return f"new mapping title=名称 form=統計表 head_from=1 head_rows=1 columns:='{columns}'"
