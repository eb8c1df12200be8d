"""`statistics`: known layouts at once, unknown ones with a word on how to teach them, never wrong numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.records.figures import read_figures
from tests.cli.conftest import Run
from tests.conftest import Git

DATA = Path(__file__).parents[1] / "exchange" / "statistics" / "data"
CENSUS = DATA / "estat_small_area_synthetic.cp932.csv"
OWN = "令和8年の町の数,\n町の呼び名,住む人\n本通り,1420\n港通り,X\n"


@pytest.mark.parametrize(
    "file, areas, indicator, total",
    [
        ("estat_small_area_synthetic.cp932.csv", 40, "総数、年齢「不詳」含む", 31874),
        ("yokohama_suikei_20260901.csv", 18, "人口総数", 3757388),
        ("localgovjp_2019_sjis.csv", 1896, "", 0),
    ],
)
def test_published_files_come_in_as_one_commit_each(
    run: Run, town: Path, git: Git, file: str, areas: int, indicator: str, total: int
) -> None:
    before = int(git(town, "rev-list", "--count", "HEAD"))
    dry = run("statistics", "import", DATA / file, "--dry-run")
    assert dry.code == 0
    assert "何も書き込んでいません" in dry.out
    assert git(town, "status", "--porcelain") == ""
    taken = run("statistics", "import", DATA / file, "--json").json
    assert int(git(town, "rev-list", "--count", "HEAD")) == before + 1
    (ref,) = taken["refs"][:1]
    assert taken["sha256"][:12] in git(town, "log", "-1", "--format=%s")
    figures = read_figures((town / f"{ref}.csv").read_bytes())
    assert figures.faults == ()
    assert len(figures.areas) == areas
    assert sum(row.value or 0 for row in figures.rows if row.indicator == indicator) == total
    again = run("statistics", "import", DATA / file)
    assert again.code == 0
    assert "もう入っています" in again.out
    assert int(git(town, "rev-list", "--count", "HEAD")) == before + 1
    assert run("check").code == 0


def test_other_levels_and_a_title(run: Run) -> None:
    taken = run(
        "statistics", "import", CENSUS, "--title", "市の全体", "--level", "1", "--as-of", "R2.10.1", "--json"
    ).json
    assert [each["label"] for each in taken["placed"] if each["where"]] == ["見本市"]
    shown = run("show", taken["refs"][0], "--json").json["record"]
    assert (shown["title"], shown["as_of"]) == ("市の全体", "2020-10-01")
    wrong = run("statistics", "import", CENSUS, "--level", "7")
    assert wrong.code == 2
    assert "この表の階層：1、3、4、2" in wrong.err


def test_an_unknown_layout_says_how_to_make_a_mapping_and_is_then_read(
    run: Run, tmp_path: Path, git: Git, town: Path
) -> None:
    file = tmp_path / "町.csv"
    file.write_text(OWN, encoding="utf-8")
    refused = run("statistics", "import", file)
    assert refused.code == 3
    assert "表の形が分かりません" in refused.err
    assert "new mapping" in refused.err
    assert "--mapping" in refused.err
    assert git(town, "status", "--porcelain") == ""
    columns = '[{heading="町の呼び名",field="area"},{heading="住む人",field="value",indicator="人口",unit="人"}]'
    made = run("new", "mapping", "title=町の数", "form=統計表", "head_from=2", "head_rows=1", f"columns:={columns}")
    assert made.code == 0, made.err
    taken = run("statistics", "import", file, "--mapping", "町の数", "--title", "町", "--json")
    assert taken.code == 0, taken.err
    figures = read_figures((town / f"{taken.json['refs'][0]}.csv").read_bytes())
    assert [(row.area, row.indicator, row.value, row.status) for row in figures.rows] == [
        ("本通り", "人口", 1420, "値"), ("港通り", "人口", None, "秘匿"),
    ]  # fmt: skip
    assert "町の数" in run("statistics", "mappings").out
    assert run("statistics", "mappings", "--json").json["mappings"][0]["title"] == "町の数"
    shifted = tmp_path / "翌年.csv"
    shifted.write_text("\n" + OWN, encoding="utf-8")
    said = run("statistics", "import", shifted, "--mapping", "町の数")
    assert said.code == 3
    assert "見出し「町の呼び名」「住む人」が2行目にない" in said.err
    assert run("statistics", "import", file, "--mapping", "ない").code == 2


def test_wrong_use_is_told(run: Run, tmp_path: Path) -> None:
    assert run("statistics", "import").code == 2
    assert run("statistics", "import", tmp_path / "none.csv").code == 2
    assert run("statistics", "import", CENSUS, "--dataset", "departments/jutaku").code == 2
    assert run("statistics", "import", CENSUS, "--dataset", "x", "--title", "y").code == 2
    assert run("statistics", "mappings", "file.csv").code == 2
    assert "対応表はまだありません" in run("statistics", "mappings").out
    hostile = tmp_path / "\x1b[31m赤.csv"
    hostile.write_text("地域,人口\n本町,多い\n港,1\n", encoding="utf-8")
    said = run("statistics", "import", hostile)
    assert said.code == 2
    assert "\x1b" not in said.err + said.out
    assert run("statistics", "import", CENSUS, "--title", "a\x1bb").code == 2
