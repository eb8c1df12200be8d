"""取り込みの対応表: how the tables and sheets of others are read, kept so that the next one needs no questions."""

from __future__ import annotations

from collections.abc import Iterable

from kyoju_tui.records.base import Record
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.mapping import Mapping
from kyoju_tui.ui.screens.records import RecordsScreen
from kyoju_tui.ui.widgets.story import Sentence


class MappingsScreen(RecordsScreen):
    """The list, and what the one under the cursor reads."""

    KIND = "mapping"
    DETAIL = 6
    EMPTY = (
        "はじめての形の表を取り込むと、その読み方（どの列が地域の名前で、どの列が数値か）がここに残ります。\n\n"
        "次から同じ形の表は、何も聞かずに読めます。"
    )
    COMMANDS = ("open", "edit", "search", "remove", "reload", "back")

    def detail(self, ref: Ref, record: Record) -> Iterable[Sentence]:  # noqa: ARG002
        """Where the heads are, which columns are read as what, which words stand for what."""
        if not isinstance(record, Mapping):
            raise TypeError(f"no mapping: {type(record)}")
        yield Sentence("　".join(filter(None, (record.form, record.publisher))) or record.title, "bold")
        if record.head_from:
            last = record.head_from + (record.head_rows or 1) - 1
            yield Sentence(f"見出し：{record.head_from}行目" + (f"〜{last}行目" if last > record.head_from else ""))
        read = [each.indicator or each.heading or "" for each in record.columns if each.field]
        if read:
            yield Sentence(f"読む列：{'、'.join(read)}")
        if record.values:
            yield Sentence(f"読み替え：{'、'.join(each.written or '' for each in record.values)}")
