"""カテゴリー: the rows of the matrix (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kyoju_tui.overview.category_use import Use, category_use
from kyoju_tui.records.base import Record
from kyoju_tui.records.category import Category
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.screens.categories_acts import CategoriesActs
from kyoju_tui.ui.widgets.story import Sentence

_COUNT = 4


class CategoriesScreen(CategoriesActs):
    """The list of them: how much stands in each, and which are out of use."""

    EMPTY = "一覧表の行になるカテゴリーがここに並びます。\n\nF4 でカテゴリーを加えます。候補や型からも選べます。"
    DETAIL = 5
    COMMANDS = (
        "open", "edit", "new", "search", "categories.merge", "categories.retire", "remove", "records.up",
        "records.down", "reload", "back",
    )  # fmt: skip

    def __init__(self, record: str = "") -> None:
        """`record` is the id on which the cursor begins."""
        super().__init__(record)
        self._counted: tuple[Snapshot, date, Mapping[str, Use]] | None = None

    def heads(self) -> Sequence[tuple[str, str]]:
        """Name, counts by kind, who is asked, and the state."""
        return (
            ("name", "名称"),
            ("initiatives", "取組"),
            ("issues", "課題"),
            ("data", "データ"),
            ("departments", "求める部署"),
            ("state", "状態"),
        )

    def closed(self, record: Record) -> bool:
        """Whether it is no row of the matrix any more."""
        return isinstance(record, Category) and (record.retired or record.merged_into is not None)

    def words(self, ref: Ref, record: Record) -> Sequence[str]:
        """What stands in it."""
        category = self.snapshot.categories[ref.id]
        use = self._use.get(ref.id, Use())
        asked = "" if self.closed(record) else f"{use.departments}".rjust(_COUNT)
        numbers = (use.initiatives + use.ended, use.issues, use.data)
        return (category.name, *(f"{number}".rjust(_COUNT) for number in numbers), asked, self._state(category))

    def detail(self, ref: Ref, record: Record) -> Iterable[Sentence]:
        """What it is about, and what was said on it."""
        category = self.snapshot.categories[ref.id]
        use = self._use.get(ref.id, Use())
        ended = f"（うち終了{use.ended}）" if use.ended else ""
        asked = "" if self.closed(record) else f"　記入を求める部署{use.departments}"
        yield Sentence(
            f"{category.name}　取組{use.initiatives + use.ended}{ended}・課題{use.issues}・データ{use.data}{asked}",
            "bold",
        )
        if category.merged_into is not None:
            yield Sentence(f"「{self.snapshot.full_name('category', category.merged_into)}」に統合しました。")
        elif category.retired:
            yield Sentence("廃止しています。Ctrl+R で使用に戻せます。")
        yield Sentence(category.description or "説明はまだありません。F2 で加えると、回答する部署に伝わります。")
        if category.digest is not None and category.digest.text:
            on = f"（{format_date(category.digest.as_of, weekday=False)}時点）" if category.digest.as_of else ""
            yield Sentence(f"意見の整理{on}：{category.digest.text}")

    def _state(self, category: Category) -> str:
        if category.merged_into is not None:
            return f"統合：{self.snapshot.name('category', category.merged_into)}"
        return "廃止" if category.retired else "使用中"

    @property
    def _use(self) -> Mapping[str, Use]:
        """Counted once per moment: the list asks for every row."""
        if self._counted is None or self._counted[0] is not self.snapshot or self._counted[1] != self.today:
            self._counted = self.snapshot, self.today, category_use(self.snapshot, self.today)
        return self._counted[2]
