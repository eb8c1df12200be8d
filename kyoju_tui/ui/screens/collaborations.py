"""連携協働: joint work within and across categories, missing shares first (handbook 1-2(2), 1-3(1))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kyoju_tui.overview.collaborations import is_too_small, reach, standing, without_share
from kyoju_tui.records.base import Record
from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.records import RecordsScreen
from kyoju_tui.ui.screens.sheet import SheetScreen
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.story import Sentence


class CollaborationsScreen(RecordsScreen):
    """The list, and who does what of the one under the cursor."""

    KIND = "collaboration"
    DETAIL = 8
    EMPTY = (
        "2つ以上の部署で行うことがここに並びます。\n\n"
        "F4 で連携協働を記録します。一覧表や論点からも始められます。"
    )  # fmt: skip
    COMMANDS = (
        "open", "edit", "new", "search", "collaborations.join", "collaborations.share", "remove", "reload", "back",
    )  # fmt: skip

    def heads(self) -> Sequence[tuple[str, str]]:
        """Name, how far it reaches, who, status, missing shares."""
        return (
            ("title", "名称"), ("reach", "範囲"), ("departments", "部署"), ("status", "状況"), ("missing", "分担"),
        )  # fmt: skip

    def cells(self, ref: Ref, record: Record) -> Sequence[str | Marked]:  # noqa: ARG002
        """In words; missing shares stand out."""
        each, marks = _collaboration(record), marks_for(self.kyoju.current_theme)
        missing = len(without_share(each))
        state = Marked.of((f"未記入 {missing}", marks.gap)) if missing else "記入済"
        if is_too_small(each):
            state = Marked.of(("部署が不足", marks.gap))
        names = "・".join(self.snapshot.name("department", share.department) for share in each.departments)
        return each.title, reach(each), names, each.status or "", state

    def standing(self, ref: Ref, record: Record) -> tuple[object, ...]:
        """Missing shares first; what is over last."""
        return standing(ref, _collaboration(record))

    def detail(self, ref: Ref, record: Record) -> Iterable[Sentence]:  # noqa: ARG002
        """Direction, and who does what."""
        each = _collaboration(record)
        rows = "・".join(self.snapshot.name("category", category) for category in each.categories)
        yield Sentence("　".join(filter(None, (reach(each), rows, each.form or ""))), "bold")
        if each.direction:
            yield Sentence(each.direction)
        for share in each.departments:
            name = self.snapshot.full_name("department", share.department)
            yield Sentence(f"{name}：{share.share or '（分担がまだ書かれていません）'}")

    # -- acting --------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the sheet."""
        if self.key_here:
            self.kyoju.push_screen(SheetScreen(self.key_here))

    def action_edit(self) -> None:
        """Open the form."""
        if self.key_here:
            self.edit(self.key_here)

    def action_join(self) -> None:
        """Add a department with its share."""
        if self.key_here:
            self.add_row(self.key_here, "departments", title="加わる部署と分担")

    def action_share(self) -> None:
        """Write the first share that is missing."""
        here = self.here
        if here is None:
            return
        shares = _collaboration(here[1]).departments
        missing = without_share(_collaboration(here[1]))
        number = next((at for at, share in enumerate(shares) if share.department in missing), None)
        if number is None:
            self.kyoju.notify("分担はすべて書かれています。直すときは Enter で開きます。")
        else:
            name = self.snapshot.full_name("department", shares[number].department)
            self.edit_row(here[0], "departments", number, title=f"{name}の分担")


def _collaboration(record: Record) -> Collaboration:
    if not isinstance(record, Collaboration):
        raise TypeError(f"no collaboration: {type(record)}")
    return record
