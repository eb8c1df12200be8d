"""Areas beside each other: order, plot, indicators."""

from __future__ import annotations

from datetime import date

from kyoju_tui.overview.areas import NO_VALUE, by_intent, by_status, comparison, last_visit, plot
from kyoju_tui.records.area import Area
from kyoju_tui.records.ids import Ref
from tests.building import Built, record, snapshot


def area(record_id: str, **fields: object) -> Built:
    return record("area", record_id, **{"name": record_id, **fields})


def indicator(name: str, value: float | None, **fields: object) -> dict[str, object]:
    return {"name": name, **({} if value is None else {"value": value}), **fields}


TOWN = snapshot(
    area("a-candidate", status="候補", intent="始めたい"),
    area("b-model", status="モデル", intent="実施中"),
    area("c-none"),
    area("d-target", status="対象", intent="始めたい"),
    area("e-not-now", status="今回は対象外", intent="未把握"),
)


def test_models_stand_first_then_targets_candidates_others() -> None:
    ordered = sorted(TOWN.areas.items(), key=lambda pair: by_status(*pair))
    assert [ref.id for ref, _ in ordered] == ["b-model", "d-target", "a-candidate", "e-not-now", "c-none"]


def test_those_that_want_to_begin_stand_first_and_those_under_way_last() -> None:
    ordered = sorted(TOWN.areas.items(), key=lambda pair: by_intent(*pair))
    assert [ref.id for ref, _ in ordered] == ["d-target", "a-candidate", "e-not-now", "c-none", "b-model"]


def test_the_plot_has_every_area_once_and_unjudged_ones_in_the_corner() -> None:
    town = snapshot(
        area("kita", willingness={"level": "活発"}, priority={"level": "高"}),
        area("minami", willingness={"level": "活発"}, priority={"level": "高"}, status="モデル"),
        area("nishi"),
    )
    places = plot(town.areas)
    assert len(places) == 16
    assert [ref.id for ref in places["高", "活発"]] == ["minami", "kita"]
    assert [ref.id for ref in places["未判定", "未把握"]] == ["nishi"]
    assert sum(map(len, places.values())) == 3


def test_the_newest_visit() -> None:
    seen = Area.model_validate({"name": "北", "visits": [{"on": date(2026, 9, 1)}, {"on": date(2026, 7, 1)}, {}]})
    assert last_visit(seen) == date(2026, 9, 1)
    assert last_visit(Area(name="南")) is None


def test_indicators_side_by_side_say_day_denominator_and_what_is_uneven() -> None:
    april, october = date(2026, 4, 1), date(2026, 10, 1)
    town = snapshot(
        area(
            "kita",
            indicators=[
                indicator("人口", 3000, as_of=april, unit="人"),
                indicator("人口", 2950, as_of=october, unit="人"),
                indicator("高齢化率", 40.5, as_of=october, unit="%", denominator="年齢不詳を除く人口"),
            ],
        ),
        area(
            "minami",
            indicators=[
                indicator("人口", 420, as_of=october, unit="人"),
                indicator("高齢化率", 61.0, as_of=april, unit="%", denominator="総人口"),
                indicator("単身高齢世帯", None, as_of=april, unit="世帯"),
            ],
        ),
    )
    people, rate, alone = comparison(town, [Ref("areas/kita"), Ref("areas/minami")])
    north, south = Ref("areas/kita"), Ref("areas/minami")
    assert people.name == "人口" and not people.uneven
    assert people.figures[north].value == "2,950人" and people.figures[north].number == 1
    # Few people: the rate is a reference, the count is not.
    assert rate.figures[south].uncertain and not people.figures[south].uncertain
    assert not rate.figures[north].uncertain
    assert rate.uneven == ("時点", "分母")
    assert rate.figures[north].denominator == "年齢不詳を除く人口"
    # What is suppressed or missing is no zero, and nothing stands in for it.
    assert alone.figures[south].value == NO_VALUE
    assert north not in alone.figures
