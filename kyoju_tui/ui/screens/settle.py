"""Settling one point: 整理結果, stage, reason, meeting; for 必要な取組 what it is called and who is to take it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from kyoju_tui.overview.findings import FindingView
from kyoju_tui.records.description import Described, field_map
from kyoju_tui.records.errors import InvalidValue, KyojuError
from kyoju_tui.records.finding import NEEDED, VERDICTS, Finding, Needed
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.matching import same
from kyoju_tui.records.plain import Plain, to_plain, without_empty
from kyoju_tui.ui.forms.arrangement import value_at
from kyoju_tui.ui.forms.checking import Path
from kyoju_tui.ui.forms.editors.base import Edited
from kyoju_tui.ui.forms.editors.choice import ChoiceEditor
from kyoju_tui.ui.forms.editors.making import make_editor
from kyoju_tui.ui.forms.field_row import FieldRow
from kyoju_tui.ui.forms.remark import Remark, Said
from kyoju_tui.ui.forms.setting import Setting
from kyoju_tui.ui.forms.taking import taken
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.edit_drafts import SETTLING, offer
from kyoju_tui.ui.screens.edit_keeping import Keeping
from kyoju_tui.ui.screens.edit_news import UNREADABLE, News, changed_words, deleted_words
from kyoju_tui.ui.widgets.reading import Reading
from kyoju_tui.workspace.drafts.kept import Draft
from kyoju_tui.workspace.requests import Base

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed, Saved

_FIELDS: Final = ("stage", "reason", "meeting", "decided_on")


class SettleScreen(KyojuScreen):
    """The form of one point. Closes once the save is acknowledged, or when it is left."""

    title_ja = "論点の整理"
    COMMANDS = ("save", "back")
    AUTO_FOCUS = "ChoiceEditor"
    DEFAULT_CSS = """
    SettleScreen VerticalScroll { height: 1fr; }
    SettleScreen #why { height: auto; padding: 0 1; margin: 0 0 1 0; background: $surface; }
    SettleScreen #needed { height: auto; }
    """

    def __init__(self, view: FindingView, draft: Draft | None = None) -> None:
        """With a `draft` the form goes on from it."""
        super().__init__()
        self._draft = draft
        self._keeping = Keeping(self, draft)
        self.view = view
        self._rows: dict[Path, FieldRow] = {}
        self._ref = Ref(f"findings/{view.key}")
        self._notice = Remark()
        self._news = News(self, self._notice)
        self._given: Plain = {}
        self._begun: Plain = {}
        self._done = False

    @property
    def record_open(self) -> Ref | None:
        """The point."""
        return self._ref

    def compose_body(self) -> Iterable[Widget]:
        """What is to be settled, then the fields."""
        recorded = self.snapshot.get(self._ref)
        self._base = self.workspace.base(self._ref)
        self._begun = self._shown(to_plain(recorded)) if recorded is not None and self._draft is None else {}
        plain = to_plain(recorded) if recorded is not None else {"decided_on": self.today}
        if self._draft is not None:
            self._base = Base(self._ref, self._draft.base)
            plain = dict(self._draft.plain)
        fields = field_map(Finding)
        words = VERDICTS[self.view.rule]
        verdict = replace(fields["verdict"], choices=words, widget="choice", required=True)
        needed = field_map(Needed)
        inner = plain.get("needed")
        values: Plain = dict(cast("Plain", inner)) if isinstance(inner, dict) else {}
        yield self._notice
        with VerticalScroll(can_focus=False):
            yield Reading(f"{self.view.name}\n{self.view.why}\n{self.view.cure}", id="why")
            yield self._row(("verdict",), ChoiceEditor.of_words(verdict, plain.get("verdict")), required=True)
            with Vertical(id="needed"):
                for name in ("title", "department", "categories"):
                    value = values.get(name, self._usual(name))
                    yield self._row(("needed", name), self._editor(needed[name], value))
            for name in _FIELDS:
                yield self._row((name,), self._editor(fields[name], plain.get(name)))

    def on_mount(self) -> None:
        """Say what it is about."""
        self._given = self._plain()
        self.show_title()
        self._follow_verdict()
        if self._draft is not None:
            self._given = {}
            self.kyoju.notify("下書きから続けています。")
        elif (draft := self.workspace.drafts.get(self._ref, SETTLING)) is not None:
            # Not a worker of this screen, which may close while it is asked.
            self.kyoju.run_worker(offer(self.kyoju, draft, instead_of=self))

    def close_form(self) -> None:
        """Go back to the screen before."""
        self._done = True
        if self.is_current:
            self.kyoju.go_back()

    @property
    def title_detail(self) -> str:
        """The rule's name."""
        return self.view.name

    @property
    def holds_changes(self) -> bool:
        """Whether something was typed."""
        return not self._done and self.is_mounted and self._plain() != self._given

    def records_changed(self, changed: Changed) -> None:
        """Somebody settled the same point meanwhile: say so, and show it where nothing was typed."""
        if self._ref not in changed.refs or self._done or changed.own:
            return
        latest, recorded = self.workspace.base(self._ref), self.snapshot.get(self._ref)
        if latest.data == self._base.data:
            return
        if recorded is None:
            gone = Said("caution", UNREADABLE)
            words = partial(deleted_words, moved_to="", dirty=self.holds_changes)
            self._news.tell(latest, words if latest.data is None else lambda _who: gone)
            return
        theirs = {
            name: value for name, value in to_plain(recorded).items() if (name,) in self._rows or name == "needed"
        }
        typed = self._typed()
        # What the form filled in by itself gives way where the other has said something there.
        begun = {name: value for name, value in self._given.items() if name in theirs} | self._begun
        found = taken(begun, typed, theirs, tuple(self._rows))
        self._begun, self._given = found.given, found.follow(self._given)
        for path, row in self._rows.items():
            value = value_at(found.holding, path)
            if not same(value, value_at(typed, path)):
                row.editor.put(value)
        if not found.contested:
            self._base = latest
        self._follow_verdict()
        labels = [self._rows[path].editor.field.label for path in found.changed]
        kept = [self._rows[path].editor.field.label for path in found.contested]
        self._news.tell(latest, partial(changed_words, labels=labels, contested=kept, dirty=self.holds_changes))

    def on_edited(self, event: Edited) -> None:
        """What was wrong may be mended; 必要な取組 has fields of its own."""
        event.stop()
        for row in self._rows.values():
            row.say()
        self._follow_verdict()
        if not self._done:
            self._keeping.soon(self.keep_draft)

    def keep_draft(self) -> None:
        """Write what was typed into a draft; where all is as it was, there is none to keep."""
        self._keeping.stop()
        if self.holds_changes:
            self._keeping.attempt(self._as_draft())
        else:
            self._keeping.forget()

    def _as_draft(self) -> Draft:
        """What stands in the fields, with the bare text of what cannot be read."""
        plain: Plain = {"rule": self.view.rule, "subjects": list(map(str, self.view.subjects))}
        needed: Plain = {}
        for path, row in self._rows.items():
            (needed if len(path) > 1 else plain)[row.editor.field.name] = row.editor.drafted()
        return Draft(self._ref, {**plain, "needed": needed}, self._base.data, form=SETTLING)

    # -- saving --------------------------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Record, or say what is missing."""
        plain = self._plain()
        for row in self._rows.values():
            row.say()
        fault = self._fault(plain)
        if fault is not None:
            path, text = fault
            self._rows[path].say(Said("fault", text))
            self._rows[path].editor_widget.focus()
            return
        recorded = self.snapshot.get(self._ref)
        # What this form does not show (notes, keys of a newer program) stays.
        before = to_plain(recorded) if recorded is not None else {}
        kept = {name: value for name, value in before.items() if name not in ("verdict", "needed", *_FIELDS)}
        subjects = list(map(str, self.view.subjects))
        finding = Finding.model_validate({**kept, "rule": self.view.rule, "subjects": subjects, **plain})
        self.keep_draft()
        self.kyoju.save(
            lambda: self.workspace.save(self._ref, finding, base=self._base), done=self._saved, failed=self._failed
        )

    def _saved(self, saved: Saved) -> None:  # noqa: ARG002
        self._done = True
        self._keeping.close()
        self.workspace.drafts.discard(self._ref)
        self.close_form()

    def _failed(self, error: KyojuError) -> None:
        self.kyoju.tell(error)
        if isinstance(error, InvalidValue):
            path = tuple(error.field.split("."))
            if path in self._rows:
                self._rows[path].say(Said("fault", error.message))

    def _fault(self, plain: Plain) -> tuple[Path, str] | None:
        """The first thing that is wrong, and where."""
        for path, row in self._rows.items():
            try:
                row.editor.read()
            except InvalidValue as error:
                return path, f"{error.message}{error.cure}"
        if not plain.get("verdict"):
            return ("verdict",), "整理結果を選んでください。"
        if plain["verdict"] == NEEDED and not self._rows["needed", "title"].editor.read():
            return ("needed", "title"), "必要な取組の名前を入れてください。一覧表にこの名前で並びます。"
        return None

    def action_back(self) -> None:
        """Leave; where all is as it was, there is no draft either."""
        if not self.holds_changes:
            self._keeping.close()
        super().action_back()

    def forget_changes(self) -> None:
        """What was typed is given up."""
        self._done = True
        self._keeping.close()

    # -- fields --------------------------------------------------------------------------------------------------

    def _row(self, path: Path, editor: Widget, *, required: bool = False) -> FieldRow:
        row = FieldRow(path, editor, required=required)
        self._rows[path] = row
        return row

    def _editor(self, field: Described, value: object) -> Widget:
        return make_editor(field, Setting(lambda: self.today, lambda: self.snapshot), value)

    def _usual(self, name: str) -> object:
        """What a needed initiative begins with: the categories of the point."""
        if name != "categories":
            return None
        found: dict[str, None] = {}
        for ref in self.view.subjects:
            if ref.top == "categories":
                found[ref.id] = None
            elif ref in self.snapshot.entries:
                found.update(dict.fromkeys(self.snapshot.entries[ref].categories))
        return list(found) or None

    def _follow_verdict(self) -> None:
        self.query_one("#needed").display = self._plain().get("verdict") == NEEDED

    def _plain(self) -> Plain:
        """What the fields say; what cannot be read is left out and named by `_fault`."""
        plain: Plain = {}
        needed: Plain = {}
        for path, row in self._rows.items():
            try:
                value = row.editor.read()
            except InvalidValue:
                continue
            (needed if len(path) > 1 else plain)[row.editor.field.name] = value
        if plain.get("verdict") == NEEDED:
            plain["needed"] = without_empty({name: value for name, value in needed.items() if value is not None})
        return without_empty({name: value for name, value in plain.items() if value is not None})

    def _shown(self, plain: Plain) -> Plain:
        """What of a record this form shows."""
        return {name: value for name, value in plain.items() if name in ("verdict", "needed", *_FIELDS)}

    def _typed(self) -> Plain:
        """The same with the bare text of what cannot be read, so that it is never taken for empty."""
        plain = self._plain()
        for (name, *inner), row in self._rows.items():
            try:
                row.editor.read()
            except InvalidValue:
                if not inner:
                    plain[name] = row.editor.drafted()
        return plain
