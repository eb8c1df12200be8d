"""Steps of handbook 3: target areas, going there, who is active, what is asked of them, passing lessons on."""

from __future__ import annotations

from kyoju_tui.overview.choosing import lacking
from kyoju_tui.overview.steps.step import DONE, NOT_BEGUN, UNDER_WAY, Around, Standing, listed
from kyoju_tui.records.group import Group, Person
from kyoju_tui.records.survey import Survey


def areas(around: Around) -> Standing:
    """Done once a model or target area is chosen, judged on both axes with evidence (handbook 3-1)."""
    known = around.snapshot.areas
    if not known:
        return Standing(NOT_BEGUN, "対象地域の候補は、まだ挙がっていません。")
    chosen = around.chosen_areas
    if not chosen:
        return Standing(UNDER_WAY, f"地域が{len(known)}件挙がっています。モデル・対象の地域はまだ選ばれていません。")
    for ref, area in chosen.items():
        missing = lacking(area)
        if missing:
            return Standing(UNDER_WAY, f"{area.name}の{'・'.join(missing)}に、判断材料がありません。", ref)
        if not area.status_reason:
            return Standing(UNDER_WAY, f"{area.name}を選んだ理由が、まだ書かれていません。", ref)
    names = listed(area.name for area in chosen.values())
    return Standing(DONE, f"{names}を選んでいます（挙がった地域{len(known)}件）。")


def visits(around: Around) -> Standing:
    """Done once every model or target area was visited (handbook 3-1)."""
    known = around.snapshot.areas
    gone = sum(len(area.visits) for area in known.values())
    talked = sum(len(area.talks) for area in known.values())
    if not gone and not talked:
        return Standing(NOT_BEGUN, "地域への訪問も、地域側の意向確認も、まだ記録されていません。")
    left = {ref: area for ref, area in around.chosen_areas.items() if not area.visits}
    if left:
        names = listed(area.name for area in left.values())
        return Standing(UNDER_WAY, f"{names}への訪問が、まだ記録されていません。", next(iter(left)))
    if not around.chosen_areas or not gone:
        told = f"訪問{gone}回・意向確認{talked}回を記録しました"
        return Standing(UNDER_WAY, f"{told}。モデル・対象の地域への訪問はまだです。")
    return Standing(DONE, f"モデル・対象の地域すべてを訪れています（訪問{gone}回・意向確認{talked}回）。")


def groups(around: Around) -> Standing:
    """Done once every model or target area has a group, and key persons are known by role (handbook 3-2)."""
    snapshot = around.snapshot
    groups, people = snapshot.all(Group), snapshot.all(Person)
    if not groups and not people:
        return Standing(NOT_BEGUN, "団体もキーパーソンも、まだ登録されていません。")
    told = f"団体{len(groups)}件・キーパーソン{len(people)}件を登録しています"
    active = {area for group in groups.values() for area in group.areas}
    left = [area.name for ref, area in around.chosen_areas.items() if ref.id not in active]
    if left:
        return Standing(UNDER_WAY, f"{told}。{listed(left)}の団体がまだありません。")
    if not groups or not people:
        return Standing(UNDER_WAY, f"{told}。{'団体' if not groups else 'キーパーソン'}がまだありません。")
    return Standing(DONE, f"{told}。")


def surveys(around: Around) -> Standing:
    """Done once a questionnaire and a hearing each brought something back (handbook 3-2)."""
    known = around.snapshot.all(Survey)
    if not known:
        return Standing(NOT_BEGUN, "アンケートもヒアリングも、まだ行われていません。")
    answered = {
        survey.method
        for survey in known.values()
        if survey.answers or any(target.received_on is not None for target in survey.targets)
    }
    for method in ("アンケート", "ヒアリング"):
        ours = [ref for ref, survey in known.items() if survey.method == method]
        if not ours:
            return Standing(UNDER_WAY, f"{method}は、まだ行われていません。")
        if method not in answered:
            return Standing(UNDER_WAY, f"{method}の回答が、まだ記録されていません。", ours[-1])
    return Standing(DONE, f"アンケート・ヒアリング{len(known)}件の回答が集まっています。")


def passing_on(around: Around) -> Standing:
    """Done once the lessons of an area were passed to another one (handbook 3-1)."""
    known = around.snapshot.areas
    passed = {ref: area for ref, area in known.items() if any(each.area for each in area.passed_to)}
    if passed:
        to = listed(
            around.snapshot.name("area", each.area) for area in passed.values() for each in area.passed_to if each.area
        )
        return Standing(DONE, f"{listed(area.name for area in passed.values())}で分かったことを、{to}へ伝えています。")
    learned = {ref: area for ref, area in known.items() if area.lessons}
    if learned:
        names = listed(area.name for area in learned.values())
        return Standing(
            UNDER_WAY, f"{names}で分かったことがあります。ほかの地域へはまだ伝えていません。", next(iter(learned))
        )
    return Standing(NOT_BEGUN, "モデル地域で分かったことは、まだ記録されていません。")
