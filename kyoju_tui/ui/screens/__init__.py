"""The screens, one module each, and the register from which sidebar, go-to and palette are made.

Only screens that exist stand here. A screen's module is imported when it is first opened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.base import KyojuScreen


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """One screen that people go to: its name in kanji, kana and romaji, how it is made, and one sentence of help."""

    label: str
    reading: str
    romaji: str
    factory: Callable[..., KyojuScreen]
    help: str


def _matrix(**context: Any) -> KyojuScreen:
    from kyoju_tui.ui.screens.matrix import MatrixScreen

    return MatrixScreen(**context)


def _findings(**context: Any) -> KyojuScreen:
    from kyoju_tui.ui.screens.findings import FindingsScreen

    return FindingsScreen(**context)


def _entries(**context: Any) -> KyojuScreen:
    from kyoju_tui.ui.screens.entries import EntriesScreen

    return EntriesScreen(**context)


def _category_table(**context: Any) -> KyojuScreen:
    from kyoju_tui.ui.screens.category_table import CategoryTableScreen

    return CategoryTableScreen(**context)


def _records(kind: str) -> Callable[..., KyojuScreen]:
    def make(**context: Any) -> KyojuScreen:
        from kyoju_tui.ui.screens.records import RecordsScreen

        return RecordsScreen(kind, **context)

    return make


SCREENS: Final[dict[str, ScreenEntry]] = {
    "matrix": ScreenEntry(
        "一覧表", "いちらんひょう", "ichiranhyo", _matrix, "カテゴリーと部署の表。空いているところが先に見えます"
    ),
    "findings": ScreenEntry(
        "論点・確認事項", "ろんてん かくにんじこう", "ronten kakuninjiko", _findings,
        "話し合う点と確かめる点を整理します",
    ),
    "entries": ScreenEntry(
        "取組・課題", "とりくみ かだい", "torikumi kadai", _entries, "各部署の取組・課題・データの一覧です"
    ),
    "category-table": ScreenEntry(
        "カテゴリー別整理表", "かてごりーべつせいりひょう", "kategoribetsu seirihyo", _category_table,
        "取組中・検討中・既往データ・課題をカテゴリーごとに見ます",
    ),
    "meetings": ScreenEntry("会議", "かいぎ", "kaigi", _records("meeting"), "会議の記録と意見の一覧です"),
    "areas": ScreenEntry("地域", "ちいき", "chiiki", _records("area"), "地域の一覧です"),
    "departments": ScreenEntry("部署", "ぶしょ", "busho", _records("department"), "一覧表の列になる部署です"),
    "categories": ScreenEntry(
        "カテゴリー", "かてごりー", "kategori", _records("category"), "一覧表の行になるカテゴリーです"
    ),
}  # fmt: skip
