"""What may leave the town hall: records marked 公開可, with the axes of the matrix, and no small numbers of people.

Which departments and categories there are is no secret, so the axes are named always; what else they hold is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeVar, cast

from kyoju_tui.overview.areas import is_rate, newest_population
from kyoju_tui.records.area import Area, Indicator
from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.category import Category
from kyoju_tui.records.department import Department
from kyoju_tui.records.description import fields_of
from kyoju_tui.records.folding import fold
from kyoju_tui.records.group import Person
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.image_map import ImageMap
from kyoju_tui.records.personal import has_mail, has_phone
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.store import Store

Audience = Literal["庁内", "事務局", "公開"]
"""Whom a paper is for: all departments, the secretariat alone, or everybody."""

PUBLIC: Final = "公開可"
FEWEST: Final = 10
"""Fewer people than this are told in nothing that is marked 公開可."""
WITHHELD: Final = f"秘匿（{FEWEST}未満）"
DERIVED: Final = f"秘匿（ほかの値から{FEWEST}未満の数が分かるため）"
CONTACT: Final = "（連絡先とみられる記載があるため、載せていません）"

_Of = TypeVar("_Of", bound=Part)
_WHOLE: Final = {fold("%"): 100.0, fold("パーセント"): 100.0, fold("‰"): 1000.0, fold("割"): 10.0}


def publishable(snapshot: Snapshot) -> Snapshot:
    """The same moment with nothing but what may be published; a text with a contact in it is not."""
    kept = {ref: opened for ref, record in snapshot.records.items() if (opened := _opened(record)) is not None}
    public = Snapshot(kept)
    return public.replacing({ref: _placed(each, public) for ref, each in public.all(ImageMap).items()})


def left_out(snapshot: Snapshot, public: Snapshot) -> int:
    """How many records were kept back as a whole."""
    return len(snapshot) - len(public)


def without_contact(text: str) -> str:
    """A text that somebody typed; one that holds a telephone number or a mail address stays here."""
    return CONTACT if has_phone(text) or has_mail(text) else text


def withheld(area: Area) -> Mapping[int, str]:
    """Why figures of an area are not told, by their index: few people, or a figure from which they can be computed.

    Where one is withheld, all others of the area that could lead back to it are, too: shares, and parts of the whole.
    """
    population = newest_population(area)
    people = population.value if population is not None else None
    few = {number for number, each in enumerate(area.indicators) if _is_few(each, people)}
    if not few:
        return {}
    rest = {
        number: DERIVED
        for number, each in enumerate(area.indicators)
        if each.value is not None and number not in few and each is not population
    }
    return {**rest, **dict.fromkeys(few, WITHHELD)}


def _opened(record: Record) -> Record | None:
    if isinstance(record, Store):
        return record.but(note=None)
    if isinstance(record, Person):
        return None
    if record.disclosure == PUBLIC:
        return _without_contacts(record)
    if isinstance(record, Department):
        return record.but(note=None, categories=None)
    if isinstance(record, Category):
        return record.but(note=None, digest=None)
    return None


def _without_contacts(part: _Of) -> _Of:
    """The same with no text in it, however deep, that holds a contact."""
    changed: dict[str, object] = {}
    for field in fields_of(type(part)):
        value: object = getattr(part, field.attribute)
        cleaned = value if field.refers is not None else _cleaned(value)
        if cleaned != value:
            changed[field.attribute] = cleaned
    return part.model_copy(update=changed) if changed else part


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return without_contact(value)
    if isinstance(value, Part):
        return _without_contacts(value)
    return tuple(map(_cleaned, cast("tuple[object, ...]", value))) if isinstance(value, tuple) else value


def _placed(image_map: ImageMap, public: Snapshot) -> ImageMap:
    """The picture without what stands for a record that is kept back."""
    seen = [each for each in image_map.placements if each.ref and Ref(each.ref) in public]
    return image_map.model_copy(update={"placements": tuple(seen)})


def _is_few(indicator: Indicator, people: float | None) -> bool:
    value = indicator.value
    if value is None:
        return False
    if not is_rate(indicator):
        return 0 < value < FEWEST
    whole = _WHOLE.get(fold(indicator.unit or ""))
    return whole is not None and people is not None and 0 < people * value / whole < FEWEST
