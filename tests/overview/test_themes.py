from __future__ import annotations

from kyoju_tui.overview.matrix import matrix
from kyoju_tui.overview.themes import in_order, moved, needs, unanswered, why_not_yet
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.theme import Theme
from tests.building import TODAY, Built, category, department, initiative, record, snapshot


def theme(record_id: str, **fields: object) -> Built:
    return record("theme", record_id, **{"title": record_id, **fields})


def themes(*built: Built) -> dict[Ref, Theme]:
    return dict(snapshot(*built).all(Theme))


def test_the_order_is_by_rank_and_leaves_out_what_is_over() -> None:
    found = themes(
        theme("b", rank=2), theme("a", rank=1), theme("none"), theme("done", rank=1, status="完了"),
        theme("off", status="見送り"),
    )  # fmt: skip
    assert [ref.id for ref in in_order(found)] == ["a", "b", "none"]


def test_a_step_up_exchanges_two_and_numbers_all_anew() -> None:
    found = themes(theme("a", rank=1), theme("b", rank=1), theme("c", rank=7))
    assert {ref.id: rank for ref, rank in moved(found, Ref("themes/c"), -1).items()} == {"c": 2, "b": 3}
    assert moved(found, Ref("themes/a"), -1) == {}
    assert moved(found, Ref("themes/unknown"), 1) == {}


def test_practice_waits_for_every_institutional_problem() -> None:
    settled = {"id": "aaaaa", "issue": "消防の設備", "alternative": "集会所を使う"}
    left = {"id": "bbbbb", "issue": "個人情報"}
    with_left = Theme.model_validate({"title": "見守り", "obstacles": [settled, left]})
    assert [each.issue for each in unanswered(with_left)] == ["個人情報"]
    assert "個人情報" in why_not_yet(with_left)
    assert "確かめられていません" in why_not_yet(Theme(title="見守り"))
    assert "あり方" in why_not_yet(Theme.model_validate({"title": "見守り", "obstacles": [settled]}))
    ready = Theme.model_validate({"title": "見守り", "obstacles": [settled], "collaboration_form": "月1回の打合せ"})
    assert why_not_yet(ready) == ""


def test_what_is_needed_is_offered_once_and_not_again() -> None:
    town = (
        category("sumai", "住まい"), category("kosodate", "子育て"), department("jutaku", "住宅課"),
        initiative("common", "n1", "sumai kosodate", "必要", title="集まる場"),
        initiative("common", "n2", "sumai", "必要", title="買物の足"),
    )  # fmt: skip
    found = needs(matrix(snapshot(*town), TODAY))
    assert [(need.title, need.categories) for need in found] == [
        ("集まる場", ("kosodate", "sumai")),
        ("買物の足", ("sumai",)),
    ]
    named = needs(matrix(snapshot(*town, theme("t", need="集まる場")), TODAY))
    assert [need.title for need in named] == ["買物の足"]
