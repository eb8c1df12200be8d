"""The kinds of record: the word for each, its Japanese name, its model and its folder in the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kyoju_tui.records.area import Area
from kyoju_tui.records.base import Record
from kyoju_tui.records.category import Category
from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.department import Department
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import InvalidValue, WrongUse
from kyoju_tui.records.finding import Finding
from kyoju_tui.records.framework import Framework
from kyoju_tui.records.group import Group, Person
from kyoju_tui.records.ids import Ref, is_id
from kyoju_tui.records.image_map import ImageMap
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.mapping import Mapping
from kyoju_tui.records.meeting import Meeting, Series
from kyoju_tui.records.policy import Policy
from kyoju_tui.records.store import Store
from kyoju_tui.records.survey import Survey
from kyoju_tui.records.theme import Theme


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `folder` is empty for a kind of which a store holds one record, at its top.

    `readable_id` tells that the id is a slug people choose or that is made from the reading.
    """

    word: str
    label: str
    model: type[Record]
    folder: str = ""
    readable_id: bool = False

    @property
    def single(self) -> bool:
        """Whether a store has at most one."""
        return not self.folder

    def ref(self, record_id: str, department: str | None = None) -> Ref:
        """The REF of the record with this id; an entry needs its department's folder too."""
        if self.single:
            return Ref(self.word)
        if self.word == "entry":
            return Ref(f"{self.folder}/{department}/{record_id}")
        return Ref(f"{self.folder}/{record_id}")


KINDS: Final[dict[str, Kind]] = {
    kind.word: kind
    for kind in (
        Kind("store", "保管場所", Store),
        Kind("policy", "居住コミュニティ政策", Policy),
        Kind("framework", "推進体制", Framework),
        Kind("image-map", "イメージ図", ImageMap),
        Kind("department", "部署", Department, "departments", readable_id=True),
        Kind("category", "カテゴリー", Category, "categories", readable_id=True),
        Kind("entry", "取組・課題", Entry, "entries"),
        Kind("dataset", "基礎データ", Dataset, "datasets"),
        Kind("inquiry", "照会", Inquiry, "inquiries"),
        Kind("meeting", "会議", Meeting, "meetings"),
        Kind("series", "会議の系列", Series, "series"),
        Kind("finding", "論点の整理", Finding, "findings"),
        Kind("collaboration", "連携協働", Collaboration, "collaborations"),
        Kind("theme", "テーマ", Theme, "themes"),
        Kind("area", "地域", Area, "areas", readable_id=True),
        Kind("group", "団体", Group, "groups"),
        Kind("person", "キーパーソン", Person, "people"),
        Kind("survey", "アンケート・ヒアリング", Survey, "surveys"),
        Kind("mapping", "取り込みの対応表", Mapping, "mappings"),
    )
}

_BY_TOP: Final[dict[str, Kind]] = {kind.folder or kind.word: kind for kind in KINDS.values()}
_BY_MODEL: Final[dict[type[Record], Kind]] = {kind.model: kind for kind in KINDS.values()}


def kind_named(word: str) -> Kind:
    """The kind of this word; raises `WrongUse` naming the words there are."""
    kind = KINDS.get(word)
    if kind is None:
        raise WrongUse(f"「{word[:40]}」という種類はありません。", cure=f"使える種類：{'、'.join(KINDS)}")
    return kind


def kind_of(ref: str) -> Kind:
    """The kind of the record that a REF names; raises `InvalidValue` where the text is no REF of any kind."""
    parts = ref.split("/")
    kind = _BY_TOP.get(parts[0])
    depth = 1 if kind is None or kind.single else 3 if kind.word == "entry" else 2
    if kind is None or len(parts) != depth or not all(is_id(part) for part in parts):
        raise InvalidValue(
            f"「{ref[:80]}」は記録の場所として読めません。", cure="例：entries/jutaku/20261123-7k3q9、areas/honcho"
        )
    return kind


def kind_of_model(model: type[Record]) -> Kind:
    """The kind that a model describes."""
    return _BY_MODEL[model]
