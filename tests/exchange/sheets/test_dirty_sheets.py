"""Sheets as clerks leave them: 同上 and 〃, bureaus above departments, numbers before names, sections, stray words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.exchange.books.values import Value
from kyoju_tui.exchange.sheets.cell_text import split
from kyoju_tui.exchange.sheets.names import Decisions
from kyoju_tui.exchange.sheets.pointing import pointing
from kyoju_tui.records.entry import Entry
from kyoju_tui.workspace.workspace import Workspace
from tests.exchange.sheets.town import TODAY, book_of, carry_out, plan


def there(workspace: Workspace) -> dict[tuple[str | None, str], Entry]:
    return {(ref.department, each.title): each for ref, each in workspace.snapshot.entries.items()}


@pytest.mark.parametrize("text", ["同上", " 同　上 ", "〃", "〃〃", "（同上）", "上記に同じ", "同上。", '"', "々", "↑"])
def test_as_above(text: str) -> None:
    assert pointing(text) == "上"


@pytest.mark.parametrize(
    "text", ["", "上", "同上の課題", "同じ", "〃（委託）", "左", "→", "上に同じく担い手が足りない"]
)
def test_other_texts_point_nowhere(text: str) -> None:
    assert pointing(text) is None


def test_as_above_puts_the_same_entries_into_further_rows(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["カテゴリー", "住宅課", "高齢福祉課", "市民課"],
        ["高齢者", "取組…見守り\n課題…担い手", "左に同じ", "〃"],
        ["子育て", "同上", "該当なし", None],
        ["住まい", "〃", "同上", "〃"],
        ["商店街", "取組：〃\n課題：空き店舗", "同上（一部）", None],
    ]
    path = book_of(tmp_path / "表.xlsx", rows)
    found = plan(workspace, path)
    carry_out(workspace, found)
    entries = there(workspace)
    assert set(entries) == {
        ("jutaku", "見守り"), ("jutaku", "担い手"), ("jutaku", "空き店舗"), ("korei", "見守り"), ("korei", "担い手"),
    }  # fmt: skip
    assert entries["jutaku", "見守り"].categories == ("koreisha", "kosodate", "sumai", "shotengai")
    assert entries["jutaku", "担い手"].categories == ("koreisha", "kosodate", "sumai")
    assert entries["korei", "見守り"].categories == ("koreisha",)
    # The head and an empty cell are nothing that could be meant; neither is a part of what stands above.
    assert {each.where for each in found.bringing.of("不明")} == {"一覧!D2", "一覧!D4", "一覧!C5"}
    assert {each.where for each in found.bringing.of("該当なし")} == {"一覧!C3", "一覧!C4"}
    assert plan(workspace, path).bringing.changes == ()


def test_as_above_in_a_list_of_projects(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["事業名", "部局", "課名", "概要", "予算額（千円）", "根拠法令", "分野"],
        ["見守り", "福祉部", "高齢福祉課", "家を訪ねる。", "1,200", None, "高齢者"],
        ["配食", "〃", "〃", "同上", "〃", "〃", "〃"],
        ["小計", None, None, None, 2400],
        ["茶話会", "〃", "同上", "〃", 5, "老人福祉法", "同　上"],
    ]
    path = book_of(tmp_path / "事業.xlsx", rows)
    found = plan(workspace, path)
    carry_out(workspace, found)
    entries = there(workspace)
    assert set(entries) == {("korei", "見守り"), ("korei", "配食"), ("korei", "茶話会")}
    assert {each.outline for each in entries.values()} == {"家を訪ねる。"}
    assert entries["korei", "配食"].budget_thousand_yen == 1200
    assert entries["korei", "配食"].legal_basis is None
    assert {each.where for each in found.bringing.of("不明")} == {"一覧!F3"}
    assert plan(workspace, path).bringing.changes == ()


def test_departments_below_their_bureaus(first_day: Workspace, workspace: Workspace, tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        [None, None, "福祉部", None, "市民部", None],
        [None, "分野", "高齢福祉", "子育て支援課", "市民課", "環境課"],
        [1, "１　高齢者", "見守り", None, None, None],
        [2, "(2)子育て", None, "広場", "花壇", None],
        [None, "作成：企画課"],
    ]
    path = book_of(tmp_path / "表.xlsx", rows, merged=["C1:D1", "E1:F1"])
    found = plan(workspace, path)
    assert found.unknown == {}
    assert any("作成：企画課" in each for each in found.bringing.remarks)
    carry_out(workspace, found)
    assert set(there(workspace)) == {("korei", "見守り"), ("kosodate", "広場"), ("shimin", "花壇")}
    # Where no department is known yet, it is the departments that are asked for, not their bureaus.
    rows[1][2] = "高齢福祉課"
    unknown = plan(first_day, book_of(tmp_path / "初日.xlsx", rows, merged=["C1:D1", "E1:F1"])).unknown
    assert {word for _, word in unknown} == {"高齢福祉課", "子育て支援課", "市民課"}


def test_a_bureau_is_not_taken_for_a_department(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["事業名", "担当課", "分野"], ["花壇", "市民部", "住まい"]]
    found = plan(workspace, book_of(tmp_path / "表.xlsx", rows))
    assert found.unknown == {("department", "市民部"): 1}


def test_a_row_for_each_department_and_category(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["担当", "カテゴリ", "現在の取組", "課題"],
        ["高齢福祉課", "高齢者", "①見守り②配食", "担い手"],
        [None, "住まい", None, "空き家"],
        ["市民課", "〃", "花壇", "－"],
    ]
    carry_out(workspace, plan(workspace, book_of(tmp_path / "表.xlsx", rows)))
    assert {(*key, *each.categories) for key, each in there(workspace).items()} == {
        ("korei", "見守り", "koreisha"), ("korei", "配食", "koreisha"), ("korei", "担い手", "koreisha"),
        ("korei", "空き家", "sumai"), ("shimin", "花壇", "sumai"),
    }  # fmt: skip


def test_a_section_below_a_line_that_names_its_department(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        ["事業名", "担当", "分野", "款", "評価"],
        ["【高齢福祉課】"],
        ["見守り", "給食係", "高齢者", 3, "A"],
        ["配食", "〃", "〃", 3, "B"],
    ]
    found = plan(workspace, book_of(tmp_path / "表.xlsx", rows))
    carry_out(workspace, found)
    assert {key: each.section for key, each in there(workspace).items()} == {
        ("korei", "見守り"): "給食係",
        ("korei", "配食"): "給食係",
    }
    # A column that nobody knows is told once, with all its cells.
    told = {each.where: each.why for each in found.bringing.of("不明")}
    assert set(told) == {"一覧!D3", "一覧!E3"}
    assert "D4" in told["一覧!D3"]


def test_a_category_to_be_made_is_called_by_its_name_alone(workspace: Workspace, tmp_path: Path) -> None:
    from kyoju_tui.exchange.sheets.creating import creating

    rows = [["事業名", "担当課", "分野"], ["花壇", "環境課", "３．緑化"]]
    path = book_of(tmp_path / "表.xlsx", rows)
    decisions = creating(Decisions(), plan(workspace, path).unknown, workspace.snapshot)
    assert [each.name for each in decisions.created] == ["緑化"]
    carry_out(workspace, plan(workspace, path, decisions))
    assert plan(workspace, path).bringing.changes == ()


@pytest.mark.parametrize(
    "text, titles",
    [
        ("取組…・相談会\n　　・情報提供\n課題…担い手", ["相談会", "情報提供", "担い手"]),
        ("取組／・広場\n　　・一時預かり\n課題／場所", ["広場", "一時預かり", "場所"]),
        ("取組／見守り／課題／担い手", ["見守り", "担い手"]),
        ("事業／施策の見直し", ["事業／施策の見直し"]),
    ],
)
def test_items_behind_a_mark_on_its_own_line(text: str, titles: list[str]) -> None:
    found = split(text, TODAY)
    assert [each.title for each in found.pieces] == titles
    assert [each.kind for each in found.pieces if each.title in ("担い手", "場所")] in (["課題"], [])


def test_a_number_alone_is_no_entry() -> None:
    found = split("12", TODAY)
    assert (found.pieces, found.strays) == ((), ("12",))
