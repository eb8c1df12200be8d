"""All forms of an inquiry with their letters, made from what is recorded, and written as one set: all or nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Literal

from kyoju_tui.exchange.bringing import Cancelled, Told, never, silent
from kyoju_tui.exchange.forms.file_names import safe_names
from kyoju_tui.exchange.forms.form_set import FormSet, SetFile, in_turn, recorded
from kyoju_tui.exchange.inquiries import inquiry_layout as layout
from kyoju_tui.exchange.inquiries.cover_letter import Letter, letter_docx, letter_of, letter_text
from kyoju_tui.exchange.inquiries.inquiry_form import Form, form_xlsx
from kyoju_tui.overview.asking import asking, categories_asked
from kyoju_tui.overview.inquiry_status import earlier_inquiry
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry, Target
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.inquiring.answering import target_of
from kyoju_tui.workspace.workspace import Workspace

LetterForm = Literal["docx", "txt", "none"]


def make_forms(
    workspace: Workspace,
    ref: Ref,
    today: date,
    departments: Collection[str] = (),
    letter: LetterForm = "docx",
    *,
    told: Told = silent,
    cancelled: Cancelled = never,
) -> FormSet:
    """Make the forms of these departments, or of all that are asked. Nothing is written.

    What counts is what is recorded: everything is read from the newest commit, so that answers are later compared with
    just what the form showed. Errors: `InvalidValue` where nobody is left to ask, `Stopped`, `UnknownRef`, those of
    the repository.
    """
    found = recorded(workspace, ref, Inquiry, "照会", told)
    then, inquiry = found.then, found.record
    targets, left_out = _asked(then, inquiry, departments)
    letters = {target.department: letter_of(then, inquiry, target.department, today) for target in targets}
    names = safe_names(_name(letters[each.department], then, each.department) for each in targets)
    files: list[SetFile] = []
    results = layout.results_year(today, then.store.fiscal_year_starts)
    called = [then.full_name("department", each.department) for each in targets]
    for number in in_turn(called, told, cancelled):
        target, name, department = targets[number], names[number], targets[number].department
        due = target.extended_due or inquiry.due_on
        form = Form(
            layout.FormId(layout.VERSION, found.store, ref, department, found.base, today, results),
            letters[department],
            called[number],
            format_date(due) if due else "",
            asking(then, inquiry, department),
            earlier_inquiry(then, ref, department, today) is not None,
        )
        files.append(SetFile(f"{name}.xlsx", department, form_xlsx(form, then)))
        if letter == "docx":
            files.append(SetFile(f"{name}_依頼文.docx", department, letter_docx(letters[department])))
        elif letter == "txt":
            # With a mark of its encoding, or old editors take it for another.
            text = letter_text(letters[department]).encode("utf-8-sig")
            files.append(SetFile(f"{name}_依頼文.txt", department, text))
    return FormSet(ref, found.base, today, tuple(files), left_out)


def _asked(
    snapshot: Snapshot, inquiry: Inquiry, departments: Collection[str]
) -> tuple[list[Target], tuple[tuple[str, str], ...]]:
    wanted = [target_of(inquiry, each) for each in dict.fromkeys(departments)] or list(inquiry.targets)
    reasons = [(each, _why_not(snapshot, inquiry, each)) for each in wanted]
    targets = [each for each, why in reasons if not why]
    if not targets:
        raise InvalidValue(
            "様式を作る部署がありません。何も書いていません。",
            field="targets",
            cure="照会先、取下げ、部署ごとの「記入を求めるカテゴリー」を確かめてください。",
        )
    return targets, tuple((each.department, why) for each, why in reasons if why)


def _why_not(snapshot: Snapshot, inquiry: Inquiry, target: Target) -> str:
    if target.withdrawn:
        return "取下げ"
    if target.department not in snapshot.departments:
        return "部署の記録がありません"
    asked = categories_asked(snapshot, inquiry, target.department)
    return "" if asked else "記入を求めるカテゴリーがありません"


def _name(letter: Letter, snapshot: Snapshot, department: str) -> str:
    """照会_令和8年_高齢福祉課."""
    year = format_date(letter.on, weekday=False).partition("年")[0]
    return f"{letter.form}_{year}年_{snapshot.full_name('department', department)}"
