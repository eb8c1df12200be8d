"""`figures`: brought in whole or not at all, the same file touches nothing, shown as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import Git

CSV = '地域,人口\n本町,"1,420"\n港,X\n'


@pytest.fixture
def dataset(run: Run) -> str:
    """A data set without figures."""
    made = run("new", "dataset", "title=町丁別人口")
    assert made.code == 0
    return made.out.strip().splitlines()[-1]


def test_a_file_comes_in_as_one_commit_and_the_same_again_touches_nothing(
    run: Run, dataset: str, tmp_path: Path, git: Git, town: Path
) -> None:
    file = tmp_path / "population.csv"
    file.write_bytes(CSV.encode("cp932"))
    dry = run("figures", dataset, "--import", file, "--dry-run")
    assert dry.code == 0 and "2地域 × 1指標" in dry.out and not (town / f"{dataset}.csv").exists()
    taken = run("figures", dataset, "--import", file)
    assert taken.code == 0 and "CP932" in taken.out and "秘匿：1件" in taken.out
    assert sorted(git(town, "show", "--name-only", "--format=", "HEAD").split()) == [
        f"{dataset}.csv",
        f"{dataset}.toml",
    ]
    head = git(town, "rev-parse", "HEAD")
    assert run("figures", dataset, "--import", file).code == 0
    assert git(town, "rev-parse", "HEAD") == head
    shown = run("figures", dataset, "--json").json
    assert [(each["area"], each["value"], each["status"]) for each in shown["figures"]] == [
        ("本町", 1420, "値"), ("港", None, "秘匿"),
    ]  # fmt: skip
    assert "港　人口　秘匿" in run("figures", dataset).out


def test_a_file_that_is_not_understood_changes_nothing(
    run: Run, dataset: str, tmp_path: Path, git: Git, town: Path
) -> None:
    file = tmp_path / "broken.csv"
    file.write_text("地域,人口\n本町,多い\n", encoding="utf-8")
    refused = run("figures", dataset, "--import", file)
    assert refused.code == 2 and "2行目" in refused.err and "何も取り込んでいません" in refused.err
    assert run("figures", dataset, "--import", tmp_path / "none.csv").code == 2
    assert run("figures", "departments/jutaku").code == 2
    assert git(town, "status", "--porcelain") == "" and not (town / f"{dataset}.csv").exists()
    assert "数値はまだありません" in run("figures", dataset).out
