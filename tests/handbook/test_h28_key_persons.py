"""H 28: groups and key persons of an area: what they do, by role, without any name (handbook 3-2)."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.area import Area
from kyoju_tui.records.group import Group, Person
from tests.handbook.work import Work, at_work
from tests.ui.at_work import record

GROUP = "つどいの会"
ROLE = "集会所を開ける世話役"
AREA = "areas/hoshinami"


async def do_h28(work: Work) -> None:
    """Register a group of an area, then who in it does what."""
    if AREA not in work.snapshot:
        record(work.workspace, {AREA: Area(name="星波ヶ丘", reading="ほしなみ")})
    await work.open("groups")
    await work.press("f4")
    await work.type(GROUP)
    await work.field("areas")
    await work.type("hoshinami")
    await work.press("space", "enter")
    await work.field("contact_desk")
    await work.type("kyodo")
    await work.press("enter")
    await work.field("activities")
    await work.type("集会所のカフェ")
    await work.saved()
    await work.open("people")
    await work.press("f4")
    await work.field("groups")
    await work.type(GROUP)
    await work.press("space", "enter")
    await work.field("roles")
    await work.type(ROLE)
    await work.field("contact_desk")
    await work.type("kyodo")
    await work.press("enter")
    await work.saved()


async def test_h28_a_group_and_its_key_person_by_role(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h28(work)
        group_ref, group = next((ref, each) for ref, each in work.snapshot.all(Group).items() if each.name == GROUP)
        assert group.areas == ("hoshinami",) and group.contact_desk == "chiiki-kyodo"
        assert group.activities == ("集会所のカフェ",)
        person = next(iter(work.snapshot.all(Person).values()))
        assert person.groups == (group_ref.id,) and person.roles == (ROLE,)
        assert "name" not in Person.model_fields and "氏名と連絡先は、窓口課の名簿" in work.shown
        assert work.subject() == f"キーパーソン「{ROLE}」を追加"
        await work.open("groups")
        await work.sees(f"キーパーソン　{ROLE}")
        assert work.clean()
