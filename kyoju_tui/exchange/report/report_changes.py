"""What changed since an earlier moment, a row per record: no persons, no judgement that is not for the readers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kyoju_tui.exchange.comparison_text import groups, totals
from kyoju_tui.exchange.papers.paper import Box, Column, Table, Tone, box
from kyoju_tui.exchange.report.publishing import Audience, publishable
from kyoju_tui.overview.comparison import Comparison, RecordDifference, compare, naming
from kyoju_tui.records.changes import Change, describe
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.wording import Namer

_COLUMNS: Final = (
    Column("記録", 20),
    Column("区分", 5),
    Column("部署・カテゴリー", 14),
    Column("変わったところ", 44),
)
_TONES: Final[dict[str, Tone]] = {"追加": "waiting", "削除": "strong", "変更": "usual"}
_MOST_ROWS: Final = 300
_MOST_LINES: Final = 6
# People are never told; who was asked when, and who has answered, is the secretariat's.
_NEVER: Final = ("people",)
_SECRETARIAT: Final = ("inquiries", "mappings")
_JUDGED: Final = ("willingness",)
_KEPT_BACK: Final = ("willingness", "priority", "section", "extension", "note")


def changes_table(before: Snapshot, after: Snapshot, audience: Audience) -> Table:
    """What came, went and changed between two moments, as far as it is for these readers.

    For the public a record counts only while it may be published now: what was withdrawn is not told of.
    """
    if audience == "公開":
        after, before = publishable(after), publishable(before)
        before = before.replacing({ref: None for ref in before.records if ref not in after})
    found = compare(before, after)
    name = naming(before, after)
    told = [(word, each) for word, records in groups(found) for each in records if _is_for(each, audience)]
    rows = tuple(row for word, each in told[:_MOST_ROWS] for row in _rows(word, each, name, audience))
    caption = totals(_only(found, audience))
    if len(told) > _MOST_ROWS:
        caption = f"{caption}（はじめの{_MOST_ROWS}件。ほかは「履歴」の画面で見られます）"
    return Table(caption, _COLUMNS, rows, "変わったところはありません。")


def _is_for(each: RecordDifference, audience: Audience) -> bool:
    if each.ref.top in _NEVER or (audience != "事務局" and each.ref.top in _SECRETARIAT):
        return False
    return bool(_changes(each, audience))


def _only(found: Comparison, audience: Audience) -> Comparison:
    def kept(records: tuple[RecordDifference, ...]) -> tuple[RecordDifference, ...]:
        return tuple(each for each in records if _is_for(each, audience))

    return Comparison(kept(found.added), kept(found.removed), kept(found.changed))


def _changes(each: RecordDifference, audience: Audience) -> list[Change]:
    hidden = _KEPT_BACK if audience == "公開" else _JUDGED if audience == "庁内" else ()
    return [change for change in each.changes if change.field.split(".")[0].split("[")[0] not in hidden]


def _rows(word: str, each: RecordDifference, name: Namer, audience: Audience) -> Iterator[tuple[Box, ...]]:
    lines = [describe(change, name) for change in _changes(each, audience)] if word == "変更" else []
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"ほか{len(lines) - _MOST_LINES + 1}項目"]
    yield box(f"{each.kind_label}「{each.title}」"), box(word, _TONES[word]), box(each.where), box("\n".join(lines))
