"""Comments that only the other side of a merge wrote: they stand in the outcome, at the value they speak of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kyoju_tui.files import codec
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.merge import Merged, merge

BASE = """\
title = "見守り訪問"
kind = "取組"
status = "検討中"
categories = [
    "koreisha",
    "kosodate",
]
direction = "続ける"

[[causes]]
text = "人手が足りない"
"""


def merged(base: str, ours: str, theirs: str) -> str:
    result = merge(*(codec.parse(text.encode()) for text in (base, ours, theirs)), model=Entry)
    assert isinstance(result, Merged)
    assert result.plain is not None
    data = codec.merged(result.plain, base.encode(), ours.encode(), theirs.encode(), Entry)
    assert codec.parse(data) == result.plain
    return data.decode()


def test_comments_of_theirs_stand_at_what_they_speak_of() -> None:
    theirs = (
        BASE.replace('title = "見守り訪問"', '# このファイルは係で直す\n\ntitle = "見守り訪問" # 仮の題')
        .replace("status", "# 議会で説明済み\nstatus")
        .replace('    "kosodate",', '    # 来年度から\n    "kosodate", # 要確認')
        .replace("[[causes]]", "# 現場の声\n[[causes]]")
        + "# おわり\n"
    )
    ours = BASE.replace("続ける", "広げる").replace("検討中", "取組中")
    found = merged(BASE, ours, theirs)
    # Comments at a line's end are set apart by two blanks, and what follows the last table by a blank line.
    expected = theirs.replace("続ける", "広げる").replace("検討中", "取組中")
    for comment, lead in (("# 仮の題", " "), ("# 要確認", " "), ("# おわり", "\n")):
        expected = expected.replace(comment, lead + comment)
    assert found == expected


def test_comments_alone_count_as_a_change_of_theirs() -> None:
    found = merged(BASE, BASE.replace("続ける", "広げる"), BASE.replace("status", "# 議会で説明済み\nstatus"))
    assert '# 議会で説明済み\nstatus = "検討中"' in found
    assert 'direction = "広げる"' in found


def test_what_theirs_changed_or_took_away_is_followed_and_ours_stays() -> None:
    base = BASE.replace("status", "# 古い覚え書き\nstatus").replace('"続ける"', '"続ける" # 昨年度')
    theirs = base.replace("# 古い覚え書き", "# 新しい覚え書き").replace(" # 昨年度", " # 今年度")
    ours = base.replace("kind", "# こちらの覚え書き\nkind").replace("検討中", "取組中")
    found = merged(base, ours, theirs)
    assert "古い" not in found
    assert "昨年度" not in found
    assert '# こちらの覚え書き\nkind = "取組"\n# 新しい覚え書き\nstatus = "取組中"' in found
    assert 'direction = "続ける"  # 今年度' in found


def test_both_comments_of_one_line_stay() -> None:
    ours = BASE.replace('"検討中"', '"検討中" # こちら')
    found = merged(BASE, ours.replace("続ける", "広げる"), BASE.replace('"検討中"', '"検討中" # あちら'))
    assert '# あちら\nstatus = "検討中" # こちら\n' in found


def test_a_comment_of_what_ours_took_away_stays_in_the_file() -> None:
    ours = BASE[: BASE.index("direction")] + BASE[BASE.index("\n[[causes]]") :]
    found = merged(BASE, ours, BASE.replace("direction", "# 次の会議で決める\ndirection"))
    assert "direction" not in found
    assert found.endswith("\n# 次の会議で決める\n")


def test_it_is_found_where_its_table_stands_by_now() -> None:
    def points(*names: str) -> str:
        return BASE + "".join(f'\n[[opinions]]\nid = "{name}"\ntext = "{name}の意見"\n' for name in names)

    base = points("aaaaa", "bbbbb")
    theirs = base.replace('text = "bbbbbの意見"', '# 要約した\ntext = "bbbbbの意見"')
    ours = points("bbbbb", "aaaaa").replace("続ける", "広げる")
    assert 'id = "bbbbb"\n# 要約した\ntext' in merged(base, ours, theirs)


@given(st.lists(st.tuples(st.integers(0, 10), st.text("あ #", max_size=3)), max_size=6), st.booleans())
def test_no_comment_of_theirs_is_lost_and_no_value_changes(notes: list[tuple[int, str]], changed: bool) -> None:
    lines: list[str] = [*BASE.splitlines()]
    wanted: list[str] = []
    for number, (at, text) in enumerate(notes):
        comment = f"# {number}{text}".rstrip()
        wanted.append(comment)
        lines.insert(min(at, len(lines)), comment)
    ours = BASE.replace("続ける", "広げる") if changed else BASE
    found = merged(BASE, ours, "\n".join(lines))
    assert sorted(line.strip() for line in found.splitlines() if line.strip().startswith("#")) == sorted(wanted)
