"""点検: everything that `check` knows, and from each problem the way to its mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from kyoju_tui.records.description import field_map
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.ids import COMMON
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.problems import CODES, Problem
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.screens.mending import mend, open_file, tidy
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.workspace.care.mending import Way, inspect, ref_of, way_of

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed

_WORDS: Final = {"error": "誤り", "warning": "注意"}
_WHOLE: Final = "保管場所"
_CHECKING: Final = "点検しています。"
_WAYS: Final[Mapping[Way, str]] = {
    "form": "Enter で、この記録の{field}を開いて直します。",
    "point": "Enter で、整理した論点を開きます。残すことも、取り消すこともできます。",
    "format": "Enter で、いつもの書き方に整えます。内容は変わりません。",
    "record": "Enter で、変わったところを見ます。記録することも、元に戻すこともできます。",
    "figures": "Enter で、この基礎データを開きます。Ctrl+R でCSVを取り込み直せます。",
    "file": "Enter で、ファイルを開いて直します。閉じると、もう一度点検します。",
    "none": "この画面からは直せません。ファイルはそのまま残っています。",
}


class ProblemsScreen(ListScreen):
    """The list, errors first, and the problem under the cursor in sentences: where, what, how it is mended."""

    title_ja = "点検"
    EMPTY = "直すところはありません。"
    COMMANDS = ("open", "search", "problems.hand-edits", "problems.format", "problems.file", "reload", "back")
    DEFAULT_CSS = """
    ProblemsScreen Story { height: 6; }
    """

    def __init__(self) -> None:
        super().__init__()
        # None before the first look is over.
        self._problems: Mapping[str, Problem] | None = None
        self._left_for: object = None

    def compose_body(self) -> Iterable[Widget]:
        """The list, and the detail below it."""
        yield from super().compose_body()
        yield Story()

    def on_mount(self) -> None:
        """Look for the first time."""
        self.look()

    def records_changed(self, changed: Changed) -> None:  # noqa: ARG002 - what is wrong can lie elsewhere
        """Somebody recorded: look again."""
        self.look()

    def action_reload(self) -> None:
        """Look at the files and at the repository again."""
        self.look()

    def on_screen_resume(self) -> None:
        """What another screen did to a file is looked at; what was asked here changes nothing by itself."""
        if isinstance(self._left_for, KyojuScreen):
            self.look()
        self._left_for = None

    def on_screen_suspend(self) -> None:
        """Note which screen covers this one."""
        self._left_for = self.kyoju.screen

    def look(self) -> None:
        """Check beside the screen's own work: every file is read, and git is asked."""
        self.run_worker(self._inspect, thread=True, exclusive=True, group="inspect")

    def _inspect(self) -> None:
        try:
            self.workspace.refresh()
            found = inspect(self.workspace, self.kyoju.environ)
        except KyojuError as error:
            self.kyoju.call_from_thread(self.kyoju.tell, error)
            return
        self.from_thread(self._take, found)

    def _take(self, found: Sequence[Problem]) -> None:
        # A colleague's save may bring two looks at once; the screen may have been left for another since.
        if self.is_mounted:
            named = {f"{each.path}:{each.code}:{each.field or each.line}": each for each in found}
            self._problems = named if len(named) == len(found) else {str(n): each for n, each in enumerate(found)}
            self.show()

    # -- the list ------------------------------------------------------------------------------------------------

    @property
    def empty_text(self) -> str:
        """That nothing is to be mended, or that it is not known yet."""
        return _CHECKING if self._problems is None else self.EMPTY

    def columns(self) -> Sequence[Column]:
        """How grave, where, what; the sentence takes what the others leave."""
        where = 24 if self.room < 110 else 40
        widths = (("severity", "重さ", 6), ("where", "場所", where), ("what", "内容", self.room - where - 6))
        return tuple(column(*each) for each in widths)

    def keys(self) -> Iterable[str]:
        """Errors first."""
        return self._found_problems

    def row(self, key: str) -> Row:
        """How grave, where, what."""
        problem, marks = self._found_problems[key], marks_for(self.kyoju.current_theme)
        word = _WORDS[problem.severity]
        style = marks.strong if problem.severity == "error" else ""
        cells = ((word, style), (self._where(problem), ""), (problem.message, ""))
        return Row(key, tuple(Marked.of(cell) for cell in cells))

    def search_text(self, key: str) -> SearchText:
        """Found by every word of it."""
        problem = self._found_problems[key]
        return SearchText.of(self._where(problem), problem.path, problem.message, problem.code, problem.cure)

    def limit_words(self) -> str:
        """How many of each."""
        found = [problem.severity for problem in self._found_problems.values()]
        return f"誤り{found.count('error')}件・注意{found.count('warning')}件" if found else ""

    def show(self) -> None:
        """Show the list, and what is to be said of the problem under the cursor."""
        super().show()
        self.query_one(Story).display = bool(self._found)
        self.explain()

    @property
    def _found_problems(self) -> Mapping[str, Problem]:
        return self._problems or {}

    @property
    def problem_here(self) -> Problem | None:
        """The problem under the cursor."""
        return self._found_problems.get(self.key_here)

    def _where(self, problem: Problem) -> str:
        ref = ref_of(problem)
        if ref is None or ref not in self.snapshot:
            return problem.path or _WHOLE
        return self.snapshot.title(ref)

    def explain(self) -> None:
        """Say what the cursor is on."""
        problem = self.problem_here
        if problem is not None:
            self.query_one(Story).show(self._sentences(problem))
        self.refresh_bindings()

    def _sentences(self, problem: Problem) -> Iterable[Sentence]:
        yield Sentence(f"{CODES[problem.code][1]}（{problem.code}）　{self._named(problem)}", "bold")
        yield Sentence(problem.message)
        yield Sentence(problem.cure)
        way = way_of(problem, self.snapshot)
        yield Sentence(_WAYS[way].format(field=self._label(problem)), "bold" if way != "none" else "")
        place = f"{problem.path}　{problem.line}行目" if problem.line else problem.path
        yield Sentence(f"{place}　{problem.column}文字目" if problem.column else place, "dim")

    def _named(self, problem: Problem) -> str:
        ref = ref_of(problem)
        if ref is None or ref not in self.snapshot:
            return ""
        department = ref.department or ""
        folder = "" if department in ("", COMMON) else self.snapshot.name("department", department)
        return "　".join(filter(None, (kind_of(ref).label, self.snapshot.title(ref), folder)))

    def _label(self, problem: Problem) -> str:
        # A data set's CSV and a file in a wrong place have no fields.
        ref = ref_of(problem)
        field = None if ref is None else field_map(kind_of(ref).model).get(problem.field.partition(".")[0])
        return f"「{field.label}」" if field is not None else "入力画面"

    # -- acting --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the problem under the cursor allows."""
        problem = self.problem_here
        if action in ("open", "format", "file"):
            way = "none" if problem is None else way_of(problem, self.snapshot)
            if action == "open":
                return way != "none"
            if action == "format":
                return way == "format"
            return problem is not None and ref_of(problem) is not None and way not in ("none", "figures", "record")
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Go to the mend."""
        if (problem := self.problem_here) is not None:
            mend(self, problem, self.look)

    def action_format(self) -> None:
        """Write the file canonically."""
        if (problem := self.problem_here) is not None:
            tidy(self, problem, self.look)

    def action_file(self) -> None:
        """Open the file itself."""
        if (problem := self.problem_here) is not None:
            open_file(self, problem, self.look)

    def action_hand_edits(self) -> None:
        """See what was written into files by hand."""
        from kyoju_tui.ui.screens.hand_edits import HandEditsScreen

        self.kyoju.push_screen(HandEditsScreen())
