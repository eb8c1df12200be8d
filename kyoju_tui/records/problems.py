"""Problems that `check` and 点検 list: a value with a place, a stable code, a sentence and a cure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "warning"]

# One row per code: how grave it is, and what it is called in docs/format.md.
CODES: Final[dict[str, tuple[Severity, str]]] = {
    "K101": ("error", "TOMLの書き方の誤り"),
    "K102": ("error", "UTF-8でない文字コード"),
    "K103": ("error", "先頭のBOM"),
    "K104": ("error", "改行がCRLF"),
    "K105": ("error", "ファイルが大きすぎる"),
    "K106": ("error", "通常のファイルでない"),
    "K107": ("error", "ファイル名（id）が規則に合わない"),
    "K108": ("error", "置き場所が決まりにない"),
    "K109": ("error", "入れ子が深すぎる"),
    "K110": ("error", "idの重複"),
    "K111": ("error", "新しい版の形式"),
    "K112": ("error", "読み取れない"),
    "K201": ("error", "値の誤り"),
    "K202": ("error", "必須の項目がない"),
    "K203": ("warning", "未知の項目"),
    "K204": ("error", "制御文字"),
    "K205": ("error", "長すぎる文"),
    "K206": ("warning", "文字の正規化（NFC）がされていない"),
    "K207": ("error", "項目どうしの食い違い"),
    "K301": ("error", "参照先がない"),
    "K302": ("warning", "参照先が廃止・統合済"),
    "K401": ("warning", "電話番号らしい記載"),
    "K402": ("warning", "メールアドレスらしい記載"),
    "K501": ("warning", "記録されていない変更"),
    "K502": ("error", "許可していないリポジトリ設定"),
    "K503": ("error", "リポジトリが作業の途中"),
    "K504": ("warning", "gitの管理下にない"),
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem of one file.

    `path` is relative to the store, `line` and `column` count from 1 (0 where the problem is of the file as a whole).
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    cure: str = ""

    @property
    def severity(self) -> Severity:
        """How grave it is: `check` exits 1 on errors only."""
        return CODES[self.code][0]
