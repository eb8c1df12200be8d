"""設定: the store's own values, where rows and columns are arranged, and what one user has chosen for these screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from textual.widget import Widget

from kyoju_tui.records.description import field_map
from kyoju_tui.records.entering import show
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.store import Store
from kyoju_tui.ui.chosen_looks import choose_first_screen, choose_theme
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens import FIRST, SCREENS
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.departments_expected import ExpectedScreen
from kyoju_tui.ui.themes import BY_NAME
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wide_table import WideTable

_LABEL: Final = 24
_NOTHING: Final = "（決めていません）"
# The fields of store.toml that a town decides; what each of them does, beyond the help of its form.
_FIELDS: Final = {
    "municipality": "見出しや印刷物に出る市町村名です。",
    "prefecture": "都道府県の名前です。手引きの窓口に送る資料に使います。",
    "title": "一覧表や報告の表題です。空のときは市町村名から作ります。",
    "fiscal_year_starts": "年度の始まる月です。実績の年度、「今年度で終了予定」、年度替わりの日がこれで決まります。",
    "likeness_threshold": "取組どうしを「重複・類似の可能性」として挙げる強さです。小さくすると候補が増えます。"
    "目安であり、判断は所管課どうしで行います。",
    "population_floor": "人口がこれより少ない地域の率は大きく動くので、注記を付けます。",
    "retention": "記録を残す年数です。自動では何も消えません。引き継ぎのときの目安にします。",
}
_LINKS: Final = {
    "departments": "一覧表の列です。設置日・廃止日と、引き継ぐ部署を確かめます。",
    "categories": "一覧表の行です。追加・統合・廃止・並び順はここで行います。",
    "expected": "どの部署に、どのカテゴリーの記入を求めるかを表で決めます。求めない欄は「対象外」になります。",
    "policy": "担当部局、目的と方向性、役割を記録します。",
    "april": "部署の改称・分割・統合・廃止と、終わった年度の実績を扱います。",
    "problems": "直すところを一覧にし、直す画面へ進みます。",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One setting: its name, how it stands, what it does, and what Enter does."""

    group: str
    label: str
    text: str
    told: str
    run: Callable[[], object]


class SettingsScreen(DataScreen):
    """Three groups of lines; the box below explains the one under the cursor."""

    title_ja = "設定"
    COMMANDS = ("open", "edit", "reload", "back")
    AUTO_FOCUS = "WideTable"
    DEFAULT_CSS = """
    SettingsScreen Story { height: 4; }
    """

    def compose_body(self) -> Iterable[Widget]:
        """The lines and the box."""
        yield WideTable(id="settings")
        yield Story()

    def on_mount(self) -> None:
        """Show the settings."""
        self.show()

    def show(self) -> None:
        """Show the settings as they are now."""
        table = self.query_one(WideTable)
        heads = (
            column("group", "区分", 14),
            column("label", "項目", _LABEL),
            column("text", "今の設定", max(20, table.room - 14 - _LABEL)),
        )
        rows: list[Row] = []
        group = ""
        for key, line in self.lines().items():
            first = line.group if line.group != group else ""
            group = line.group
            calm = "dim" if line.text == _NOTHING else ""
            rows.append(
                Row(key, (Marked.of((first, "bold")), Marked.of((line.label, "")), Marked.of((line.text, calm))))
            )
        table.set_rows(heads, rows)
        self.explain()

    def lines(self) -> dict[str, Line]:
        """Every line by its key, in order."""
        return {**self._store_lines(), **self._link_lines(), **self._own_lines()}

    def _store_lines(self) -> dict[str, Line]:
        known, store = field_map(Store), self.snapshot.get("store")
        found: dict[str, Line] = {}
        for name, told in _FIELDS.items():
            value = getattr(store, known[name].attribute, None)
            text = _NOTHING if value is None else show(known[name], value, self.snapshot.name)
            found[f"store.{name}"] = Line("保管場所", known[name].label, text, told, self._opening(name))
        return found

    def _opening(self, field: str) -> Callable[[], object]:
        return lambda: self.kyoju.open_record(Ref("store"), field)

    def _link_lines(self) -> dict[str, Line]:
        snapshot = self.snapshot
        in_use = snapshot.departments_in_use(self.today)
        limited = sum(1 for each in in_use.values() if each.categories)
        texts = {
            "departments": _of(len(in_use), len(snapshot.departments)),
            "categories": _of(len(snapshot.categories_in_use), len(snapshot.categories)),
            "expected": f"{limited}部署に対象外の欄があります" if limited else "すべての欄に記入を求めます",
        }
        found: dict[str, Line] = {}
        for name, told in _LINKS.items():
            if name == "expected":
                found[name] = Line("一覧表の作り", "記入を求める欄", texts[name], told, self._open_expected)
            elif name in SCREENS:
                label, text = SCREENS[name].label, texts.get(name, "Enterで開きます")
                found[name] = Line("一覧表の作り", label, text, told, self._going(name))
        return found

    def _going(self, name: str) -> Callable[[], object]:
        return lambda: self.kyoju.open_screen(name)

    def _open_expected(self) -> None:
        self.kyoju.push_screen(ExpectedScreen())

    def _own_lines(self) -> dict[str, Line]:
        kept = self.kyoju.preferences
        first = kept.first_screen if kept.first_screen in SCREENS else FIRST
        theme = next((name for name, each in BY_NAME.items() if each.name == self.kyoju.theme), "")
        own = "この端末で使う自分だけの設定です。ほかの人の画面は変わりません。"
        return {
            "first": Line("自分の設定", "最初の画面", SCREENS[first].label, own, self._choose_first),
            "theme": Line("自分の設定", "配色", theme, own, self._choose_theme),
        }

    # -- acting --------------------------------------------------------------------------------------------------

    @property
    def line_here(self) -> Line | None:
        """The line under the cursor."""
        return self.lines().get(self.query_one(WideTable).row_key)

    def explain(self) -> None:
        """Say what the cursor is on."""
        line = self.line_here
        self.query_one(Story).show(() if line is None else (Sentence(line.label, "bold"), Sentence(line.told)))

    def action_open(self) -> None:
        """Do what the line under the cursor leads to."""
        line = self.line_here
        if line is not None:
            line.run()

    def action_edit(self) -> None:
        """The store's own record, whole; its first field is the format's number, which is nobody's to change."""
        self.kyoju.open_record(Ref("store"), "municipality")

    def _choose_first(self) -> None:
        choices = [
            Candidate(name, entry.label, entry.help, (entry.reading, entry.romaji)) for name, entry in SCREENS.items()
        ]
        chosen = self.kyoju.preferences.first_screen or FIRST
        self.kyoju.push_screen(Picker("最初の画面", choices, (chosen,), many=False), self._take_first)

    def _take_first(self, values: tuple[str, ...] | None) -> None:
        if values:
            choose_first_screen(self.kyoju, values[0])
            self.show()

    def _choose_theme(self) -> None:
        choices = [Candidate(name, name) for name in BY_NAME]
        now = tuple(name for name, each in BY_NAME.items() if each.name == self.kyoju.theme)
        self.kyoju.push_screen(Picker("配色", choices, now, many=False), self._take_theme)

    def _take_theme(self, values: tuple[str, ...] | None) -> None:
        if values:
            choose_theme(self.kyoju, values[0])
            self.show()


def _of(in_use: int, there: int) -> str:
    return f"{in_use}件" if in_use == there else f"{in_use}件（ほかに廃止など{there - in_use}件）"
