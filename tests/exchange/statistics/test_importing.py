"""A table brought to a data set: previewed, one commit with the areas' indicators; the same file touches nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.exchange.bringing import Bringing
from kyoju_tui.exchange.statistics.drafting import preview, proposed
from kyoju_tui.exchange.statistics.importing import Wish, bring
from kyoju_tui.exchange.statistics.places import strangers, with_alias
from kyoju_tui.exchange.statistics.table import Table
from kyoju_tui.exchange.statistics.unknown import UnknownLayout
from kyoju_tui.records.area import Area, Indicator
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.figures import read_figures
from kyoju_tui.records.mapping import Mapping
from kyoju_tui.workspace.workspace import Workspace
from tests.exchange.statistics.conftest import MIDORI, SAKURA
from tests.exchange.statistics.tables import TODAY, book_of, census

DAY = date(2020, 10, 1)
AGES = "地域,人口,15歳未満,15～64歳,65歳以上,75歳以上,世帯数,高齢単身世帯\n"


def save(workspace: Workspace, bringing: Bringing) -> None:
    workspace.batch(bringing.changes, action="import", subject=bringing.subject).result(timeout=60)


def indicators(workspace: Workspace, ref: str) -> dict[str, Indicator]:
    area = workspace.snapshot.get(ref)  # type: ignore[arg-type]
    assert isinstance(area, Area)
    return {each.name: each for each in area.indicators}


def test_figures_and_indicators_are_one_save_and_the_same_file_touches_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = ("14907,1,見本市,,0,,,2300,600", "149070010,3,見本市,緑台,0,,,2300,600",
            "14907001001,4,見本市,緑台一丁目,0,,,800,250", "14907001002,4,見本市,緑台二丁目,0,,,1500,350")  # fmt: skip
    book = book_of(tmp_path, census(*rows).encode("cp932"))
    wish = Wish(title="国勢調査", as_of=DAY)
    bringing = bring(workspace, book, wish, TODAY)
    assert not workspace.snapshot.all(Dataset)
    assert book.sha256[:12] in bringing.subject
    assert book.file in bringing.subject
    save(workspace, bringing)
    ref, dataset = next(iter(workspace.snapshot.all(Dataset).items()))
    assert (dataset.title, dataset.as_of, dataset.data_kind) == ("国勢調査", DAY, "統計")
    assert [row.value for row in read_figures(workspace.figures(ref) or b"").rows] == [800, 250, 1500, 350]
    found = indicators(workspace, MIDORI)
    assert (found["人口"].value, found["人口"].unit, found["人口"].coverage) == (2300, "人", "小地域2のうち2")
    share = found["65歳以上の割合"]
    assert (share.value, share.denominator, share.dataset) == (26.1, "年齢不詳を含む人口", ref.id)
    again = bring(workspace, book, wish, TODAY)
    assert again.changes == ()
    assert set(again.counts) == {"同じ"}


def test_a_corrected_file_shows_what_differs(workspace: Workspace, tmp_path: Path) -> None:
    wish = Wish(title="人口", as_of=DAY)
    save(workspace, bring(workspace, book_of(tmp_path, "地域,人口\n本町,120\n港,80\n浜,41\n"), wish, TODAY))
    found = bring(workspace, book_of(tmp_path, "地域,人口\n本町,125\n港,80\n谷,9\n"), wish, TODAY)
    told = {(each.outcome, each.label, each.before, each.after) for each in found.placed}
    assert ("変更", "本町 人口", "120", "125") in told
    assert ("消去", "浜", "人口 41", "") in told
    assert ("追加", "谷", "", "人口 9") in told
    assert ("同じ", "港", "人口 80", "人口 80") in told


def test_shares_say_what_they_are_shares_of_and_few_people_are_marked(workspace: Workspace, tmp_path: Path) -> None:
    # 桜ヶ丘1丁目 is how the table spells 桜が丘一丁目; ten people are of unknown age.
    book = book_of(tmp_path, f"{AGES}桜ヶ丘1丁目,400,40,200,150,70,180,45\n")
    bringing = bring(workspace, book, Wish(title="年齢別", as_of=DAY), TODAY)
    assert all("参考" in each.why for each in bringing.placed if each.label == "65歳以上の割合")
    save(workspace, bringing)
    found = indicators(workspace, SAKURA)
    assert (found["65歳以上の割合"].value, found["65歳以上の割合"].denominator) == (38.5, "年齢不詳を除く人口")
    assert (found["75歳以上の割合"].value, found["15歳未満の割合"].value) == (17.9, 10.3)
    assert (found["高齢単身世帯の割合"].value, found["高齢単身世帯の割合"].denominator) == (25.0, "世帯数")
    assert found["人口"].coverage == "地域全体"


def test_nothing_is_computed_from_suppressed_cells(workspace: Workspace, tmp_path: Path) -> None:
    book = book_of(tmp_path, f"{AGES}桜が丘一丁目,400,40,200,X,70,180,-\n")
    bringing = bring(workspace, book, Wish(title="年齢別", as_of=DAY), TODAY)
    left = {each.label: each.why for each in bringing.placed if each.outcome == "不明"}
    assert "秘匿のため算出しない" in left["65歳以上の割合"]
    assert "秘匿のため算出しない" in left["75歳以上の割合"]
    save(workspace, bringing)
    found = indicators(workspace, SAKURA)
    assert set(found) == {"人口", "世帯数", "高齢単身世帯", "高齢単身世帯の割合"}
    assert found["高齢単身世帯の割合"].value == 0


def test_what_is_told_with_another_area_counts_where_both_belong_to_one(workspace: Workspace, tmp_path: Path) -> None:
    rows = ("14907001001,4,見本市,緑台一丁目,1,,002,900,300", "14907001002,4,見本市,緑台二丁目,2,001,,X,X")
    save(workspace, bring(workspace, book_of(tmp_path, census(*rows)), Wish(title="国勢調査", as_of=DAY), TODAY))
    found = indicators(workspace, MIDORI)["人口"]
    assert (found.value, found.coverage) == (900, "小地域2のうち2（合算1を含む）")
    dataset = next(iter(workspace.snapshot.all(Dataset).values()))
    assert "緑台一丁目は緑台二丁目を含む" in (dataset.note or "")


@pytest.mark.parametrize(
    "rows, why",
    [
        (("14907001001,4,見本市,緑台一丁目,0,,,900,300",), "小地域2のうち1だけが表にある"),
        (
            ("14907001001,4,見本市,緑台一丁目,1,,003,900,300", "14907001002,4,見本市,緑台二丁目,0,,,10,2",
             "14907001003,4,見本市,緑台三丁目,2,001,,X,X"),
            "地域の外の小地域と合算",
        ),
        (
            ("14907001001,4,見本市,緑台一丁目,0,,,900,300", "14907001002,4,見本市,緑台二丁目,2,003,,X,X",
             "14907001003,4,見本市,緑台三丁目,1,,002,70,20"),
            "秘匿のため算出しない",
        ),
    ],
)  # fmt: skip
def test_a_part_of_an_area_is_never_taken_for_the_whole(
    workspace: Workspace, tmp_path: Path, rows: tuple[str, ...], why: str
) -> None:
    bringing = bring(workspace, book_of(tmp_path, census(*rows)), Wish(title="国勢調査", as_of=DAY), TODAY)
    told = next(each for each in bringing.placed if each.label == "人口")
    assert told.outcome == "不明"
    assert why in told.why
    save(workspace, bringing)
    assert indicators(workspace, MIDORI) == {}


def test_the_change_of_the_population_is_between_two_days_of_one_data_set(workspace: Workspace, tmp_path: Path) -> None:
    for day, people in ((date(2025, 10, 1), 410), (date(2026, 10, 1), 400)):
        book = book_of(tmp_path, f"地域,人口,世帯数\n桜が丘一丁目,{people},100\n")
        save(workspace, bring(workspace, book, Wish(title="住民基本台帳", as_of=day), TODAY))
    found = indicators(workspace, SAKURA)["人口の増減"]
    assert (found.value, found.coverage) == (-10, "令和7年10月1日から")


def test_a_table_of_unknown_layout_is_taught_once(workspace: Workspace, tmp_path: Path) -> None:
    text = "令和8年の町の数,,\n番号,町の呼び名,住む人\n1,桜が丘１丁目,皆無\n2,本通り,410\n"
    book = book_of(tmp_path, text)
    with pytest.raises(UnknownLayout) as refused:
        bring(workspace, book, Wish(title="町", as_of=DAY), TODAY)
    assert refused.value.exit_code == 3
    assert "対応表" in refused.value.cure
    draft = proposed(book)
    assert (draft.top, draft.rows) == (1, 1)
    assert [each.role for each in draft.columns] == ["", "area", "value"]
    read = preview(book, draft, TODAY)
    assert isinstance(read, Table)
    assert "「皆無」は数として読めません" in read.faults[0]
    record = replace(draft, zero=("皆無",)).record("町の数", "市民課")
    mapping = workspace.new_ref("mapping", record, today=TODAY), record
    save(workspace, bring(workspace, book, Wish(title="町", as_of=DAY, mapping=mapping), TODAY))
    assert workspace.snapshot.all(Mapping)[mapping[0]].publisher == "市民課"
    later = book_of(tmp_path, text.replace("410", "415"), "翌年.csv")
    found = bring(workspace, later, Wish(title="町", as_of=DAY), TODAY)
    assert [(each.label, each.before, each.after) for each in found.placed if each.outcome == "変更"] == [
        ("本通り 住む人", "410", "415")
    ]


def test_names_that_were_tied_to_an_area_are_remembered(workspace: Workspace, tmp_path: Path) -> None:
    book = book_of(tmp_path, "地域,人口\n東のまち,300\n西のまち,200\n遠い町,5\n")
    wish = Wish(title="人口", as_of=DAY)
    assert strangers(workspace, book, wish, TODAY) == ("東のまち", "西のまち", "遠い町")
    tied = with_alias(workspace, book, wish, ["東のまち", "西のまち"], SAKURA.id, TODAY)
    save(workspace, bring(workspace, book, tied, TODAY))
    assert indicators(workspace, SAKURA)["人口"].value == 500
    assert strangers(workspace, book, wish, TODAY) == ("遠い町",)
    assert bring(workspace, book, wish, TODAY).changes == ()


def test_half_is_rounded_up_and_thousands_are_not_taken_for_people(workspace: Workspace, tmp_path: Path) -> None:
    book = book_of(tmp_path, "地域,人口,65歳以上\n桜が丘一丁目,400,105\n")
    save(workspace, bring(workspace, book, Wish(title="人口", as_of=DAY), TODAY))
    assert indicators(workspace, SAKURA)["65歳以上の割合"].value == 26.3
    thousands = bring(
        workspace, book_of(tmp_path, "地域,人口（千人）\n桜が丘一丁目,4\n"), Wish(title="概数", as_of=DAY), TODAY
    )
    assert not any(each.ref == SAKURA for each in thousands.placed)


def test_a_day_that_contradicts_the_table_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    book = book_of(tmp_path, "時点,地域,人口\nR2.10.1,本町,5\n")
    with pytest.raises(InvalidValue, match="時点"):
        bring(workspace, book, Wish(title="人口", as_of=date(2021, 1, 1)), TODAY)
