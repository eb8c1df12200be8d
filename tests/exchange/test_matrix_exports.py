"""The matrix and the findings as files for other programs."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import StringIO

from kyoju_tui.exchange.findings_json import findings_json
from kyoju_tui.exchange.matrix_file import matrix_file
from kyoju_tui.exchange.matrix_json import matrix_json
from kyoju_tui.exchange.matrix_paper import Shown, matrix_table
from kyoju_tui.exchange.papers.as_csv import table_csv
from kyoju_tui.exchange.papers.as_markdown import table_markdown
from kyoju_tui.overview.findings import findings
from kyoju_tui.overview.matrix import Matrix, matrix
from kyoju_tui.records.finding import finding_key
from kyoju_tui.records.snapshot import Snapshot
from tests.building import (
    COLUMNS,
    TODAY,
    Built,
    category,
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


def store(*records: Built) -> Snapshot:
    return snapshot(
        category("korei", "高齢者"),
        *COLUMNS,
        initiative("fukushi", "a", "korei", difficulties="人手"),
        issue("fukushi", "b", "korei"),
        initiative("common", "n", "korei", "必要", title="移動の足"),
        data("fukushi", "d", "korei", title="=HYPERLINK(1)"),
        inquiry("q", targets=[target("jutaku")]),
        meeting("m", date(2026, 8, 26), {"category": "korei", "department": "fukushi", "text": "一行目|\n<b>二行目"}),
        *records,
    )


def made(*records: Built) -> Matrix:
    return matrix(store(*records), TODAY)


def matrix_csv(whole: Matrix) -> bytes:
    return matrix_file(whole, ".csv")


def matrix_markdown(whole: Matrix) -> str:
    return table_markdown(matrix_table(whole, Shown(whole=True)))


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_opens_in_a_spreadsheet_program() -> None:
    content = matrix_csv(made())

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert lines(content) == [
        ["カテゴリー", "基礎データ", "高齢福祉課", "住宅課", "意見・考え方等"],
        [
            "高齢者",
            "'=HYPERLINK(1)（高齢福祉課）",
            "取組中1・課題1",
            "記入なし（期限超過）",
            "必要な取組：移動の足（所管未定）\nR8.8.26 高齢福祉課：一行目|\n<b>二行目",
        ],
    ]
    assert not table_csv(matrix_table(made(), Shown()), "utf-8").startswith(b"\xef\xbb\xbf")


def test_no_csv_cell_is_a_formula() -> None:
    names = ["=1+1", "+81", "-1", "@SUM(A1)", "＝1", " =1", "普通の課"]
    columns = [department(f"d{number}", name, order=9) for number, name in enumerate(names)]

    heads = lines(matrix_csv(made(*columns)))[0][4:-1]
    assert heads == ["'=1+1", "'+81", "'-1", "'@SUM(A1)", "'＝1", "' =1", "普通の課"]


def test_markdown_keeps_records_inside_their_cells() -> None:
    text = matrix_markdown(made(department("bar", "棒|課\\", order=9)))
    head, rule, row = text.splitlines()

    assert head == "| カテゴリー | 基礎データ | 高齢福祉課 | 住宅課 | 棒\\|課\\\\ | 意見・考え方等 |"
    assert rule == "| --- | --- | --- | --- | --- | --- |"
    assert row.endswith("R8.8.26 高齢福祉課：一行目\\|<br>&lt;b&gt;二行目 |")


def test_opinions_of_no_category_have_a_line() -> None:
    whole = made(meeting("g", TODAY, {"text": "全体の進め方"}))

    assert lines(matrix_csv(whole))[-1] == ["カテゴリーを問わない意見", "", "", "", "R8.11.23：全体の進め方"]
    assert matrix_markdown(whole).endswith("| カテゴリーを問わない意見 |  |  |  | R8.11.23：全体の進め方 |\n")


def test_the_shape_of_the_matrix_for_programs() -> None:
    plain = json.loads(json.dumps(matrix_json(made()), ensure_ascii=False))

    assert list(plain) == ["schema", "categories", "departments", "cells", "base_data", "needed", "opinions"]
    assert plain["schema"] == 1
    assert plain["categories"] == [{"id": "korei", "name": "高齢者"}]
    assert plain["departments"][0] == {"id": "fukushi", "name": "高齢福祉課"}
    assert plain["cells"] == [
        {
            "category": "korei",
            "department": "fukushi",
            "state": "記載あり",
            "inquiry": "照会なし",
            "counts": {"取組中": 1, "検討中": 0, "終了": 0, "課題": 1, "取組上の課題": 1},
            "entries": ["entries/fukushi/a", "entries/fukushi/b"],
        },
        {
            "category": "korei",
            "department": "jutaku",
            "state": "記入なし",
            "inquiry": "期限超過",
            "counts": {"取組中": 0, "検討中": 0, "終了": 0, "課題": 0, "取組上の課題": 0},
            "entries": [],
        },
    ]
    assert plain["base_data"] == {"korei": ["entries/fukushi/d"]}
    assert plain["needed"] == {"korei": ["entries/common/n"]}
    assert plain["opinions"] == {
        "korei": [
            {"meeting": "m", "id": "o1", "on": "2026-08-26", "department": "fukushi", "text": "一行目|\n<b>二行目"}
        ]
    }


def test_the_shape_of_the_findings_for_programs() -> None:
    key = finding_key("no-data", ["categories/korei"])
    settled = record("finding", key, rule="no-data", subjects=["categories/korei"], verdict="不要",
                     stage="事務局案", reason="理由", decided_on=date(2026, 10, 7))  # fmt: skip
    plain = json.loads(json.dumps(findings_json(findings(store(settled), TODAY)), ensure_ascii=False))

    assert plain["schema"] == 1
    assert all(
        list(found) == ["key", "rule", "name", "kind", "subjects", "why", "score", "verdict", "stage", "reason",
                        "decided_on"]
        for found in plain["findings"]
    )  # fmt: skip
    by_rule = {found["rule"]: found for found in plain["findings"]}
    assert by_rule["overdue"]["subjects"] == ["inquiries/q", "departments/jutaku"]
    assert by_rule["overdue"]["verdict"] is None
    assert by_rule["no-data"] | {"why": ""} == {
        "key": key,
        "rule": "no-data",
        "name": "基礎データ未整理",
        "kind": "論点",
        "subjects": ["categories/korei"],
        "why": "",
        "score": None,
        "verdict": "不要",
        "stage": "事務局案",
        "reason": "理由",
        "decided_on": "2026-10-07",
    }
