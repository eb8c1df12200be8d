"""Editing: one record, new or there already, in the form made from its model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING

from textual.timer import Timer
from textual.widget import Widget

from kyoju_tui.files.codec import read_record
from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import Clash, InvalidValue, KyojuError
from kyoju_tui.records.ids import COMMON, Ref, is_id, new_id
from kyoju_tui.records.kinds import kind_named
from kyoju_tui.records.merge import Conflicts, merge
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.ui.forms.editors.base import Edited
from kyoju_tui.ui.forms.record_form import RecordForm
from kyoju_tui.ui.forms.remark import Remark, Said
from kyoju_tui.ui.forms.setting import Setting
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.choose import ChooseScreen, leaving
from kyoju_tui.ui.screens.clash import ClashScreen
from kyoju_tui.ui.screens.edit_drafts import differences, from_draft
from kyoju_tui.ui.screens.edit_head import COMMON_NAME, DepartmentRow, IdRow
from kyoju_tui.workspace.drafts import Draft
from kyoju_tui.workspace.requests import Base

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed, Saved

# How long typing may be lost to a dropped line, in seconds.
DRAFT_AFTER = 1.0

_UPDATED = "ほかの人がこの記録を更新しました。記録するときに項目ごとに合わせます。"
_REMOVED = "この記録は削除されました。記録すると、どちらにするか選べます。"
_REFRESHED = "最新の内容に更新しました。"


class EditScreen(KyojuScreen):
    """The form of one record. Closes once the save is acknowledged, or when it is left."""

    COMMANDS = ("save", "back")
    DEFAULT_CSS = """
    EditScreen Remark.notice { background: $panel; }
    EditScreen #head { height: auto; }
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
        self._draft_ref: Ref | None = None
        self._draft_timer: Timer | None = None
        self._own_id = ""
        self._base: Base | None = None
        self._form: RecordForm | None = None
        self._head: DepartmentRow | IdRow | None = None
        self._notice = Remark()
        self._saving = False
        self._done = False
        self.title_ja = f"{self.kind.label}の編集" if ref else f"{self.kind.label}を新しく記録"

    # -- what is on the screen -----------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        """Notices, the head of a new record, the form."""
        setting = Setting(lambda: self.today, lambda: self.snapshot)
        self._notice.add_class("notice")
        yield self._notice
        given = self._begin()
        if given is None:
            return
        start = dict(self._draft.plain) if self._draft is not None else given
        self._form = RecordForm(self.kind.model, setting, given, start)
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
            self._say("caution", "この記録は読み取れないため、編集できません。点検で場所を確かめてください。")
            return
        if isinstance(self._head, DepartmentRow) and self._head.department is None:
            self._head.editor_widget.focus()
        else:
            self._form.focus_first()
        if self._draft is not None:
            self._say("reading", "下書きから続けています。")
        elif self.ref is not None and (draft := self.workspace.drafts.get(self.ref)) is not None:
            self.run_worker(self._offer(draft))

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
        if self._form is None or self._saving or self.ref is None or self.ref not in changed.refs:
            return
        base = self.workspace.base(self.ref)
        if self._base is not None and base.data == self._base.data:
            return
        theirs = None if base.data is None else self._parsed(base.data)
        if theirs is None:
            self._say("caution", _REMOVED)
        elif self._form.dirty:
            self._say("caution", _UPDATED)
        else:
            self._base = base
            self._form.begin_from(theirs)
            self._form.put(theirs)
            self._say("reading", _REFRESHED)

    def on_record_form_looked(self, event: RecordForm.Looked) -> None:
        """Something was typed: the id follows, and a draft is due."""
        event.stop()
        if isinstance(self._head, IdRow) and self._form is not None:
            self._head.follow(self._form.plain().get("reading"))
        if event.edited and not self._done and self._draft_timer is None:
            self._draft_timer = self.set_timer(DRAFT_AFTER, self.keep_draft)

    def on_edited(self, event: Edited) -> None:
        """The head was edited."""
        event.stop()
        if self._head is not None:
            self._head.say()

    # -- drafts --------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Write what was typed into a draft."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None
        if self._form is None or self._base is None or not self.holds_changes:
            return
        ref = self._target()
        if self._draft_ref not in (None, ref):
            self._forget_draft()
        try:
            self.workspace.drafts.save(Draft(ref, self._form.draft(), self._base.data))
            self._draft_ref = ref
        except KyojuError as error:
            self.kyoju.tell(error)

    async def _offer(self, draft: Draft) -> None:
        lines = differences(draft, self.snapshot)
        answer = await self.kyoju.push_screen_wait(
            ChooseScreen(
                "この記録には、記録していない下書きがあります。",
                "\n".join((*([f"理由：{draft.reason}"] if draft.reason else []), *lines)),
                answers=(("use", "下書きを使う"), ("leave", "今の記録から始める"), ("discard", "下書きを捨てる")),
            )
        )
        if answer == "use":
            self._close()
            self.kyoju.push_screen(from_draft(draft, self.snapshot))
        elif answer == "discard":
            self.workspace.drafts.discard(draft.ref)

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
        form = self._form
        if form is None:
            return
        well = await form.insist()
        if self._head is not None:
            fault = self._head.fault(self.snapshot)
            self._head.say(Said("fault", fault))
            if fault:
                self._head.editor_widget.focus()
                return
        record = form.check().record
        if not well or not isinstance(record, Record):
            return
        self.keep_draft()
        self.kyoju.save(lambda: self._start(record), done=self._saved, failed=self._failed)

    def _start(self, record: Record) -> Future[Saved]:
        # Not before: somebody may first be asked who is saving, and may leave that question.
        self._saving = True
        self._form_enabled(enabled=False)
        if self.ref is not None:
            return self.workspace.save(self.ref, record, base=self._base)
        record_id, department = None, None
        if isinstance(self._head, IdRow):
            record_id = self._head.record_id
        elif isinstance(self._head, DepartmentRow):
            record_id, department = self._own_id, self._head.department
        return self.workspace.create(
            self.kind.word, record, today=self.today, record_id=record_id, department=department
        )

    def _saved(self, saved: Saved) -> None:
        self._saving = False
        self._done = True
        self._forget_draft()
        for ref in saved.refs:
            self.workspace.drafts.discard(ref)
        self._close()

    def _failed(self, error: KyojuError) -> None:
        self._saving = False
        self._form_enabled(enabled=True)
        form = self._form
        if isinstance(error, Clash) and self.ref is not None and form is not None:
            self.run_worker(self._settle(form, self.ref, error))
            return
        self.kyoju.tell(error)
        self._say("fault", f"{error.message}{error.cure}")
        if isinstance(error, InvalidValue) and form is not None:
            form.focus_field(error.field)

    async def _settle(self, form: RecordForm, ref: Ref, error: Clash) -> None:
        """Let the person choose between their own text and the other's, field by field, then record."""
        self.workspace.refresh([ref.path])
        now = self.workspace.base(ref)
        theirs = None if now.data is None else self._parsed(now.data)
        before = None if self._base is None or self._base.data is None else self._parsed(self._base.data)
        mine, model, name = form.plain(), self.kind.model, self.snapshot.name
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
            self._done = True
            self._forget_draft()
            self._close()
            return
        self._base = now
        form.begin_from(theirs or {})
        form.put(merged)
        await self._save()

    # -- leaving -------------------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Leave; ask where something typed is not recorded."""
        if self._saving:
            return
        if self.holds_changes:
            self.kyoju.push_screen(leaving("入力した内容が、まだ記録されていません。", keep="記録する"), self._left)
        else:
            self._close()

    def _left(self, answer: str | None) -> None:
        if answer == "keep":
            self.action_save()
        elif answer == "discard":
            self._done = True
            self._forget_draft()
            if self.ref is not None:
                self.workspace.drafts.discard(self.ref)
            self._close()

    def _close(self) -> None:
        """Go back to the screen before, now or once what was opened above this one is closed."""
        self._done = True
        if self._draft_timer is not None:
            self._draft_timer.stop()
        if self.is_current:
            self.kyoju.go_back()

    def on_screen_resume(self) -> None:
        """Something above was closed: leave too where everything here is done."""
        if self._done and self.is_current:
            self.call_later(self.kyoju.go_back)

    # -- the record ----------------------------------------------------------------------------------------------

    def _begin(self) -> Plain | None:
        """What the edit begins from, as TOML has it; None where the record's file cannot be read."""
        if self.ref is None:
            if self._draft is not None:
                self._own_id, self._draft_ref = self._draft.ref.id, self._draft.ref
            else:
                self._own_id = new_id(self.today, self.snapshot.taken_ids(self.kind.word))
            self._base = Base(self._target(), None)
            return self._preset
        now = self.workspace.base(self.ref)
        if self._draft is not None:
            self._draft_ref = self._draft.ref
            now = Base(self.ref, self._draft.base)
        self._base = now
        # From the very bytes the save will be compared with, not from a Snapshot that may be newer or older.
        return None if now.data is None else self._parsed(now.data)

    def _parsed(self, data: bytes) -> Plain | None:
        path = self.ref.path if self.ref is not None else ""
        record = read_record(data, path, self.kind.model).record
        return None if record is None else to_plain(record)

    def _target(self) -> Ref:
        """Where the record lies, or will lie as far as can be told."""
        if self.ref is not None:
            return self.ref
        department = self._department
        record_id = self._own_id
        if isinstance(self._head, DepartmentRow):
            department = self._head.department
        elif isinstance(self._head, IdRow) and is_id(self._head.record_id):
            record_id = self._head.record_id
        return self.kind.ref(record_id, department or COMMON)

    def _form_enabled(self, *, enabled: bool) -> None:
        for part in (self._form, self._head):
            if part is not None:
                part.disabled = not enabled

    def _say(self, tone: str, text: str) -> None:
        self._notice.say(Said("caution" if tone == "caution" else "fault" if tone == "fault" else "reading", text))
