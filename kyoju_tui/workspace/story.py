"""How the sample store came about: which department recorded what on which day.

The sample holds records as they are at its reference day. Their dates tell most of how they grew: an id begins with the
day it was made, and an answer, a visit or a finished action cannot have been recorded before its own date. `EARLIER` adds
a few corrections and decisions that leave no date behind. All days here are those of the sample, not yet moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final, TypeAlias, cast

from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.description import Described, field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.finding import Finding
from kyoju_tui.records.group import Group, Person
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.shifting import REFERENCE
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.survey import Survey

LEAD: Final = "chiiki-kyodo"
_FOUNDED: Final = date(2026, 5, 14)
# When the lead department went over the first answers: wording for the matrix, links from initiatives to issues.
_LINKED: Final = date(2026, 8, 19)

# Records whose id says nothing about the day they were made.
_MADE: Final = {
    "framework": date(2026, 6, 2),
    "image-map": date(2026, 10, 15),
    "categories/jukankyo-ido": date(2026, 7, 6),
    "categories/joho": date(2026, 8, 27),
    "areas/hoshinamigaoka": date(2026, 6, 17),
    "areas/kaigaradai": date(2026, 6, 26),
    "areas/honcho": date(2026, 6, 24),
    "areas/kainoura": date(2026, 6, 30),
    "areas/chikaiekiminami": date(2026, 7, 3),
    "areas/mugihadani": date(2026, 7, 3),
}
_DECIDED: Final = date(2026, 11, 18)

# What stood in some fields until a day.
EARLIER: Final[Mapping[str, tuple[date, Plain]]] = {
    "entries/kenko/20260729-JISHU": (date(2026, 11, 16), {"status": "検討中"}),
    "policy": (date(2026, 9, 4), {"position": "たたき台"}),
    "framework": (_DECIDED, {"stage": "意見交換"}),
    "areas/hoshinamigaoka": (_DECIDED, {"status": "候補", "status_reason": "二つの課から提案があった。"}),
    "areas/honcho": (_DECIDED, {"status": "候補", "status_reason": "商店会に動きがある。"}),
}

# Dates of things that happen: the field stays empty until then, or the line that they date is not there yet.
_HAPPENS: Final = frozenset({"done_on", "received_on", "decided_on", "effective_on", "sent_on", "issued_on"})
_DATES_A_LINE: Final = ("on", "as_of")
_PLANNED: Final = frozenset({"title", "kind", "series", "held_on", "starts", "ends", "place", "documents", "agenda"})
