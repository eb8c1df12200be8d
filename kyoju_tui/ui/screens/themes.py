"""テーマ: priority themes by rank, beginning from what is needed (handbook 1-3(3))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kyoju_tui.overview.themes import moved, needs, standing, unanswered, why_not_yet
from kyoju_tui.records.base import Record
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.theme import Theme
from kyoju_tui.ui.computed import computed_for
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.ask_text import AskTextScreen
from kyoju_tui.ui.screens.records import RecordsScreen
from kyoju_tui.ui.screens.theme_acts import ThemeActs
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.story import Sentence
from kyoju_tui.workspace.requests import Put

_FREE = "@free"


class ThemesScreen(ThemeActs, RecordsScreen):
    """The list by rank, and the one under the cursor in sentences."""

    KIND = "theme"
    DETAIL = 7
    EMPTY = (
        "優先して話し合うテーマがここに並びます。\n\n"
        "F4 で、必要なことからテーマを書き始めます。一覧表の「必要な取組」から選べます。"
    )
    COMMANDS = (
        "open", "edit", "new", "search", "themes.up", "themes.down", "themes.status", "themes.agenda", "remove",
        "reload", "back",
    )  # fmt: skip

    def heads(self) -> Sequence[tuple[str, str]]:
        """Title, rank, status, what is needed, what is left to be settled."""
        return (
            ("title", "テーマ"), ("rank", "順位"), ("status", "状況"), ("need", "必要なこと"), ("left", "制度上の課題"),
        )  # fmt: skip

    def cells(self, ref: Ref, record: Record) -> Sequence[str | Marked]:  # noqa: ARG002
        """In words; what is left to be settled stands out."""
        theme = _theme(record)
        left, marks = len(unanswered(theme)), marks_for(self.kyoju.current_theme)
        settled = f"整理済 {len(theme.obstacles)}件" if theme.obstacles else "未確認"
        state = Marked.of((f"未整理 {left}件", marks.strong)) if left else settled
        rank = "" if theme.rank is None else str(theme.rank).rjust(4)
        return theme.title, rank, theme.status or "候補", (theme.need or "").partition("\n")[0], state

    def standing(self, ref: Ref, record: Record) -> tuple[object, ...]:
        """By rank; what is over comes last."""
        return standing(ref, _theme(record))

    def detail(self, ref: Ref, record: Record) -> Iterable[Sentence]:  # noqa: ARG002
        """What is needed, why it has its rank, what stands in the way."""
        theme = _theme(record)
        yield Sentence(f"必要なこと　{theme.need or '（まだ書かれていません）'}", "bold")
        if theme.reason:
            yield Sentence(f"順位の理由　{theme.reason}")
        for each in theme.obstacles:
            answers = [
                f"対応：{each.response}" if each.response else "",
                f"代替：{each.alternative}" if each.alternative else "",
            ]
            told = "　".join(filter(None, answers)) or "対応も代替案もありません"
            yield Sentence(f"制度上の課題　{each.issue or ''}　{told}")
        why = why_not_yet(theme)
        if theme.override_reason:
            yield Sentence(f"整理を待たずに進める理由　{theme.override_reason}")
        elif why and theme.status == "実践中":
            yield Sentence(f"実践中ですが、{why}", "bold")

    @property
    def theme_here(self) -> tuple[Ref, Theme] | None:
        """The theme under the cursor."""
        here = self.here
        return None if here is None else (here[0], _theme(here[1]))

    # -- acting --------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the theme's sheet."""
        if self.key_here:
            from kyoju_tui.ui.screens.theme_sheet import ThemeSheet

            self.kyoju.push_screen(ThemeSheet(self.key_here))

    def action_edit(self) -> None:
        """Open the form."""
        if self.key_here:
            self.edit(self.key_here)

    def action_new(self) -> None:
        """Begin from something that is needed, or with an empty sheet."""
        found = {str(need.ref): need for need in needs(computed_for(self.workspace).matrix(self.snapshot, self.today))}
        rank = 1 + max((theme.rank or 0 for theme in self.snapshot.all(Theme).values()), default=0)
        usual: dict[str, object] = {"status": "候補", "rank": rank}
        if not found:
            self.add("theme", preset=usual)
            return

        def begin(chosen: tuple[str, ...] | None) -> None:
            if not chosen:
                return
            need = found.get(chosen[0])
            if need is None:
                self.add("theme", preset=usual)
                return
            preset: dict[str, object] = {**usual, "title": need.title, "need": need.title}
            preset["categories"] = list(need.categories)
            if need.ref.top == "entries":
                preset["entries"] = [need.ref.id]
            self.add("theme", preset=preset)

        free = Candidate(_FREE, "ここにない必要なことから始める")
        choices = [Candidate(key, need.title, "必要な取組") for key, need in found.items()]
        self.kyoju.push_screen(Picker("必要なこと", [*choices, free], (), many=False), begin)

    def action_up(self) -> None:
        """One place up."""
        self._shift(-1)

    def action_down(self) -> None:
        """One place down."""
        self._shift(1)

    def _shift(self, step: int) -> None:
        here = self.theme_here
        if here is None:
            return
        ranks = moved(self.snapshot.all(Theme), here[0], step)
        if ranks:
            self.run_worker(self._rank(here[0], here[1], ranks))
        else:
            self.kyoju.notify("これより先はありません。完了・見送りのテーマには順位を付けません。")

    async def _rank(self, ref: Ref, theme: Theme, ranks: dict[Ref, int]) -> None:
        """Ask why, then number all anew in one save."""
        bases = {each: self.workspace.base(each) for each in {*ranks, ref}}
        themes = self.snapshot.all(Theme)
        reason = await self.kyoju.push_screen_wait(
            AskTextScreen(
                f"「{theme.title}」を{ranks.get(ref, theme.rank)}位にする理由",
                "順位は理由と一緒に残します。",
                value=theme.reason or "",
                take="記録する",
            )
        )
        if not reason:
            return
        fields: dict[Ref, dict[str, object]] = {each: {"rank": rank} for each, rank in ranks.items()}
        fields.setdefault(ref, {})["reason"] = reason
        puts = [Put(each, themes[each].but(**changed), bases[each]) for each, changed in sorted(fields.items())]
        subject = f"テーマ「{theme.title}」の順位を変更"
        self.kyoju.save(lambda: self.workspace.batch(puts, action="update", subject=subject))


def _theme(record: Record) -> Theme:
    if not isinstance(record, Theme):
        raise TypeError(f"no theme: {type(record)}")
    return record
