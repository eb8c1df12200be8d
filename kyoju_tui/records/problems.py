"""Problems that `check` and 点検 list: a value with a place, a stable code, a sentence and a cure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from kyoju_tui.records.ids import Ref

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
    "K113": ("warning", "書き方が整っていない（点検の画面で）"),
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
    "K601": ("error", "日付・時刻の前後の食い違い"),
    "K602": ("warning", "日付の前後の確認"),
    "K603": ("error", "自分自身への参照、一回りする参照"),
    "K604": ("error", "連携協働の部署が2つない"),
    "K605": ("warning", "同じものの重なり"),
    "K606": ("warning", "設置前・廃止後の部署"),
    "K607": ("warning", "対象の記録がなくなった論点の整理"),
    "K608": ("warning", "対応や理由の記入がない"),
    "K609": ("warning", "質問や場所のない回答・配置"),
    "K610": ("error", "文のない意見・対応事項"),
    "K701": ("error", "数値のCSVの誤り"),
    "K702": ("warning", "基礎データのない数値のCSV"),
}


class Remark(NamedTuple):
    """Something wrong with a record as seen from the whole store. `field` is dotted; empty is the record itself."""

    ref: Ref
    field: str
    message: str
    code: str
    cure: str

    @property
    def severity(self) -> Severity:
        """An error is a contradiction, a warning something to mind."""
        return CODES[self.code][0]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem of one file.

    `path` is relative to the store, `line` and `column` count from 1 (0 where the problem is of the file as a whole).
    `field` is dotted, where the problem is of a field of a record that can be read.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    cure: str = ""
    field: str = ""

    @property
    def severity(self) -> Severity:
        """How grave it is: `check` exits 1 on errors only."""
        return CODES[self.code][0]
