"""Sets of categories to begin with: two of handbook 1-2(1), one after the national guide to housing-estate renewal."""

from __future__ import annotations

from typing import Final

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
