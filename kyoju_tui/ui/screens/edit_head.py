"""What a new record needs beside its fields: the department it lies with, or its id."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kyoju_tui.records.base import RefersTo
from kyoju_tui.records.folding import slug
from kyoju_tui.records.ids import COMMON, is_id
from kyoju_tui.records.kinds import Kind
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.editors.line import LineEditor
from kyoju_tui.ui.forms.editors.reference import ReferenceEditor
from kyoju_tui.ui.forms.field_row import FieldRow
from kyoju_tui.ui.forms.own_field import own_field
from kyoju_tui.ui.forms.remark import Said
from kyoju_tui.ui.forms.setting import Setting

COMMON_NAME = "共通（所管なし）"
NO_READING = "よみをひらがなで入れてください。idは、よみから付きます。"

_DEPARTMENT = own_field("department", "部署", "この取組・課題の所管です", refers=RefersTo("department"))
_ID = own_field("id", "id", "ファイルの名前です。よみから付きます（英小文字・数字・ハイフン）")


def may_be_common(plain: Plain) -> bool:
    """Whether an entry can belong to no department: data, and an initiative that is needed and not yet taken."""
    return plain.get("kind") == "データ" or (plain.get("kind") == "取組" and plain.get("status") == "必要")


class HeadRow(FieldRow):
    """What stands over the fields of a new record. `department` and `record_id` are what it says of the path."""

    @property
    def department(self) -> str | None:
        """The folder of a new entry; None where it has none, or none yet."""
        return None

    @property
    def record_id(self) -> str:
        """The id that was typed or made; empty where the program gives one."""
        return ""

    def insist(self, snapshot: Snapshot) -> bool:
        """Whether all is well here; where it is not, say why and go there."""
        fault = self.fault(snapshot)
        self.say(Said("fault", fault))
        if fault:
            self.editor_widget.focus()
        return not fault

    def fault(self, snapshot: Snapshot) -> str:
        """What is wrong; the empty string where nothing is."""
        raise NotImplementedError

    def follow(self, plain: Plain) -> None:
        """Something was typed in the form below."""


def head_of(kind: Kind, setting: Setting, department: str | None, plain: Callable[[], Plain]) -> HeadRow | None:
    """What a new record of this kind needs beside its fields, if anything. `plain` is what stands in the form."""
    if kind.word == "entry":
        return DepartmentRow(setting, department, plain)
    return IdRow(setting, kind) if kind.readable_id else None


class DepartmentRow(HeadRow):
    """The department of a new entry."""

    def __init__(self, setting: Setting, department: str | None, plain: Callable[[], Plain]) -> None:
        """`plain` is what stands in the form, on which it hangs whether 共通 is offered."""
        self._entry = plain
        super().__init__(
            ("@department",), ReferenceEditor(_DEPARTMENT, setting, department, extra=self._common), required=True
        )

    @property
    def department(self) -> str | None:
        """The chosen folder."""
        value = self.editor.read()
        return None if value is None else str(value)

    def fault(self, snapshot: Snapshot) -> str:
        """What is wrong with the choice; the empty string where nothing is."""
        if self.department is None:
            return "部署を選んでください。"
        if self.department == COMMON:
            common = may_be_common(self._entry())
            return "" if common else f"{COMMON_NAME}に置けるのは、データと「必要」の取組だけです。"
        return "" if self.department in snapshot.departments else "この部署はありません。"

    def _common(self) -> Sequence[Candidate]:
        offered = may_be_common(self._entry()) or self.department == COMMON
        return (Candidate(COMMON, COMMON_NAME),) if offered else ()


class IdRow(HeadRow):
    """The id of a new record of a kind whose ids people read. It follows the reading until somebody types one."""

    def __init__(self, setting: Setting, kind: Kind) -> None:
        self._kind = kind
        self._made = ""
        super().__init__(("@id",), LineEditor(_ID, setting, None), required=True)

    @property
    def record_id(self) -> str:
        """The id as it stands."""
        return self.editor.written().strip()

    def follow(self, plain: Plain) -> None:
        """Make the id from the reading, unless somebody has typed one."""
        made = slug(str(plain.get("reading") or "")) or ""
        if self.record_id == self._made and made != self._made:
            self._made = made
            self.editor.put(made)

    def fault(self, snapshot: Snapshot) -> str:
        """What is wrong with the id; the empty string where nothing is."""
        if not self.record_id:
            return "まだありません。「よみ」を入れると付きます。"
        if not is_id(self.record_id):
            return "英小文字・数字・ハイフンで、64文字以内にしてください。"
        if self.record_id in snapshot.taken_ids(self._kind.word):
            return f"「{self.record_id}」はもうあります。別のidにしてください。"
        return ""
