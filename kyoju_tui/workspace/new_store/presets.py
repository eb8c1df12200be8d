"""Sets of categories to begin with: two of handbook 1-2(1), one after the national guide to housing-estate renewal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kyoju_tui.records.category import Category
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.saving.planned import Planned, Present, told

# name of the preset -> (id, name, reading) of each category, in order.
PRESETS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "handbook-7": (
        ("kenko-fukushi", "健康・福祉", "けんこうふくし"),
        ("kosodate-kyoiku", "子育て・教育", "こそだてきょういく"),
        ("sumai", "住まい", "すまい"),
        ("sangyo", "産業", "さんぎょう"),
        ("kankyo", "環境", "かんきょう"),
        ("anshin-anzen", "安心・安全", "あんしんあんぜん"),
        ("joho", "情報", "じょうほう"),
    ),
    "handbook-5": (
        ("koreisha", "高齢者", "こうれいしゃ"),
        ("kosodate", "子育て", "こそだて"),
        ("sumai", "住まい", "すまい"),
        ("shotengai", "商店街", "しょうてんがい"),
        ("jumin-katsudo", "住民活動", "じゅうみんかつどう"),
    ),
    "danchi-9": (
        ("fukushi-kenko", "福祉・健康", "ふくしけんこう"),
        ("kosodate", "子育て", "こそだて"),
        ("seikatsu-service", "生活サービス", "せいかつさーびす"),
        ("kotsu-ido", "交通・移動", "こうつういどう"),
        ("hataraku", "働く", "はたらく"),
        ("sumai", "住まい", "すまい"),
        ("jukankyo", "住環境", "じゅうかんきょう"),
        ("bohan-bosai", "防犯・防災", "ぼうはんぼうさい"),
        ("community", "コミュニティ", "こみゅにてぃ"),
    ),
}

LABELS: Final[dict[str, str]] = {
    "handbook-7": "7分野",
    "handbook-5": "5分野",
    "danchi-9": "9分野（団地再生）",
}
# What handbook 1-2(1) suggests besides.
OTHERS: Final[tuple[tuple[str, str, str], ...]] = (
    ("jukankyo", "住環境", "じゅうかんきょう"),
    ("chonaikai", "町内会", "ちょうないかい"),
)
_STEP: Final = 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category that could be added; `origin` says where the suggestion comes from."""

    id: str
    name: str
    reading: str
    origin: str


def suggestions(snapshot: Snapshot) -> tuple[Suggestion, ...]:
    """What could be added to this store: each name once, none that a category has already, retired ones too."""
    sources = [(OTHERS, "その他の候補"), *((PRESETS[name], LABELS[name]) for name in PRESETS)]
    seen = {fold(category.name) for category in snapshot.categories.values()}
    found: list[Suggestion] = []
    for rows, origin in sources:
        for record_id, name, reading in rows:
            if fold(name) not in seen:
                seen.add(fold(name))
                found.append(Suggestion(record_id, name, reading, origin))
    return tuple(found)


def adding_preset(present: Present, preset: str) -> Planned:
    """The commit that adds what a store lacks of a preset. Errors: `InvalidValue` where that is nothing."""
    if preset not in PRESETS:
        raise InvalidValue(
            f"「{preset[:40]}」という型はありません。", field="preset", cure=f"使える型：{'、'.join(PRESETS)}"
        )
    names = {fold(category.name) for category in present.snapshot.categories.values()}
    chosen = [Suggestion(*row, LABELS[preset]) for row in PRESETS[preset] if fold(row[1]) not in names]
    if not chosen:
        raise InvalidValue(
            f"{LABELS[preset]}のカテゴリーは、すべてあります。何も変えていません。", cure="ほかの型を選んでください。"
        )
    return adding(present, chosen, f"カテゴリーに{LABELS[preset]}を追加")


def adding(present: Present, chosen: Sequence[Suggestion], subject: str = "") -> Planned:
    """The commit that adds these at the end of the order, each under an id that is free."""
    snapshot = present.snapshot
    taken = set(snapshot.taken_ids("category"))
    order = max((category.order or 0 for category in snapshot.categories.values()), default=0)
    puts: list[Put] = []
    for each in chosen:
        order += _STEP
        ref = Ref(f"categories/{free_id(each.id, taken)}")
        taken.add(ref.id)
        puts.append(Put(ref, Category(name=each.name, reading=each.reading, order=order), Base(ref, None)))
    names = "、".join(f"「{each.name}」" for each in chosen)
    return Planned(tuple(puts), "create", subject or f"カテゴリー{names}を追加", tuple(told(puts, snapshot)))


def free_id(wanted: str, taken: set[str]) -> str:
    """The id, or the first of `id-2`, `id-3` … that is free."""
    number = 1
    while (made := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return made
