"""Checks over all records at once: references, folders of entries, keys in lists, personal data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple, cast

from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.description import Described, field_map, fields_of
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.personal import has_mail, has_phone
from kyoju_tui.records.snapshot import Reference, Snapshot

# Where the office's own telephone belongs, and numbers and codes that may look like one.
_NOT_PERSONAL: Final = frozenset({"contact", "extension", "section", "budget_item", "document", "small_areas"})
_CODES: Final = frozenset({"id", "sha256", "commit"})


class Remark(NamedTuple):
    """Something wrong with a record as seen from the whole store. `field` is dotted; empty is the record itself."""

    ref: Ref
    field: str
    message: str
    code: str
    cure: str


def reference_problems(snapshot: Snapshot) -> list[Remark]:
    """Every remark on a store: dangling and retired references, entries in the wrong folder, keys that a list has
    twice, personal data.
    """  # noqa: D205
    found: list[Remark] = []
    for reference in snapshot.references:
        found += _dangling(snapshot, reference) or _retired(snapshot, reference)
    for ref, entry in snapshot.entries.items():
        found += _folder(snapshot, ref, entry)
    for ref, record in snapshot.records.items():
        found += _doubled(ref, record, "")
        found += _personal(ref, record)
    return sorted(found, key=lambda remark: (remark.ref, remark.field, remark.code))


def _dangling(snapshot: Snapshot, reference: Reference) -> list[Remark]:
    kind, text = reference.kind, reference.text
    if snapshot.target(kind, text) is not None or _is_broken(snapshot, kind, text):
        return []
    label = KINDS[kind].label if kind else "記録"
    message = f"参照先の{label}「{text}」がありません（{reference.field}）。"
    cure = f"あるものの中から選び直すか、先に{label}を作ってください。"
    return [Remark(reference.source, reference.field, message, "K301", cure)]


def _is_broken(snapshot: Snapshot, kind: str, text: str) -> bool:
    """Whether a reference names a record whose file cannot be read: it is there, so nothing dangles."""
    if kind == "entry":
        return any(ref.id == text and ref.top == "entries" for ref in snapshot.broken)
    return (KINDS[kind].ref(text) if kind else text) in snapshot.broken


def _retired(snapshot: Snapshot, reference: Reference) -> list[Remark]:
    """An entry in a row that is no longer shown. Other records may speak of former rows."""
    category = snapshot.categories.get(reference.text) if reference.kind == "category" else None
    if category is None or not isinstance(snapshot.records[reference.source], Entry):
        return []
    if category.merged_into is not None:
        successor = snapshot.name("category", category.merged_into)
        message = f"カテゴリー「{category.name}」は「{successor}」に統合済です。"
        cure = "統合先のカテゴリーに付け替えてください。"
    elif category.retired:
        message = f"カテゴリー「{category.name}」は廃止されています。"
        cure = "使用中のカテゴリーに付け替えてください。"
    else:
        return []
    return [Remark(reference.source, reference.field, message, "K302", cure)]


def _folder(snapshot: Snapshot, ref: Ref, entry: Entry) -> list[Remark]:
    department = ref.department or ""
    if department == COMMON:
        if entry.kind == "データ" or (entry.kind == "取組" and entry.status == "必要"):
            return []
        message = "共通フォルダー（entries/common/）に置けるのは、データと、状況が「必要」の取組だけです。"
        return [Remark(ref, "kind", message, "K207", "所管の部署へ移してください（mv）。")]
    home = Ref(f"departments/{department}")
    if home in snapshot.records or home in snapshot.broken:
        return []
    message = f"フォルダーの部署「{department}」がありません。"
    return [Remark(ref, "", message, "K301", "正しい部署へ移すか（mv）、部署を作ってください。")]


def _doubled(ref: Ref, part: Part, prefix: str) -> Iterator[Remark]:
    """Tables of one list with one key: a change of either could not be told from a change of the other."""
    for field in fields_of(type(part)):
        value = getattr(part, field.attribute) if field.part is not None else None
        if field.part is None or not value:
            continue
        if not field.many:
            yield from _doubled(ref, cast("Part", value), f"{prefix}{field.name}.")
            continue
        known = field_map(field.part)
        keys = [known[name] for name in field.part.KEY]
        seen: set[tuple[object, ...]] = set()
        for index, item in enumerate(cast("tuple[Part, ...]", value)):
            place = f"{prefix}{field.name}.{index}"
            key = tuple(getattr(item, name.attribute) for name in keys)
            if key in seen:
                told = "・".join(f"{name.label}「{text}」" for name, text in zip(keys, key, strict=True) if text)
                message = f"「{field.label}」に、{told}の行が2つ以上あります。"
                yield Remark(ref, place, message, "K110", "1つにまとめるか、どちらかを書き換えてください。")
            elif any(text is not None for text in key):
                seen.add(key)
            yield from _doubled(ref, item, f"{place}.")


def _personal(ref: Ref, record: Record) -> Iterator[Remark]:
    for field, text in _texts(record, ""):
        if has_phone(text):
            message = f"電話番号らしい記載があります（{field}）。"
            yield Remark(ref, field, message, "K401", "個人の連絡先なら消して「連絡先は窓口課の名簿」としてください。")
        if has_mail(text):
            message = f"メールアドレスらしい記載があります（{field}）。"
            yield Remark(ref, field, message, "K402", "個人の連絡先なら消して「連絡先は窓口課の名簿」としてください。")


@cache
def _with_text(model: type[Part]) -> tuple[Described, ...]:
    """The fields of a model that people write freely into, and those that hold tables."""
    return tuple(
        field
        for field in fields_of(model)
        if field.part is not None
        or (
            field.base is str
            and field.refers is None
            and not field.choices
            and field.name not in _NOT_PERSONAL
            and field.name not in _CODES
        )
    )


def _texts(part: Part, prefix: str) -> Iterator[tuple[str, str]]:
    for field in _with_text(type(part)):
        value = getattr(part, field.attribute)
        if value is None or value == ():
            continue
        place = f"{prefix}{field.name}"
        if field.part is not None and field.many:
            for index, item in enumerate(cast("tuple[Part, ...]", value)):
                yield from _texts(item, f"{place}.{index}.")
        elif field.part is not None:
            yield from _texts(cast("Part", value), f"{place}.")
        elif field.many:
            for index, text in enumerate(cast("tuple[str, ...]", value)):
                yield f"{place}.{index}", text
        else:
            yield place, cast("str", value)
    if part.model_extra:
        yield from _unknown_texts(part.model_extra, prefix)


def _unknown_texts(value: object, prefix: str) -> Iterator[tuple[str, str]]:
    """Texts under keys that no model knows; a name written there is personal data all the same."""
    if isinstance(value, str):
        yield prefix.removesuffix("."), value
    elif isinstance(value, Mapping):
        for key, item in cast("Mapping[str, object]", value).items():
            yield from _unknown_texts(item, f"{prefix}{key}.")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(cast("Iterable[object]", value)):
            yield from _unknown_texts(item, f"{prefix}{index}.")
