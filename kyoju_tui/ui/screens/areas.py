"""地域: which axis lacks evidence, who wants to begin, when somebody was there last (handbook 3-1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, cast

from textual.widget import Widget

from kyoju_tui.overview.areas import (
    PRIORITY,
    WILLINGNESS,
    by_intent,
    by_status,
    last_visit,
    plot,
    priority_of,
    willingness_of,
)
from kyoju_tui.overview.choosing import by_statistics_alone, lacking, open_promises, remarks
from kyoju_tui.records.area import Area
from kyoju_tui.records.base import Record
from kyoju_tui.records.dates import format_short
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.area_compare import AreaCompareScreen
from kyoju_tui.ui.screens.area_sheet import AreaSheetScreen
from kyoju_tui.ui.screens.records import RecordsScreen
from kyoju_tui.ui.widgets.area_plot import AreaPlot, Name
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.story import Sentence, Story

LIST, WISHES, PLOT = "一覧", "始めたい地域から", "意欲と優先度の図"
_VIEWS: Final = (LIST, WISHES, PLOT)
_AROUND: Final = 5  # title, search, heads, status line, keys
_HEADS: Final = {
    "name": "地域名",
    "status": "位置づけ",
    "scope": "範囲",
    "intent": "意向",
    "willingness": "意欲",
    "priority": "優先度",
    "evidence": "判断材料",
    "visited": "最終訪問",
}
_WIDE: Final = 98  # columns that all of them need
_ROOMY: Final = frozenset({"scope"})
_NOT_SHOWN: Final = frozenset({"intent", "willingness", "priority", "evidence"})


class AreasScreen(RecordsScreen):
    """The list, the list from those that want to begin, and the plot of the two axes."""

    KIND = "area"
    DETAIL = 5
    EMPTY = (
        "候補・モデル・対象となる地域がここに並びます。\n\n"
        "F4 で地域を記録します。\n意欲と優先度は別々の軸で、それぞれ判断材料とともに書きます。点数にはしません。"
    )
    COMMANDS = (
        "open", "edit", "new", "search", "areas.view", "areas.visit", "areas.compare", "areas.projector", "remove",
        "reload", "back",
    )  # fmt: skip

    def __init__(self, record: str = "") -> None:
        super().__init__(record)
        self.view = LIST
        self.projector = False

    def compose_body(self) -> Iterable[Widget]:
        """The list, and the plot in its place."""
        *above, box = super().compose_body()
        yield from above
        yield AreaPlot()
        yield box

    # -- the list ------------------------------------------------------------------------------------------------

    def heads(self) -> Sequence[tuple[str, str]]:
        """The columns: the scope where there is room for it, no judgements on a projector."""
        left = _NOT_SHOWN if self.projector else frozenset[str]() if self.room >= _WIDE else _ROOMY
        return [(key, label) for key, label in _HEADS.items() if key not in left]

    def cells(self, ref: Ref, record: Record) -> Sequence[str | Marked]:  # noqa: ARG002 - told by the record alone
        """Each column of an area; what lacks evidence is marked."""
        area = cast("Area", record)
        visited = last_visit(area)
        told: dict[str, str | Marked] = {
            "name": area.name,
            "status": (area.status or "").replace("今回は", ""),
            "scope": area.scope or "",
            "intent": area.intent or "",
            "willingness": willingness_of(area),
            "priority": priority_of(area),
            "evidence": self._evidence(area),
            "visited": format_short(visited) if visited is not None else "なし",
        }
        return [told[key] for key, _ in self.heads()]

    def _evidence(self, area: Area) -> Marked:
        marks, without = marks_for(self.kyoju.current_theme), lacking(area)
        if not without:
            return Marked.of(("あり", marks.calm))
        word = "両方なし" if len(without) == 2 else f"{without[0]}なし"
        return Marked.of((word, marks.gap))

    def standing(self, ref: Ref, record: Record) -> tuple[object, ...]:
        """Models, targets, candidates, others; or those first that want to begin."""
        area = cast("Area", record)
        return by_intent(ref, area) if self.view == WISHES else by_status(ref, area)

    def limit_words(self) -> str:
        """The view, and how many areas lack evidence."""
        if self.projector:
            return "投影用表示"
        without = sum(1 for area in self.snapshot.areas.values() if lacking(area))
        counted = f"判断材料なし {without}地域" if without else ""
        return "　".join(filter(None, ("" if self.view == LIST else self.view, counted)))

    def detail(self, ref: Ref, record: Record) -> Iterable[Sentence]:
        """What is owed to the area first, then the evidence of both axes."""
        area, marks = cast("Area", record), marks_for(self.kyoju.current_theme)
        for promise in open_promises(self.snapshot, ref):
            on = f"（{format_short(promise.on)}）" if promise.on else ""
            yield Sentence(f"残っている約束{on}：{promise.text}", marks.strong)
        if self.projector:
            return
        for label, level, axis in (
            ("意欲", willingness_of(area), area.willingness),
            ("優先度", priority_of(area), area.priority),
        ):
            if axis is not None and axis.evidence:
                yield Sentence(f"{label}「{level}」の判断材料：{'、'.join(axis.evidence)}")
        alone = by_statistics_alone(area)
        for remark in remarks(self.snapshot, ref):
            yield Sentence(remark, marks.strong if alone else "")

    # -- the plot ------------------------------------------------------------------------------------------------

    @property
    def _plotted(self) -> bool:
        return self.view == PLOT and not self.projector and not self.nothing_yet()

    def show(self) -> None:
        """Show the list or the plot."""
        super().show()
        shown, plotted = self.query_one(AreaPlot), self._plotted
        shown.display = plotted
        self.table.display = not plotted
        if plotted:
            self.query_one(EmptyNote).display = False
            names = {place: [self._called(ref) for ref in refs] for place, refs in self._plot().items()}
            shown.show_plot(names, self.size.height - _AROUND - self.DETAIL)
            self.explain()

    def explain(self) -> None:
        """In the plot the box stays where it is, and tells of every area of the place."""
        if not self._plotted:
            super().explain()
            return
        story = self.query_one(Story)
        story.display = True
        story.show(self._told_of_place())
        self.refresh_bindings()

    def _told_of_place(self) -> Iterable[Sentence]:
        high, keen = self.query_one(AreaPlot).place
        refs = self._refs_here()
        if not refs:
            yield Sentence(
                f"優先度「{high}」・意欲「{keen}」の地域はありません。" if keen else f"優先度「{high}」", "dim"
            )
        for ref in refs:
            area = self.snapshot.expect(ref, Area)
            yield Sentence(f"{area.name}（{area.status or '位置づけ未定'}）", "bold")
            yield from self.detail(Ref(ref), area)

    def _plot(self) -> dict[tuple[str, str], tuple[Ref, ...]]:
        found = {ref: area for ref, area in self.snapshot.areas.items() if self.search_text(ref).matches(self._query)}
        return dict(plot(found))

    def _called(self, ref: Ref) -> Name:
        area = self.snapshot.expect(ref, Area)
        words = [*([area.status] if area.status == "モデル" else []), *(["材料なし"] if lacking(area) else [])]
        style = marks_for(self.kyoju.current_theme).strong if lacking(area) else ""
        told = f"\n（{'・'.join(words)}）" if words else ""
        return f"{area.name}{told}", style

    @property
    def key_here(self) -> str:
        """The area under the cursor; of a place in the plot its first."""
        return next(iter(self._refs_here()), "")

    def _refs_here(self) -> tuple[str, ...]:
        if not self._plotted:
            return (key,) if (key := super().key_here) else ()
        return self._plot().get(self.query_one(AreaPlot).place, ())

    def _with_one(self, act: Callable[[str], None]) -> None:
        """Do something with the area under the cursor; of several in one place ask which."""
        refs = self._refs_here()
        if len(refs) == 1:
            act(refs[0])
        elif refs:
            choices = [Candidate(ref, self.snapshot.title(ref)) for ref in refs]
            picker = Picker("地域", choices, (), many=False)
            self.kyoju.push_screen(picker, lambda values: act(values[0]) if values else None)

    # -- acting --------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the area's sheet."""
        self._with_one(self._open_sheet)

    def _open_sheet(self, ref: str) -> None:
        self.kyoju.push_screen(AreaSheetScreen(ref))

    def action_edit(self) -> None:
        """Open the whole record in its form."""
        self._with_one(self.edit)

    def action_new(self) -> None:
        """An empty form: an area begins as a candidate."""
        self.add(self.kind.word, preset={"status": "候補"})

    def action_remove(self) -> None:
        """Delete, after asking."""
        self._with_one(lambda ref: self.remove_record(Ref(ref)))

    def action_visit(self) -> None:
        """Record a visit of today."""
        self._with_one(lambda ref: self.add_row(ref, "visits", {"on": self.today}, title="訪問を記録"))

    def action_compare(self) -> None:
        """Indicators side by side."""
        self.kyoju.push_screen(AreaCompareScreen(self.key_here))

    def action_view(self) -> None:
        """The next view; the plot is not for a projector."""
        self.view = _VIEWS[(_VIEWS.index(self.view) + 1) % len(_VIEWS)]
        if self.projector and self.view == PLOT:
            self.view = LIST
        self.show()
        if self._plotted:
            shown = self.query_one(AreaPlot)
            shown.move_to(*next((place for place, refs in self._plot().items() if refs), (PRIORITY[0], WILLINGNESS[0])))
            shown.focus()
        else:
            self.table.focus()

    def action_projector(self) -> None:
        """Show, or hide, what is not for the eyes of others."""
        self.projector = not self.projector
        self.view = LIST
        self.show()
        self.table.focus()
        self.kyoju.notify(
            "投影用表示にしました。意欲・優先度・意向は出ません。" if self.projector else "ふだんの表示に戻しました。"
        )
