"""Files from outside: what is read from them, and what is refused in words."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kyoju_tui.exchange.books import reader
from kyoju_tui.exchange.books.reading import read_book, read_books
from kyoju_tui.exchange.books.values import Area, Book, UnreadableFile, address
from kyoju_tui.exchange.books.writing import Looks, new_book, paper, put, widths, written
from kyoju_tui.exchange.bringing import Stopped

Parts = dict[str, bytes]


def saved(folder: Path, fill: Callable[[Any], object], name: str = "回答.xlsx") -> Path:
    book = openpyxl.Workbook()
    fill(book.active)
    path = folder / name
    book.save(path)
    return path


def changed(path: Path, change: Callable[[Parts], object]) -> Path:
    """The same spreadsheet with other parts inside."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def plain(sheet: Any) -> None:
    sheet["A1"] = "取組"
    sheet["B2"] = 3


def in_sheet(old: bytes, new: bytes) -> Callable[[Parts], object]:
    def change(parts: Parts) -> None:
        part = "xl/worksheets/sheet1.xml"
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new)

    return change


def test_values_come_as_they_are(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["見守り訪問", 412, 2.5, True, date(2026, 11, 23), datetime(2026, 11, 23, 9, 30), None, "=1+1"])
        sheet.merge_cells("A3:C4")
        sheet["A3"] = "合わせた欄"
        sheet.parent.create_sheet("控え").sheet_state = "veryHidden"

    book = read_book(saved(tmp_path, fill))
    sheet = book.sheets[0]
    assert sheet.rows[0][:6] == ("見守り訪問", 412, 2.5, True, date(2026, 11, 23), datetime(2026, 11, 23, 9, 30))
    assert sheet.merged == (Area(2, 0, 3, 2),)
    assert sheet.uncomputed == {(0, 7)}
    assert [each.visible for each in book.sheets] == [True, False]
    assert len(book.sha256) == 64


def test_what_we_write_is_read_again_and_text_stays_text(tmp_path: Path) -> None:
    words = ["=HYPERLINK(1)", "+81", "-", "@x", "改\r\n行", "制\x1b御", "長" * 40_000]
    book = new_book()
    sheet = book.create_sheet("様式")
    for row, word in enumerate(words, 1):
        put(sheet, row, 1, word, style=Looks(open_to_input=True))
    put(sheet, 1, 2, date(2026, 11, 23))
    paper(sheet, size=8, heads="1:1", foot="澪帆市")
    widths(sheet, [30, 12])
    data = written(book)
    path = tmp_path / "様式.xlsx"
    path.write_bytes(data)
    read = read_book(path).sheets[0]
    assert [row[0] for row in read.rows] == [*words[:4], "改\n行", "制御", "長" * 32_767]
    assert read.rows[0][1] == date(2026, 11, 23)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist())
    assert b"<f>" not in inside
    assert b"openpyxl" not in inside
    assert str(Path.home()).encode() not in inside


def bomb(parts: Parts) -> None:
    parts["xl/worksheets/sheet1.xml"] += b" " * (150 * 1024 * 1024)


def entities(parts: Parts) -> None:
    head = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    parts["xl/sharedStrings.xml"] = head + b"<sst>&b;</sst>"


def hidden_declaration(parts: Parts) -> None:
    parts["xl/styles.xml"] = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><x/>'.encode("utf-16")


def many(parts: Parts) -> None:
    parts.update({f"xl/media/{number}.png": b"" for number in range(300)})


def noise(length: int) -> bytes:
    """Letters that do not pack well: what is small in the file is not refused for how it grows."""
    return base64.b32encode(hashlib.shake_128(b"noise").digest(length)).lower()


def endless_tags(parts: Parts) -> None:
    part, letters = "xl/worksheets/sheet1.xml", noise(700_000)
    tags = b"".join(b"<c %s" % letters[at : at + 6] for at in range(0, len(letters) - 6, 6))
    parts[part] = parts[part].replace(b"</sheetData>", tags + b"</sheetData>")


def endless_places(parts: Parts) -> None:
    part, letters = "xl/worksheets/sheet1.xml", noise(700_000)
    places = b"".join(b'r="A1"%s ' % letters[at : at + 6] for at in range(0, len(letters) - 6, 6))
    parts[part] = parts[part].replace(b"</sheetData>", b"<c " + places + b"</sheetData>")


def overlapping(parts: Parts) -> None:
    part = "xl/worksheets/sheet1.xml"
    areas = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % (1 + number % 2) for number in range(20_000))
    parts[part] = parts[part].replace(b"</sheetData>", b"</sheetData><mergeCells>" + areas + b"</mergeCells>")


def many_sheets(parts: Parts) -> None:
    part = "xl/workbook.xml"
    sheets = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (number, number) for number in range(2, 5_000))
    space = b'<sheets xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    parts[part] = parts[part].replace(b"<sheets>", space).replace(b"</sheets>", sheets + b"</sheets>")


HOSTILE: dict[str, tuple[Callable[[Parts], object], str]] = {
    "bomb": (bomb, "大きくなりすぎます"),
    "entities": (entities, "文書型宣言"),
    "declaration in UTF-16": (hidden_declaration, "文書型宣言"),
    "macro": (lambda parts: parts.update({"xl/vbaProject.bin": b"x"}), "マクロ"),
    "embedded": (lambda parts: parts.update({"xl/embeddings/oleObject1.bin": b"x"}), "埋め込み"),
    "linked": (lambda parts: parts.update({"xl/externalLinks/externalLink1.xml": b"<x/>"}), "リンク"),
    "outside": (lambda parts: parts.update({"../x.xml": b"<x/>"}), "名前"),
    "outside, as Windows writes it": (lambda parts: parts.update({"xl\\..\\..\\x.xml": b"<x/>"}), "名前"),
    "tags without end": (endless_tags, "壊れている"),
    "a tag of a million places": (endless_places, "壊れている"),
    "merged over and over": (overlapping, "重なり合って"),
    "many sheets": (many_sheets, "大きすぎて"),
    "many parts": (many, "多すぎます"),
    "no spreadsheet": (lambda parts: parts.pop("[Content_Types].xml"), "表計算のファイルではありません"),
    "far cell": (in_sheet(b'<c r="B2"', b'<c r="XFD1048576"'), "遠く離れた"),
    "no XML": (lambda parts: parts.update({"xl/workbook.xml": b"<workbook"}), "壊れている"),
}


@pytest.mark.parametrize("which", HOSTILE)
def test_a_hostile_file_is_refused_in_words(tmp_path: Path, which: str) -> None:
    change, words = HOSTILE[which]
    path = changed(saved(tmp_path, plain), change)
    began = time.monotonic()
    with pytest.raises(UnreadableFile) as refused:
        read_book(path)
    assert words in refused.value.message
    assert "何も取り込んでいません" in refused.value.message
    assert refused.value.cure
    assert time.monotonic() - began < 5


def test_formats_far_away_and_a_giant_of_merged_cells_are_survived(tmp_path: Path) -> None:
    path = changed(
        saved(tmp_path, plain),
        in_sheet(b"</sheetData>", b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'),
    )
    path = changed(
        path,
        in_sheet(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    )
    sheet = read_book(path).sheets[0]
    assert sheet.rows == (("取組", None), (None, 3))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "中身がありません"),
        (b"PK\x03\x04" + b"x" * 100, "壊れているか"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "壊れているか"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "暗号化"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), "マクロ"),
        (b"a,b\n1,\x00\n", "2行目に、表にあってはならない文字"),
        ("町名,人口\n浜町,12\n".encode() + b"\xff\xfe\n", "3行目に、UTF-8でもCP932でも"),
        ("町名,人口\n".encode("cp932") + "浜町,12\n".encode(), "2行目が別の文字コード"),
        (b'a,b\n"1,2\n', "CSVとして読めない"),
        (b'a,b\n"' + b"x" * 200_000 + b'",2\n', "A2 の欄が長すぎます"),
        (b"a" * (21 * 1024 * 1024), "大きすぎます"),
        (b"\n\n\n", "中身がありません"),
        (b"," * 2_000_000, "行と列が多すぎます"),
        (b"1\n" + b"1" + b"," * 600_000, "行と列が多すぎます"),
        (b'a,b\n1,2\n"3,4\n', "3行目のあたり"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "\x1b[31m表.csv"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as refused:
        read_book(path)
    assert words in refused.value.message
    assert "\x1b" not in refused.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_text_table_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes("町名,人口\r\n浜町,0012\r\n星波ヶ丘,～\r\n".encode(encoding))
    sheet = read_book(path).sheets[0]
    assert sheet.rows == (("町名", "人口"), ("浜町", "0012"), ("星波ヶ丘", "～"))


def test_ragged_rows_and_other_delimiters_are_told(tmp_path: Path) -> None:
    path = tmp_path / "表.tsv"
    path.write_text("町名\t人口\n浜町\t12\t多い\n\n", encoding="utf-8")
    book = read_book(path)
    assert book.sheets[0].rows == (("町名", "人口", None), ("浜町", "12", "多い"))
    assert any("タブ" in remark for remark in book.remarks)
    assert any("列の数" in remark for remark in book.remarks)


def test_one_bad_file_among_many_stops_no_other(tmp_path: Path) -> None:
    good = saved(tmp_path, plain)
    bad = changed(saved(tmp_path, plain, "悪い.xlsx"), HOSTILE["no XML"][0])
    missing, pipe = tmp_path / "ない.xlsx", tmp_path / "管.xlsx"
    os.mkfifo(pipe)
    found = list(read_books([good, bad, missing, pipe, tmp_path, good]))
    assert [isinstance(each, Book) for each in found] == [True, False, False, False, False, True]


def test_a_file_over_its_time_ends_the_process_and_not_the_next_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, plain)
    monkeypatch.setattr(reader, "SECONDS", 0.0)
    with pytest.raises(UnreadableFile, match="時間がかかりすぎる"):
        read_book(path)
    monkeypatch.undo()
    assert read_book(path).sheets


def test_a_file_over_its_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(sheet: Any) -> None:
        for number in range(300):
            sheet.append([f"{number}-{column}" * 20 for column in range(100)])

    path = saved(tmp_path, fill)
    monkeypatch.setattr(reader, "MEMORY", 12 * 1024 * 1024)
    with pytest.raises(UnreadableFile):
        read_book(path)


def children() -> set[str]:
    """The processes that this one has started and that are still there."""
    return {pid for told in Path("/proc/self/task").glob("*/children") for pid in told.read_text().split()}


def test_who_calls_it_off_waits_for_no_file(tmp_path: Path) -> None:
    """In the middle of a file: the process is gone at once, whatever the library is at."""
    row = b"".join(b'<c r="%c%%d"><v>7%%d</v></c>' % letter for letter in b"ABCDEFGHIJ")
    rows = b"".join(b'<row r="%d">' % at + row % ((at, at) * 10) + b"</row>" for at in range(10, 40_000))
    path = changed(saved(tmp_path, plain), in_sheet(b"</sheetData>", rows + b"</sheetData>"))
    before = children()
    asked: list[float] = []

    def cancelled() -> bool:
        asked.append(time.monotonic())
        return bool(children() - before) and len(asked) > 20

    with pytest.raises(Stopped):
        read_book(path, cancelled)
    assert time.monotonic() - asked[-1] < 0.5
    assert children() == before


def test_what_is_no_usual_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="何も取り込んでいません"):
        read_book(Path("/proc/self/mem"))
    with pytest.raises(UnreadableFile, match="見つかりません"):
        read_book(tmp_path / "ない.csv")


def test_addresses_are_a_spreadsheets_own() -> None:
    assert [address(0, 0), address(9, 25), address(0, 26), address(1048575, 16383)] == [
        "A1",
        "Z10",
        "AA1",
        "XFD1048576",
    ]
