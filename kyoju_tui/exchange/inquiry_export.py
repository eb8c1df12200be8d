"""All forms of an inquiry with their letters, made from what is recorded, and written as one set: all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kyoju_tui.exchange import inquiry_layout as layout
from kyoju_tui.exchange.bringing import Cancelled, Stopped, Told, never, silent
from kyoju_tui.exchange.cover_letter import Letter, letter_docx, letter_of, letter_text
from kyoju_tui.exchange.file_names import safe_names
from kyoju_tui.exchange.inquiry_form import Form, form_xlsx
from kyoju_tui.history.commits import head
from kyoju_tui.history.roots import roots
from kyoju_tui.overview.asking import asking, categories_asked
from kyoju_tui.overview.inquiry_status import earlier_inquiry
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry, Target
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.inquiring.answering import target_of
from kyoju_tui.workspace.workspace import Workspace

LetterForm = Literal["docx", "txt", "none"]


@dataclass(frozen=True, slots=True)
class SetFile:
    """One file of the set, and the department that it is for."""

    name: str
    department: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Of its bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class FormSet:
    """The files, the commit from which they were filled in, and who has no form, each with the reason."""

    inquiry: Ref
    base: str
    made_on: date
    files: tuple[SetFile, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def forms(self) -> int:
        """How many departments have a form."""
        return len({file.department for file in self.files})


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
    told("記録を読んでいます", 0, 0)
    base, store = head(workspace.repository), next(iter(roots(workspace.repository)), "")
    then = None if base is None else workspace.at(base)
    inquiry = None if then is None else then.inquiries.get(ref)
    if base is None or then is None or inquiry is None:
        raise UnknownRef(
            "この照会はまだ記録されていないため、様式を作れません。",
            cure="照会を記録してから、もう一度行ってください。",
        )
    targets, left_out = _asked(then, inquiry, departments)
    letters = {target.department: letter_of(then, inquiry, target.department, today) for target in targets}
    names = safe_names(_name(letters[each.department], then, each.department) for each in targets)
    files: list[SetFile] = []
    results = layout.results_year(today, then.store.fiscal_year_starts)
    for number, (target, name) in enumerate(zip(targets, names, strict=True)):
        if cancelled():
            raise Stopped("様式の書き出しをやめました。", cure="ファイルは何も書いていません。")
        department = target.department
        full = then.full_name("department", department)
        told(full, number, len(targets))
        due = target.extended_due or inquiry.due_on
        form = Form(
            layout.FormId(layout.VERSION, store, ref, department, base, today, results),
            letters[department],
            full,
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
    return FormSet(ref, base, today, tuple(files), left_out)


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
