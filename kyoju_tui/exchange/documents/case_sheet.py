"""事例票: how a town works across its departments, on a sheet for the prefecture's desk (handbook, cover).

Nothing personal is in it: no key persons, no contacts, nobody's section or extension, and no judgement of how willing
an area is. Records that are 意思形成過程 are left out, and the sheet says how many.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kyoju_tui.exchange.documents.document import Document, Part, listed, one_line
from kyoju_tui.overview.matrix import Matrix, matrix
from kyoju_tui.overview.themes import in_order
from kyoju_tui.overview.wording import content_words
from kyoju_tui.records.area import Area
from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.framework import Framework
from kyoju_tui.records.personal import has_mail, has_phone
from kyoju_tui.records.policy import Policy
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.store import Store
from kyoju_tui.records.theme import Theme

_WITHHELD: Final = "意思形成過程"
_CONTACT: Final = "（連絡先とみられる記載があるため、載せていません）"
_NOT_WRITTEN: Final = "（まだ書かれていません）"


@dataclass(frozen=True, slots=True)
class Shareable:
    """The records that may go out, and how many were left out."""

    snapshot: Snapshot
    left_out: int


def shareable(snapshot: Snapshot) -> Shareable:
    """The same moment without the records that are 意思形成過程."""
    kept = {
        ref: record
        for ref, record in snapshot.records.items()
        if record.disclosure != _WITHHELD or isinstance(record, Store)
    }
    return Shareable(Snapshot(kept), len(snapshot) - len(kept))


def case_sheet(snapshot: Snapshot, today: date) -> Document:
    """The sheet."""
    given = shareable(snapshot)
    store = given.snapshot.get("store")
    town = [store.prefecture, store.municipality] if isinstance(store, Store) else []
    title = one_line(f"事例票　{'　'.join(filter(None, town))}")
    parts = tuple(_parts(matrix(given.snapshot, today), given.left_out))
    return Document(title, f"{format_date(today)}時点", parts)


def _parts(whole: Matrix, left_out: int) -> Iterator[Part]:
    snapshot = whole.snapshot
    yield listed("目的と方向性", _purpose(snapshot), _NOT_WRITTEN)
    yield listed("担当部局と推進体制", _framework(snapshot), _NOT_WRITTEN)
    yield Part("カテゴリーと部署（件数）", table=_table(whole))
    yield listed("連携協働", _collaborations(snapshot))
    yield listed("優先テーマ", _themes(snapshot))
    yield listed("モデル・対象の地域", _areas(snapshot))
    yield listed("地域で分かったこと", _lessons(snapshot))
    yield listed("この票について", _about(left_out))


def _purpose(snapshot: Snapshot) -> Iterator[str]:
    policy = snapshot.get("policy")
    if isinstance(policy, Policy):
        position = f"（{policy.position}）" if policy.position else ""
        if policy.purpose:
            yield f"目的{position}：{_free(policy.purpose)}"
        if policy.direction:
            yield f"方向性{position}：{_free(policy.direction)}"


def _framework(snapshot: Snapshot) -> Iterator[str]:
    policy, framework = snapshot.get("policy"), snapshot.get("framework")
    lead = policy.lead if isinstance(policy, Policy) else None
    if lead is not None and lead.department is not None and snapshot.by_id("department", lead.department):
        since = f"（{format_date(lead.effective_on, weekday=False)}から）" if lead.effective_on else ""
        yield f"担当部局：{one_line(snapshot.full_name('department', lead.department))}{since}"
    if not isinstance(framework, Framework):
        return
    if framework.type:
        day = f"（{format_date(framework.decided_on, weekday=False)}決定）" if framework.decided_on else ""
        yield f"推進体制：{framework.type}タイプ{day}"
    if framework.body:
        yield f"会議体・組織：{_free(framework.body)}（構成{len(framework.members)}部署）"
    if framework.reason:
        yield f"選んだ理由：{_free(framework.reason)}"
    yield from (f"メリット：{_free(each)}" for each in framework.merits)
    yield from (f"デメリット：{_free(each)}" for each in framework.demerits)
    yield from (f"実績：{_free(each.text)}" for each in framework.results if each.text)
    yield from (f"課題：{_free(each.text)}" for each in framework.problems if each.text)


def _table(whole: Matrix) -> tuple[tuple[str, ...], ...]:
    """Counts only: titles of single entries stay in the town."""
    if not whole.categories or not whole.departments:
        return ()
    rows = (
        (
            category.name,
            *(content_words(cell) if cell.entries else "－" for cell in whole.row(category.id)),
            f"{len(whole.base_data[category.id])}件",
        )
        for category in whole.categories
    )
    return ("カテゴリー", *(axis.name for axis in whole.departments), "基礎データ"), *rows


def _collaborations(snapshot: Snapshot) -> Iterator[str]:
    for each in snapshot.all(Collaboration).values():
        rows = "・".join(_names(snapshot, "category", each.categories))
        departments = _names(snapshot, "department", (share.department for share in each.departments))
        status = f"（{each.status}）" if each.status else ""
        yield f"{_free(each.title)}{status}　{rows}　{'、'.join(departments)}"


def _themes(snapshot: Snapshot) -> Iterator[str]:
    found = snapshot.all(Theme)
    for ref in [*in_order(found), *(ref for ref in found if found[ref].status == "完了")]:
        theme = found[ref]
        need = f"　必要なこと：{_free(theme.need)}" if theme.need else ""
        yield f"{_free(theme.title)}（{theme.status or '候補'}）{need}"
        for each in theme.obstacles:
            if each.issue:
                answer = each.response or each.alternative
                yield f"　制度上の課題：{_free(each.issue)}" + (
                    f"　対応：{_free(answer)}" if answer else "　対応は検討中"
                )


def _areas(snapshot: Snapshot) -> Iterator[str]:
    for area in _chosen(snapshot):
        told = [f"範囲：{area.scope}" if area.scope else "", f"町内会{len(area.members)}" if area.members else ""]
        formation = f"　{_free(area.formation)}" if area.formation else ""
        yield f"{_free(area.name)}（{'　'.join(filter(None, [area.status, *told]))}）{formation}"


def _lessons(snapshot: Snapshot) -> Iterator[str]:
    for area in snapshot.areas.values():
        yield from (f"{_free(area.name)}：{_free(each.text)}" for each in area.lessons if each.text)
        to = _names(snapshot, "area", (each.area for each in area.passed_to if each.area))
        if to:
            yield f"{_free(area.name)}から伝えた地域：{'、'.join(to)}"


def _about(left_out: int) -> Iterator[str]:
    yield f"公開区分が「意思形成過程」の記録{left_out}件は、載せていません。"
    yield "キーパーソン、連絡先、地域の意欲・優先度の判断は、載せていません。"


def _chosen(snapshot: Snapshot) -> Iterator[Area]:
    return (area for status in ("モデル", "対象") for area in snapshot.areas.values() if area.status == status)


def _names(snapshot: Snapshot, kind: str, ids: Iterator[str] | tuple[str, ...]) -> list[str]:
    """The names of those that may go out."""
    return [one_line(snapshot.full_name(kind, each)) for each in ids if snapshot.by_id(kind, each) is not None]


def _free(text: str) -> str:
    """A text that somebody typed: one that holds a telephone number or a mail address stays here."""
    return _CONTACT if has_phone(text) or has_mail(text) else one_line(text)
