"""Rules of entries: causes and effects between issues have a direction (handbook 1-1(3), 1-2(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.soundness.rings import ring


def entry(ref: Ref, record: Entry, snapshot: Snapshot) -> Iterator[Remark]:
    """Nothing answers itself or causes itself, not even over others."""
    if ref.id in record.addresses:
        place = f"addresses.{record.addresses.index(ref.id)}"
        yield Remark(ref, place, "自分自身に対応することはできません。", "K603", "この行を外してください。")
    if ref.id in record.causes:
        place = f"causes.{record.causes.index(ref.id)}"
        yield Remark(ref, place, "自分自身を原因にすることはできません。", "K603", "この行を外してください。")
    elif record.causes:
        yield from _caused_in_a_ring(ref, record, snapshot)


def _caused_in_a_ring(ref: Ref, record: Entry, snapshot: Snapshot) -> Iterator[Remark]:
    def following(name: str) -> tuple[str, ...]:
        target = snapshot.by_id("entry", name)
        return () if target is None else snapshot.entries[target].causes

    way = ring(ref.id, record.causes, following)
    if way:
        named = "→".join(record.title if each == ref.id else snapshot.name("entry", each) for each in way)
        message = f"課題の原因が一回りしています（{named}）。"
        cure = "このうちどれか1つの「背景にある課題」を外してください。"
        yield Remark(ref, f"causes.{record.causes.index(way[1])}", message, "K603", cure)
