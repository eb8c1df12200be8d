"""The matrix as a paper: the same words and marks in every form, and files that tell nothing of their maker."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring

from kyoju_tui.exchange.findings_paper import findings_paper
from kyoju_tui.exchange.matrix_file import matrix_file
from kyoju_tui.exchange.matrix_paper import LAYERS, OPINIONS, POINTS, STATES, TEXTS, Shown, matrix_paper, matrix_table
from kyoju_tui.exchange.papers.as_csv import CP932, table_csv
from kyoju_tui.exchange.papers.as_xlsx import PLACES, PLACES_HEAD
from kyoju_tui.exchange.papers.colours import LOOKS, PAPER
from kyoju_tui.exchange.papers.paper import Box
from kyoju_tui.exchange.papers.paper_file import FORMS, paper_file
from kyoju_tui.exchange.svg_text import width_of
from kyoju_tui.overview.findings import examine
from kyoju_tui.overview.matrix import Matrix, matrix
from kyoju_tui.records.errors import InvalidValue, WrongUse
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.themes import LIGHT
from tests.building import (
    COLUMNS,
    ROWS,
    TODAY,
    Built,
    data,
    department,
    initiative,
    inquiry,
    issue,
    meeting,
    record,
    snapshot,
    target,
)  # fmt: skip

SVG = "{http://www.w3.org/2000/svg}"


def made(*records: Built) -> Matrix:
    return matrix(
        snapshot(
            *ROWS,
            *COLUMNS,
            initiative("fukushi", "a", "korei", title="見守り訪問"),
            initiative("fukushi", "c", "korei", "検討中", title="配食"),
            issue("fukushi", "b", "korei kosodate", title="孤立"),
            data("fukushi", "d", "korei", title="年齢別人口"),
            inquiry("q", categories=["korei", "kosodate"], targets=[target("jutaku")]),
            meeting(
                "m",
                TODAY,
                {"category": "korei", "department": "fukushi", "text": "載せる意見", "print": True},
                {"category": "korei", "department": "jutaku", "text": "載せない意見"},
            ),
            *records,
        ),
        TODAY,
    )


def cell(whole: Matrix, shown: Shown, category: str, column: int) -> Box:
    rows = matrix_table(whole, shown).rows
    number = [axis.id for axis in whole.categories].index(category)
    return rows[number][column]


def test_a_cell_says_its_state_in_words_and_what_answer_is_missing() -> None:
    whole = made()

    assert [line.text for line in cell(whole, Shown(), "korei", 2).shown] == ["取組中1", "検討中1", "課題1"]
    gap = cell(whole, Shown(), "korei", 3)
    assert (gap.gap, gap.text) == (True, "記入なし（期限超過）")
    assert [line.tone for line in gap.shown] == ["gap", "late"]
    assert cell(whole, Shown(discreet=True), "korei", 3).text == "記入なし"
    assert cell(whole, Shown(published=True), "korei", 3).text == ""
    assert cell(whole, Shown(), "joho", 3).text == "記入なし"


def test_layers_are_those_of_the_screen() -> None:
    whole = made()
    views = examine(whole).views

    assert cell(whole, Shown(TEXTS), "korei", 2).text == "［取組中］見守り訪問\n［課題］孤立\n［検討中］配食"
    assert cell(whole, Shown(TEXTS), "korei", 1).text == "年齢別人口（高齢福祉課）"
    assert "論点" in cell(whole, Shown(POINTS, views), "korei", 2).text
    assert "確認" in cell(whole, Shown(POINTS, views), "kosodate", 3).text
    assert "確認" not in cell(whole, Shown(POINTS, views, discreet=True), "kosodate", 3).text
    assert cell(whole, Shown(OPINIONS), "korei", 3).text.endswith("住宅課：載せない意見")
    assert len(LAYERS) == 4


def test_onto_paper_go_the_opinions_ticked_for_it_and_the_others_are_counted() -> None:
    last = cell(made(), Shown(), "korei", -1)

    assert [line.text for line in last.lines] == ["R8.11.23 高齢福祉課：載せる意見", "ほか意見1件"]
    assert "載せない意見" in cell(made(), Shown(whole=True), "korei", -1).text


def test_the_spreadsheet_prints_one_a3_page_wide_and_keeps_its_heads() -> None:
    book = openpyxl.load_workbook(io.BytesIO(matrix_file(made(), ".xlsx")))
    sheet = book["一覧表（記入の状況）"]
    heads = [value.value for value in sheet[5]]

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    setup = sheet.sheet_properties.pageSetUpPr
    assert setup is not None
    assert setup.fitToPage
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B6", "$5:$5")
    assert heads == ["カテゴリー", "基礎データ", "高齢福祉課", "住宅課", "意見・考え方等"]
    gap, calm = sheet["D6"], sheet["C6"]
    assert (gap.value, gap.fill.fgColor.rgb) == ("記入なし\n期限超過", f"FF{LOOKS['gap'].ground[1:]}")
    assert calm.fill.fill_type is None


def test_the_spreadsheet_can_be_brought_back() -> None:
    book = openpyxl.load_workbook(io.BytesIO(matrix_file(made(), ".xlsx")))
    places, entries = book[PLACES], book["取組・課題・データ"]
    rows = list(places.iter_rows(values_only=True))

    assert places.sheet_state == "veryHidden"
    assert rows[0] == PLACES_HEAD
    assert (
        "一覧表（記入の状況）",
        "C6",
        "korei",
        "fukushi",
        "entries/fukushi/a entries/fukushi/b entries/fukushi/c",
    ) in rows
    assert entries.column_dimensions["A"].hidden
    assert [value.value for value in entries[5]][:6] == ["REF", "部署", "カテゴリー", "種別", "状況", "件名"]
    assert [value.value for value in entries[6]][:6] == [
        "entries/fukushi/a", "高齢福祉課", "高齢者", "取組", "取組中", "見守り訪問",
    ]  # fmt: skip


@pytest.mark.parametrize("layer", LAYERS)
def test_nothing_in_a_spreadsheet_tells_who_made_it_where(layer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "secret-user")
    monkeypatch.setenv("LOGNAME", "secret-user")
    shown = Shown(next(each for each in LAYERS if each == layer), examine(made()).views)

    with zipfile.ZipFile(io.BytesIO(matrix_file(made(), ".xlsx", shown))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    core = parts["docProps/core.xml"]
    assert re.search(r"<dc:creator>\s*[^<\s]", core) is None
    assert "lastModifiedBy" not in core
    for name, text in parts.items():
        assert "secret-user" not in text, name
        assert str(Path.cwd()) not in text, name
        assert "<f>" not in text, name
        assert not name.startswith(("xl/externalLinks", "xl/vba", "xl/connections")), name


def test_the_colours_are_those_of_the_screen() -> None:
    marks = marks_for(LIGHT)

    assert LOOKS["gap"].ground in marks.gap
    assert LOOKS["gap"].ink in marks.gap
    assert LOOKS["late"].ground in marks.late
    assert LOOKS["strong"].ink in marks.strong


def test_every_word_stands_out_from_its_ground() -> None:
    for tone, look in LOOKS.items():
        assert contrast(look.ink, look.ground or PAPER) >= 4.5, tone


def test_in_the_drawing_no_text_lies_over_another_and_none_leaves_its_cell() -> None:
    wide = department("long", "とても長い名前の部署がひとつあるとき", order=9)
    long = initiative("jutaku", "l", "joho", title="長い件名" * 30)
    root: Element = fromstring(matrix_file(made(wide, long), ".svg", Shown(TEXTS)))
    boxes: list[tuple[float, float, float, float]] = []
    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size", "0"))
        x, y = float(text.get("x", "0")), float(text.get("y", "0"))
        boxes.append((x, y - size + 2, x + width_of(text.text or "", size), y))

    assert boxes
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)
    assert max(right for _, _, right, _ in boxes) <= float(root.get("width", "0"))
    assert max(bottom for *_, bottom in boxes) <= float(root.get("height", "0"))


def test_the_page_is_whole_in_itself() -> None:
    page = matrix_file(made(), ".html").decode()

    assert page.startswith('<!DOCTYPE html>\n<html lang="ja">')
    assert "<script" not in page
    assert re.search(r"(?:src|href|url)\s*[=(]", page.replace('href="#', "")) is None
    assert page.count("<caption>") == page.count("<table")
    assert '<th scope="col">住宅課</th>' in page
    assert '<th scope="row"><span class="line">高齢者</span></th>' in page
    assert "@page { size: A3 landscape" in page


def test_old_programs_get_their_encoding_and_what_it_cannot_hold_is_named() -> None:
    plain = table_csv(matrix_table(made(department("wave", "相談〜支援課", order=9)), Shown()), CP932)

    assert "相談～支援課" in plain.decode(CP932)
    with pytest.raises(InvalidValue) as refused:
        table_csv(matrix_table(made(department("strange", "𠮷田課・😀課", order=9)), Shown()), CP932)
    assert "2種類" in refused.value.message
    assert "𠮷（U+20BB7）" in refused.value.message
    assert "😀（U+1F600）" in refused.value.message


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_store_makes_a_paper_too(form: str) -> None:
    empty = matrix(snapshot(), TODAY)

    assert matrix_file(empty, form)
    assert paper_file(findings_paper(empty.snapshot, TODAY, ()), form)


def test_other_forms_are_refused_by_name() -> None:
    with pytest.raises(WrongUse, match=r"「\.pdf」"):
        matrix_file(made(), ".pdf")


def test_findings_are_a_table_with_what_was_settled() -> None:
    whole = made()
    paper = findings_paper(whole.snapshot, TODAY, examine(whole).views)
    heads = [column.head for column in paper.tables[0].columns]
    said = [box.text for row in paper.tables[0].rows for box in row]

    assert heads == ["種別・名称", "対象", "理由", "整理結果", "段階", "整理の理由", "整理した日"]
    assert "未整理" in said
    assert any(text.startswith("確認事項　回答期限超過") for text in said)


def test_what_is_open_comes_before_what_was_settled() -> None:
    first = examine(made()).views[0]
    told = {"rule": first.rule, "subjects": list(first.subjects), "verdict": "継続検討"}
    whole = made(record("finding", first.key, **told))
    verdicts = [row[3].text for row in findings_paper(whole.snapshot, TODAY, examine(whole).views).tables[0].rows]

    assert verdicts[-1] == "継続検討"
    assert set(verdicts[:-1]) == {"未整理"}


def test_states_come_first() -> None:
    assert matrix_paper(made()).tables[0].caption == f"一覧表（{STATES}）"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG has it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channel: Callable[[int], float] = lambda place: int(colour[place : place + 2], 16) / 255  # noqa: E731
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in map(channel, (1, 3, 5))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
