"""One table of a record, filled in over any screen and recorded at once: an opinion, a visit, a receipt."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, cast

from kyoju_tui.records.base import Item, Part, Record
from kyoju_tui.records.description import Described, field_map
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref, new_part_id
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.soundness import judged
from kyoju_tui.ui.forms.checking import Examine
from kyoju_tui.ui.forms.row_screen import RECORDS, RowScreen
from kyoju_tui.ui.forms.setting import Setting
from kyoju_tui.ui.screens.edit_keeping import Keeping
from kyoju_tui.ui.screens.row_news import RowNews
from kyoju_tui.workspace.drafts.kept import Draft
from kyoju_tui.workspace.requests import Base

if TYPE_CHECKING:
    from kyoju_tui.ui.saving import Done
    from kyoju_tui.ui.screens.base import KyojuScreen
    from kyoju_tui.workspace.requests import Saved

Settle: TypeAlias = Callable[[Record, Record], Awaitable[Record | None]]


async def unasked(before: Record, after: Record) -> Record | None:  # noqa: ARG001 - others look at both
    """The way of records that need no question before they are recorded."""
    return after


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a record that holds one table (`number` None) or a list of tables, and which of them.

    `number` is the index of the table; -1 is one that is not there yet.
    """

    ref: Ref
    field: str
    number: int | None = None

    @property
    def described(self) -> Described:
        """The field."""
        return field_map(kind_of(self.ref).model)[self.field]


def tables(record: Record, field: Described) -> list[Plain]:
    """The tables of a list as TOML has them."""
    return [to_plain(part) for part in cast("Sequence[Part]", getattr(record, field.attribute))]


def with_table(record: Record, place: Place, table: Plain | None) -> Record:
    """The record with this table at the place; None takes it away. A new table of a list gets an id.

    Errors: pydantic's `ValidationError` where the record then breaks a rule.
    """
    field = place.described
    if place.number is None:
        return record.but(**{field.attribute: table})
    rows = tables(record, field)
    if table is None:
        del rows[place.number]
    elif place.number >= 0:
        rows[place.number] = table
    else:
        rows.append(_named(field, table, rows))
    return record.but(**{field.attribute: rows})


def _named(field: Described, table: Plain, rows: Sequence[Plain]) -> Plain:
    if field.part is None or not issubclass(field.part, Item) or table.get("id"):
        return table
    return {"id": new_part_id({str(row["id"]) for row in rows if row.get("id")}), **table}


def record_at(screen: KyojuScreen, ref: Ref) -> Record:
    """The record; a kind of which a store has one begins empty where there is none yet."""
    found = screen.snapshot.get(ref)
    return found if found is not None else kind_of(ref).model.model_validate({})


async def fill_table(
    screen: KyojuScreen,
    place: Place,
    preset: Mapping[str, object] | None = None,
    *,
    title: str = "",
    done: Done | None = None,
    settle: Settle = unasked,
    begin: str = "",
) -> bool:
    """Open the form of one table, then record it. Whether something was given to be recorded.

    What is typed is a draft until it is recorded. Where the save fails, the whole record's form opens with what was
    typed, and settles it there. `preset` goes over what stands at the place; None in it takes a value away. `settle`
    gets the record before and after, and gives what is to be recorded; None goes back to the form. `begin` is the field
    to begin in, else the first.
    """
    # The base first: a colleague's change that comes after it is merged.
    base = screen.workspace.base(place.ref)
    record = record_at(screen, place.ref)
    field = place.described
    if field.part is None:
        raise TypeError(f"field {place.field!r} holds no table")
    given = _given(record, place)
    start = {name: value for name, value in {**given, **(preset or {})}.items() if value is not None}
    keeping = Keeping(screen)
    typed: list[Plain] = [start]

    def keep_now() -> None:
        keeping.stop()
        try:
            keeping.keep(_draft(record, place, typed[-1], base))
        except KyojuError as error:
            screen.kyoju.tell(error)

    def keep(plain: Plain) -> None:
        typed[:] = [plain]
        keeping.soon(keep_now)

    setting = Setting(lambda: screen.today, lambda: screen.snapshot)
    examine = _examining(record, place, setting)
    news = RowNews(screen, (place.ref, place.field, place.number), given)
    settled: Record | None = None
    while settled is None:
        window = RowScreen(field.part, setting, typed[-1], title or _title(place), keep, RECORDS, examine, begin)
        window.heard = partial(news.hear, window)
        with screen.kyoju.company.within(place.ref):
            table = await screen.kyoju.push_screen_wait(window)
        keeping.stop()
        if table is None:
            keeping.close()
            return False
        typed[:] = [table]
        settled = await settle(record, with_table(record, place, table))
    changed = settled

    def recorded(saved: Saved) -> None:
        keeping.close()
        if done is not None:
            done(saved)

    def failed(error: KyojuError) -> None:
        from kyoju_tui.ui.screens.edit_drafts import from_draft

        screen.kyoju.tell(error)
        draft = Draft(place.ref, to_plain(changed), base.data, error.message)
        screen.kyoju.push_screen(from_draft(draft, screen.snapshot))

    screen.kyoju.save(lambda: screen.workspace.save(place.ref, changed, base=base), done=recorded, failed=failed)
    return True


def _examining(record: Record, place: Place, setting: Setting) -> Examine:
    """Judges one table within its record, as `records.soundness` judges the record among the others."""
    listed = place.number is not None
    number = len(tables(record, place.described)) if place.number == -1 else place.number
    prefix = f"{place.field}.{number}" if listed else place.field

    def examine(part: Part) -> Iterator[tuple[Remark, bool]]:
        snapshot = setting.snapshot()
        whole = with_table(record, place, to_plain(part))
        for remark, refused in judged(place.ref, whole, snapshot, record, snapshot):
            if f"{remark.field}.".startswith(f"{prefix}."):
                yield remark._replace(field=remark.field[len(prefix) + 1 :]), refused

    return examine


def _given(record: Record, place: Place) -> Plain:
    """What stands at the place."""
    field = place.described
    if place.number is None:
        part = getattr(record, field.attribute)
        return to_plain(part) if isinstance(part, Part) else {}
    return tables(record, field)[place.number] if place.number >= 0 else {}


def _draft(record: Record, place: Place, typed: Plain, base: Base) -> Draft:
    """The whole record as far as it was typed."""
    field, plain = place.described, to_plain(record)
    if place.number is None:
        plain[field.name] = typed
    else:
        rows = tables(record, field)
        if place.number >= 0:
            rows[place.number] = typed
        else:
            rows.append(_named(field, typed, rows))
        plain[field.name] = rows
    return Draft(place.ref, plain, base.data, place=place.field)


def _title(place: Place) -> str:
    label = place.described.label
    return f"{label}を加える" if place.number == -1 else label
