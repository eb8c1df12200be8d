"""What every record and every table inside one has in common, and how a field describes itself.

A field's annotation carries its Japanese label, its help and, where the type does not say it, how it is edited:

    title: Annotated[Line, Says("件名", "施策・事業の名前")]

`records.description` reads these, and forms, columns, diff wording and checks are made from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, model_validator

from kyoju_tui.records.ids import PartId, check_id, check_ref
from kyoju_tui.records.text import Text

WidgetName = Literal["line", "text", "choice", "date", "time", "number", "flag", "reference", "part", "parts", "values"]


@dataclass(frozen=True, slots=True)
class Says:
    """What a field says of itself: label and help in Japanese.

    `column` puts it into lists of records, and `shown` keeps it in sight in a form before anything is in it.
    """

    label: str
    help: str = ""
    column: bool = False
    shown: bool = False


@dataclass(frozen=True, slots=True)
class RefersTo:
    """The field holds the bare id of a record of this kind (domain word); an empty kind means a full REF."""

    kind: str = ""


Day = Annotated[date, Strict()]
Clock = Annotated[time, Strict()]
Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict(), Field(ge=-(10**12), le=10**12)]
Count = Annotated[int, Strict(), Field(ge=0, le=10**12)]
Year = Annotated[int, Strict(), Field(ge=1868, le=2200)]
# Statistics come as whole numbers and as rates. No NaN, no infinity.
Figure = (
    Annotated[int, Strict(), Field(ge=-(10**12), le=10**12)]
    | Annotated[float, Strict(), Field(ge=-1e12, le=1e12, allow_inf_nan=False)]
)

AnyRef = Annotated[str, AfterValidator(check_ref), RefersTo()]
DepartmentId = Annotated[str, AfterValidator(check_id), RefersTo("department")]
CategoryId = Annotated[str, AfterValidator(check_id), RefersTo("category")]
EntryId = Annotated[str, AfterValidator(check_id), RefersTo("entry")]
DatasetId = Annotated[str, AfterValidator(check_id), RefersTo("dataset")]
InquiryId = Annotated[str, AfterValidator(check_id), RefersTo("inquiry")]
MeetingId = Annotated[str, AfterValidator(check_id), RefersTo("meeting")]
SeriesId = Annotated[str, AfterValidator(check_id), RefersTo("series")]
ThemeId = Annotated[str, AfterValidator(check_id), RefersTo("theme")]
AreaId = Annotated[str, AfterValidator(check_id), RefersTo("area")]
GroupId = Annotated[str, AfterValidator(check_id), RefersTo("group")]

Disclosure = Literal["公開可", "庁内限り", "意思形成過程"]
EntryKind = Literal["取組", "課題", "データ"]
Lens = Literal["課題", "充実が必要", "連携の可能性"]


class Part(BaseModel):
    """A table inside a record. `KEY` names the fields that tell one table of a list from another.

    Unknown keys are kept (`model_extra`), so that a file written by a newer program or by hand loses nothing.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="allow",
        hide_input_in_errors=True,
        protected_namespaces=(),
        # `from` and `with` are keys of the format and keywords of the language: `from_`, `with_` in code.
        alias_generator=lambda name: name.removesuffix("_"),
    )
    KEY: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="before")
    @classmethod
    def _absent_instead_of_empty(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        plain = cast("Mapping[str, Any]", data)
        if "" in plain.values() or [] in plain.values() or {} in plain.values():
            return {key: value for key, value in plain.items() if value not in ("", [], {})}
        return plain

    def but(self, **changes: object) -> Self:
        """A validated copy with the given fields changed (None takes a field away)."""
        from kyoju_tui.records.plain import to_plain

        plain = to_plain(self) | changes
        return type(self).model_validate({name: value for name, value in plain.items() if value is not None})


class Item(Part):
    """A table in a list that is told apart by a short generated id."""

    KEY: ClassVar[tuple[str, ...]] = ("id",)
    id: Annotated[PartId | None, Says("番号", "表の行を見分ける短い符号（自動で付きます）")] = None


class Record(Part):
    """One TOML file. `KIND` is the word for it on the command line and in docs/format.md."""

    KIND: ClassVar[str] = ""
    note: Annotated[Text | None, Says("備考")] = None
    disclosure: Annotated[Disclosure, Says("公開区分", "この記録を誰まで見せてよいか")] = "庁内限り"

    @property
    def heading(self) -> str:
        """What the record is called in lists and messages; the empty string where it has no name of its own."""
        return str(getattr(self, "title", None) or getattr(self, "name", None) or "")


RecordT = TypeVar("RecordT", bound=Record)
