"""One category becomes part of another, or goes out of use (handbook 1-2(1)).

What is at work follows into the other category: entries, expected cells of departments, data sets, collaborations,
themes, needed initiatives, inquiries that somebody has still to answer. What is history keeps the old name: opinions of
meetings, inquiries that everybody has answered, the answers 「該当なし」 (that there is nothing in one row says nothing
of the joint one), the subjects of settled points, and the old category's own digest.
"""

from __future__ import annotations

from datetime import date

from kyoju_tui.overview.asked import answer_state
from kyoju_tui.records.base import Record
from kyoju_tui.records.category import Category
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.finding import NEEDED, Finding
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.changing.replacing import replacing
from kyoju_tui.workspace.requests import Put
from kyoju_tui.workspace.saving.planned import Planned, Present, told

_WAITING = ("回答待ち", "期限超過", "内容確認中")


def merging(present: Present, old: str, into: str, today: date) -> Planned:
    """The commit that merges the category `old` into `into`; both are ids.

    Errors: `UnknownRef`; `InvalidValue` for a category and itself, and for one that is no longer in use.
    """
    snapshot = present.snapshot
    ref = Ref(f"categories/{old}")
    before, target = _category(snapshot, old), _category(snapshot, into)
    _refuse(before, target, same=old == into)
    puts = [present.putting(ref, before.but(retired=True, merged_into=into))]
    for source in sorted({each.source for each in snapshot.referrers.get(ref, ())}):
        record = snapshot.records[source]
        after = following(record, old, into, today)
        if after != record:
            puts.append(present.putting(source, after))
    subject = f"カテゴリー「{before.name}」を「{target.name}」に統合"
    return Planned(tuple(puts), "merge", subject, tuple(told(puts, snapshot)), _remarks(snapshot, ref, puts))


def following(record: Record, old: str, into: str, today: date) -> Record:
    """The record with the category `old` replaced by `into`, wherever it speaks of the present; else as it is."""
    if isinstance(record, Meeting | Category) or (isinstance(record, Inquiry) and not awaited(record, today)):
        return record
    if isinstance(record, Finding) and _of_row(record, old):
        # The row that it was raised about is gone; what is needed goes on in the other one.
        needed = to_plain(record.needed) if record.needed is not None else {}
        return record.but(needed={**needed, "categories": [into]})
    return replacing(record, "category", {old: into}, lambda place: not place.startswith("nothing_to_report."))


def awaited(inquiry: Inquiry, today: date) -> bool:
    """Whether an inquiry is still a draft, or somebody has still to answer it."""
    if inquiry.issued_on is None or inquiry.issued_on > today:
        return True
    return any(answer_state(inquiry, target, today) in _WAITING for target in inquiry.targets)


def retiring(present: Present, record_id: str) -> Planned:
    """The commit that takes a category out of use. Errors: `InvalidValue` where it is so already, `UnknownRef`."""
    before = _category(present.snapshot, record_id)
    if _closed(before):
        raise InvalidValue(f"カテゴリー「{before.name}」は、もう使われていません。", cure="使用に戻すこともできます。")
    put = present.putting(Ref(f"categories/{record_id}"), before.but(retired=True))
    left = only_here(present.snapshot, record_id)
    remarks = (f"取組・課題など{len(left)}件は、ほかのカテゴリーがないため、一覧表に出なくなります。",) if left else ()
    return _alone(put, f"カテゴリー「{before.name}」を廃止", present.snapshot, remarks)


def reviving(present: Present, record_id: str) -> Planned:
    """The commit that takes a category into use again. What was merged into another stays there.

    Errors: `InvalidValue` where it is in use, `UnknownRef`.
    """
    before = _category(present.snapshot, record_id)
    if not _closed(before):
        raise InvalidValue(f"カテゴリー「{before.name}」は、いま使われています。", cure="何も変えていません。")
    put = present.putting(Ref(f"categories/{record_id}"), before.but(retired=None, merged_into=None))
    remarks = ("統合で移した取組・課題などは、統合先に残ります。",) if before.merged_into else ()
    return _alone(put, f"カテゴリー「{before.name}」を使用に戻す", present.snapshot, remarks)


def only_here(snapshot: Snapshot, record_id: str) -> tuple[Ref, ...]:
    """The entries that would stand in no row if this category went out of use."""
    others = snapshot.categories_in_use.keys() - {record_id}
    return tuple(
        ref
        for ref, entry in snapshot.entries.items()
        if record_id in entry.categories and not others & set(entry.categories)
    )


def _alone(put: Put, subject: str, snapshot: Snapshot, remarks: tuple[str, ...]) -> Planned:
    return Planned((put,), "update", subject, tuple(told([put], snapshot)), remarks)


def _category(snapshot: Snapshot, record_id: str) -> Category:
    return snapshot.expect(f"categories/{record_id}", Category)


def _closed(category: Category) -> bool:
    return category.retired or category.merged_into is not None


def _refuse(before: Category, target: Category, *, same: bool) -> None:
    if same:
        raise InvalidValue(
            f"カテゴリー「{before.name}」を、それ自身に統合することはできません。何も変えていません。",
            field="merged_into",
            cure="ほかのカテゴリーを選んでください。",
        )
    for category in (before, target):
        if _closed(category):
            raise InvalidValue(
                f"カテゴリー「{category.name}」は、廃止または統合されています。何も変えていません。",
                field="merged_into",
                cure="使用中のカテゴリーを選ぶか、先に使用に戻してください。",
            )


def _of_row(finding: Finding, old: str) -> bool:
    """Whether a needed initiative stands in the row because the point was raised about the row itself."""
    named = finding.needed.categories if finding.needed is not None else ()
    return finding.verdict == NEEDED and not named and f"categories/{old}" in finding.subjects


def _remarks(snapshot: Snapshot, ref: Ref, puts: list[Put]) -> tuple[str, ...]:
    changed = {put.ref for put in puts}
    left = sorted({each.source for each in snapshot.referrers.get(ref, ())} - changed)
    if not left:
        return ()
    names = "、".join(f"「{snapshot.title(each)}」" for each in left[:5]) + ("ほか" if len(left) > 5 else "")
    return (f"過去の会議の意見や回答済の照会など{len(left)}件は、当時の名称のまま残ります（{names}）。",)
