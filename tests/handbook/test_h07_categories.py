"""H 7: categories from suggestions, a name of one's own, renamed, reordered, merged, retired (handbook 1-2(1))."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.preview import PreviewScreen
from kyoju_tui.ui.widgets.record_table import RecordTable
from tests.handbook.work import TODAY, Work, at_work
from tests.ui.at_work import until

SUGGESTED, OWN, RENAMED = "住環境", "自治会", "自治会連合"
# A row in which nothing stands: no question is asked.
EMPTY = "住民活動"


def place(work: Work, name: str) -> str:
    """The REF of the category of this name."""
    return next(f"categories/{each}" for each, one in work.snapshot.categories.items() if one.name == name)


async def move_to(work: Work, name: str) -> None:
    """Put the cursor on a category."""
    work.app.screen.query_one(RecordTable).move_to(place(work, name))
    await work.press()


async def do_h07(work: Work) -> None:
    """Add 住環境 from the suggestions and 自治会 by hand, rename it, move it up, merge 住環境 into it, retire it, and
    take it into use again; the entry that stood in 住環境 goes along.
    """
    await work.open("categories")
    await work.press("f4", "right", "enter")
    await work.type(SUGGESTED)
    await work.saved("enter")
    entry = Entry.model_validate(
        {"title": "公園の手入れ", "kind": "課題", "categories": [Ref(place(work, SUGGESTED)).id]}
    )
    work.workspace.create("entry", entry, today=TODAY, department="jutaku").result(timeout=60)
    await work.press("f4", "enter")
    await work.type(OWN)
    await work.press("tab", "tab", "tab", "tab")
    await work.type("じちかい")
    await work.saved()
    await move_to(work, OWN)
    await work.press("f2")
    await work.press("end")
    await work.type("連合")
    await work.saved()
    await move_to(work, RENAMED)
    await work.saved("ctrl+up")
    await move_to(work, SUGGESTED)
    await work.press("ctrl+g")
    await work.type(RENAMED)
    await work.press("enter")
    await until(work.pilot, lambda: isinstance(work.app.screen, PreviewScreen))
    await work.sees("課題「公園の手入れ」（住宅課）")
    await work.saved()
    await work.sees(f"統合：{RENAMED}")
    await move_to(work, EMPTY)
    await work.saved("ctrl+r")
    await work.sees("廃止")
    await move_to(work, EMPTY)
    await work.saved("ctrl+r")


async def test_h07_categories_are_added_renamed_ordered_merged_and_retired(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h07(work)
        now = work.snapshot
        assert not isinstance(work.app.screen, EditScreen)
        assert [each.name for each in now.categories_in_use.values()] == [
            *("高齢者", "子育て", "住まい", "商店街", "住民活動"),
            RENAMED,
        ]
        old = now.categories[Ref(place(work, SUGGESTED)).id]
        assert old.retired and old.merged_into == Ref(place(work, RENAMED)).id
        assert all(old.merged_into in entry.categories for entry in now.entries.values())
        subjects = work.git("log", "-8", "--format=%s").splitlines()
        assert subjects == [
            f"カテゴリー「{EMPTY}」を使用に戻す",
            f"カテゴリー「{EMPTY}」を廃止",
            f"カテゴリー「{SUGGESTED}」を「{RENAMED}」に統合",
            "カテゴリーの並び順を変更",
            f"カテゴリー「{RENAMED}」を更新",
            f"カテゴリー「{OWN}」を追加",
            "課題「公園の手入れ」を追加（住宅課・住環境）",
            f"カテゴリー「{SUGGESTED}」を追加",
        ]
        assert work.clean()
