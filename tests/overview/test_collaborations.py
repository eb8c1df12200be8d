from __future__ import annotations

from kyoju_tui.overview.collaborations import is_too_small, reach, standing, without_share
from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.ids import Ref

REF = Ref("collaborations/20261123-aaaaa")


def joint(*departments: tuple[str, str], **fields: object) -> Collaboration:
    shares = [{"department": name, **({"share": share} if share else {})} for name, share in departments]
    return Collaboration.model_validate({"title": "見守り", "departments": shares, **fields})


def test_missing_shares_are_named_until_the_work_is_over() -> None:
    each = joint(("korei", "訪問"), ("jutaku", ""), status="協議中")
    assert without_share(each) == ("jutaku",)
    assert without_share(each.but(status="終了")) == ()
    assert standing(REF, each) < standing(REF, joint(("korei", "訪問"), ("jutaku", "相談")))


def test_within_a_category_or_across() -> None:
    assert [reach(joint(categories=rows)) for rows in ((), ("sumai",), ("sumai", "kosodate"))] == [
        "カテゴリー未定", "カテゴリー内", "カテゴリー横断",
    ]  # fmt: skip


def test_one_department_works_together_with_nobody() -> None:
    assert is_too_small(joint(("korei", "訪問")))
    assert not is_too_small(joint(("korei", "訪問"), ("jutaku", "")))
