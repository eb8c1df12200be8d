"""Editing: one record, new or there already, in the form made from its model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING

from textual.widget import Widget

from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.errors import InvalidValue, KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_named
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.problems import Remark as Unsound
from kyoju_tui.records.soundness import judged
from kyoju_tui.ui.drafts_place import go_on_in, place_of
from kyoju_tui.ui.forms.editors.base import Edited
from kyoju_tui.ui.forms.record_form import RecordForm
from kyoju_tui.ui.forms.remark import Remark, Said, Tone
from kyoju_tui.ui.forms.setting import Setting
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.choose import leaving
from kyoju_tui.ui.screens.edit_drafts import offer
from kyoju_tui.ui.screens.edit_head import NO_READING, DepartmentRow, HeadRow, IdRow, head_of
from kyoju_tui.ui.screens.edit_keeping import Keeping
from kyoju_tui.ui.screens.edit_lock import Lock
from kyoju_tui.ui.screens.edit_news import News, follow
from kyoju_tui.ui.screens.edit_subject import Subject
from kyoju_tui.ui.screens.rewording import may_reword
from kyoju_tui.workspace.drafts.kept import Draft
from kyoju_tui.workspace.past.wanted import Wanted
from kyoju_tui.workspace.saving.contest import Contested

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed, Saved

_UNREADABLE = (
    "この記録は読み取れないため、編集できません。ファイルはそのまま残っています。点検で場所を確かめてください。"
)


class EditScreen(KyojuScreen):
    """The form of one record. Closes once the save is acknowledged, or when it is left."""

    COMMANDS = ("save", "back")
    undoes_records = False
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
        begin: str = "",
    ) -> None:
        """`ref` is None for a new record, which begins with `preset` in the folder of `department` (entries only).

        With a `draft` the form goes on from it; see `edit_drafts.from_draft`. `begin` names the field to begin in.
        """
        super().__init__()
        self.kind = kind_named(kind)
        self.ref = None if ref is None else Ref(ref)
        self._department = department
        self._preset: Plain = dict(preset or {})
        self._draft = draft
        self._begin = begin
        self._keeping = Keeping(self, draft)
        self._lock = Lock(self)
        self._notice = Remark()
        self._news = News(self, self._notice)
        self._head: HeadRow | None = None
        self._form: RecordForm | None = None
        self._subject: Subject | None = None
        self._asked = False
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
        start = None if self._draft is None else self._draft.plain
        self._form = RecordForm(self.kind.model, setting, given, start, self._examine)
        if self.ref is None:
            self._head = head_of(self.kind, setting, self._department, self._form.plain)
        if self._head is not None:
            yield self._head
        yield self._form

    def on_mount(self) -> None:
        """Begin in the first field to fill, or the one asked for; offer the draft that a broken session left."""
        self.show_title()
        if self._form is None:
            self._say("caution", _UNREADABLE)
            return
        if isinstance(self._head, DepartmentRow) and self._head.department is None:
            self._head.editor_widget.focus()
        elif self._draft is not None and self._draft.place:
            self.run_worker(go_on_in(self._form, self._draft))
        elif self._begin:
            self.run_worker(self._form.begin_in(self._begin))
        else:
            self._form.focus_first()
        if self._draft is not None:
            self._say("reading", "下書きから続けています。")
        elif self.ref is not None and (draft := self.workspace.drafts.get(self.ref)) is not None:
            self.run_worker(offer(self.kyoju, draft, instead_of=self))

    @property
    def title_detail(self) -> str:
        """The record's name and the department it lies with; one of which there is one needs no name."""
        return "" if self._subject is None or self.kind.single else self._subject.name

    @property
    def holds_changes(self) -> bool:
        """Whether something typed is not recorded."""
        return not self._done and self._form is not None and self._form.dirty

    @property
    def record_open(self) -> Ref | None:
        """The record; a new one is nobody else's."""
        return self.ref

    def records_changed(self, changed: Changed) -> None:
        """Somebody recorded this record while it is open: say so at once, and follow where nothing was typed."""
        if self._form is not None and not self._lock.closed and self.ref is not None and self.ref in changed.refs:
            follow(self._news, self.subject, self._form)
            if self.holds_changes:
                self._keeping.soon(self.keep_draft)

    def _examine(self, part: Part) -> Iterable[tuple[Unsound, bool]]:
        """What is to be said of the record among the others, as far as it can be told from what is typed."""
        if not isinstance(part, Record):
            return ()
        ref = self.subject.target(*self._headed())
        return judged(ref, part, self.snapshot, self.snapshot.get(ref), self.snapshot)

    def on_record_form_looked(self, event: RecordForm.Looked) -> None:
        """Something was typed: the id follows, and a draft is due."""
        event.stop()
        if self._head is not None:
            self._head.follow(self.form.plain())
        if not self._done and (event.edited or self._keeping.begun):
            self._keeping.soon(self.keep_draft)

    def on_edited(self, event: Edited) -> None:
        """The head was edited: what was said of it holds no longer."""
        event.stop()
        if self._head is not None:
            self._head.say()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """A record that cannot be read cannot be recorded; a new one has no history yet."""
        if action == "history":
            return self.ref is not None
        return action != "save" or self._form is not None

    def wanted_here(self) -> Wanted:
        """The field in which somebody types."""
        return Wanted(ref=self.ref, field=place_of(self.focused)[0])

    # -- drafts --------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Write what was typed into a draft; where all is as it was recorded, there is none to keep."""
        self._keeping.stop()
        if not self.holds_changes:
            if not self._lock.closed:
                self._keeping.forget()
            return
        ref = self.subject.target(*self._headed())
        try:
            place, cursor = place_of(self.focused)
            draft = Draft(ref, self.form.draft(), self.subject.base.data, place=place, cursor=cursor)
            self._keeping.keep(draft)
        except KyojuError as error:
            self.kyoju.tell(error)

    # -- saving --------------------------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Record, or say what is wrong. Asked for again before that is done, it is done once."""
        if not self._asked:
            self._asked = True
            self.run_worker(self._save())

    async def _save(self) -> None:
        record = await self._insist()
        self._asked = record is not None
        if record is not None:
            self.keep_draft()
            self.kyoju.save(lambda: self._start(record), done=self._saved, failed=self._failed)

    async def _insist(self) -> Record | None:
        """The record to save; None where something is wrong, after saying what and going there."""
        well = await self.form.insist()
        if self._head is not None and not self._head.insist(self.snapshot):
            if isinstance(self._head, IdRow) and not self._head.record_id:
                await self.form.refuse("reading", NO_READING)
            return None
        record = self.form.check().record
        if not well or not isinstance(record, Record):
            return None
        return record if await may_reword(self.kyoju, self.subject.before, record) else None

    def _start(self, record: Record) -> Future[Saved]:
        # Locked only now: somebody may first be asked who is saving, and may leave that question.
        self._lock.close((self._form, self._head))
        return self.subject.save(record, *self._headed())

    def _saved(self, saved: Saved) -> None:
        self._keeping.forget()
        for ref in saved.refs:
            self.workspace.drafts.discard(ref)
        self.close_form()

    def _failed(self, error: KyojuError) -> None:
        self._asked = False
        self._lock.open()
        if isinstance(error, Contested):
            # Asked already, and left undecided: what was typed stays, and the next save asks again.
            self._say("caution", error.message)
            return
        self.kyoju.tell(error)
        self.run_worker(self._explain(error))

    async def _explain(self, error: KyojuError) -> None:
        """Say under its field what was refused; over the form where it is of no field in sight there."""
        text = f"{error.message}{error.cure}"
        if not isinstance(error, InvalidValue) or not await self.form.refuse(error.field, text):
            self._say("fault", text)

    # -- leaving -------------------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Leave; ask where something typed is not recorded."""
        if self._lock.closed:
            return
        if self.holds_changes:
            self.kyoju.push_screen(leaving("入力した内容が、まだ記録されていません。", keep="記録する"), self._left)
        else:
            self._keeping.forget()
            self.close_form()

    def _left(self, answer: str | None) -> None:
        if answer == "keep":
            self.action_save()
        elif answer == "discard":
            self._keeping.forget()
            self.close_form()

    def close_form(self) -> None:
        """Go back to the screen before, now or once what was opened above this one is closed."""
        self._done = True
        self._keeping.stop()
        if self.is_current:
            self.kyoju.go_back()

    def on_screen_resume(self) -> None:
        """What was opened above is closed: leave too where everything here is done."""
        if self._done:
            # Where the form was left meanwhile, the screen before it stays.
            self.call_later(self.close_form)

    def _headed(self) -> tuple[str | None, str]:
        """Department and id as the head has them."""
        return (None, "") if self._head is None else (self._head.department, self._head.record_id)

    def _say(self, tone: Tone, text: str) -> None:
        self._notice.say(Said(tone, text))
