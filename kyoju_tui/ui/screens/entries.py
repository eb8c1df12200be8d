"""取組・課題: every entry, searched and limited, opened, copied, moved, deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType

from kyoju_tui.records.base import Record
from kyoju_tui.records.dates import format_short
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.kinds import kind_named
from kyoju_tui.records.plain import to_plain
from kyoju_tui.ui.entry_filter import CONFIRMED, DEPARTMENT, UNCONFIRMED, EntryFilter, offered, unconfirmed
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.matrix_words import sort_of
from kyoju_tui.ui.my_department import my_department, remember_department
from kyoju_tui.ui.screens.bulk import change_in_bulk
from kyoju_tui.ui.screens.edit_head import COMMON_NAME, may_be_common
from kyoju_tui.ui.screens.existing_file import bring_sheet
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.search_texts import SearchTexts
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.record_table import Column, Row

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed, Saved

# What belongs to the one that is copied, not to the new one.
_OWN: Final = ("confirmed", "as_of", "source", "results", "addresses", "causes")
_NARROW: Final = 90


class EntriesScreen(ListScreen):
    """The list of initiatives, issues and data."""

    title_ja = "取組・課題"
    COMMANDS = (
        "open", "edit", "new", "search", "entries.limit", "entries.unconfirmed", "entries.copy", "entries.mark",
        "entries.mark-all", "entries.change", "entries.move", "sheets.bring", "remove", "reload", "back",
    )  # fmt: skip
    # Blanks choose, as in every list of which several can be chosen; the second is the one of the IME.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,ideographic_space", "mark", show=False)]
    EMPTY = (
        "各部署の取組・課題・データがここに並びます。まだ1件もありません。\n\n"
        "F4 で最初の1件を記録します。一覧表の空いている欄からも記録できます。\n\n"
        "Ctrl+B で、今あるExcelの一覧表・事務事業一覧から取り込めます。"
    )

    def __init__(self, limits: Sequence[str] = ()) -> None:
        """`limits` are values of the filter, such as 部署:jutaku."""
        super().__init__()
        self._limits = EntryFilter(tuple(limits))
        self._marked: dict[Ref, None] = {}
        self._awaited = False
        self._texts = SearchTexts(self._words)

    def on_mount(self) -> None:
        """Fold all texts in a worker, so that the first search need not."""
        entries = self.snapshot.entries
        self.run_worker(lambda: self._texts.prepare(entries), thread=True)

    def columns(self) -> Sequence[Column]:
        """The title takes what the others leave; narrow, one column tells kind and status."""
        if self.room < _NARROW:
            others = [
                Column("sort", "区分", 7),
                Column("department", "部署", 13),
                Column("categories", "カテゴリー", 16),
            ]
        else:
            others = [
                Column("kind", "種別", 7),
                Column("status", "状況", 7),
                Column("department", "部署", 13),
                Column("categories", "カテゴリー", 22),
                Column("confirmed", "確認", 11),
                Column("as_of", "時点".rjust(7), 10),
            ]
        rest = self.room - sum(column.width or 0 for column in others)
        return (Column("mark", "選", 3), Column("title", "件名", max(20, rest - 3)), *others)

    def keys(self) -> Iterable[str]:
        """The entries that the limits leave: my department's unconfirmed ones, then all in the order of departments."""
        order = {department: number for number, department in enumerate(self.snapshot.departments)}
        entries, mine = self.snapshot.entries, my_department(self.kyoju)

        def place(ref: Ref) -> tuple[bool, int, str]:
            first = ref.department == mine and unconfirmed(entries[ref])
            return not first, order.get(ref.department or "", len(order)), ref

        return sorted(self._limits.select(entries), key=place)

    def row(self, key: str) -> Row:
        """Title, kind, status, department, categories, and what else there is room for."""
        ref, entry = Ref(key), self.snapshot.entries[Ref(key)]
        department = "共通" if ref.department == COMMON else self.snapshot.name("department", ref.department or "")
        words = {
            "mark": "選" if ref in self._marked else "",
            "title": entry.title,
            "sort": sort_of(entry),
            "kind": entry.kind,
            "status": entry.status or "",
            "department": department,
            "categories": "・".join(self.snapshot.name("category", each) for each in entry.categories),
            "confirmed": entry.confirmed or "",
            "as_of": format_short(entry.as_of).rjust(9) if entry.as_of else "",
        }
        return Row(key, tuple(Marked.of((words[column.key], "")) for column in self.shape))

    def search_text(self, key: str) -> SearchText:
        """Found by title, texts, department and categories."""
        return self._texts.of(Ref(key), self.snapshot.entries[Ref(key)])

    def nothing_yet(self) -> bool:
        """Whether there is no entry at all."""
        return not self.snapshot.entries

    def limit_words(self) -> str:
        """What the list is limited to, and how many are chosen."""
        chosen = f"選択{len(self._marked)}件" if self._marked else ""
        return "　".join(filter(None, (self._limits.words(self.snapshot), chosen)))

    @property
    def foremost(self) -> tuple[str, ...]:
        """Something is chosen in order to be changed."""
        return ("entries.change",) if self._marked else ()

    def show_title(self) -> None:
        """The title tells how many are chosen, the footer what can be done with them."""
        super().show_title()
        self.refresh_bindings()

    def records_changed(self, changed: Changed) -> None:
        """Show what somebody recorded. The cursor goes to what was just made here; else it stays."""
        self._marked = {ref: None for ref in self._marked if ref in self.snapshot.entries}
        before = frozenset(row.key.value for row in self.table.ordered_rows)
        super().records_changed(changed)
        made = [ref for ref in changed.refs if ref in self.snapshot.entries and ref not in before]
        if self._awaited and changed.own and len(made) == 1:
            self._awaited = False
            self.table.move_to(made[0])

    def found_keys(self) -> list[str]:
        """Everything that the limits and the search leave, more than the table may show."""
        query = self._query.strip()
        return [key for key in self.keys() if not query or self.search_text(key).matches(query)]

    def _words(self, ref: Ref, record: Record) -> tuple[str, ...]:
        if not isinstance(record, Entry):
            return ()
        department = self.snapshot.departments.get(ref.department or "")
        held_by = (department.name, department.reading or "") if department is not None else ()
        categories = [self.snapshot.categories[each] for each in record.categories if each in self.snapshot.categories]
        rows = (text for category in categories for text in (category.name, category.reading or ""))
        texts = (record.title, record.outline or "", record.summary or "", record.target_group or "", record.kind)
        return (*texts, record.status or "", *held_by, *rows, ref.id)

    # -- acting --------------------------------------------------------------------------------------------------

    def action_new(self) -> None:
        """An empty form; with one department chosen, for that one."""
        chosen = self._limits.of(DEPARTMENT)
        self._awaited = True
        self.add("entry", department=next(iter(chosen)) if len(chosen) == 1 else None)

    def action_bring(self) -> None:
        """Choose a sheet that the town has, and bring it in."""
        self.run_worker(bring_sheet(self), group="bring")

    def action_copy(self) -> None:
        """A new entry that begins with what this one says; dates and confirmation are its own."""
        if self.key_here:
            ref = Ref(self.key_here)
            plain = {name: value for name, value in to_plain(self.snapshot.entries[ref]).items() if name not in _OWN}
            self._awaited = True
            self.add("entry", department=ref.department, preset=plain)

    def action_move(self) -> None:
        """Ask for the other department, and move the entry there."""
        if not self.key_here:
            return
        ref = Ref(self.key_here)
        places = list(candidates(self.snapshot, "department", self.today))
        if may_be_common(to_plain(self.snapshot.entries[ref])):
            places.append(Candidate(COMMON, COMMON_NAME))
        others = [each for each in places if each.value != ref.department]

        def move(chosen: tuple[str, ...] | None) -> None:
            if chosen:
                new = kind_named("entry").ref(ref.id, chosen[0])
                self.kyoju.save(lambda: self.workspace.move(ref, chosen[0]), done=lambda _saved: self._go_to(new))

        self.kyoju.push_screen(Picker("移す先", others, (), many=False), move)

    def action_remove(self) -> None:
        """Delete, after asking."""
        self.remove_record(Ref(self.key_here))

    # -- several at once -----------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Choose what is under the cursor, or let it go; then the next one."""
        ref = Ref(self.key_here)
        if ref:
            if ref in self._marked:
                del self._marked[ref]
            else:
                self._marked[ref] = None
            # Only this row: all the others stand as they did.
            self.table.touch(self.row(ref))
            self.show_title()
            self.table.action_cursor_down()

    def action_mark_all(self) -> None:
        """Choose everything that is found; where that is chosen already, let it go."""
        found = [Ref(key) for key in self.found_keys()]
        everything = bool(found) and all(ref in self._marked for ref in found)
        self._marked = {} if everything else self._marked | dict.fromkeys(found)
        self.show()

    def action_change(self) -> None:
        """Change one field of all that is chosen."""
        if self._marked:
            self.run_worker(change_in_bulk(self, tuple(self._marked), self._changed))
        else:
            self.kyoju.notify(
                "先に、変えるものを空白キー（または Ins）で選びます。Ctrl+A で見つかったものをすべて選べます。"
            )

    def _changed(self, saved: Saved) -> None:
        """All is recorded: nothing stays chosen, and the cursor follows what it was on."""
        here = Ref(self.key_here)
        moved = [ref for ref in saved.refs if ref.id == here.id and ref in self.snapshot.entries]
        self._marked = {}
        self.show()
        if moved:
            self.table.move_to(moved[0])

    def _go_to(self, ref: Ref) -> None:
        self.show()
        self.table.move_to(ref)

    def action_unconfirmed(self) -> None:
        """Only what the department has not confirmed; once more, everything."""
        value = f"{CONFIRMED}:{UNCONFIRMED}"
        values = self._limits.values
        self._limits = EntryFilter(
            tuple(each for each in values if each != value) if value in values else (*values, value)
        )
        self.show()

    def action_limit(self) -> None:
        """Choose what the list is limited to."""

        def limit(values: tuple[str, ...] | None) -> None:
            if values is not None:
                self._limits = EntryFilter(values)
                departments = self._limits.of(DEPARTMENT)
                if len(departments) == 1:
                    remember_department(self.kyoju, next(iter(departments)))
                self.show()

        offers = offered(self.snapshot, self.today)
        self.kyoju.push_screen(Picker("絞り込む対象", offers, self._limits.values, many=True), limit)
