"""What stands in a cell and in the columns at both ends."""

from __future__ import annotations

from datetime import date

import pytest

from kyoju_tui.overview.matrix import Matrix, matrix, updated
from kyoju_tui.overview.placing import Counts
from kyoju_tui.overview.wording import cell_words, content_words, data_words, needed_words, opinions_words
from kyoju_tui.records.snapshot import Snapshot
from tests.building import (
    COLUMNS,
    ROWS,
    TODAY,
    Built,
    category,
    data,
    department,
    initiative,
    inquiry,
    issue,
    meeting,
    receipt,
    record,
    snapshot,
    target,
    with_records,
)  # fmt: skip


def made(*records: Built) -> Matrix:
    return matrix(snapshot(*ROWS, *COLUMNS, *records), TODAY)


def test_every_category_in_use_meets_every_department_in_use() -> None:
    whole = made(
        category("kyu", "旧", retired=True),
        category("togo", "統合済", merged_into="korei"),
        department("haishi", "廃止課", until=date(2026, 3, 31)),
        department("rainen", "来年度課", **{"from": date(2027, 4, 1)}),
    )

    assert [axis.id for axis in whole.categories] == ["korei", "kosodate", "joho"]
    assert [axis.id for axis in whole.departments] == ["fukushi", "jutaku"]
    assert len(whole.cells) == 6


def test_counts_of_a_cell() -> None:
    whole = made(
        initiative("fukushi", "a", "korei kosodate", difficulties="人手が足りない"),
        initiative("fukushi", "b", "korei", "検討中"),
        initiative("fukushi", "c", "korei", "終了", difficulties="続かなかった"),
        issue("fukushi", "d", "korei"),
        data("fukushi", "e", "korei"),
    )
    cell = whole.cells["korei", "fukushi"]

    assert cell.counts == Counts(under_way=1, considered=1, ended=1, issues=1, with_difficulties=2)
    assert [ref.id for ref in cell.entries] == ["a", "b", "c", "d"]
    assert cell_words(cell) == "取組中1・検討中1・終了1・課題1"
    assert [ref.id for ref in whole.cells["kosodate", "fukushi"].entries] == ["a"]


def test_content_is_tested_in_its_order() -> None:
    nothing = {"id": "n", "department": "jutaku", "category": "korei"}
    asking = inquiry("q", targets=[target("jutaku", receipts=[receipt()])], nothing_to_report=[nothing])
    narrow = department("jutaku", "住宅課", categories=["joho"])
    entry = issue("jutaku", "a", "korei")

    def state(*records: Built) -> str:
        return made(*records).cells["korei", "jutaku"].state

    assert state() == "記入なし"
    assert state(narrow) == "対象外"
    assert state(narrow, asking) == "該当なし"
    assert state(narrow, asking, entry) == "記載あり"
    assert made(narrow).cells["joho", "jutaku"].state == "記入なし"


def test_data_alone_does_not_fill_a_cell() -> None:
    whole = made(data("jutaku", "a", "korei"))

    assert whole.cells["korei", "jutaku"].state == "記入なし"
    assert [ref.id for ref in whole.base_data["korei"]] == ["a"]


def test_nothing_of_one_kind_leaves_the_cell_open() -> None:
    nothing = {"id": "n", "department": "jutaku", "category": "korei", "kind": "課題"}
    whole = made(inquiry("q", targets=[target("jutaku", receipts=[receipt()])], nothing_to_report=[nothing]))

    assert whole.cells["korei", "jutaku"].state == "記入なし"


def test_only_the_newest_inquiry_speaks_of_nothing_to_report() -> None:
    nothing = {"id": "n", "department": "jutaku", "category": "korei"}
    old = inquiry("q1", targets=[target("jutaku", receipts=[receipt()])], nothing_to_report=[nothing])
    new = inquiry("q2", issued_on=date(2026, 11, 6), due_on=date(2026, 11, 30), targets=[target("jutaku")])

    cell = made(old, new).cells["korei", "jutaku"]
    assert (cell.state, cell.inquiry) == ("記入なし", "回答待ち")
    assert cell_words(cell) == "記入なし（回答待ち）"
    assert content_words(cell) == "記入なし"


def test_a_needed_initiative_fills_its_cell_and_stands_in_its_row() -> None:
    whole = made(
        initiative("jutaku", "a", "korei", "必要"), initiative("common", "b", "korei", "必要", title="移動の足")
    )

    assert whole.cells["korei", "jutaku"].state == "記載あり"
    assert cell_words(whole.cells["korei", "jutaku"]) == "必要1"
    assert [needed_words(whole, ref) for ref in whole.needed["korei"]] == ["移動の足（所管未定）", "a（住宅課）"]
    assert whole.homeless == ()


def settled(*subjects: str, verdict: str = "必要な取組", **needed: object) -> Built:
    return record(
        "finding", "no-initiative-000000000000", rule="no-initiative", subjects=subjects, verdict=verdict, needed=needed
    )


def test_a_settled_need_stays_until_an_initiative_takes_it_over() -> None:
    need = settled("categories/joho", title="回覧のデジタル化")

    whole = made(need)
    assert [needed_words(whole, ref) for ref in whole.needed["joho"]] == ["回覧のデジタル化（所管未定）"]
    assert made(need, initiative("jutaku", "a", "joho", title="回覧のデジタル化")).needed["joho"] == ()
    assert made(settled("categories/joho", verdict="不要", title="x")).needed["joho"] == ()


def test_a_settled_need_takes_the_rows_of_its_subjects() -> None:
    entry = issue("jutaku", "a", "korei kosodate")

    assert made(entry, settled("entries/jutaku/a")).needed["kosodate"]
    assert not made(entry, settled("entries/jutaku/a", categories=["joho"])).needed["kosodate"]
    area = made(record("area", "hoshinami", name="星波ヶ丘"), settled("areas/hoshinami"))
    assert [ref.top for ref in area.homeless] == ["findings"]


def test_base_data_names_its_holder() -> None:
    whole = made(
        data("fukushi", "a", "korei", title="要介護認定者数"),
        data("common", "b", "korei", title="国勢調査"),
        record("dataset", "jinko", title="町丁別人口", categories=["korei"], department="jutaku"),
    )

    assert [data_words(whole, ref) for ref in whole.base_data["korei"]] == [
        "国勢調査",
        "要介護認定者数（高齢福祉課）",
        "町丁別人口（住宅課）",
    ]


def test_opinions_come_newest_first_under_digest_and_needs() -> None:
    whole = made(
        category("korei", "高齢者", order=1, digest={"text": "見守りの重なり"}),
        initiative("common", "n", "korei", "必要", title="移動の足"),
        meeting("m1", date(2026, 8, 26), {"category": "korei", "department": "fukushi", "text": "重なる世帯がある"}),
        meeting("m2", date(2026, 10, 7), {"category": "korei", "text": "一"}, {"category": "korei", "text": "二"}),
        meeting("m3", None, {"category": "korei", "text": "日付なし"}),
    )

    assert opinions_words(whole, "korei") == (
        "整理：見守りの重なり",
        "必要な取組：移動の足（所管未定）",
        "R8.10.7：一",
        "R8.10.7：二",
        "R8.8.26 高齢福祉課：重なる世帯がある",
        "日付なし",
    )


def test_an_opinion_of_no_row_is_general() -> None:
    whole = made(
        category("kyu", "旧", retired=True),
        meeting("m1", TODAY, {"text": "全体に"}, {"category": "kyu", "text": "前の区分"}, {"category": "korei"}),
    )

    assert [line.text for line in whole.general_opinions] == ["全体に", "前の区分"]
    assert whole.opinions["korei"] == ()


def test_nothing_disappears_unseen() -> None:
    whole = made(
        category("kyu", "旧", retired=True),
        department("haishi", "廃止課", until=date(2026, 3, 31)),
        initiative("haishi", "a", "korei"),
        initiative("jutaku", "b", "kyu"),
        initiative("jutaku", "c", "kyu korei"),
        data("haishi", "d", "korei"),
        data("jutaku", "e", "kyu"),
        record("dataset", "f", title="区分のない資料"),
    )

    assert [ref.id for ref in whole.homeless] == ["f", "a", "b", "e"]


EDITS: dict[str, tuple[Built, ...]] = {
    "reworded": (initiative("fukushi", "a", "korei", title="新しい件名"),),
    "moved to another row": (initiative("fukushi", "a", "joho"),),
    "no longer an initiative": (issue("fukushi", "a", "korei"),),
    "new": (data("jutaku", "z", "korei"), initiative("jutaku", "y", "joho", "必要")),
    "outside the matrix": (initiative("nowhere", "z", "korei"),),
    "answered": (inquiry("q", targets=[target("fukushi", receipts=[receipt()])]),),
    "renamed": (department("fukushi", "福祉総務課", categories=["joho"]),),
    "retired": (category("korei", "高齢者", retired=True),),
    "said": (meeting("m", TODAY, {"category": "korei", "text": "二つ目"}),),
}


def full_store() -> Snapshot:
    return snapshot(
        *ROWS,
        *COLUMNS,
        initiative("fukushi", "a", "korei kosodate"),
        initiative("fukushi", "b", "korei", addresses=["c"]),
        issue("jutaku", "c", "korei"),
        data("jutaku", "d", "korei"),
        inquiry("q", targets=[target("fukushi"), target("jutaku")]),
        meeting("m", TODAY, {"category": "korei", "text": "一つ目"}),
    )


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_updated_matrix_is_the_matrix_made_anew(edit: tuple[Built, ...]) -> None:
    before = full_store()
    after = with_records(before, *edit)
    expected = matrix(after, TODAY)

    assert updated(matrix(before, TODAY), after, [ref for ref, _ in edit], TODAY) == expected
    assert expected != matrix(before, TODAY)


def test_an_updated_matrix_forgets_what_was_removed_and_moves_with_the_day() -> None:
    before = full_store()
    gone = next(ref for ref in before.entries if ref.id == "a")
    after = before.replacing({gone: None})
    whole = matrix(before, date(2026, 7, 31))

    assert updated(whole, after, [gone], date(2026, 7, 31)) == matrix(after, date(2026, 7, 31))
    assert updated(whole, before, [], TODAY) == matrix(before, TODAY)
    assert updated(whole, before, [], TODAY).cells["korei", "jutaku"].inquiry == "期限超過"
