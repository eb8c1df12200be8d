"""地域包括ケア: what each daily living area has of each element, and whom to contact there (handbook 2-2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast

from textual.widget import Widget

from kyoju_tui.overview.care import ELEMENTS, EVERYWHERE, Care, bodies, care, tagged
from kyoju_tui.records.entry import CareElement
from kyoju_tui.records.group import Group
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import Marks, marks_for
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import Marked, MatrixTable, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.workspace.requests import Put

_ELEMENT: Final = "@element"
_HEAD, _NARROWEST, _WIDEST = 14, 14, 26
_GROUND: Final = "住まい"
_EMPTY: Final = (
    "日常生活圏域ごとに、医療・看護・介護・介護予防・生活支援と、土台となる住まいの支えを見る表です。\n\n"
    "「地域」で地域を開き、日常生活圏域を書くと、圏域が列になります。取組・課題には「地域包括ケアの要素」と地域を"
    "付けます。"
)


class CareScreen(DataScreen):
    """Rows are elements, 住まい last; columns are living areas."""

    title_ja = "地域包括ケア"
    COMMANDS = ("open", "new", "care.tag", "care.areas", "reload", "back")
    AUTO_FOCUS = "MatrixTable"
    DEFAULT_CSS = """
    CareScreen Story { height: 7; }
    """

    def __init__(self, element: str = "", living_area: str = "") -> None:
        """The cursor begins on `element` in `living_area`."""
        super().__init__()
        self._begin = (element or ELEMENTS[0], living_area)
        self._made: tuple[Snapshot, Care] | None = None

    def compose_body(self) -> Iterable[Widget]:
        """The table, and what is known of the cell and its living area."""
        yield EmptyNote(_EMPTY)
        yield MatrixTable()
        yield Story()

    def on_mount(self) -> None:
        """Show the table, the cursor where it was asked for."""
        self.show()
        element, living_area = self._begin
        self.query_one(MatrixTable).move_to(element, living_area or self.care.columns[0])

    @property
    def care(self) -> Care:
        """The table of the present records, made once per change."""
        if self._made is None or self._made[0] is not self.snapshot:
            self._made = (self.snapshot, care(self.snapshot))
        return self._made[1]

    @property
    def title_detail(self) -> str:
        """How much is covered nowhere."""
        gaps = len(self.care.gaps)
        return f"支えの見当たらない欄：{gaps}" if gaps else ""

    def show(self) -> None:
        """Show the table, touching only what differs."""
        found, table = self.care, self.query_one(MatrixTable)
        empty = not found.areas and not found.cells
        self.query_one(EmptyNote).display = empty
        table.display = self.query_one(Story).display = not empty
        each = min(_WIDEST, max(_NARROWEST, (table.room - _HEAD) // len(found.columns)))
        marks = marks_for(self.kyoju.current_theme)
        heads = [column(_ELEMENT, "要素｜圏域", _HEAD), *(column(name, name, each) for name in found.columns)]
        table.set_rows(tuple(heads), [self._row(element, marks) for element in ELEMENTS])
        self.show_title()
        self.explain()

    def _row(self, element: str, marks: Marks) -> Row:
        head = [(element, "bold"), *([("（土台）", marks.calm)] if element == _GROUND else [])]
        return Row(element, (Marked.of(*head), *(self._cell(element, name, marks) for name in self.care.columns)), 2)

    def _cell(self, element: str, living_area: str, marks: Marks) -> Marked:
        cell, cover = self.care.cell(element, living_area), self.care.cover(element, living_area)
        counts = [("取組", len(cell.initiatives)), ("課題", len(cell.issues)), ("地域", len(cell.areas))]
        told = "・".join(f"{word}{count}" for word, count in counts if count)
        if cover == "あり":
            return Marked.of((told, ""))
        if living_area == EVERYWHERE:
            return Marked.of((told or "－", "" if told else marks.calm))
        if cover == "全域のみ":
            return Marked.of(*([(told, "")] if told else []), ("全域のみ", marks.waiting))
        return Marked.of(*([(told, "")] if told else []), ("支えなし", marks.gap))

    # -- the box -------------------------------------------------------------------------------------------------

    def _here(self) -> tuple[CareElement, str]:
        table, columns = self.query_one(MatrixTable), self.care.columns
        rows: dict[str, CareElement] = {each: each for each in ELEMENTS}
        return rows.get(table.row_key, ELEMENTS[0]), table.column_key if table.column_key in columns else columns[0]

    def explain(self) -> None:
        """Say what the cursor is on."""
        self.query_one(Story).show(self._told())
        self.refresh_bindings()

    def _told(self) -> Iterable[Sentence]:
        element, living_area = self._here()
        cell, areas = self.care.cell(element, living_area), self.care.areas.get(living_area, ())
        title = self.snapshot.title
        yield Sentence(f"{living_area}の{element}", "bold")
        if not cell.refs:
            yield Sentence("この欄にはまだ何もありません。Ctrl+R で今ある取組に要素を付け、F4 で新しく書きます。")
        for word, refs in (("取組", cell.initiatives), ("課題", cell.issues), ("支えのある地域", cell.areas)):
            if refs:
                yield Sentence(f"{word}：{'、'.join(map(title, refs))}")
        if areas:
            yield Sentence(f"圏域の地域：{'、'.join(map(title, areas))}")
            contacts = [self._contact(ref) for ref in bodies(self.snapshot, areas)]
            yield Sentence(f"相談する団体：{'、'.join(contacts) or 'まだ登録がありません（「団体」で登録します）'}")

    def _contact(self, ref: Ref) -> str:
        group = self.snapshot.expect(ref, Group)
        desk = self.snapshot.name("department", group.contact_desk) if group.contact_desk else "窓口課未定"
        return f"{group.name}（{group.kind}・{desk}）"

    def refs_here(self) -> Sequence[Ref]:
        """What stands in the cell."""
        return self.care.cell(*self._here()).refs

    # -- acting --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a living area has areas."""
        if action == "areas" and self.is_mounted:
            return bool(self.care.areas.get(self._here()[1]))
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Open what stands here: the only record at once, one of several by choice; an empty cell is to be filled."""
        refs = self.care.cell(*self._here()).refs
        if not refs:
            self.action_new()
        else:
            self._open_one_of(refs)

    def action_areas(self) -> None:
        """Open an area of the living area, to tag it or to correct the living area."""
        self._open_one_of(self.care.areas.get(self._here()[1], ()))

    def _open_one_of(self, refs: Sequence[Ref]) -> None:
        if len(refs) == 1:
            self.edit(refs[0])
        elif refs:
            choices = [Candidate(str(ref), self.snapshot.title(ref), self._detail(ref)) for ref in refs]
            self.kyoju.push_screen(Picker("開くもの", choices, (), many=False), self._chosen)

    def _detail(self, ref: Ref) -> str:
        entry = self.snapshot.entries.get(ref)
        word = entry.kind if entry is not None else kind_of(ref).label
        department = self.snapshot.name("department", ref.department) if ref.department else ""
        return "　".join(filter(None, (word, department)))

    def _chosen(self, values: Sequence[str] | None) -> None:
        if values:
            self.edit(values[0])

    def action_new(self) -> None:
        """Write a new initiative with the element and the areas of the cell."""
        element, living_area = self._here()
        areas = [ref.id for ref in self.care.areas.get(living_area, ())]
        preset = {"kind": "取組", "status": "取組中", "care_elements": [element], "areas": areas}
        self.add("entry", preset={name: value for name, value in preset.items() if value})

    def action_tag(self) -> None:
        """Give the element of the cell, and areas, to entries that exist."""
        self.run_worker(self._tag(*self._here()))

    async def _tag(self, element: CareElement, living_area: str) -> None:
        known = {ref.id for ref in self.care.cell(element, living_area).refs}
        entries = {ref.id: ref for ref, entry in self.snapshot.entries.items() if entry.kind != "データ"}
        offered = [
            each
            for each in candidates(self.snapshot, "entry", self.today)
            if each.value in entries and each.value not in known
        ]
        picker = Picker(f"「{element}」を付ける取組・課題", offered, (), many=True)
        chosen = cast("Sequence[str] | None", await self.kyoju.push_screen_wait(picker))
        if not chosen:
            return
        refs = [entries[each] for each in chosen]
        areas = await self._areas_for(refs, living_area)
        if areas is None:
            return
        # The bases first: a colleague's change that comes after them is merged.
        bases = {ref: self.workspace.base(ref) for ref in refs}
        changed = tagged(self.snapshot, refs, element, areas)
        puts = [Put(ref, entry, bases[ref]) for ref, entry in changed.items()]
        if puts:
            subject = f"地域包括ケアの「{element}」を{len(puts)}件に付ける（{living_area}）"
            self.kyoju.save(lambda: self.workspace.batch(puts, action="update", subject=subject))

    async def _areas_for(self, refs: Sequence[Ref], living_area: str) -> Sequence[str] | None:
        """The areas that these entries need to stand in this column; asked for only where it has several."""
        there = [ref.id for ref in self.care.areas.get(living_area, ())]
        if not there or all(not set(there).isdisjoint(self.snapshot.entries[ref].areas) for ref in refs):
            return ()
        if len(there) == 1:
            return there
        offered = [each for each in candidates(self.snapshot, "area", self.today) if each.value in there]
        picker = Picker(f"{living_area}のどの地域", offered, there, many=True)
        return cast("Sequence[str] | None", await self.kyoju.push_screen_wait(picker))
