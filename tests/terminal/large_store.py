"""A large town: 30 departments, 15 categories, 2,000 entries, and as much of everything else as goes with that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Final, get_args

from kyoju_tui.files.canonical import dumps
from kyoju_tui.files.scaffold import SCAFFOLD
from kyoju_tui.history.commits import init
from kyoju_tui.history.fresh import Planned, write_commits
from kyoju_tui.history.identity import Author
from kyoju_tui.records.entry import CareElement
from kyoju_tui.records.figures import Figure, write_figures
from kyoju_tui.records.plain import to_plain
from tests.building import Built, record

TODAY: Final = date(2026, 11, 23)
DEPARTMENTS, CATEGORIES, ENTRIES = 30, 15, 2000
AREAS, GROUPS, PEOPLE = 60, 150, 80
MEETINGS, SURVEYS, DATASETS, THEMES, COLLABORATIONS, INQUIRIES = 40, 12, 25, 30, 60, 8

_WHO = (
    "高齢者", "子育て世帯", "ひとり暮らし", "障がいのある人", "若者", "転入者", "町内会", "商店街", "農家",
)  # fmt: skip
_WHAT = (
    "見守り", "空き家", "買物", "移動", "防災訓練", "交流サロン", "ごみ出し", "学習支援", "健康体操", "居場所", "清掃",
    "住み替え",
)  # fmt: skip
_HOW = (
    "支援", "相談", "補助", "調査", "教室", "ネットワーク", "講座", "協議会", "訪問", "情報提供", "拠点整備", "実証",
)  # fmt: skip
_WHERE = (
    "北部", "南部", "東部", "西部", "中央", "港", "駅前", "山手", "川沿い", "団地",
)  # fmt: skip
_SAID = (
    "担い手が高齢になり、回数を減らさざるを得ない。",
    "ほかの課の訪問と重なる世帯があり、曜日を分けたい。",
    "会場までの足がなく、参加が同じ顔ぶれになりがちである。",
    "補助の期間が終わった後の続け方が決まっていない。",
    "相談は増えたが、住まいと福祉にまたがる話の受け皿がない。",
    "地域の行事と合わせたところ、初めての人の参加が増えた。",
)
_LENSES = ("課題", "充実が必要", "連携の可能性")
_ELEMENTS: Final[tuple[str, ...]] = get_args(CareElement)


def make_large_store(path: Path) -> Path:
    """Make the town in the absent or empty folder `path`, in one commit, and return it."""
    files = dict(SCAFFOLD)
    for ref, made in _Town().records():
        files[ref.path] = dumps(to_plain(made))
        if ref.top == "datasets":
            files[f"{ref}.csv"] = _figures(int(ref.id.rpartition("-")[2]))
    at = datetime(2026, 11, 20, 9, 0, tzinfo=timezone(timedelta(hours=9)))
    author = Author("地域協働課 担当", "kyodo@city.example.jp")
    write_commits(init(path), [Planned(files, "大きなまちを作成\n", author, at)])
    return path


def _ids(stem: str, count: int) -> list[str]:
    return [f"{stem}-{number}" for number in range(count)]


def _day(number: int) -> date:
    return TODAY - timedelta(days=number)


class _Town:
    """The records, the same at every call."""

    def __init__(self) -> None:
        self.random = Random(20261123)  # noqa: S311 - the same town at every run
        self.departments = _ids("ka", DEPARTMENTS)
        self.categories = _ids("bunya", CATEGORIES)
        self.areas = _ids("chiku", AREAS)
        self.groups = _ids("dantai", GROUPS)
        self.people = _ids("yaku", PEOPLE)
        self.entries: list[str] = []
        self.entry_refs: list[str] = []
        self.issues: list[str] = []

    def records(self) -> Iterator[Built]:
        """Everything; entries first, since all else names them."""
        yield from self._entries()
        yield from self._frame()
        yield from self._meetings()
        yield from self._town()
        yield from self._asked()
        yield from self._joint()
        yield from self._map()

    def some(self, what: Sequence[str], most: int) -> list[str]:
        return self.random.sample(what, self.random.randint(1, most))

    def said(self) -> str:
        return self.random.choice(_SAID)

    def title(self, number: int) -> str:
        parts = (self.random.choice(words) for words in (_WHERE, _WHO, _WHAT, _HOW))
        return f"{''.join(parts)}（{number % 97 + 1}）"

    def _entries(self) -> Iterator[Built]:
        """Two in four are initiatives; issues have causes, a fifth of the initiatives belongs to integrated care."""
        for number in range(ENTRIES):
            where, record_id = self.departments[number % DEPARTMENTS], f"202607{number % 28 + 1:02d}-{number // 28:05d}"
            kind = ("取組", "課題", "取組", "データ")[self.random.randrange(4)]
            fields: dict[str, object] = {
                "title": self.title(number),
                "kind": kind,
                "categories": self.some(self.categories, 2),
                "outline": "\n".join(self.said() for _ in range(4)) + "\n",
                "as_of": _day(self.random.randrange(900)),
                "confirmed": self.random.choice(("担当者案", "課長確認済", "未確認")),
                "areas": self.some(self.areas, 2) if number % 3 == 0 else [],
            }
            if kind == "取組":
                fields["status"] = self.random.choice(("取組中", "取組中", "検討中", "必要", "終了"))
                fields["difficulties"] = self.said()
                fields["results"] = [{"fiscal_year": 2025, "text": self.said()}]
                fields["care_elements"] = self.some(_ELEMENTS, 2) if number % 5 == 0 else []
                fields["addresses"] = self.some(self.issues, 2) if len(self.issues) > 2 else []
            elif kind == "課題":
                fields["causes"] = self.some(self.issues[-40:], 2) if len(self.issues) > 2 and number % 8 else []
                self.issues.append(record_id)
            else:
                fields["data_kind"] = self.random.choice(("統計", "既往アンケート", "ヒアリング", "窓口の声"))
            built = record("entry", record_id, where, **fields)
            self.entries.append(record_id)
            self.entry_refs.append(str(built[0]))
            yield built

    def _frame(self) -> Iterator[Built]:
        yield record("store", "", format=1, municipality="澪帆市")
        for number, record_id in enumerate(self.categories):
            digest = {"text": self.said(), "as_of": _day(40)}
            yield record("category", record_id, name=f"分野その{number + 1}", order=number * 10, digest=digest)
        for number, record_id in enumerate(self.departments):
            name, bureau = f"第{number + 1}地域課", f"第{number // 5 + 1}部"
            yield record("department", record_id, name=name, short=f"第{number + 1}", bureau=bureau, order=number * 10)
        yield record(
            "policy", "", purpose=self.said() * 3, direction=self.said() * 3, position="合意",
            lead={"department": "ka-0", "decided_on": _day(400)}, reviewed_on=_day(100),
            consultations=[{"id": f"k{n}", "on": _day(n * 9), "departments": self.some(self.departments, 4),
                            "text": self.said()} for n in range(40)],
            roles=[{"id": f"r{n}", "text": self.said(), "department": self.departments[n], "due_on": _day(n * 5 - 50)}
                   for n in range(20)],
            arguments=[{"id": f"a{n}", "viewpoint": "財政と地域の自立", "audience": "議会", "text": self.said()}
                       for n in range(24)],
        )  # fmt: skip
        yield record(
            "framework", "", type="庁内連携", stage="連携協働", reason=self.said(), members=self.departments,
            results=[{"id": f"j{n}", "on": _day(n * 10), "text": self.said()} for n in range(60)],
            problems=[{"id": f"m{n}", "on": _day(n * 10), "text": self.said()} for n in range(40)],
            reviews=[{"id": f"k{n}", "on": _day(n * 180), "judgement": "継続", "reason": self.said()}
                     for n in range(6)],
        )  # fmt: skip

    def _meetings(self) -> Iterator[Built]:
        for record_id in _ids("teirei", 4):
            yield record("series", record_id, title=f"定例{record_id[-1]}", interval_days=60, members=self.departments)
        for number, record_id in enumerate(_ids("kaigi", MEETINGS)):
            opinions = [
                {
                    "id": f"i{n}", "category": self.random.choice(self.categories),
                    "department": self.random.choice(self.departments), "lens": self.random.choice(_LENSES),
                    "text": self.said(), "refs": self.some(self.entry_refs, 2),
                }
                for n in range(10)
            ]  # fmt: skip
            actions = [
                {"id": f"t{n}", "text": self.said(), "department": self.random.choice(self.departments),
                 "due_on": _day(number * 20 - 10 + n), **({"done_on": _day(number * 20)} if n % 3 else {})}
                for n in range(10)
            ]  # fmt: skip
            yield record(
                "meeting", record_id, title=f"第{MEETINGS - number}回意見交換会", kind="意見交換",
                series=f"teirei-{number % 4}", held_on=_day(number * 20 + 3), place="大会議室",
                agenda=[f"議題その{n}" for n in range(6)], decisions=[self.said() for _ in range(3)],
                notes="\n".join(self.said() for _ in range(6)), opinions=opinions, actions=actions,
                attendance=[{"department": each, "status": "出席"} for each in self.departments],
            )  # fmt: skip

    def _town(self) -> Iterator[Built]:
        for number, record_id in enumerate(self.areas):
            yield record(
                "area", record_id, name=f"{_WHERE[number % 10]}{number}地区",
                status=self.random.choice(("候補", "対象")),
                members=[f"{n}丁目町内会" for n in range(6)], daily_living_area=f"第{number // 8 + 1}圏域",
                small_areas=[f"{number:04d}"], care_elements=self.some(_ELEMENTS, 3),
                intent=self.random.choice(("実施中", "始めたい", "未把握")),
                willingness={"level": "一部で動き", "evidence": [self.said()]},
                priority={"level": self.random.choice(("高", "中", "低")), "evidence": [self.said()]},
                indicators=[{"name": f"指標{n}", "as_of": date(2020 + y, 10, 1), "value": number * 7 + n, "unit": "人"}
                            for n in range(6) for y in (0, 5)],
                visits=[{"id": f"h{n}", "on": _day(n * 30), "departments": self.some(self.departments, 3),
                         "needs": self.said(), "promises": self.said()} for n in range(8)],
                proposals=[{"id": "p1", "department": "ka-1", "reason": self.said(), "on": _day(300)}],
            )  # fmt: skip
        for number, record_id in enumerate(self.groups):
            yield record(
                "group", record_id, name=f"{_WHAT[number % 12]}の会{number}",
                contact_desk=self.departments[number % 30],
                kind=self.random.choice(("町内会", "活動団体", "NPO", "事業者")), areas=self.some(self.areas, 3),
                activities=self.some(_WHAT, 3), difficulties=self.said(), structure=self.said(),
            )  # fmt: skip
        for number, record_id in enumerate(self.people):
            yield record(
                "person", record_id, groups=self.some(self.groups, 3), roles=self.some(_WHAT, 2),
                areas=self.some(self.areas, 2), can_help_with=self.said(), contact_desk=self.departments[number % 30],
                until=_day(self.random.randrange(-400, 100)),
            )  # fmt: skip

    def _asked(self) -> Iterator[Built]:
        for number, record_id in enumerate(_ids("kiku", SURVEYS)):
            asked = [f"groups/{each}" for each in self.random.sample(self.groups, 40)]
            answers = [
                {"id": f"a{t}-{q}", "target": who, "question": f"q{q}", "text": self.said(),
                 "refs": self.some(self.entry_refs, 2)}
                for t, who in enumerate(asked[:30]) for q in range(6)
            ]  # fmt: skip
            yield record(
                "survey", record_id, title=f"団体への聞き取り{number + 1}", method="ヒアリング", purpose=self.said(),
                asked_on=_day(number * 60), due_on=_day(number * 60 - 20),
                questions=[{"id": f"q{q}", "text": f"{_WHAT[q]}で困っていること", "type": "記述"} for q in range(6)],
                targets=[{"ref": who, "sent_on": _day(number * 60), **({"received_on": _day(number * 60 - 9)}
                          if t < 30 else {})} for t, who in enumerate(asked)],
                answers=answers,
                follow_ups=[{"id": f"f{n}", "text": self.said(), "department": "ka-2", "due_on": _day(n)}
                            for n in range(5)],
            )  # fmt: skip
        for number, record_id in enumerate(_ids("shokai", INQUIRIES)):
            issued = number * 180 + 30
            targets = [
                {"department": each, "sent_on": _day(issued), "reminders": [{"id": "r1", "on": _day(issued - 15)}],
                 "receipts": [{"id": "u1", "version": 1, "on": _day(issued - 12), "confirmed": "課長確認済"}] if n % 3
                 else []}
                for n, each in enumerate(self.departments)
            ]  # fmt: skip
            nothing = [
                {"id": f"n{n}", "department": self.random.choice(self.departments),
                 "category": self.random.choice(self.categories)}
                for n in range(40)
            ]  # fmt: skip
            yield record(
                "inquiry", record_id, title=f"取組・課題の照会{number + 1}", form="照会", issued_on=_day(issued),
                due_on=_day(issued - 14), categories=self.categories, targets=targets, nothing_to_report=nothing,
            )  # fmt: skip
        for number, record_id in enumerate(_ids("shiryo", DATASETS)):
            yield record(
                "dataset", record_id, title=f"{_WHAT[number % 12]}の実態調査{number}", publisher="澪帆市",
                data_kind="統計", as_of=_day(number * 50), categories=self.some(self.categories, 2),
                department=self.departments[number],
                columns=[{"id": f"c{n}", "indicator": f"指標{n}", "unit": "人"} for n in range(6)],
            )  # fmt: skip

    def _joint(self) -> Iterator[Built]:
        for number, record_id in enumerate(_ids("tema", THEMES)):
            yield record(
                "theme", record_id, title=self.title(number), rank=number + 1, reason=self.said(), need=self.said(),
                status=self.random.choice(("候補", "議論中", "実践中")), categories=self.some(self.categories, 3),
                departments=self.some(self.departments, 5), entries=self.some(self.entries, 12),
                areas=self.some(self.areas, 4),
                obstacles=[{"id": f"o{n}", "issue": self.said(), "response": self.said()} for n in range(4)],
            )  # fmt: skip
        for number, record_id in enumerate(_ids("renkei", COLLABORATIONS)):
            shares = [{"department": each, "share": self.said()} for each in self.random.sample(self.departments, 4)]
            yield record(
                "collaboration", record_id, title=self.title(number), departments=shares,
                categories=self.some(self.categories, 2), entries=self.some(self.entries, 6), direction=self.said(),
                status=self.random.choice(("案", "協議中", "実施中")), theme=f"tema-{number % THEMES}",
            )  # fmt: skip

    def _map(self) -> Iterator[Built]:
        zones = [{"id": f"z{n}", "label": f"{_WHERE[n % 10]}の{n}", "row": n // 6, "column": n % 6} for n in range(24)]
        on_map = [*self.random.sample(self.entry_refs, 180), *(f"groups/{each}" for each in self.groups[:20])]
        placements = [{"id": f"p{n}", "zone": f"z{n % 24}", "ref": ref} for n, ref in enumerate(on_map)]
        yield record("image-map", "", zones=zones, placements=placements)


def _figures(number: int) -> bytes:
    """Six indicators of every area."""
    return write_figures(
        Figure(f"{area:04d}", f"{_WHERE[area % 10]}{area}地区", f"指標{n}", number + area * n, "値", str(area * n))
        for area in range(AREAS)
        for n in range(6)
    )
