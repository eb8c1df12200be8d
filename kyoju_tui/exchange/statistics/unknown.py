"""A table of unknown layout: said in words, with the way to teach it; never read by guessing."""

from __future__ import annotations

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.statistics.heads import heads_of
from kyoju_tui.records.errors import Refused


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


def _example(book: Book) -> str:
    """The command that makes a mapping, with the file's own first heads where it has some."""
    sheet = next((each for each in book.sheets if each.visible and each.rows), None)
    heads = [head.text for head in heads_of(sheet, 0, 1) if head.text and '"' not in head.text] if sheet else []
    name, value = (heads[0][:20], heads[-1][:20]) if len(heads) > 1 else ("町名", "人口")
    columns = f'[{{heading="{name}",field="area"}},{{heading="{value}",field="value"}}]'
    return f"new mapping title=名称 form=統計表 head_from=1 head_rows=1 columns:='{columns}'"
