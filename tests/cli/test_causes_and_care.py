"""`causes` and `care`: what the screens of the same names show, in words and for programs."""

from __future__ import annotations

from tests.cli.conftest import LONELY, VISITS, Run


def test_causes_as_a_tree(run: Run) -> None:
    new = run("new", "entry", "title=担い手不足", "kind=課題", "categories=koreisha", "department=jutaku", "--json")
    cause = new.json["ref"]
    assert run("set", LONELY, f"causes={cause.rpartition('/')[2]}").code == 0
    told = run("causes", "--linked")
    assert told.code == 0
    assert told.out.splitlines() == [f"担い手不足　{cause}", f"　＞孤立　{LONELY}", "2件"]
    issues = run("causes", "--json").json["issues"]
    assert [(each["title"], each["depth"], each["cause"]) for each in issues] == [
        ("担い手不足", 0, None),
        ("孤立", 1, cause),
    ]


def test_causes_of_an_area(run: Run) -> None:
    assert run("new", "area", "name=本町", "--id", "honcho").code == 0
    assert run("causes", "--area", "honcho").out.splitlines() == ["0件"]
    assert run("set", LONELY, "areas=honcho").code == 0
    assert "孤立" in run("causes", "--area", "honcho").out
    assert run("causes", "--area", VISITS).code == 2
    assert run("causes", "--area", "nowhere").code == 2


def test_care_by_living_area(run: Run) -> None:
    assert (
        run("new", "area", "name=本町", "--id", "honcho", "daily_living_area=中央圏域", "care_elements=看護").code == 0
    )
    assert run("new", "group", "name=包括中央", "--id", "chuo", "kind=地域包括", "areas=honcho").code == 0
    assert run("set", VISITS, "areas=honcho", "care_elements=介護予防").code == 0
    lines = run("care").out.splitlines()
    assert lines[0] == "中央圏域"
    assert "　看護　地域1" in lines and "　介護予防　取組1" in lines and "　医療　－（なし）" in lines
    assert "　相談する団体　包括中央" in lines
    told = run("care", "--json").json
    assert told["living_areas"][0] == {"name": "中央圏域", "areas": ["areas/honcho"], "bodies": ["groups/chuo"]}
    cell = next(each for each in told["cells"] if (each["element"], each["living_area"]) == ("介護予防", "中央圏域"))
    assert (cell["cover"], cell["initiatives"]) == ("あり", [VISITS])
