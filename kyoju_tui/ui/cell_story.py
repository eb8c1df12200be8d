"""A place of the 一覧表 in sentences: what stands there, why it is marked, what was asked, what is raised about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from kyoju_tui.overview.asked import Asked
from kyoju_tui.overview.matrix import Cell, Matrix, OpinionLine
from kyoju_tui.overview.since import since
from kyoju_tui.overview.wording import data_words, needed_words
from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry, Target
from kyoju_tui.ui.matrix_layers import Sheet
from kyoju_tui.ui.matrix_words import LEGEND, OPEN_ANSWERS, count_sentence, counts, counts_of, sort_of
from kyoju_tui.ui.widgets.matrix_table import CATEGORY, DATA, OPINIONS
from kyoju_tui.ui.widgets.story import Sentence

if TYPE_CHECKING:
    from kyoju_tui.overview.findings import FindingView


_NAMED: Final = 5
_FILL_IN: Final = "F4で記入します（無ければ「該当なし」を記録）。"


def story(sheet: Sheet, category: str, place: str, last_change: str, *, wide: bool, legend: bool) -> list[Sentence]:
    """The paragraphs on the place under the cursor. `last_change` says who changed it last and when.

    `wide` puts that beside the name of the place, where the panel is wide and low; `legend` explains the short words.
    """
    matrix = sheet.matrix
    row = matrix.snapshot.categories[category].name
    if place == CATEGORY:
        title, said = row, _whole_row(sheet, category)
    elif place == DATA:
        title, said = f"{row}｜基礎データ", _data(sheet, category)
    elif place == OPINIONS:
        title, said = f"{row}｜意見・考え方等", _opinions(sheet, category)
    else:
        title, said = f"{row}｜{matrix.snapshot.departments[place].name}", _cell(sheet, matrix.cells[category, place])
    head = [Sentence(f"{title}　　{last_change}".rstrip("　"), "bold")] if wide else [Sentence(title, "bold")]
    tail = [Sentence(last_change)] if last_change and not wide else []
    tail += _since(sheet, category, place)
    return [*head, *said, *tail, *([Sentence(""), Sentence(LEGEND, sheet.marks.calm)] if legend else [])]


def refs_at(matrix: Matrix, category: str, place: str) -> tuple[Ref, ...]:
    """The records that stand at a place."""
    if place == CATEGORY:
        return (Ref(f"categories/{category}"),)
    if place == DATA:
        return matrix.base_data[category]
    if place == OPINIONS:
        meetings = dict.fromkeys(line.meeting for line in matrix.opinions[category])
        return (*matrix.needed[category], *meetings)
    return matrix.cells[category, place].entries


def _cell(sheet: Sheet, cell: Cell) -> Iterator[Sentence]:
    yield Sentence(_state(cell) + (_FILL_IN if cell.state == "記入なし" and sheet.tells_keys else ""))
    if cell.asked is not None and not (sheet.projector and cell.inquiry in OPEN_ANSWERS):
        yield from _answer(cell.asked, cell.department, sheet)
    yield from _entries(cell.entries, sheet)
    # What the inquiry's line says already is not said twice.
    points = sheet.points(cell.category, cell.department)
    yield from _points((point for point in points if point.rule != "overdue"), sheet)
    yield from _together(cell, sheet)


def _since(sheet: Sheet, category: str, place: str) -> Iterator[Sentence]:
    """In a view of the past: what became of the place since then."""
    now = sheet.now
    if now is None or place == CATEGORY:
        return
    there = category in now.base_data and (place in (DATA, OPINIONS) or (category, place) in now.cells)
    after = refs_at(now, category, place) if there else ()
    found = since(refs_at(sheet.matrix, category, place), sheet.matrix.snapshot, after, now.snapshot)
    parts = (
        ("追加", found.added, now.snapshot),
        ("変更", found.changed, now.snapshot),
        ("ここから無くなったもの", found.gone, sheet.matrix.snapshot),
    )
    for word, refs, snapshot in parts:
        if refs:
            more = f"ほか{len(refs) - _NAMED}件" if len(refs) > _NAMED else ""
            titles = "、".join(snapshot.title(ref) for ref in refs[:_NAMED])
            yield Sentence(f"その後の{word}{len(refs)}件：{titles}{more}", sheet.marks.strong)
    if not found:
        yield Sentence("その後、ここは変わっていません。", sheet.marks.calm)


def _together(cell: Cell, sheet: Sheet) -> Iterator[Sentence]:
    """The joint work that this department takes part in and that names the category (handbook 1-3(1))."""
    for each in sheet.matrix.snapshot.all(Collaboration).values():
        if cell.category in each.categories and any(share.department == cell.department for share in each.departments):
            yield Sentence(f"連携協働{f'（{each.status}）' if each.status else ''}：{each.title}")


def _state(cell: Cell) -> str:
    match cell.state:
        case "記載あり":
            difficult = cell.counts.with_difficulties
            more = f"うち{difficult}件に取組上の課題があります。" if difficult else ""
            return f"{count_sentence(counts_of(cell))}があります。{more}"
        case "該当なし":
            return "「該当なし」と回答されています。"
        case "対象外":
            return "この部署には、このカテゴリーの記入を求めていません。"
        case "記入なし":
            return "まだ何も記入されていません。"


def _answer(asked: Asked, department: str, sheet: Sheet) -> Iterator[Sentence]:
    """How far the newest inquiry is, with its dates."""
    inquiry = sheet.matrix.snapshot.get(asked.inquiry)
    if not isinstance(inquiry, Inquiry):
        return
    target = next((each for each in inquiry.targets if each.department == department), None)
    style = sheet.marks.strong if asked.state == "期限超過" else ""
    yield Sentence(f"照会：{asked.state}{_dates(asked, target, sheet.matrix.today)}", style)
    yield Sentence(f"「{inquiry.title}」", sheet.marks.calm, 2)
    if asked.nothing_kinds:
        yield Sentence(f"{'・'.join(sorted(asked.nothing_kinds))}は「該当なし」の回答があります。", "", 2)


def _dates(asked: Asked, target: Target | None, today: date) -> str:
    receipt = target.receipts[-1] if target is not None and target.receipts else None
    if receipt is not None:
        words = [
            f"{format_date(receipt.on, weekday=False)}受付" if receipt.on else "",
            f"第{receipt.version}版" if (receipt.version or 1) > 1 else "",
            receipt.confirmed or "",
        ]
        told = "・".join(filter(None, words))
        return f"（{told}）" if told else ""
    if asked.due is None:
        return ""
    extended = "（延長後）" if target is not None and target.extended_due else ""
    days = (today - asked.due).days
    late = f"を{days}日過ぎています" if days > 0 else f"まであと{-days}日" if days else "は今日です"
    return f"　期限{extended}{format_date(asked.due, weekday=False)}{late}"


def _entries(refs: Sequence[Ref], sheet: Sheet) -> Iterator[Sentence]:
    entries = sheet.matrix.snapshot.entries
    for ref in refs:
        entry = entries.get(ref)
        if entry is not None:
            yield Sentence(f"{sort_of(entry)}　{entry.title}{_unsure(entry)}", "", 1)


def _unsure(entry: Entry) -> str:
    return f"（{entry.confirmed}）" if entry.confirmed in ("担当者案", "未確認") else ""


def _points(points: Iterable[FindingView], sheet: Sheet) -> Iterator[Sentence]:
    for point in points:
        if sheet.projector and point.kind == "確認事項":
            continue
        settled = f"［{point.verdict}］" if point.verdict else ""
        style = sheet.marks.strong if point.strong and not point.settled else ""
        yield Sentence(f"{point.kind}{settled}：{point.why}", style)


def _whole_row(sheet: Sheet, category: str) -> Iterator[Sentence]:
    matrix = sheet.matrix
    cells = matrix.row(category)
    total = counts((ref for cell in cells for ref in cell.entries), matrix.snapshot)
    empty = sum(cell.state == "記入なし" for cell in cells)
    yield Sentence(f"{count_sentence(total) or '取組・課題はまだありません'}　記入なし{empty}部署")
    description = matrix.snapshot.categories[category].description
    if description:
        yield Sentence(description, sheet.marks.calm)
    for ref in matrix.needed[category]:
        yield Sentence(f"必要な取組：{needed_words(matrix, ref)}", "bold")
    yield from _points(sheet.points(category, CATEGORY), sheet)


def _data(sheet: Sheet, category: str) -> Iterator[Sentence]:
    matrix = sheet.matrix
    if not matrix.base_data[category]:
        how = "手元にある統計・既往アンケート・窓口の声をF4で登録します。" if sheet.tells_keys else ""
        yield Sentence(f"基礎データはまだありません。{how}")
    for ref in matrix.base_data[category]:
        as_of = getattr(matrix.snapshot.get(ref), "as_of", None)
        day = f"　{format_date(as_of, weekday=False)}時点" if isinstance(as_of, date) else ""
        yield Sentence(f"{data_words(matrix, ref)}{day}", "", 1)
    yield from _points(sheet.points(category, DATA), sheet)


def _opinions(sheet: Sheet, category: str) -> Iterator[Sentence]:
    matrix = sheet.matrix
    for ref in matrix.needed[category]:
        yield Sentence(f"必要な取組：{needed_words(matrix, ref)}", "bold")
    digest = matrix.digests.get(category)
    if digest is not None and digest.text:
        day = f"（{format_date(digest.as_of, weekday=False)}時点）" if digest.as_of else ""
        yield Sentence(f"整理{day}：{digest.text}")
    opinions = sheet.limits.opinions(matrix.opinions[category])
    if not opinions:
        how = "F4で会議を選ぶと、意見を書き足せます。" if sheet.tells_keys else ""
        yield Sentence(f"意見はまだありません。{how}")
    for line in opinions:
        yield Sentence(_opinion(line, matrix), "", 1)


def _opinion(line: OpinionLine, matrix: Matrix) -> str:
    day = format_date(line.on, weekday=False) if line.on else matrix.snapshot.title(line.meeting)
    who = matrix.snapshot.name("department", line.department) if line.department else ""
    lens = f"［{line.lens}］" if line.lens else ""
    return f"{'　'.join(filter(None, (day, who)))}{lens}　{line.text}"
