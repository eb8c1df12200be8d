"""論点・確認事項: what is raised, why, and what would settle it (handbook 1-2(2))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from textual.widget import Widget

from kyoju_tui.overview.findings import FindingView
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.finding import Finding
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.ui.agenda_lines import point_line
from kyoju_tui.ui.computed import computed_for
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.joint_preset import joint_preset
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.story import Sentence, Story

OPEN, REMINDERS, SETTLED, ALL = "未整理の論点", "確認事項", "整理済み", "すべて"
_WIDE: Final = 100
_VIEWS: Final = (OPEN, REMINDERS, SETTLED, ALL)
_EMPTY: Final = {
    OPEN: "整理していない論点はありません。\n\n取組のないカテゴリーや、重なりのある取組があると、ここに並びます。"
    "Ctrl+L で確認事項や整理済みのものを見られます。",
    REMINDERS: "確認事項はありません。\n\n回答期限を過ぎた照会や、時点の古い記録があると、ここに並びます。",
    SETTLED: "整理した論点はまだありません。\n\n未整理の論点を Enter で開き、整理結果を記録します。",
    ALL: "論点・確認事項はありません。\n\n取組・課題を記録すると、重なりや足りないところがここに並びます。",
}


class FindingsScreen(ListScreen):
    """The list, strong ones first, and the one under the cursor in sentences."""

    title_ja = "論点・確認事項"
    COMMANDS = (
        "open", "edit", "search", "findings.limit", "findings.agenda", "findings.joint", "findings.reopen",
        "reload", "back",
    )  # fmt: skip
    DEFAULT_CSS = """
    FindingsScreen Story { height: 6; }
    """

    def __init__(self, keys: Sequence[str] = (), finding: str = "") -> None:
        """`keys` limits the list to these findings; `finding` is the one that the cursor begins on."""
        super().__init__()
        self._only: frozenset[str] = frozenset(keys)
        self._begin = finding
        self._view = ALL if keys or finding else OPEN
        self._views: Mapping[str, FindingView] = {}
        self._taken: tuple[FindingView, ...] = ()
        self._texts: dict[str, tuple[FindingView, SearchText]] = {}
        self._ready = False

    def compose_body(self) -> Iterable[Widget]:
        """The list, and the detail below it."""
        yield from super().compose_body()
        yield Story()

    def show(self) -> None:
        """Show what is known; what must be computed follows from a worker."""
        known = computed_for(self.workspace).known_findings(self.snapshot, self.today)
        if known is None:
            self.run_worker(self._examine, thread=True, exclusive=True, group="findings")
        else:
            self._take(known.views)

    def _examine(self) -> None:
        views = computed_for(self.workspace).findings(self.snapshot, self.today).views
        self.from_thread(self._take, views)

    def _take(self, views: tuple[FindingView, ...]) -> None:
        if views is not self._taken:
            self._taken = views
            # Within a rule in the order in which the matrix has rows and columns, not of the keys.
            groups = groupby(views, key=lambda view: (view.kind, view.strong, view.rule))
            ordered = (view for _, group in groups for view in sorted(group, key=self._place))
            self._views = {view.key: view for view in ordered}
        super().show()
        self.query_one(Story).display = self._found > 0
        if not self._ready:
            self._ready = True
            self.table.move_to(self._begin)
        self.explain()

    def _place(self, view: FindingView) -> tuple[tuple[int, int, str], ...]:
        """Where the matrix has what a finding is about: by category, then by department."""
        rows, columns = list(self.snapshot.categories), list(self.snapshot.departments)
        found: list[tuple[int, int, str]] = []
        for ref in view.subjects:
            entry = self.snapshot.entries.get(ref)
            names = entry.categories if entry is not None else (ref.id,) if ref.top == "categories" else ()
            department = ref.department or (ref.id if ref.top == "departments" else "")
            row = min((rows.index(name) for name in names if name in rows), default=len(rows))
            found.append((row, columns.index(department) if department in columns else len(columns), ref))
        return tuple(found)

    # -- the list ------------------------------------------------------------------------------------------------

    @property
    def empty_text(self) -> str:
        """What belongs into the present view."""
        return _EMPTY[self._view]

    def columns(self) -> Sequence[Column]:
        """The sentence takes what the others leave."""
        wide = self.room >= _WIDE
        before = [Column("kind", "種類", 9), *([Column("name", "名称", 27)] if wide else [])]
        after = [Column("verdict", "整理結果", 17)] if self._view in (SETTLED, ALL) else []
        rest = self.room - sum(column.width or 0 for column in (*before, *after))
        return (*before, Column("why", "なぜ", rest), *after)

    def keys(self) -> Iterable[str]:
        """Those of the present view, strong ones first."""
        return [key for key, view in self._views.items() if self._seen(view)]

    def row(self, key: str) -> Row:
        """Kind, name, why, verdict."""
        view, marks = self._views[key], marks_for(self.kyoju.current_theme)
        strong = view.strong and not view.settled
        kind = f"{view.kind}・強" if strong and view.kind == "論点" else view.kind
        words = {
            "kind": Marked.of((kind, marks.strong if strong else "")),
            "name": Marked.of((view.name, "")),
            "why": Marked.of((view.why, marks.calm if view.settled else "")),
            "verdict": Marked.of((view.verdict or "", "")),
        }
        return Row(key, tuple(words[column.key] for column in self.shape))

    def search_text(self, key: str) -> SearchText:
        """Found by name, sentence and verdict."""
        view = self._views[key]
        known = self._texts.get(key)
        if known is None or known[0] != view:
            known = view, SearchText.of(view.name, view.why, view.kind, view.verdict or "", view.reason or "")
            self._texts[key] = known
        return known[1]

    def limit_words(self) -> str:
        """Which view it is."""
        return f"{self._view}{'（一覧表の欄から）' if self._only else ''}"

    def _seen(self, view: FindingView) -> bool:
        if self._only and view.key not in self._only:
            return False
        match self._view:
            case "未整理の論点":
                return view.kind == "論点" and not view.settled
            case "確認事項":
                return view.kind == "確認事項"
            case "整理済み":
                return view.settled
            case _:
                return True

    # -- the detail ----------------------------------------------------------------------------------------------

    @property
    def view_here(self) -> FindingView | None:
        """The finding under the cursor."""
        return self._views.get(self.key_here)

    def explain(self) -> None:
        """Say what the cursor is on."""
        view = self.view_here
        if view is not None:
            self.query_one(Story).show(self._sentences(view))
        self.refresh_bindings()

    def _sentences(self, view: FindingView) -> Iterable[Sentence]:
        yield Sentence(f"{view.kind}　{view.name}", "bold")
        yield Sentence(view.why)
        yield Sentence(view.cure)
        if view.verdict is not None:
            told = [view.verdict, view.stage or "", format_date(view.decided_on) if view.decided_on else ""]
            yield Sentence(f"整理結果：{'　'.join(filter(None, told))}", "bold")
            if view.reason:
                yield Sentence(view.reason, "", 2)
        for ref in view.subjects:
            department = self.snapshot.name("department", ref.department) if ref.department else ""
            named = filter(None, (kind_of(ref).label, self.snapshot.title(ref), department))
            yield Sentence("　".join(named), "dim", 1)

    def refs_here(self) -> Sequence[Ref]:
        """How the point was settled, and what it is about."""
        view = self.view_here
        return () if view is None else (Ref(f"findings/{view.key}"), *view.subjects)

    # -- acting --------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Settle a point; for a reminder go to the record concerned."""
        view = self.view_here
        if view is None:
            return
        if view.kind == "確認事項":
            self.action_edit()
            return
        from kyoju_tui.ui.screens.settle import SettleScreen

        self.kyoju.push_screen(SettleScreen(view))

    def action_edit(self) -> None:
        """Open the record concerned; one of several by choice."""
        view = self.view_here
        if view is None:
            return
        # An overdue answer is mended in the inquiry, not in the department.
        subjects = view.subjects[:1] if view.rule == "overdue" else view.subjects
        refs = [ref for ref in subjects if ref in self.snapshot]
        if len(refs) == 1:
            self.edit(refs[0])
        elif refs:
            choices = [Candidate(str(ref), self.snapshot.title(ref), kind_of(ref).label) for ref in refs]
            self.kyoju.push_screen(Picker("開くもの", choices, (), many=False), self._chosen)

    def _chosen(self, values: Sequence[str] | None) -> None:
        if values:
            self.edit(values[0])

    def action_agenda(self) -> None:
        """Put the point on a meeting's agenda."""
        view = self.view_here
        if view is not None and view.kind == "論点":
            from kyoju_tui.ui.agenda import put_on_agenda

            put_on_agenda(self, [point_line(view)])
        elif view is not None:
            self.kyoju.notify("確認事項は事務局の確かめごとのため、次第には載せません。")

    def action_joint(self) -> None:
        """Begin a collaboration of the departments concerned."""
        view = self.view_here
        if view is not None:
            self.add("collaboration", preset=joint_preset(self.snapshot, view.subjects))

    def action_limit(self) -> None:
        """The next view."""
        self._view = _VIEWS[(_VIEWS.index(self._view) + 1) % len(_VIEWS)]
        self._only = frozenset()
        self.show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a settlement can be taken back."""
        if action == "reopen":
            return self.view_here is not None and self.view_here.settled
        return super().check_action(action, parameters)

    def action_reopen(self) -> None:
        """Take the settlement back, after asking."""
        view = self.view_here
        if view is not None and view.settled:
            self.run_worker(self._reopen(view))

    async def _reopen(self, view: FindingView) -> None:
        ref = Ref(f"findings/{view.key}")
        finding = self.snapshot.get(ref)
        lost = "「必要な取組」の行も一覧表から消えます。" if isinstance(finding, Finding) and finding.needed else ""
        question = ConfirmScreen(
            f"「{view.verdict}」という整理を取り消して、再び論点にしますか。",
            f"{view.why}\n\n理由などの記入も消えますが、履歴には残ります。{lost}",
            yes="再び論点にする",
            no="やめる",
        )
        if await self.kyoju.push_screen_wait(question):
            self.kyoju.save(lambda: self.workspace.delete(ref, force=True))
