"""The forms of an inquiry: what stands in them, what is locked, what is hidden, and what must never be in them."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Generator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from kyoju_tui.exchange.books.writing import INPUT
from kyoju_tui.exchange.bringing import Stopped
from kyoju_tui.exchange.forms.file_names import safe_names
from kyoju_tui.exchange.forms.file_set import AlreadyThere, require_free, require_place, write_set
from kyoju_tui.exchange.inquiries import inquiry_layout as layout
from kyoju_tui.exchange.inquiries.cover_letter import Letter, letter_docx, letter_of, letter_text
from kyoju_tui.exchange.inquiries.inquiry_export import make_forms
from kyoju_tui.exchange.inquiries.inquiry_form import Form, form_xlsx
from kyoju_tui.exchange.inquiries.inquiry_layout import FormId, RowMark
from kyoju_tui.files.output_set import replace_all
from kyoju_tui.overview.asking import REST, asking
from kyoju_tui.records.errors import InvalidValue, ReadOnly, UnknownRef, WrongUse
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.new_store.demo import make_demo
from kyoju_tui.workspace.workspace import Workspace
from tests.building import (
    TODAY,
    Built,
    category,
    department,
    initiative,
    inquiry,
    issue,
    snapshot,
    target,
    with_records,
)
from tests.conftest import STAFF, Git

REF = Ref("inquiries/20261101-aaaaa")
SENT = Ref("inquiries/20260709-azw8m")


def asked(**fields: object) -> Built:
    told: dict[str, object] = {
        "title": "取組と課題等について（照会）",
        "form": "照会",
        "document": "8地協第41号",
        "sender": "地域協働課",
        "via": "各部の主管課",
        "contact": "地域支援係 内線 2314",
        "purpose": "一覧表にまとめるため。",
        "targets": [target("fukushi"), target("jutaku"), target("shakyo")],
        **fields,
    }
    return inquiry(REF.id, **told)


def city(*more: Built, **fields: object) -> Snapshot:
    return with_records(
        snapshot(
            category("korei", "高齢者", order=1),
            category("kosodate", "子育て", order=2),
            category("sumai", "住まい", order=3),
            department("fukushi", "高齢福祉課", order=1),
            department("jutaku", "住宅課", order=2, categories=["sumai"]),
            department("shakyo", "社会福祉協議会", order=3, external=True),
            asked(**fields),
        ),
        *more,
    )


def form_of(now: Snapshot, where: str = "fukushi") -> Form:
    found = now.expect(REF, Inquiry)
    form_id = FormId(layout.VERSION, "a" * 40, REF, where, "b" * 40, TODAY, layout.results_year(TODAY, 4))
    letter = letter_of(now, found, where, TODAY)
    name = now.full_name("department", where)
    return Form(form_id, letter, name, "令和8年7月31日(金)", asking(now, found, where), before=True)


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def made(now: Snapshot, where: str = "fukushi") -> Any:
    return opened(form_xlsx(form_of(now, where), now))


def marks(book: Any) -> dict[int, RowMark]:
    sheet = book[layout.ANSWERS]
    told = {row: RowMark.parse(sheet.cell(row, layout.ID_COLUMN).value) for row in range(5, sheet.max_row + 1)}
    return {row: mark for row, mark in told.items() if mark is not None}


def field(book: Any, row: int, name: str) -> Any:
    found = next(column for column in layout.columns(2025) if column.name == name)
    return book[layout.ANSWERS].cell(row, found.number)


VISITS = initiative(
    "fukushi", "20261101-vvvvv", "korei sumai", title="見守り訪問", outline="訪ねる。", since=date(2020, 4, 1),
    results=[{"fiscal_year": 2024, "text": "400世帯"}, {"fiscal_year": 2025, "text": "412世帯"}],
    difficulties="担い手が足りない。", section="支援係",
)  # fmt: skip


def test_what_the_department_has_is_filled_in_once() -> None:
    now = city(VISITS, issue("fukushi", "20261101-iiiii", "kosodate", title="遊び場が少ない"))
    book = made(now)
    rows = {row: mark for row, mark in marks(book).items() if mark.sort == "entry"}
    assert [mark.entry for mark in rows.values()] == [
        "entries/fukushi/20261101-vvvvv",
        "entries/fukushi/20261101-iiiii",
    ]
    row = next(iter(rows))
    said = {column.name: field(book, row, column.name).value for column in layout.columns(2025)}
    assert said["title"] == "見守り訪問" and said["status"] == "取組中" and said["results"] == "412世帯"
    assert said["since"] == "R2.4.1" and said["categories"] == "住まい" and said["data_kind"] is None
    entry = now.entries[Ref("entries/fukushi/20261101-vvvvv")]
    texts = [layout.filled(column, entry, "korei", now) for column in layout.columns(2025)]
    assert rows[row].check == layout.check_of(texts)
    assert field(book, layout.HEAD_ROW, "results").value == "令和7年度の実績"


def test_a_row_with_nothing_but_what_stands_above_says_so() -> None:
    """「該当なし」 would be wrong there, and the form asks for it nowhere else."""
    book = made(city(VISITS))
    hints = {
        (mark.category, mark.kind): str(field(book, row, "title").value)
        for row, mark in marks(book).items()
        if mark.sort == "block"
    }
    assert (
        hints["sumai", "取組"]
        == "← 上に書いてある「見守り訪問」は、住まいにも入ります。新しいものだけを下に書いてください。"
    )
    assert all("「該当なし」を選んで" in hint for place, hint in hints.items() if place != ("sumai", "取組"))


def test_sections_stand_in_their_order_and_what_none_names_stands_last() -> None:
    sections = [{"label": "住まいと商い", "categories": ["sumai"]}, {"label": "暮らし", "categories": ["korei"]}]
    now = city(sections=sections, kinds=["課題", "取組"])
    found = asking(now, now.expect(REF, Inquiry), "fukushi")
    assert [section.label for section in found] == ["住まいと商い", "暮らし", REST]
    assert [(block.category, block.kind) for block in found[0].blocks] == [("sumai", "取組"), ("sumai", "課題")]
    book = made(now)
    blocks = [(mark.category, mark.kind) for mark in marks(book).values() if mark.sort == "block"]
    assert [each for each, _ in blocks] == ["sumai", "sumai", "korei", "korei", "kosodate", "kosodate"]
    news = [mark for mark in marks(book).values() if mark.sort == "new"]
    assert len(news) == layout.EMPTY_ROWS * len(blocks)


def test_a_department_hears_only_of_its_own_rows() -> None:
    assert {mark.category for mark in marks(made(city(), "jutaku")).values()} == {"sumai"}


def test_nothing_to_report_that_stands_is_chosen_already() -> None:
    answers = [
        {"id": "n1", "department": "fukushi", "category": "korei", "kind": "課題"},
        {"id": "n2", "department": "fukushi", "category": "sumai"},
    ]
    book = made(city(nothing_to_report=answers))
    said = {
        (mark.category, mark.kind): book[layout.ANSWERS].cell(row, layout.SAID_COLUMN).value
        for row, mark in marks(book).items()
        if mark.sort == "block"
    }
    assert {cell for cell, word in said.items() if word == layout.NOTHING} == {
        ("korei", "課題"), ("sumai", "取組"), ("sumai", "課題"), ("sumai", "データ"),
    }  # fmt: skip


def test_every_id_stands_twice_and_out_of_sight() -> None:
    book = made(city(VISITS))
    answers, copy = book[layout.ANSWERS], book[layout.COPY]
    form = FormId.parse(answers.cell(layout.FORM_ROW, layout.ID_COLUMN).value)
    assert form == form_of(city(VISITS)).id
    assert form == FormId.parse(copy.cell(layout.FORM_ROW, layout.COPY_MARK_COLUMN).value)
    kept = {
        copy.cell(row, layout.COPY_ROW_COLUMN).value: RowMark.parse(copy.cell(row, layout.COPY_MARK_COLUMN).value)
        for row in range(layout.COPY_FIRST_ROW, copy.max_row + 1)
    }
    assert kept == marks(book) and len({mark.row for mark in marks(book).values()}) == len(kept)
    assert answers.column_dimensions["A"].hidden
    assert [(sheet.title, sheet.sheet_state) for sheet in book.worksheets] == [
        ("依頼文", "visible"), ("回答", "visible"), ("記入例", "visible"), ("選択肢", "hidden"), ("控え", "veryHidden"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", "kyoju-inquiry|1|x|y", 12, None, "kyoju-inquiry|1|" + "a" * 40 + "|inquiries/../x|d|" + "b" * 40 + "|2026|1"],
)
def test_what_is_no_id_is_none(text: object) -> None:
    assert FormId.parse(text) is None
    assert RowMark.parse(text) is None


def test_only_what_is_to_be_filled_in_is_unlocked_and_coloured() -> None:
    book = made(city(VISITS))
    for sheet in book.worksheets:
        assert sheet.protection.sheet and not sheet.protection.password
    sheet, found = book[layout.ANSWERS], 0
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell, MergedCell) and not cell.protection.locked:
                found += 1
                assert cell.fill.fgColor.rgb == INPUT and cell.border.left.style == "thin", cell.coordinate
    asked_rows = [mark for mark in marks(book).values() if mark.sort != "block"]
    fields = sum(sum(mark.kind in column.kinds for column in layout.columns(2025)) for mark in asked_rows)
    saids = sum(mark.sort != "new" for mark in marks(book).values())
    # Beside these the confirmation and the answer for the whole.
    assert found == fields + saids + 2
    assert all(cell.protection.locked for row in book[layout.EXAMPLE].iter_rows() for cell in row)


def test_drop_downs_come_from_the_hidden_sheet() -> None:
    book = made(city(VISITS))
    lists = {
        column[0].value: tuple(cell.value for cell in column[1:] if cell.value)
        for column in book[layout.CHOICES].iter_cols()
    }
    assert lists == layout.choice_lists()
    assert lists["status"] == ("必要", "検討中", "取組中", "終了") and lists["confirmed"][1] == "課長確認済"
    rules = book[layout.ANSWERS].data_validations.dataValidation
    assert len(rules) == len(lists)
    assert all(re.fullmatch(r"選択肢!\$[A-F]\$2:\$[A-F]\$\d", rule.formula1) for rule in rules)
    row = next(row for row, mark in marks(book).items() if mark.sort == "entry")
    places = {tuple(lists)[ord(rule.formula1[5]) - ord("A")]: rule.sqref for rule in rules}
    assert f"D{row}" in places["changes"] and f"D{row}" not in places["nothing"]
    assert field(book, row, "status").coordinate in places["status"]


def test_the_answer_sheet_is_printed_on_a3_one_page_wide_with_its_heads() -> None:
    sheet = made(city(VISITS))[layout.ANSWERS]
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == ("landscape", 8, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.print_title_rows == "$4:$4"
    assert sheet.oddFooter.right.text == "&P / &N" and "高齢福祉課" in sheet.oddFooter.left.text
    assert sheet.print_area.startswith("'回答'!$B$1:$R$") and sheet.freeze_panes == "F5"


def test_a_row_is_high_enough_for_its_text() -> None:
    long = "訪ねた先で聞いた困りごとを書きとめ、担当につなぐ。" * 10
    book = made(city(initiative("fukushi", "20261101-lllll", "korei", title="長い", outline=long)))
    row = next(row for row, mark in marks(book).items() if mark.sort == "entry")
    width = next(column.width for column in layout.columns(2025) if column.name == "outline")
    assert book[layout.ANSWERS].row_dimensions[row].height >= 15 * (2 * len(long) / width)


def test_nothing_acts_and_nothing_tells_who_made_it_where() -> None:
    evil = initiative(
        "fukushi",
        "20261101-eeeee",
        "korei",
        title="=1+1",
        outline='=HYPERLINK("http://example.jp",1)\n+1',
        section="@x",
    )
    now = city(evil, title="=cmd|' /C calc'!A0", contact="-1+1")
    file = form_xlsx(form_of(now), now)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name).decode() for name in names}
    assert not [name for name in names if re.search("vba|macro|external|activeX|embed|media|connection|query", name)]
    for name, text in parts.items():
        assert "<f>" not in text and "<f " not in text, name
        assert not re.search(r"/(?:work|tmp|home|root|Users)/|[A-Z]:\\", text), name
        assert 'TargetMode="External"' not in text, name
    core = parts["docProps/core.xml"]
    assert not re.search("creator|lastModifiedBy", core) and "root" not in core
    book = opened(file)
    row = next(row for row, mark in marks(book).items() if mark.sort == "entry")
    cell = field(book, row, "title")
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_two_hundred_rows_are_still_one_form() -> None:
    many = [initiative("fukushi", f"20261101-{number:05}", "korei", title=f"取組{number}") for number in range(200)]
    book = made(city(*many))
    entries = [row for row, mark in marks(book).items() if mark.sort == "entry"]
    assert len(entries) == 200
    rules = {rule.formula1[5]: str(rule.sqref) for rule in book[layout.ANSWERS].data_validations.dataValidation}
    assert f"D{entries[0]}:D{entries[-1]}" in rules["A"]


def test_outside_bodies_are_asked_and_departments_are_told() -> None:
    now = city(form="事務連絡")
    found = now.expect(REF, Inquiry)
    inside, outside = (letter_of(now, found, where, TODAY) for where in ("fukushi", "shakyo"))
    assert (inside.form, outside.form) == ("事務連絡", "依頼")
    assert inside.title == "取組と課題等について（事務連絡）" and outside.title == "取組と課題等について（依頼）"
    assert inside.via == "（各部の主管課経由）" and not outside.via
    assert "お願いします" in outside.opening and outside.addressee == "社会福祉協議会　御中"
    text = letter_text(inside)
    assert "令和8年7月31日(金)" in text and "8地協第41号" in text and "内線 2314" in text
    assert text.index("記") < text.index("趣旨") < text.index("回答期限") < text.index("回答の方法")
    sheet = made(now)[layout.LETTER]
    told = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert inside.title in told and "令和8年7月31日(金)" in told and "高齢福祉課　御中" in told


def test_the_later_day_of_an_extension_stands_in_the_letter() -> None:
    now = city(targets=[target("fukushi", extended_due=date(2026, 8, 14))])
    assert "令和8年8月14日(金)" in letter_text(letter_of(now, now.expect(REF, Inquiry), "fukushi", TODAY))


def test_the_letter_as_a_document_tells_nobody_s_name() -> None:
    from docx import Document

    now = city()
    letter: Letter = letter_of(now, now.expect(REF, Inquiry), "fukushi", TODAY)
    file = letter_docx(letter)
    document = Document(io.BytesIO(file))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert letter.title in told and "1　趣旨" in told and "以上" in told
    properties = document.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert not re.search(rb"/(?:work|tmp|home|root|Users)/|python-docx", content), name


def test_names_are_safe_and_no_two_alike() -> None:
    assert safe_names(["照会_a/b:c", "照会_A_B_C", "..", "課" * 200]) == (
        "照会_a_b_c", "照会_A_B_C_2", "名称未設定", "課" * 60,
    )  # fmt: skip


def test_a_set_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"before")
    (tmp_path / "b.txt").mkdir()
    (tmp_path / "b.txt" / "full").write_bytes(b"")
    with pytest.raises(ReadOnly, match="前からある内容はそのまま"):
        replace_all(tmp_path, {"a.txt": b"after", "c.txt": b"new", "nowhere/d.txt": b"never"})
    assert (tmp_path / "a.txt").read_bytes() == b"before"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", "b.txt"]
    replace_all(tmp_path, {"a.txt": b"after", "c.txt": b"new"})
    assert (tmp_path / "a.txt").read_bytes() == b"after"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", "b.txt", "c.txt"]
    with pytest.raises(ReadOnly):
        replace_all(tmp_path / "new", {"x/y": b""})
    assert not (tmp_path / "new").exists()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("sample") / "store", TODAY)


@pytest.fixture
def workspace(sample: Path, tmp_path: Path) -> Generator[Workspace]:
    workspace = Workspace.open(shutil.copytree(sample, tmp_path / "store"), author=STAFF)
    yield workspace
    workspace.close()


def test_the_sample_s_forms_are_filled_in_from_the_newest_commit(
    workspace: Workspace, sample: Path, git: Git, tmp_path: Path
) -> None:
    told: list[str] = []
    made_now = make_forms(
        workspace, SENT, TODAY, ["korei", "shakyo"], "txt", told=lambda what, _done, _of: told.append(what)
    )
    assert [file.name for file in made_now.files] == [
        "照会_令和8年_高齢福祉課.xlsx",
        "照会_令和8年_高齢福祉課_依頼文.txt",
        "依頼_令和8年_市社会福祉協議会.xlsx",
        "依頼_令和8年_市社会福祉協議会_依頼文.txt",
    ]
    assert "高齢福祉課" in told
    sheet = opened(made_now.files[0].data)[layout.ANSWERS]
    form = FormId.parse(sheet.cell(layout.FORM_ROW, layout.ID_COLUMN).value)
    assert form is not None and form.base == git(sample, "rev-parse", "HEAD").strip()
    assert form.store == git(sample, "rev-list", "--max-parents=0", "HEAD").split()[-1]
    assert made_now.files[1].data.startswith(b"\xef\xbb\xbf8")
    place = tmp_path / "一式.ZIP"
    write_set(made_now, place)
    with zipfile.ZipFile(place) as archive:
        assert archive.namelist() == [file.name for file in made_now.files]
    with pytest.raises(AlreadyThere):
        require_free(made_now, place)
    require_free(made_now, tmp_path)
    write_set(made_now, tmp_path / "様式")
    assert len(list((tmp_path / "様式").iterdir())) == 4
    with pytest.raises(AlreadyThere, match="高齢福祉課"):
        require_free(made_now, tmp_path / "様式")


def test_called_off_means_nothing_made(workspace: Workspace) -> None:
    turns = iter([False, True, True])
    with pytest.raises(Stopped):
        make_forms(workspace, SENT, TODAY, cancelled=lambda: next(turns))


def test_who_is_not_asked_gets_no_form(workspace: Workspace) -> None:
    with pytest.raises(UnknownRef, match="照会先にありません"):
        make_forms(workspace, SENT, TODAY, ["nobody"])
    with pytest.raises(UnknownRef, match="まだ記録されていない"):
        make_forms(workspace, REF, TODAY)


def test_withdrawn_and_unasked_departments_are_named(workspace: Workspace) -> None:
    inquiry_now = workspace.snapshot.expect(SENT, Inquiry)
    first, *others = inquiry_now.targets
    changed = inquiry_now.but(
        targets=[{"department": first.department, "withdrawn": True}, {"department": others[0].department}]
    )
    workspace.save(SENT, changed).result()
    made_now = make_forms(workspace, SENT, TODAY, letter="none")
    assert made_now.left_out == ((first.department, "取下げ"),) and made_now.forms == 1
    with pytest.raises(InvalidValue, match="様式を作る部署がありません"):
        make_forms(workspace, SENT, TODAY, [first.department])


def test_places_that_cannot_be_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "dir.zip").mkdir()
    (tmp_path / "file").write_bytes(b"")
    for place in (workspace.root / "x", tmp_path / "no" / "x", tmp_path / "dir.zip", tmp_path / "file"):
        with pytest.raises(WrongUse):
            require_place(workspace, place)
    require_place(workspace, tmp_path / "new")
