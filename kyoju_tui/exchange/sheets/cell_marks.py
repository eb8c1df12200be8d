"""How people mark what a line of a cell is: words in brackets or before colons, bullets, numbers, 該当なし."""

from __future__ import annotations

import re
from typing import Final

_INITIATIVE: Final = r"取組中|取り?組み?(?:の?(?:状況|内容|事項))?|実施中|実施事業|事業内容|既存事業|事業|施策"
_PLANNED: Final = r"検討中(?:の取り?組み?)?|検討事項|今後の予定"
_ENDED: Final = r"終了(?:した取り?組み?)?"
_ISSUE: Final = r"課題(?:等|点)?|問題点|問題|懸案(?:事項)?|困りごと"
_DIFFICULTY: Final = r"取り?組み?上の課題|実施上の課題|事業の課題"
_DATA: Final = r"既往データ|基礎データ|データ|統計(?:資料)?"
_WORD: Final = (
    rf"(?:(?:主な|主要な|現在の|現状の|既存の)?(?:(?P<difficulty>{_DIFFICULTY})|(?P<planned>{_PLANNED})|(?P<ended>{_ENDED})"
    rf"|(?P<initiative>{_INITIATIVE})|(?P<issue>{_ISSUE})|(?P<data>{_DATA})))"
)
_PLAIN_WORD: Final = re.sub(r"\(\?P<\w+>", "(?:", _WORD)
_BARE_WORD: Final = re.sub(r"\(\?P<(\w+)>", r"(?P<bare_\1>", _WORD)
_OPEN: Final = "【［\\[〔＜<《"
_CLOSE: Final = "】］\\]〕＞>》"
_COLON: Final = "：:…‥"
BLANK: Final = " 　\t"
# Words that are marks before a slash too: 「取組／見守り訪問」; a slash between two of them stands between headings.
_SLASHED: Final = r"(?:(?P<slash_initiative>取り?組み?)|(?P<slash_issue>課題))"
_PLAIN_SLASHED: Final = r"(?:取り?組み?|課題)"
# A mark at the head of a line: in brackets, before a colon, or alone on its line or before a wide gap.
MARK: Final = re.compile(
    rf"[{BLANK}]*(?:[{_OPEN}（(「][{BLANK}]*{_WORD}[{BLANK}]*[{_CLOSE}）)」][{BLANK}]*[{_COLON}]?"
    rf"|{_BARE_WORD}(?:[{BLANK}]*[{_COLON}]+|(?=[{BLANK}]|$))"
    rf"|{_SLASHED}[{BLANK}]*[／/](?![{BLANK}]*{_PLAIN_SLASHED}))"
)
# Where a further mark begins within a line.
INSIDE: Final = re.compile(
    rf"(?=[{_OPEN}][{BLANK}]*{_PLAIN_WORD}[{BLANK}]*[{_CLOSE}])"
    rf"|(?<=[{BLANK}。、；;，,）)])(?={_PLAIN_WORD}[{BLANK}]*[{_COLON}])"
    rf"|(?=[／/][{BLANK}]*[{_OPEN}（(「]?{_PLAIN_WORD}(?:[{BLANK}{_COLON}{_CLOSE}）)」]|$))"
    rf"|(?=[／/][{BLANK}]*{_PLAIN_SLASHED}[{BLANK}]*[／/])"
)
SLASH: Final = re.compile(rf"[{BLANK}]*[／/]")
BULLETS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("shape", re.compile(r"[○●◎◯〇■□◆◇▲△▼▽★☆▪▫◼◻](?![0-9０-９]*[○〇])")),
    ("dot", re.compile(r"[・･•‣·∙⁃]|[-－–—‐*＊](?=[ 　\t])|[-－–—*＊](?=[^\s\d０-９.．,，\-－–—*＊])")),
    ("round", re.compile(r"[①-⑳㉑-㉟❶-❿⓪⓵-⓾]")),
    ("paren", re.compile(r"[（(][0-9０-９]{1,2}[）)]|[⑴-⒇]")),
    ("number", re.compile(r"[0-9０-９]{1,2}[）)]|[0-9０-９]{1,2}[.．、](?![0-9０-９])|[⒈-⒛]")),
    ("kana", re.compile(r"[（(][ア-ンァｱ-ﾝa-zａ-ｚ][）)]|[ア-ンｱ-ﾝ](?=[ 　\t.．、）)])")),
    ("arrow", re.compile(r"[→⇒➡⇨※＊]")),
)
CONTINUING: Final = frozenset({"arrow"})
FURTHER_ROUND: Final = re.compile(r"(?=[①-⑳])")
FURTHER_DOT: Final = re.compile(rf"(?<=[{BLANK}])(?=[・･•])")
NOTHING: Final = re.compile(
    r"(?:現在|現時点|特に|特段)?(?:では|で|は)?[、，]?(?:該当(?:する?(?:取組|課題|事業|もの|データ)?)?(?:は|が)?)?"
    r"(?:なし|無し?|ありません|ございません|ない|無い)[。．.]?|[-－―—–‐─ー×✕✖／/＼\\]+|n\.?/?a\.?|ＮＡ|該当せず|対象外"
    , re.IGNORECASE)  # fmt: skip
WITHIN: Final = re.compile(r"^[（(【［\[「]+|[）)】］\]」]+$")
ISSUE_ENDS: Final = re.compile(
    r"(?:不足|課題|困難|問題|懸念|不安|(?:でき|出来|進ま|進んで[いは]|足り|届か|集まら|把握できてい)(?:て)?(?:い)?ない"
    r"|少ない|難しい|高齢化|減少|衰退|空洞化|孤立|老朽化|後継者難|担い手難)(?:している|した|が課題|となっている|である)?[。．]?$"
)
FIGURE: Final = re.compile(
    r"[^。\n]{1,30}?[：:＝= 　][約]?[0-9０-９,，.．]+"
    r"(?:人|名|世帯|％|%|件|戸|棟|か所|カ所|ヶ所|箇所|施設|団体|組|ha|㎡|km|歳)[^。\n]{0,20}"
)
MONEY: Final = re.compile("予算|事業費|決算|補助額|委託料|報酬")
# What stands in brackets at the end of a title and says how far it is.
TRAILING: Final = re.compile(
    r"[（(【［\[][^（(【［\[）)】］\]]*(?:検討|予定|計画中|準備中|調整中|終了|廃止|完了|済|休止|中止|実施中|実施|継続|取組中|[～~〜]|年度?)"
    r"[^（(【［\[）)】］\]]*[）)】］\]]$"
)
