"""Editing: one record, new or there already, in the form made from its model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget

from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import Clash, InvalidValue, KyojuError
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.kinds import kind_named
from kyoju_tui.records.merge import Conflicts, merge
from kyoju_tui.records.plain import Plain
from kyoju_tui.ui.forms.editors.base import Edited
from kyoju_tui.ui.forms.record_form import RecordForm
from kyoju_tui.ui.forms.remark import Remark, Said, Tone
from kyoju_tui.ui.forms.setting import Setting
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.choose import leaving
from kyoju_tui.ui.screens.clash import ClashScreen
from kyoju_tui.ui.screens.edit_drafts import offer
from kyoju_tui.ui.screens.edit_head import COMMON_NAME, DepartmentRow, IdRow
from kyoju_tui.ui.screens.edit_subject import Subject
from kyoju_tui.workspace.drafts import Draft

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed, Saved

# How much typing a dropped line may cost, in seconds.
DRAFT_AFTER = 1.0

_UPDATED = "ほかの人がこの記録を更新しました。記録するときに項目ごとに合わせます。"
_REMOVED = "この記録は削除されました。記録すると、どちらにするか選べます。"
_BROKEN = "この記録のファイルが読み取れなくなりました。入力した内容は残っています。点検で場所を確かめてください。"
_REFRESHED = "最新の内容に更新しました。"
_UNREADABLE = (
    "この記録は読み取れないため、編集できません。ファイルはそのまま残っています。点検で場所を確かめてください。"
)


class EditScreen(KyojuScreen):
    """The form of one record. Closes once the save is acknowledged, or when it is left."""

    COMMANDS = ("save", "back")
    # Ctrl+Z in a form is about the form; what is recorded is taken back elsewhere.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "take_back", show=False)]
    DEFAULT_CSS = """
    EditScreen Remark.notice { background: $panel; }
    """

    def __init__(
        self,
        ref: str | None,
        kind: str,
        department: str | None = None,
        preset: Mapping[str, object] | None = None,
        draft: Draft | None = None,
    ) -> None:
        """`ref` is None for a new record, which begins with `preset` in the folder of `department` (entries only).

        With a `draft` the form goes on from it; see `edit_drafts.from_draft`.
        """
        super().__init__()
        self.kind = kind_named(kind)
        self.ref = None if ref is None else Ref(ref)
        self._department = department
        self._preset: Plain = dict(preset or {})
        self._draft = draft
        self._draft_ref = None if draft is None else draft.ref
        self._draft_timer: Timer | None = None
        self._notice = Remark()
        self._head: DepartmentRow | IdRow | None = None
        self._form: RecordForm | None = None
        self._subject: Subject | None = None
        self._left_at: Widget | None = None
        self._saving = False
        self._done = False
        self.title_ja = f"{self.kind.label}の編集" if ref else f"{self.kind.label}を新しく記録"

    @property
    def form(self) -> RecordForm:
        """The form; raises `RuntimeError` where the record cannot be read."""
        if self._form is None:
            raise RuntimeError("there is no form")
        return self._form

    @property
    def subject(self) -> Subject:
        """What is edited; raises `RuntimeError` before the screen is composed."""
        if self._subject is None:
            raise RuntimeError("nothing is edited yet")
        return self._subject

    # -- what is on the screen -----------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        """Notices, the head of a new record, the form."""
        self._notice.add_class("notice")
        yield self._notice
        setting = Setting(lambda: self.today, lambda: self.snapshot)
        self._subject = Subject(self.workspace, self.kind, self.ref, self._draft, self.today)
        given = self._preset if self.ref is None else self._subject.given()
        if given is None:
            return
        self._form = RecordForm(self.kind.model, setting, given, None if self._draft is None else self._draft.plain)
        if self.ref is None and self.kind.word == "entry":
            self._head = DepartmentRow(setting, self._department, self._form.plain)
        elif self.ref is None and self.kind.readable_id:
            self._head = IdRow(setting, self.kind)
        if self._head is not None:
            yield self._head
        yield self._form

    def on_mount(self) -> None:
        """Begin in the first field to fill; offer the draft that a broken session left."""
        self.show_title()
        if self._form is None:
            self._say("caution", _UNREADABLE)
            return
        if isinstance(self._head, DepartmentRow) and self._head.department is None:
            self._head.editor_widget.focus()
        else:
            self._form.focus_first()
        if self._draft is not None:
            self._say("reading", "下書きから続けています。")
        elif self.ref is not None and (draft := self.workspace.drafts.get(self.ref)) is not None:
            self.run_worker(offer(self.kyoju, draft, instead_of=self))

    @property
    def title_detail(self) -> str:
        """The record's name and the department it lies with."""
        if self.ref is None:
            return ""
        department = self.ref.department
        where = COMMON_NAME if department == COMMON else self.snapshot.name("department", department or "")
        return "　".join(filter(None, (self.snapshot.title(self.ref), where)))

    @property
    def holds_changes(self) -> bool:
        """Whether something typed is not recorded."""
        return not self._done and self._form is not None and self._form.dirty

    def records_changed(self, changed: Changed) -> None:
        """Somebody recorded this record while it is open: say so at once, or follow where nothing was typed."""
        if self._form is None or self._saving or self.ref not in changed.refs:
            return
        latest = self.subject.latest()
        if latest.data == self.subject.base.data:
            return
        theirs = self.subject.parsed(latest)
        if latest.data is None:
            self._say("caution", _REMOVED)
        elif theirs is None:
            self._say("caution", _BROKEN)
        elif self.form.dirty:
            self._say("caution", _UPDATED)
        else:
            self.subject.base = latest
            self.form.begin_from(theirs)
            self.form.put(theirs)
            self._say("reading", _REFRESHED)

    def on_record_form_looked(self, event: RecordForm.Looked) -> None:
        """Something was typed: the id follows, and a draft is due."""
        event.stop()
        if isinstance(self._head, IdRow):
            self._head.follow(self.form.plain().get("reading"))
        waiting = event.edited or self._draft_ref is not None
        if waiting and not self._done and self._draft_timer is None:
            self._draft_timer = self.set_timer(DRAFT_AFTER, self.keep_draft)

    def on_edited(self, event: Edited) -> None:
        """The head was edited: what was said of it holds no longer."""
        event.stop()
        if self._head is not None:
            self._head.say()

    def action_take_back(self) -> None:
        """Take the last choice in the form back."""
        if self._form is not None:
            self._form.action_take_back()

    # -- drafts --------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Write what was typed into a draft; where all is as it was recorded, there is none to keep."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        if not self.holds_changes:
            if not self._saving:
                self._forget_draft()
            return
        ref = self.subject.target(*self._headed())
        if self._draft_ref != ref:
            self._forget_draft()
        try:
            self.workspace.drafts.save(Draft(ref, self.form.draft(), self.subject.base.data))
            self._draft_ref = ref
        except KyojuError as error:
            self.kyoju.tell(error)

    def _forget_draft(self) -> None:
        if self._draft_ref is not None:
            self.workspace.drafts.discard(self._draft_ref)
            self._draft_ref = None

    # -- saving --------------------------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Record, or say what is wrong."""
        if not self._saving and self._form is not None:
            self.run_worker(self._save())

    async def _save(self) -> None:
        well = await self.form.insist()
        if self._head is not None:
            fault = self._head.fault(self.snapshot)
            self._head.say(Said("fault", fault))
            if fault:
                self._head.editor_widget.focus()
                return
        record = self.form.check().record
        if not well or not isinstance(record, Record):
            return
        self.keep_draft()
        self.kyoju.save(lambda: self._start(record), done=self._saved, failed=self._failed)

    def _start(self, record: Record) -> Future[Saved]:
        # Locked only now: somebody may first be asked who is saving, and may leave that question.
        self._saving = True
        self._left_at = self.focused
        self._enable(enabled=False)
        return self.subject.save(record, *self._headed())

    def _saved(self, saved: Saved) -> None:
        self._forget_draft()
        for ref in saved.refs:
            self.workspace.drafts.discard(ref)
        self.close_form()

    def _failed(self, error: KyojuError) -> None:
        self._saving = False
        self._enable(enabled=True)
        if self._left_at is not None:
            self._left_at.focus()
        if isinstance(error, Clash) and self.ref is not None:
            self.run_worker(self._settle(error))
            return
        self.kyoju.tell(error)
        self._say("fault", f"{error.message}{error.cure}")
        if isinstance(error, InvalidValue):
            self.form.focus_field(error.field)

    async def _settle(self, error: Clash) -> None:
        """Let the person choose between the own text and the other's, field by field, then record."""
        before, mine = self.subject.given(), self.form.plain()
        now = self.subject.look()
        theirs = None
        if now.data is not None:
            theirs = self.subject.parsed(now)
            if theirs is None:
                self._say("fault", _UNREADABLE)
                return
        model, name = self.kind.model, self.snapshot.name
        result = merge(before, mine, theirs, model, name=name)
        if isinstance(result, Conflicts):
            chosen = await self.kyoju.push_screen_wait(ClashScreen(result.fields, name))
            if chosen is None:
                self._say("caution", error.message)
                return
            result = merge(before, mine, theirs, model, choices=chosen, name=name)
        merged = result.merged if isinstance(result, Conflicts) else result.plain
        if merged is None:
            # The other's deletion stands.
            self._forget_draft()
            self.close_form()
            return
        self.subject.base = now
        self.form.begin_from(theirs or {})
        self.form.put(merged)
        await self._save()

    # -- leaving -------------------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Leave; ask where something typed is not recorded."""
        if self._saving:
            return
        if self.holds_changes:
            self.kyoju.push_screen(leaving("入力した内容が、まだ記録されていません。", keep="記録する"), self._left)
        else:
            self._forget_draft()
            self.close_form()

    def _left(self, answer: str | None) -> None:
        if answer == "keep":
            self.action_save()
        elif answer == "discard":
            self._forget_draft()
            self.close_form()

    def close_form(self) -> None:
        """Go back to the screen before, now or once what was opened above this one is closed."""
        self._done = True
        if self._draft_timer is not None:
            self._draft_timer.stop()
        if self.is_current:
            self.kyoju.go_back()

    def on_screen_resume(self) -> None:
        """What was opened above is closed: leave too where everything here is done."""
        if self._done:
            self.call_later(self.kyoju.go_back)

    def _headed(self) -> tuple[str | None, str]:
        """Department and id as the head has them."""
        if isinstance(self._head, DepartmentRow):
            return self._head.department, ""
        return None, self._head.record_id if isinstance(self._head, IdRow) else ""

    def _enable(self, *, enabled: bool) -> None:
        for part in (self._form, self._head):
            if part is not None:
                part.disabled = not enabled

    def _say(self, tone: Tone, text: str) -> None:
        self._notice.say(Said(tone, text))
