"""Answers to surveys from files: forms that came back, and tables of form services, told apart by what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.reading import read_books
from kyoju_tui.exchange.books.values import Book, UnreadableFile
from kyoju_tui.exchange.bringing import Bringing, Cancelled, Placed, Stopped, Told, never, silent
from kyoju_tui.exchange.surveys.form_service import service_table
from kyoju_tui.exchange.surveys.form_service_heads import heads_found
from kyoju_tui.exchange.surveys.form_service_planning import ServicePlanning
from kyoju_tui.exchange.surveys.survey_planning import Refusal, SurveyPlanning
from kyoju_tui.exchange.surveys.survey_returned import NotASurveyForm, Returned, form_id, returned, words_found
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.survey import Survey
from kyoju_tui.workspace.workspace import Workspace


@dataclass(slots=True)
class Sorted:
    """Files by what they are: forms by survey, tables one by one, and what cannot be taken."""

    forms: dict[Ref, list[Returned]] = field(default_factory=dict[Ref, list[Returned]])
    tables: list[tuple[Ref, Book]] = field(default_factory=list[tuple[Ref, Book]])
    refused: list[Refusal] = field(default_factory=list[Refusal])


@dataclass(frozen=True, slots=True)
class Brought:
    """What the files bring, each a save of its own, and the files that are not taken (told in the first, too)."""

    bringings: tuple[Bringing, ...]
    refused: tuple[Refusal, ...]


def bring_answers(
    workspace: Workspace,
    paths: Sequence[Path],
    on: date,
    today: date,
    survey: Ref | None = None,
    *,
    told: Told = silent,
    cancelled: Cancelled = never,
) -> Brought:
    """What these files bring: all forms of a survey as one save, each table as one. Nothing is written.

    `survey` is needed where a file does not say itself which one it answers. Errors: that of the first file, where
    none can be taken; `InvalidValue`, `Stopped`, `UnknownRef`.
    """
    found = sort_files(workspace, paths, survey, told=told, cancelled=cancelled)
    made: list[Bringing] = []
    refused = list(found.refused)
    for ref, forms in found.forms.items():
        planning = SurveyPlanning(workspace, ref, on, today)
        bringing = planning.run(forms)
        refused += planning.refused
        if len(planning.refused) < len(forms):
            made.append(bringing)
    for ref, book in found.tables:
        table = service_table(book, workspace.snapshot.expect(ref, Survey))
        made.append(ServicePlanning(workspace, ref, on, today).run(table, told=told, cancelled=cancelled))
    if not made and refused:
        raise refused[0].error
    if refused:
        made[0] = _with_refused(made[0], refused)
    return Brought(tuple(made), tuple(refused))


def sort_files(
    workspace: Workspace,
    paths: Sequence[Path],
    survey: Ref | None = None,
    *,
    told: Told = silent,
    cancelled: Cancelled = never,
) -> Sorted:
    """Read the files and see what each of them is. Errors: `Stopped`, `UnknownRef`."""
    found = Sorted()
    if survey is not None:
        workspace.snapshot.expect(survey, Survey)
    for number, (path, book) in enumerate(zip(paths, read_books(paths, cancelled), strict=True)):
        told(shown_name(path.name), number, len(paths))
        if cancelled():
            raise Stopped("取り込みをやめました。", cure="何も変えていません。")
        if isinstance(book, UnreadableFile):
            found.refused.append(Refusal(path.name, book))
            continue
        try:
            _sort(workspace, book, survey, found)
        except KyojuError as error:
            found.refused.append(Refusal(path.name, error))
    return found


def _sort(workspace: Workspace, book: Book, survey: Ref | None, found: Sorted) -> None:
    form = form_id(book)
    if form is not None:
        ref = survey or form.survey
        record = workspace.snapshot.get(ref)
        if not isinstance(record, Survey):
            raise NotASurveyForm(
                f"「{shown_name(book.file)}」のアンケート・ヒアリングが、この保管場所にありません。何も取り込んでいません。",
                cure="様式を作った保管場所を開いて取り込んでください。",
            )
        found.forms.setdefault(ref, []).append(returned(book, record))
        return
    ref = survey or _titled(workspace, book)
    record = workspace.snapshot.expect(ref, Survey)
    beside = max((heads_found(sheet, record) for sheet in book.sheets), default=0)
    below = max((words_found(sheet, record) for sheet in book.sheets), default=0)
    if beside >= below:
        service_table(book, record)
        found.tables.append((ref, book))
    else:
        found.forms.setdefault(ref, []).append(returned(book, record))


def _titled(workspace: Workspace, book: Book) -> Ref:
    """The survey whose name stands in a file that has lost its id, else the only one whose questions do."""
    surveys = workspace.snapshot.all(Survey)
    said = {fold(value) for sheet in book.sheets for row in sheet.rows[:20] for value in row if isinstance(value, str)}
    named = [ref for ref, each in surveys.items() if fold(each.title) in said]
    fitting = named or [
        ref
        for ref, each in surveys.items()
        if any(max(heads_found(sheet, each), words_found(sheet, each)) for sheet in book.sheets)
    ]
    if len(fitting) == 1:
        return fitting[0]
    raise NotASurveyForm(
        f"「{shown_name(book.file)}」は、どのアンケート・ヒアリングの回答か分かりません。何も取り込んでいません。",
        cure="どのアンケートの回答かを選んでから、もう一度取り込んでください。",
    )


def _with_refused(bringing: Bringing, refused: Sequence[Refusal]) -> Bringing:
    """The files that are not taken stand among what is told, in front."""
    told = tuple(
        Placed(shown_name(each.file), "不明", None, "", "", "", "", f"{each.error.message}{each.error.cure}")
        for each in refused
    )
    return replace(bringing, placed=(*told, *bringing.placed))
