"""What may leave the town hall, and small numbers of people that may not."""

from __future__ import annotations

from kyoju_tui.exchange.report.publishing import (
    CONTACT,
    DERIVED,
    WITHHELD,
    left_out,
    publishable,
    withheld,
    without_contact,
)
from kyoju_tui.records.area import Area
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.image_map import ImageMap
from tests.building import category, department, initiative, record, snapshot

PUBLIC = {"disclosure": "公開可"}


def area(*indicators: dict[str, object]) -> Area:
    return Area.model_validate({"name": "星波", "indicators": list(indicators)})


def figure(name: str, value: float | None, unit: str = "人", **fields: object) -> dict[str, object]:
    return {"name": name, "unit": unit, **({} if value is None else {"value": value}), **fields}


def test_only_public_records_stay_but_the_axes_keep_their_names() -> None:
    whole = snapshot(
        category("korei", "高齢者", note="内緒", digest={"text": "内緒"}),
        category("sumai", "住まい", digest={"text": "知らせる"}, **PUBLIC),
        department("jutaku", "住宅課", note="内緒", categories=["sumai"]),
        initiative("jutaku", "open", "sumai", **PUBLIC),
        initiative("jutaku", "inside", "sumai"),
        initiative("jutaku", "forming", "sumai", disclosure="意思形成過程"),
        record("person", "p", roles=["世話役"], **PUBLIC),
        record("image-map", "", zones=[{"id": "z1", "label": "駅前"}], **PUBLIC,
               placements=[{"id": "p1", "zone": "z1", "ref": "entries/jutaku/open"},
                           {"id": "p2", "zone": "z1", "ref": "entries/jutaku/inside"}]),
    )  # fmt: skip
    seen = publishable(whole)

    assert list(seen.entries) == [Ref("entries/jutaku/open")]
    assert seen.categories["korei"].name == "高齢者"
    assert (seen.categories["korei"].digest, seen.categories["korei"].note) == (None, None)
    assert seen.categories["sumai"].digest is not None
    assert (seen.departments["jutaku"].note, seen.departments["jutaku"].categories) == (None, ())
    assert "people/p" not in seen
    assert [each.ref for each in seen.expect("image-map", ImageMap).placements] == ["entries/jutaku/open"]
    assert left_out(whole, seen) == 3


def test_few_people_are_withheld_and_so_is_what_leads_back_to_them() -> None:
    found = withheld(
        area(
            figure("人口", 400),
            figure("15歳未満", 9),
            figure("15歳以上", 391),
            figure("15歳未満の割合", 2.25, "%", denominator="人口"),
            figure("空き家", None, "戸"),
        )
    )

    assert found == {1: WITHHELD, 2: DERIVED, 3: WITHHELD}


def test_a_share_of_few_is_withheld_where_the_number_itself_is_not_noted() -> None:
    assert withheld(area(figure("人口", 400), figure("単身", 2.0, "%"))) == {1: WITHHELD}
    assert withheld(area(figure("人口", 4000), figure("単身", 2.0, "%"))) == {}


def test_nobody_and_ten_are_told() -> None:
    assert withheld(area(figure("人口", 400), figure("外国人", 0), figure("乳児", 10))) == {}
    assert withheld(area(figure("人口", 7), figure("世帯数", 30, "世帯"))) == {0: WITHHELD, 1: DERIVED}


def test_no_text_of_a_public_record_holds_a_contact() -> None:
    call = "連絡は 090-1234-5678 へ"
    share = [{"department": "jutaku", "share": call}]
    merits = ["早い", "chiiki@city.example.jp に送る"]
    seen = publishable(
        snapshot(
            department("jutaku", "住宅課"),
            category("korei", "高齢者", digest={"text": call}, **PUBLIC),
            initiative("jutaku", "a", "korei", title=call, results=[{"fiscal_year": 2025, "text": call}], **PUBLIC),
            record("collaboration", "c", title="協働", departments=share, direction=call, **PUBLIC),
            record("framework", "", type="庁内連携", reason=call, merits=merits, **PUBLIC),
            record("theme", "t", title="居場所", obstacles=[{"id": "o1", "issue": call, "response": "話す"}], **PUBLIC),
        )
    )
    held = " ".join(repr(each) for each in seen.records.values())

    assert "1234" not in held and "example" not in held
    assert held.count(CONTACT) == 8
    for kept in ("協働", "早い", "話す", "居場所"):
        assert kept in held


def test_contacts_stay() -> None:
    assert without_contact("電話 03-1234-5678 へ") == CONTACT
    assert without_contact("staff@example.jp まで") == CONTACT
    assert without_contact("令和8年4月1日から") == "令和8年4月1日から"
