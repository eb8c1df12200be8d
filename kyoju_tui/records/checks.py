"""Checks over all records at once: references, folders of entries, soundness, personal data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, cast

from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.description import Described, fields_of
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.finding import Finding
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.personal import has_mail, has_phone
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Reference, Snapshot
from kyoju_tui.records.soundness import unsound

# Where the office's own telephone belongs, and numbers and codes that may look like one.
_NOT_PERSONAL: Final = frozenset({"contact", "extension", "section", "budget_item", "document", "small_areas"})
_CODES: Final = frozenset({"id", "sha256", "commit"})


def reference_problems(snapshot: Snapshot) -> list[Remark]:
    """Every remark on a store: dangling and retired references, entries in the wrong folder, what is unsound, personal
    data.
    """  # noqa: D205
    found: list[Remark] = []
    for reference in snapshot.references:
        found += _dangling(snapshot, reference) or _retired(snapshot, reference)
    for ref, entry in snapshot.entries.items():
        found += _folder(snapshot, ref, entry)
    for ref, record in snapshot.records.items():
        found += unsound(ref, record, snapshot)
        found += _personal(ref, record)
    return sorted(found, key=lambda remark: (remark.ref, remark.field, remark.code))


def _dangling(snapshot: Snapshot, reference: Reference) -> list[Remark]:
    kind, text = reference.kind, reference.text
    if snapshot.target(kind, text) is not None or _is_broken(snapshot, kind, text):
        return []
    if reference.field.startswith("subjects.") and isinstance(snapshot.records[reference.source], Finding):
        # A settled point outlives what it was about, and still says what was decided.
        message = f"整理した論点の対象「{text}」は、もうありません。整理した内容は残っています。"
        cure = "論点・確認事項の「整理済み」で、残すか、取り消すかを選べます。"
        return [Remark(reference.source, reference.field, message, "K607", cure)]
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
    if category.merged_into == reference.text:
        return []  # told where it is wrong: with the category
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
        return [Remark(ref, "kind", message, "K207", "所管の部署へ移してください。")]
    home = Ref(f"departments/{department}")
    if home in snapshot.records or home in snapshot.broken:
        return []
    message = f"フォルダーの部署「{department}」がありません。"
    return [Remark(ref, "", message, "K301", "正しい部署へ移すか、部署を作ってください。")]


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
