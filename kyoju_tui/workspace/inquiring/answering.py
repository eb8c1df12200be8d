"""What comes back from the departments, put into the inquiry: every act gives the record as it is then to be saved.

Screens and the command line call the same functions, so that the same thing is refused in the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Final, Literal

from kyoju_tui.overview.inquiry_status import earlier_inquiry, issued, next_version
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.ids import Ref, new_part_id
from kyoju_tui.records.inquiry import Inquiry, Target
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.snapshot import Snapshot

Confirmed = Literal["担当者案", "課長確認済", "未確認"]
Mark = Literal["checking", "withdrawn"]
_NAMED: Final = 3
BY_TELEPHONE: Final = "電話"
# By telephone first, then in writing.
WAYS: Final = (BY_TELEPHONE, "メール", "文書")


def target_of(inquiry: Inquiry, department: str) -> Target:
    """The department's part of the inquiry. Errors: `UnknownRef`."""
    for target in inquiry.targets:
        if target.department == department:
            return target
    asked = "、".join(target.department for target in inquiry.targets) or "（まだありません）"
    raise UnknownRef(f"「{department[:40]}」は、この照会の照会先にありません。", cure=f"照会先：{asked}")


def sent(inquiry: Inquiry, on: date, today: date) -> Inquiry:
    """The inquiry goes out: to everybody, or later to those who were added since. Errors: `InvalidValue`."""
    if not inquiry.targets:
        raise InvalidValue(
            "照会先がないため、発出を記録していません。", field="targets", cure="編集で照会先の部署を入れてください。"
        )
    if on > today:
        raise InvalidValue(
            "発出日が今日より後になっています。", field="issued_on", cure="発出した日に記録してください。"
        )
    if inquiry.issued_on is None and inquiry.due_on is not None and inquiry.due_on < on:
        raise InvalidValue(
            f"回答期限（{format_date(inquiry.due_on)}）が発出日より前なので、発出を記録していません。",
            field="due_on",
            cure="編集で回答期限を直してください。",
        )
    if inquiry.issued_on is not None and not unsent(inquiry):
        raise InvalidValue(
            f"{format_date(inquiry.issued_on)}に発出済みです。何も変えていません。",
            field="issued_on",
            cure="日付を直すときは、編集で発出日を直してください。",
        )
    late = frozenset(unsent(inquiry))
    changed = _each(inquiry, late, lambda _target: {"sent_on": on})
    return changed if inquiry.issued_on is not None else changed.but(issued_on=on)


def unsent(inquiry: Inquiry) -> tuple[str, ...]:
    """The departments to which the inquiry has not gone out."""
    return tuple(each.department for each in inquiry.targets if each.sent_on is None and not each.withdrawn)


def received(
    inquiry: Inquiry,
    departments: Collection[str],
    on: date,
    today: date,
    *,
    confirmed: Confirmed | None = None,
    reason: str | None = None,
    version: int | None = None,
) -> Inquiry:
    """An answer came in: a further version (差替) of a department that has answered needs a reason.

    Errors: `InvalidValue`, `UnknownRef`.
    """
    _require_day(inquiry, on, today)

    def change(target: Target) -> Plain:
        _require_asked(target)
        number = next_version(target) if version is None else version
        if number < next_version(target):
            raise InvalidValue(
                f"第{number}版はもう受け付けています。",
                field="version",
                cure=f"次の版は第{next_version(target)}版です。",
            )
        if target.receipts and not reason:
            raise InvalidValue("差替には理由が要ります。", field="reason", cure="何が変わったかを短く書いてください。")
        return {"receipts": [*_receipts(target), _receipt(target, number, on, confirmed, reason)], "unchanged": None}

    return _each(inquiry, departments, change)


def corrected(inquiry: Inquiry, departments: Iterable[str]) -> tuple[str, ...]:
    """Those of the departments whose next answer replaces one that is there."""
    return tuple(each for each in departments if target_of(inquiry, each).receipts)


def extended(inquiry: Inquiry, departments: Collection[str], until: date | None) -> Inquiry:
    """The answer may come later; None takes the extension back. Errors: `InvalidValue`, `UnknownRef`."""
    if until is not None and inquiry.due_on is not None and until <= inquiry.due_on:
        raise InvalidValue(
            f"延長した期限が、もとの回答期限（{format_date(inquiry.due_on)}）より後になっていません。",
            field="extended_due",
            cure="もとの期限より後の日にしてください。",
        )
    if until is not None and inquiry.due_on is None:
        raise InvalidValue(
            "回答期限がないので、延長できません。", field="extended_due", cure="編集で回答期限を入れてください。"
        )
    return _each(inquiry, departments, lambda _target: {"extended_due": until})


def reminded(
    inquiry: Inquiry, departments: Collection[str], on: date, today: date, how: str, reply: str | None = None
) -> Inquiry:
    """The departments were asked again (再依頼). Errors: `InvalidValue`, `UnknownRef`."""
    _require_day(inquiry, on, today)
    if not how.strip():
        raise InvalidValue("再依頼の方法を入れてください。", field="how", cure=f"例：{'・'.join(WAYS)}")

    def change(target: Target) -> Plain:
        _require_asked(target)
        before = [to_plain(each) for each in target.reminders]
        return {"reminders": [*before, _item(before, {"on": on, "how": how, "reply": reply})]}

    return _each(inquiry, departments, change)


def unchanged(
    snapshot: Snapshot, ref: Ref, inquiry: Inquiry, departments: Collection[str], on: date, today: date
) -> Inquiry:
    """The departments answer 前回のまま: an answer too, where an inquiry before asked them about the same rows.

    Said again it is taken back; the receipt stays. Errors: `InvalidValue`, `UnknownRef`.
    """
    _require_day(inquiry, on, today)
    back = all(target_of(inquiry, each).unchanged for each in departments)

    def change(target: Target) -> Plain:
        _require_asked(target)
        if back:
            return {"unchanged": None}
        if earlier_inquiry(snapshot, ref, target.department, today) is None:
            name = snapshot.full_name("department", target.department)
            raise InvalidValue(
                f"{name}に同じカテゴリーをたずねた前回の照会がないため、「前回のまま」にできません。",
                field="unchanged",
                cure="回答を受け付けるか、該当なしを記録してください。",
            )
        receipts = _receipts(target) or [_receipt(target, 1, on, None, None)]
        return {"unchanged": True, "receipts": receipts}

    return _each(inquiry, departments, change)


def marked(inquiry: Inquiry, departments: Collection[str], mark: Mark) -> Inquiry:
    """内容確認中 or 取下げ, set where one of the departments lacks it, else taken away.

    Errors: `InvalidValue`, `UnknownRef`.
    """
    targets = [target_of(inquiry, each) for each in departments]
    back = all(getattr(target, mark) for target in targets)
    if mark == "checking" and any(not target.receipts for target in targets):
        raise InvalidValue(
            "回答を受け付けていない部署は、内容確認中にできません。", field=mark, cure="先に受付を記録してください。"
        )
    return _each(inquiry, departments, lambda _target: {mark: None if back else True})


def with_nothing(
    inquiry: Inquiry, department: str, category: str, kinds: Collection[str | None], rows: Iterable[str]
) -> Inquiry:
    """「該当なし」 for one cell: for these kinds, for all of it (None among them), or for none any more.

    An answer for every row at once is split up over `rows`, those that are asked, so that only this cell changes.
    Errors: `UnknownRef`.
    """
    target_of(inquiry, department)
    wanted = frozenset([None]) if None in kinds else frozenset(kinds)
    if wanted == nothing_of(inquiry, department, category):
        return inquiry
    kept: list[Plain] = []
    for each in inquiry.nothing_to_report:
        if each.department != department or each.category not in (category, None):
            kept.append(to_plain(each))
        elif each.category is None:
            others = [row for row in rows if row != category]
            for row in others:
                kept.append(_item(kept, {"department": department, "category": row, "kind": each.kind}))
        elif each.kind in wanted:
            # It keeps its id, so that a colleague's change can be merged.
            kept.append(to_plain(each))
    stand = {
        each.get("kind") for each in kept if (each.get("department"), each.get("category")) == (department, category)
    }
    for kind in sorted(wanted - stand, key=str):
        kept.append(_item(kept, {"department": department, "category": category, "kind": kind}))
    return inquiry.but(nothing_to_report=kept)


def nothing_of(inquiry: Inquiry, department: str, category: str) -> frozenset[str | None]:
    """The kinds answered with 「該当なし」 in one cell by name; None stands for all of it."""
    return frozenset(
        each.kind
        for each in inquiry.nothing_to_report
        if each.department == department and each.category in (category, None)
    )


def subject(snapshot: Snapshot, ref: Ref, departments: Collection[str], act: str) -> str:
    """The first line of a commit's message: which inquiry, which departments, and what was noted of them."""
    if not departments:
        return f"照会「{snapshot.title(ref)}」の{act}を記録"
    names = [snapshot.full_name("department", each) for each in departments]
    more = f"ほか{len(names) - _NAMED}" if len(names) > _NAMED else ""
    return f"照会「{snapshot.title(ref)}」：{'・'.join(names[:_NAMED])}{more}の{act}を記録"


def _each(inquiry: Inquiry, departments: Collection[str], change: Callable[[Target], Plain]) -> Inquiry:
    """The inquiry with the parts of these departments changed."""
    for department in departments:
        target_of(inquiry, department)
    targets = [to_plain(t.but(**change(t)) if t.department in departments else t) for t in inquiry.targets]
    return inquiry.but(targets=targets)


def _require_day(inquiry: Inquiry, on: date, today: date) -> None:
    if on > today:
        raise InvalidValue("日付が今日より後になっています。", field="on", cure="今日までの日にしてください。")
    if not issued(inquiry, today):
        raise InvalidValue(
            "この照会はまだ発出していません。何も変えていません。",
            field="issued_on",
            cure="先に発出を記録してください。",
        )
    if inquiry.issued_on is not None and on < inquiry.issued_on:
        raise InvalidValue(
            f"日付が発出日（{format_date(inquiry.issued_on)}）より前になっています。",
            field="on",
            cure="発出日から今日までの日にしてください。",
        )


def _require_asked(target: Target) -> None:
    if target.withdrawn:
        raise InvalidValue(
            "この部署への照会は取り下げられています。何も変えていません。",
            field="withdrawn",
            cure="続けるときは、先に取下げを外してください。",
        )


def _receipts(target: Target) -> list[Plain]:
    return [to_plain(each) for each in target.receipts]


def _receipt(target: Target, version: int, on: date, confirmed: str | None, reason: str | None) -> Plain:
    return _item(_receipts(target), {"version": version, "on": on, "confirmed": confirmed, "reason": reason or None})


def _item(others: Iterable[Plain], plain: Plain) -> Plain:
    """A table with a fresh id, without what is empty."""
    taken = {str(each["id"]) for each in others if each.get("id")}
    return {"id": new_part_id(taken), **{name: value for name, value in plain.items() if value is not None}}
