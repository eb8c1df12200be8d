"""How areas were chosen, what is owed to them, what they share and what they received."""

from __future__ import annotations

from datetime import date

from kyoju_tui.overview.choosing import by_statistics_alone, lacking, open_promises, overlaps, received, remarks
from kyoju_tui.records.area import Area
from kyoju_tui.records.ids import Ref
from tests.building import Built, record, snapshot

NORTH, SOUTH = Ref("areas/kita"), Ref("areas/minami")


def area(record_id: str, **fields: object) -> Built:
    return record("area", record_id, **{"name": record_id, **fields})


def test_an_axis_without_evidence_is_lacking_even_with_a_level() -> None:
    assert lacking(Area(name="北")) == ("意欲", "優先度")
    judged = {"name": "北", "willingness": {"level": "活発"}, "priority": {"level": "高", "evidence": ["声"]}}
    assert lacking(Area.model_validate(judged)) == ("意欲",)


def test_statistics_alone_choose_nothing() -> None:
    figures = [{"name": "高齢化率", "value": 41.0, "unit": "%"}]
    counted = Area.model_validate({"name": "北", "priority": {"level": "高"}, "indicators": figures})
    assert by_statistics_alone(counted) == ("優先度",)
    heard = Area.model_validate(
        {"name": "北", "priority": {"level": "高", "evidence": ["買物の足がないとの声"]}, "indicators": figures}
    )
    assert by_statistics_alone(heard) == ()
    unjudged = Area.model_validate({"name": "北", "priority": {"level": "未判定"}, "indicators": figures})
    assert by_statistics_alone(unjudged) == ()
    town = snapshot(record("area", "kita", name="北", priority={"level": "高"}, indicators=figures))
    said = "\n".join(remarks(town, NORTH))
    assert "優先度が指標だけで付いています" in said
    assert "判断材料なし：意欲" in said


def test_a_model_needs_a_reason_and_a_talk_and_never_passes_on_to_itself() -> None:
    evidence = {"willingness": {"evidence": ["朝市"]}, "priority": {"evidence": ["坂"]}}
    hasty = snapshot(area("kita", status="モデル", passed_to=[{"area": "kita"}], **evidence))
    said = "\n".join(remarks(hasty, NORTH))
    assert "理由がまだ" in said and "意向確認がまだ" in said and "この地域自身" in said
    assert received(hasty) == {}
    careful = snapshot(
        area("kita", status="モデル", status_reason="朝市を続けている", talks=[{"with": "役員会"}], **evidence)
    )
    assert list(remarks(careful, NORTH)) == []


def test_overlaps_are_told_on_both_sides_however_they_are_written() -> None:
    town = snapshot(
        area("kita", members=["霞ヶ丘町内会", "一番町町内会"], small_areas=["010010"]),
        area("minami", members=["霞ケ丘町内会"], small_areas=["０１００１０"]),
        area("nishi", members=["二番町町内会"]),
    )
    found = overlaps(town)
    assert [(each.other, each.kind, each.name) for each in found[NORTH]] == [
        (SOUTH, "町内会", "霞ヶ丘町内会"),
        (SOUTH, "小地域", "010010"),
    ]
    assert [each.other for each in found[SOUTH]] == [NORTH, NORTH]
    assert Ref("areas/nishi") not in found


def test_promises_stay_open_until_they_are_kept_the_oldest_first() -> None:
    town = snapshot(
        area(
            "kita",
            visits=[
                {"on": date(2026, 9, 1), "promises": "案を示す"},
                {"on": date(2026, 8, 1), "promises": "紙を届ける", "kept_on": date(2026, 8, 20)},
                {"on": date(2026, 10, 1), "needs": "聞いただけ"},
            ],
        ),
        area("minami", visits=[{"on": date(2026, 7, 1), "promises": "窓口を知らせる"}]),
    )
    assert [(each.area, each.number, each.text) for each in open_promises(town)] == [
        (SOUTH, 0, "窓口を知らせる"),
        (NORTH, 0, "案を示す"),
    ]
    assert [each.text for each in open_promises(town, NORTH)] == ["案を示す"]


def test_an_area_knows_what_it_received_from_where() -> None:
    town = snapshot(
        area(
            "kita", passed_to=[{"area": "minami", "on": date(2026, 11, 1), "text": "鍵の預け方"}, {"area": "nowhere"}]
        ),
        area("nishi", passed_to=[{"area": "minami", "on": date(2026, 11, 20), "text": "会合の開き方"}]),
        area("minami"),
    )
    assert [(each.source.id, each.text) for each in received(town)[SOUTH]] == [
        ("nishi", "会合の開き方"),
        ("kita", "鍵の預け方"),
    ]
    assert set(received(town)) == {SOUTH}
