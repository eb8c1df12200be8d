"""Steps of handbook 1-2: categories and departments, the inquiry, the matrix, what it makes visible."""

from __future__ import annotations

from kyoju_tui.overview.asked import newest_first
from kyoju_tui.overview.collaborations import is_too_small, without_share
from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.overview.steps.step import DONE, NOT_BEGUN, UNDER_WAY, Around, Standing, listed
from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.ids import Ref

_FEWEST_DEPARTMENTS = 2


def axes(around: Around) -> Standing:
    """Done once there are rows, and columns of more than one department (handbook 1-2(1)).

    A preset brings categories along: without a department nobody has begun.
    """
    rows, columns = len(around.matrix.categories), len(around.matrix.departments)
    if not columns:
        told = f"カテゴリーは{rows}件あります。" if rows else "カテゴリーはまだありません。"
        return Standing(NOT_BEGUN, f"{told}部署がまだ登録されていません。")
    if not rows:
        return Standing(UNDER_WAY, f"部署は{columns}件あります。カテゴリーがまだありません。")
    if columns < _FEWEST_DEPARTMENTS:
        return Standing(UNDER_WAY, "部署がまだ1件です。ともに取り組む部署を登録します。")
    return Standing(DONE, f"カテゴリー{rows}件と部署{columns}件がそろっています。")


def inquiry(around: Around) -> Standing:
    """Done once every department that was asked has answered; or the matrix is full without one (handbook 1-2(1))."""
    matrix, inquiries = around.matrix, around.snapshot.inquiries
    issued = newest_first(inquiries, matrix.today)
    if not issued:
        if inquiries:
            ref = max(inquiries)
            return Standing(UNDER_WAY, f"「{inquiries[ref].title}」を準備しています。まだ発出していません。", ref)
        if matrix.cells and all(cell.state != "記入なし" for cell in matrix.cells.values()):
            return Standing(DONE, "照会をせずに、一覧表のすべての欄が埋まっています。")
        return Standing(NOT_BEGUN, "各部署への照会は、まだ作られていません。")
    if not matrix.asked:
        return Standing(UNDER_WAY, "発出した照会に、いまの部署あての照会先がありません。", issued[0][0])
    states: dict[str, dict[str, Ref]] = {}
    for axis in matrix.departments:
        for cell in matrix.column(axis.id):
            if cell.asked is not None:
                states.setdefault(cell.asked.state, {})[axis.id] = cell.asked.inquiry
    late, waited = states.get("期限超過", {}), states.get("回答待ち", {})
    if late:
        names = listed(map(around.department, late))
        return Standing(UNDER_WAY, f"期限を過ぎて回答のない部署が{len(late)}あります（{names}）。", min(late.values()))
    if waited:
        names = listed(map(around.department, waited))
        return Standing(UNDER_WAY, f"{len(waited)}部署の回答を待っています（{names}）。", min(waited.values()))
    checked = states.get("内容確認中", {})
    if checked:
        names = listed(map(around.department, checked))
        told = f"{len(checked)}部署の回答の内容を確かめています（{names}）。"
        return Standing(UNDER_WAY, told, min(checked.values()))
    return Standing(DONE, "照会したすべての部署から回答がありました。", issued[0][0])


def is_begun(whole: Matrix) -> bool:
    """Whether anything stands in the matrix yet."""
    return any(cell.state in ("記載あり", "該当なし") for cell in whole.cells.values())


def table(around: Around) -> Standing:
    """Done once no cell is 記入なし (handbook 1-2(2))."""
    cells = around.matrix.cells.values()
    if not is_begun(around.matrix):
        return Standing(NOT_BEGUN, "一覧表に、まだ取組も課題も記載されていません。")
    gaps = sum(1 for cell in cells if cell.state == "記入なし")
    bare = [axis.name for axis in around.matrix.categories if not around.matrix.base_data[axis.id]]
    data = f"基礎データのないカテゴリーは{listed(bare)}です。" if bare else ""
    if gaps:
        return Standing(UNDER_WAY, f"{len(cells)}欄のうち{gaps}欄が記入なしです。{data}")
    if bare:
        return Standing(UNDER_WAY, f"すべての欄が埋まっています。{data}")
    return Standing(DONE, "すべての欄が埋まり、基礎データもそろっています。")


def points(around: Around) -> Standing:
    """Done once something was settled and no strong point is open; as long as points are unknown, under way."""
    settled = sum(1 for finding in around.snapshot.findings.values() if finding.verdict is not None)
    known = around.findings
    if known is None:
        if not settled:
            return Standing(NOT_BEGUN, "整理した論点は、まだありません。")
        return Standing(UNDER_WAY, f"{settled}件の論点を整理しました。")
    left = [view for view in known if view.kind == "論点" and not view.settled and view.fires]
    strong = sum(1 for view in left if view.strong)
    if not settled:
        told = f"論点が{len(left)}件あります。" if left and is_begun(around.matrix) else ""
        return Standing(NOT_BEGUN, f"整理した論点は、まだありません。{told}")
    if strong:
        return Standing(
            UNDER_WAY, f"{settled}件を整理しました。急ぐ論点が{strong}件、すべてで{len(left)}件残っています。"
        )
    return Standing(DONE, f"{settled}件を整理し、急ぐ論点は残っていません（ほかの論点{len(left)}件）。")


def joint_work(around: Around) -> Standing:
    """Done once joint work of two departments is going on with every share written (handbook 1-2(2), 1-3(1))."""
    found = around.snapshot.all(Collaboration)
    if not found:
        return Standing(NOT_BEGUN, "2つ以上の部署で行う連携協働は、まだ記録されていません。")
    for ref, each in found.items():
        if is_too_small(each):
            return Standing(UNDER_WAY, f"「{each.title}」に、いっしょに行う部署がまだ足りません。", ref)
        missing = without_share(each)
        if missing:
            names = listed(map(around.department, missing))
            return Standing(UNDER_WAY, f"「{each.title}」の分担がまだ書かれていません（{names}）。", ref)
    going = sum(1 for each in found.values() if each.status in ("実施中", "終了"))
    if not going:
        return Standing(UNDER_WAY, f"連携協働{len(found)}件を話し合っています。実施中のものはまだありません。")
    return Standing(DONE, f"連携協働{len(found)}件の分担がそろい、{going}件が実施に移っています。")
