"""Answers to an inquiry brought in: files read, each told which inquiry's and whose answer it is, and worked out.

Each file is a save of its own: an answer that should not have been taken is taken back alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Final

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.reading import read_books
from kyoju_tui.exchange.books.values import UnreadableFile
from kyoju_tui.exchange.bringing import Bringing, Cancelled, Stopped, Told, never, silent
from kyoju_tui.exchange.inquiries import answer_receipt
from kyoju_tui.exchange.inquiries.answer_form import Form
from kyoju_tui.exchange.inquiries.answer_matching import NotAForm, form_of
from kyoju_tui.exchange.inquiries.answer_planning import Planning, subject_of
from kyoju_tui.exchange.inquiries.answer_values import CellReader
from kyoju_tui.history.roots import roots
from kyoju_tui.overview.asked import newest_first
from kyoju_tui.records.errors import InvalidValue, KyojuError, Refused
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.workspace.inquiring import answering
from kyoju_tui.workspace.inquiring.answering import Confirmed
from kyoju_tui.workspace.workspace import Workspace

SUFFIXES: Final = (".xlsx", ".ods", ".xls")
_TOP: Final = "回答票"
_UNTOUCHED: Final = "何も取り込んでいません。"


class WrongForm(Refused):
    """The form belongs to another store, another inquiry or another department."""

    code: ClassVar[str] = "wrong-form"


class InquiryUnclear(NotAForm):
    """Nothing in the file tells to which inquiry it is an answer: a person says it."""


class DepartmentUnclear(NotAForm):
    """Nothing in the file tells whose answer it is: a person says it."""


class EarlierInquiry(WrongForm):
    """The form is of an inquiry that a newer one has followed: a person says that it is meant. `inquiry` is its REF."""

    def __init__(self, message: str, *, inquiry: Ref, cure: str = "") -> None:
        super().__init__(message, cure=cure)
        self.inquiry = inquiry


class Renamed(WrongForm):
    """Somebody wrote another department over the form's own: a person says whose answer it is."""


class TwoAnswers(Refused):
    """Several files are answers of one department: a person says which counts. `files` are they."""

    code: ClassVar[str] = "two-answers"

    def __init__(self, message: str, *, files: tuple[Path, ...], cure: str = "") -> None:
        super().__init__(message, cure=cure)
        self.files = files


@dataclass(frozen=True, slots=True)
class Expected:
    """What the person who brings files in says of them; None: the form says it. `inquiry` is a REF."""

    inquiry: Ref | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is an answer: to which inquiry, whose, and the commit that its form was filled in from."""

    path: Path
    form: Form
    inquiry: Ref
    department: str
    base: str


@dataclass(frozen=True, slots=True)
class Turned:
    """A file that is not taken, and why."""

    path: Path
    error: KyojuError


def read_answers(
    workspace: Workspace,
    paths: Sequence[Path],
    today: date,
    expected: Expected | None = None,
    *,
    told: Told = silent,
    cancelled: Cancelled = never,
) -> tuple[Arrived | Turned, ...]:
    """Read files and find out whose answers they are, in their order. Nothing is written. Errors: `Stopped`."""
    expected = expected or Expected()
    paths = tuple(dict.fromkeys(paths))
    found: list[Arrived | Turned] = []
    books = read_books(paths, cancelled)
    stores = roots(workspace.repository) if workspace.has_past else ()
    for number, path in enumerate(paths):
        if cancelled():
            raise Stopped("取り込みをやめました。何も変えていません。")
        told(shown_name(path.name), number, len(paths))
        book = next(books)
        try:
            if isinstance(book, UnreadableFile):
                raise book
            found.append(_addressed(workspace, path, form_of(book), stores, expected, today))
        except KyojuError as error:
            found.append(Turned(path, error))
    return _apart(workspace, found)


def bring(
    workspace: Workspace, arrived: Arrived, today: date, *, on: date | None = None, confirmed: Confirmed | None = None
) -> Bringing:
    """What an answer changes in the store as it is now. Nothing is written.

    `on` is the day it came in (else today), `confirmed` what the person says of it (else the form says it). Errors:
    `InvalidValue` for a day that cannot be, an inquiry not sent, a department whose request was withdrawn.
    """
    form, inquiry = arrived.form, workspace.snapshot.expect(arrived.inquiry, Inquiry)
    before = answer_receipt.taken(inquiry, form.sha256)
    if before is not None:
        department, receipt = before
        name = workspace.snapshot.full_name("department", department)
        remark = f"このファイルは、{name}の{answer_receipt.words(receipt)}として取り込み済みです。何も変わりません。"
        subject = subject_of(workspace, arrived.inquiry, department, form)
        return Bringing(form.file, form.sha256, (), (), subject, (remark, *form.remarks))
    planning = Planning(workspace, form, arrived.inquiry, arrived.department, arrived.base, on or today, today)
    return planning.run(confirmed)


def _addressed(
    workspace: Workspace, path: Path, form: Form, stores: Sequence[str], expected: Expected, today: date
) -> Arrived:
    """Whose answer a form is, and to what. Errors: `NotAForm`, `WrongForm`."""
    file = shown_name(form.file)
    if form.id is not None and stores and form.id.store not in stores:
        raise WrongForm(
            f"「{file}」は、別の保管場所で作った様式です。{_UNTOUCHED}",
            cure="この保管場所から出した様式に記入してもらってください。",
        )
    inquiry = _inquiry(workspace, form, expected, today)
    department = _department(workspace, form, expected)
    record = workspace.snapshot.expect(inquiry, Inquiry)
    if all(target.department != department for target in record.targets):
        name = workspace.snapshot.full_name("department", department)
        raise WrongForm(
            f"「{file}」は{name}の回答ですが、{name}はこの照会の照会先にありません。{_UNTOUCHED}",
            cure="照会先に加えてから取り込むか、どの部署の回答か確かめてください。",
        )
    base = form.id.base if form.id is not None else _as_sent(workspace, record, department)
    return Arrived(path, form, inquiry, department, base)


def _inquiry(workspace: Workspace, form: Form, expected: Expected, today: date) -> Ref:
    snapshot, file = workspace.snapshot, shown_name(form.file)
    if form.id is None:
        return expected.inquiry or _by_title(workspace, form)
    said = form.id.inquiry
    if said not in snapshot.inquiries:
        raise WrongForm(
            f"「{file}」は、ここにない照会の様式です。{_UNTOUCHED}", cure="照会が削除されていないか確かめてください。"
        )
    if expected.inquiry is not None and expected.inquiry != said:
        raise WrongForm(
            f"「{file}」は、別の照会「{snapshot.title(said)}」の様式です。{_UNTOUCHED}",
            cure="その照会の回答なら、そちらで取り込んでください。今回の回答は、今回の様式に記入してもらってください。",
        )
    if expected.inquiry is None:
        newer = [
            ref
            for ref, inquiry in newest_first(snapshot.inquiries, today)
            if any(each.department == form.id.department and not each.withdrawn for each in inquiry.targets)
        ]
        if said in newer and newer[0] != said and snapshot.inquiries[newer[0]].title:
            raise EarlierInquiry(
                f"「{file}」は前の照会「{snapshot.title(said)}」の様式ですが、新しい照会「{snapshot.title(newer[0])}」が"
                f"出ています。{_UNTOUCHED}",
                inquiry=said,
                cure="前の照会の回答として取り込むときは、その照会を指定してください。",
            )
    return said


def _by_title(workspace: Workspace, form: Form) -> Ref:
    """The inquiry whose title stands above the headings, where one alone has it. Errors: `NotAForm`."""
    heading = fold(form.heading)
    found = [ref for ref, inquiry in workspace.snapshot.inquiries.items() if fold(inquiry.title) in heading]
    if len(found) == 1:
        return found[0]
    raise InquiryUnclear(
        f"「{shown_name(form.file)}」は様式の番号が失われていて、どの照会の回答か分かりません。{_UNTOUCHED}",
        cure="どの照会か分かるときは、その照会を指定して取り込んでください。",
    )


def _department(workspace: Workspace, form: Form, expected: Expected) -> str:
    """Whose answer it is: the hidden id, the name above the headings and the person who brings it in must agree."""
    snapshot, file = workspace.snapshot, shown_name(form.file)
    shown = _named(workspace, form)
    said = form.id.department if form.id is not None else shown
    wanted = expected.department
    if said is None and wanted is None:
        raise DepartmentUnclear(
            f"「{file}」は様式の番号が失われていて、どの部署の回答か分かりません。{_UNTOUCHED}",
            cure=f"「回答」シートのいちばん上を「{_TOP}　（部署の名前）」に戻して保存すると、取り込めます。",
        )
    if wanted is not None and wanted not in snapshot.departments:
        raise InvalidValue(
            f"「{wanted[:40]}」という部署はありません。",
            field="department",
            cure=f"使える部署：{'、'.join(snapshot.departments)}",
        )
    if said is not None and wanted is not None and said != wanted:
        raise WrongForm(
            f"「{file}」は{snapshot.full_name('department', said)}あての様式です。"
            f"{snapshot.full_name('department', wanted)}の回答としては取り込めません。{_UNTOUCHED}",
            cure="回答した部署あての様式に書き写してもらうか、画面で入力してください。",
        )
    if wanted is None and shown is not None and said is not None and shown != said:
        raise Renamed(
            f"「{file}」は{snapshot.full_name('department', said)}あての様式ですが、部署の名前が"
            f"「{snapshot.full_name('department', shown)}」に書きかえられています。{_UNTOUCHED}",
            cure=f"{snapshot.full_name('department', said)}の回答なら、部署の名前を元に戻して保存してください。",
        )
    return wanted or said or ""


def _named(workspace: Workspace, form: Form) -> str | None:
    """The department that the top of the sheet names, if it names one that is known."""
    reader = CellReader(workspace.snapshot, date.min).names("department")
    for line in form.heading.split("\n"):
        if line.strip().startswith(_TOP):
            return reader.find(line.strip().removeprefix(_TOP))
    return None


def _as_sent(workspace: Workspace, inquiry: Inquiry, department: str) -> str:
    """The commit of the day on which the form went out, for one that lost its ids; empty where nothing tells."""
    day = answering.target_of(inquiry, department).sent_on or inquiry.issued_on
    return (workspace.past.as_of(day) or "") if day is not None and workspace.has_past else ""


def _apart(workspace: Workspace, found: list[Arrived | Turned]) -> tuple[Arrived | Turned, ...]:
    """Two answers of one department: which is newer a person knows. The same file twice is one."""
    groups: dict[tuple[Ref, str], list[Arrived]] = {}
    for each in found:
        if isinstance(each, Arrived):
            groups.setdefault((each.inquiry, each.department), []).append(each)
    return tuple(_alone(workspace, each, groups) for each in found)


def _alone(
    workspace: Workspace, each: Arrived | Turned, groups: dict[tuple[Ref, str], list[Arrived]]
) -> Arrived | Turned:
    if isinstance(each, Turned):
        return each
    group = groups[each.inquiry, each.department]
    first = next(other for other in group if other.form.sha256 == each.form.sha256)
    if first is not each:
        error = Refused(
            f"「{shown_name(each.form.file)}」は「{shown_name(first.form.file)}」と同じ内容のファイルです。",
            cure="1つだけを取り込みます。",
        )
        return Turned(each.path, error)
    if len({other.form.sha256 for other in group}) == 1:
        return each
    names = tuple(dict.fromkeys(shown_name(other.form.file) for other in group))
    name = workspace.snapshot.full_name("department", each.department)
    error = TwoAnswers(
        f"{name}の回答が{len(names)}つあります（{'、'.join(names)}）。どちらが新しいか分からないため、{_UNTOUCHED}",
        files=tuple(other.path for other in group),
        cure="新しいほうだけを選んで取り込んでください。両方とも要るときは、古いほうから1つずつ取り込んでください。",
    )
    return Turned(each.path, error)
