"""Rules of the matrix's own rows and columns: categories and departments (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.records.category import Category
from kyoju_tui.records.department import Department
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.soundness.days import in_order
from kyoju_tui.records.soundness.rings import ring


def category(ref: Ref, record: Category, snapshot: Snapshot) -> Iterator[Remark]:
    """Merging leads to another row, and not round in a ring."""
    if record.merged_into is None:
        return
    if record.merged_into == ref.id:
        message = "自分自身に統合することはできません。"
        yield Remark(ref, "merged_into", message, "K603", "ほかのカテゴリーを選ぶか、空にしてください。")
        return

    def following(name: str) -> tuple[str, ...]:
        found = snapshot.categories.get(name)
        return () if found is None or found.merged_into is None else (found.merged_into,)

    way = ring(ref.id, (record.merged_into,), following)
    if way:
        message = f"統合先が一回りしています（{_chain(way, 'category', ref, record.name, snapshot)}）。"
        yield Remark(ref, "merged_into", message, "K603", "使うカテゴリーを1つ決め、その統合先を空にしてください。")


def department(ref: Ref, record: Department, snapshot: Snapshot) -> Iterator[Remark]:
    """A department ends after it began, and hands its work on to another."""
    yield from in_order(ref, "until", ("設置日", record.from_), ("廃止日", record.until))
    if record.successor is None:
        return
    if record.successor == ref.id:
        message = "自分自身に引き継ぐことはできません。"
        yield Remark(ref, "successor", message, "K603", "ほかの部署を選ぶか、空にしてください。")
        return

    def following(name: str) -> tuple[str, ...]:
        found = snapshot.departments.get(name)
        return () if found is None or found.successor is None else (found.successor,)

    way = ring(ref.id, (record.successor,), following)
    if way:
        message = f"引き継ぐ部署が一回りしています（{_chain(way, 'department', ref, record.name, snapshot)}）。"
        yield Remark(ref, "successor", message, "K603", "今ある部署の「引き継ぐ部署」を空にしてください。")


def _chain(way: tuple[str, ...], kind: str, ref: Ref, name: str, snapshot: Snapshot) -> str:
    return "→".join(name if each == ref.id else snapshot.full_name(kind, each) for each in way)
