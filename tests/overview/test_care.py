"""Integrated care: counts by element and daily living area, gaps, bodies to contact, tagging."""

from __future__ import annotations

from kyoju_tui.overview.care import ELEMENTS, EVERYWHERE, UNPLACED, bodies, care, tagged
from kyoju_tui.records.ids import Ref
from tests.building import initiative, issue, record, snapshot

NORTH = record("area", "hoshi", name="星波ヶ丘", daily_living_area="北圏域", care_elements=["看護"])
NORTH_TOO = record("area", "kai", name="貝殻台", daily_living_area="北圏域")
SOUTH = record("area", "hama", name="櫂ノ浦", daily_living_area="南圏域")
LOOSE = record("area", "tani", name="麦葉谷")


def test_five_supports_on_the_ground_of_housing() -> None:
    assert ELEMENTS == ("医療", "看護", "介護", "介護予防", "生活支援", "住まい")


def test_entries_are_counted_where_their_areas_are() -> None:
    found = care(
        snapshot(
            NORTH,
            NORTH_TOO,
            SOUTH,
            LOOSE,
            initiative("a", "both", "korei", areas=["hoshi", "kai"], care_elements=["介護", "住まい"]),
            initiative("a", "planned", "korei", "検討中", areas=["kai", "hama"], care_elements=["介護"]),
            initiative("a", "over", "korei", "終了", areas=["hoshi"], care_elements=["介護"]),
            initiative("common", "needed", "korei", "必要", areas=["hama"], care_elements=["医療"]),
            initiative("a", "town", "korei", care_elements=["生活支援"]),
            initiative("a", "untagged", "korei", areas=["hoshi"]),
            issue("a", "trouble", "korei", areas=["tani"], care_elements=["介護"]),
        )
    )
    assert found.columns == ("北圏域", "南圏域", UNPLACED, EVERYWHERE)
    assert [ref.id for ref in found.cell("介護", "北圏域").initiatives] == ["both", "planned"]
    assert [ref.id for ref in found.cell("介護", "南圏域").initiatives] == ["planned"]
    assert [ref.id for ref in found.cell("介護", UNPLACED).issues] == ["trouble"]
    assert [ref.id for ref in found.cell("看護", "北圏域").areas] == ["hoshi"]
    assert found.cover("介護", "北圏域") == found.cover("看護", "北圏域") == "あり"
    assert found.cover("生活支援", "南圏域") == "全域のみ"
    assert found.cover("介護", UNPLACED) == "課題のみ"
    assert found.cover("医療", "南圏域") == "課題のみ"
    assert found.cover("医療", "北圏域") == "なし"
    assert ("医療", "北圏域") in found.gaps and ("介護", UNPLACED) in found.gaps
    assert ("生活支援", "南圏域") not in found.gaps
    assert all(column != EVERYWHERE for _, column in found.gaps)


def test_an_empty_store_has_no_gaps() -> None:
    found = care(snapshot())
    assert (found.columns, dict(found.cells), found.gaps) == ((EVERYWHERE,), {}, ())


def test_an_area_that_is_gone_leaves_the_entry_to_the_whole_town() -> None:
    found = care(snapshot(NORTH, initiative("a", "one", "korei", areas=["gone"], care_elements=["医療"])))
    assert [ref.id for ref in found.cell("医療", EVERYWHERE).initiatives] == ["one"]


def test_whom_to_contact() -> None:
    store = snapshot(
        NORTH,
        record("group", "tsudoi", name="つどいの会", kind="活動団体", areas=["hoshi"]),
        record("group", "north", name="地域包括支援センター北", kind="地域包括", areas=["hoshi", "kai"]),
        record("group", "all", name="基幹型センター", kind="地域包括"),
        record("group", "south", name="地域包括支援センター南", kind="地域包括", areas=["hama"]),
        record("group", "npo", name="どこでも", kind="NPO"),
    )
    assert [ref.id for ref in bodies(store, [NORTH[0]])] == ["all", "north", "tsudoi"]


def test_tagging_adds_and_never_takes_away() -> None:
    store = snapshot(
        NORTH,
        initiative("a", "one", "korei", areas=["hama"], care_elements=["介護"]),
        initiative("a", "two", "korei", areas=["hoshi"], care_elements=["看護"]),
    )
    changed = tagged(store, [Ref("entries/a/one"), Ref("entries/a/two")], "看護", ["hoshi"])
    assert list(changed) == [Ref("entries/a/one")]
    one = changed[Ref("entries/a/one")]
    assert (one.care_elements, one.areas) == (("介護", "看護"), ("hama", "hoshi"))
