"""What cannot be read as it stands is refused in words, or ends in the question how it is to be read."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kyoju_tui.exchange.books.reading import read_book
from kyoju_tui.exchange.books.values import UnreadableFile
from kyoju_tui.exchange.statistics.known import Unknown, recognise
from kyoju_tui.records.figures import Figure, write_figures
from kyoju_tui.records.text import FORBIDDEN
from tests.exchange.statistics.tables import CENSUS_HEADS, CENSUS_NAMES, book_of, census, read_known

FIELDS = ("area_code", "area", "indicator", "value", "status", "raw")
WIDE = 'コード,地域,人口,世帯数\r\n010010,本町一丁目,"1,420",690\r\n010020,西  区,-,X\r\n010030,港,…,12.5\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_an_area_a_line_in_the_encodings_of_offices(encoding: str, tmp_path: Path) -> None:
    book = book_of(tmp_path, WIDE.encode(encoding))
    assert [tuple(getattr(each, name) for name in FIELDS) for each in read_known(book).figures()] == [
        ("010010", "本町一丁目", "人口", 1420, "値", "1,420"),
        ("010010", "本町一丁目", "世帯数", 690, "値", "690"),
        ("010020", "西区", "人口", 0, "値", "-"),
        ("010020", "西区", "世帯数", None, "秘匿", "X"),
        ("010030", "港", "人口", None, "欠損", "…"),
        ("010030", "港", "世帯数", 12.5, "値", "12.5"),
    ]  # fmt: skip
    assert any("CP932" in remark for remark in book.remarks) == (encoding == "cp932")


@pytest.mark.parametrize(
    "text, said",
    [
        ("地域,人口\n本町,12人\n港,3\n", "2行目（B2）：「人口」の「12人」は数として読めません"),
        ("地域,人口\n本町,1\n本町,2\n", "3行目：「本町」は2行目にもあります"),
        ("コード,地域,人口\n4.00E+12,本町,1\n", "桁が失われた"),
        ("市区町村コード,地域,人口\n141004,横浜市,1\n", "検査数字"),
        ("地域,人口\n,1\n", "地域の名前がありません"),
        ("地域,人口\n", "行が見つかりません"),
        ("地域,人口\n本町,=1+1\n港,3\n", "「=1+1」は数として読めません"),
        ("年月日,地域,人口\n2026/9/1,本町,1\n2026/10/1,港,1\n", "時点が2つあります"),
        ("area_code,area,indicator,value,value_status,raw\n1,本町,人口,1e5,値,1e5\n", "2行目：「1e5」"),
        ("area_code,area,indicator,value,value_status,raw\n1,本町,人口,1,値,1,9\n", "2行目：列が多すぎます"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_named_by_line(text: str, said: str, tmp_path: Path) -> None:
    assert said in "".join(read_known(book_of(tmp_path, text)).faults)


@pytest.mark.parametrize(
    "text",
    [
        "人口,世帯\n1,2\n",
        "地域,人口,人口\n本町,1,2\n",
        "地域,,人口\n本町,1,2\n",
        "人口の表,\n地域,人口\n本町,1\n",
        "地域,人口\n,総数\n本町,1\n",
        "地域,人口,地区\n本町,1,北\n",
        "階層,地域,人口\n1,市,1\n",
        "地域 人口 世帯\n本町 1 2\n",
        "備考\n" + census("14907,1,見本市,,0,,,5,1"),
        f"{CENSUS_HEADS}\n14907,1,見本市,,0,,,5,1\n",
        f"{CENSUS_HEADS},T001083001\n{CENSUS_NAMES},別の表\n14907,1,見本市,,0,,,5,1,2\n",
        "地域,人口\n本町,多い\n",
    ],
)  # fmt: skip
def test_what_is_nearly_a_known_layout_is_none(text: str, tmp_path: Path) -> None:
    book = book_of(tmp_path, text)
    found = recognise(book)
    if not isinstance(found, Unknown):
        assert read_known(book).faults


@pytest.mark.parametrize(
    "data",
    [
        WIDE.encode() + b"\xff\xfe\x80", WIDE.encode("cp932") + "港区,1,2,3\n".encode(), b"a,\0b\n1,2\n",
        "地域,人口\n本\x1b[31m町,1\n".encode(), f'地域,人口\n"{"x" * 200_000}",1\n'.encode(),
        '地域,人口\n"本町,1\n'.encode(),
        b"", b"x" * (50 * 1024 * 1024),
    ],
    ids=["stray", "mixed", "nul", "control", "field", "quote", "empty", "50MB"],
)  # fmt: skip
def test_what_is_no_text_table_is_refused_within_seconds(data: bytes, tmp_path: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(UnreadableFile, match="何も取り込んでいません"):
        book_of(tmp_path, data)
    assert time.monotonic() - begun < 5


def test_ragged_rows_are_named_for_their_figures_may_stand_elsewhere(tmp_path: Path) -> None:
    book = book_of(tmp_path, "地域,人口,世帯数\n本町,1,2\n港,3\n浜,5,6\n谷,7,8,9\n")
    assert isinstance(recognise(book), Unknown)
    assert "3、5行目" in "".join(book.remarks)
    short = read_known(book_of(tmp_path, "地域,人口,世帯数\n本町,1,2\n港,3\n浜,5,6\n"))
    assert [fault[:14] for fault in short.faults] == ["3行目：列の数がほかの行と違"]
    assert isinstance(recognise(book_of(tmp_path, "地域,人口\n本町,1,9\n")), Unknown)


def test_a_workbook_is_read_as_a_text_table_is(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for row in (["市区町村コード", "地域名", "人口［人］"], [1100, "札幌市", 12], [1202, "函館市", "X"]):
        sheet.append(row)
    file = tmp_path / "表.xlsx"
    made.save(file)
    table = read_known(read_book(file))
    assert [(row.code, row.name, row.cells[0].value) for row in table.rows] == [
        ("01100", "札幌市", 12),
        ("01202", "函館市", None),
    ]
    assert (table.columns[0].indicator, table.columns[0].unit) == ("人口", "人")


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"), exclude_characters=";"),
    min_size=1,
    max_size=12,
).filter(lambda text: not FORBIDDEN.search(text))
VALUES = st.tuples(
    st.integers(-(10**9), 10**9) | st.decimals(-1000, 1000, places=7).map(float), st.sampled_from(["値", "推計"])
) | st.tuples(st.none(), st.sampled_from(["秘匿", "欠損"]))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(NAMES, NAMES, VALUES, NAMES), min_size=1, max_size=12, unique_by=lambda each: each[:2]))
def test_what_the_store_keeps_comes_back_as_it_is(
    tmp_path: Path, items: list[tuple[str, str, tuple[float | None, str], str]]
) -> None:
    rows = tuple(Figure("0100", area, name, value, status, raw) for area, name, (value, status), raw in items)  # type: ignore[arg-type]
    data = write_figures(rows)
    assert write_figures(read_known(book_of(tmp_path, data)).figures()) == data


@pytest.mark.heavy
@pytest.mark.parametrize(
    "rows, said",
    [(4_900, "4900"), (6_000, "を超えています"), (55_000, "多すぎます")],
    ids=["most", "too many", "20MB"],
)
def test_a_large_table_takes_seconds_and_little_memory(rows: int, said: str, tmp_path: Path) -> None:
    """As many figures as are taken, and as large as a text table may be."""
    head = ",".join(["コード", "地域", *(f"指標{number}" for number in range(40))])
    file = tmp_path / "大きい.csv"
    line = ",".join(["{0:08}", "町{0}", *[f"{{{at}}}" for at in range(1, 41)]])
    lines = (line.format(row, *(row * 7919 % 5000 + at for at in range(40))) for row in range(rows))
    file.write_text("\n".join([head, *lines]), encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from datetime import date\n"
        "from kyoju_tui.exchange.books.reading import read_book\n"
        "from kyoju_tui.exchange.statistics.importing import table_of\n"
        "from kyoju_tui.exchange.statistics.known import recognise\n"
        "from kyoju_tui.exchange.statistics.rows import Asked\n"
        "from kyoju_tui.exchange.books.values import UnreadableFile\n"
        "try:\n"
        "    book = read_book(Path(sys.argv[1]))\n"
        "    table = table_of(book, recognise(book), Asked(date(2026, 11, 23)))\n"
        "    print(table.faults[0] if table.faults else len(table.rows))\n"
        "except UnreadableFile as refused:\n"
        "    print(refused.message)\n"
        # What getrusage tells begins with what the process had that started this one.
        "peak = Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]\n"
        "print(peak)\n"
    )
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", program, str(file)], check=True, capture_output=True, encoding="utf-8")
    told, kilobytes = done.stdout.splitlines()
    assert said in told
    assert time.monotonic() - begun < 20
    assert int(kilobytes) < 300_000
