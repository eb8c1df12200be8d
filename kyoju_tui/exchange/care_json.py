"""Integrated care as plain data for programs; their shape is fixed in docs/format.md."""

from __future__ import annotations

from kyoju_tui.overview.care import ELEMENTS, Care, bodies
from kyoju_tui.records.snapshot import Snapshot


def care_json(found: Care, snapshot: Snapshot) -> dict[str, object]:
    """`{schema, elements, living_areas, cells}`, ready for `json.dumps`; areas, bodies and contents are REFs."""
    return {
        "schema": 1,
        "elements": list(ELEMENTS),
        "living_areas": [
            {
                "name": column,
                "areas": list(found.areas.get(column, ())),
                "bodies": list(bodies(snapshot, found.areas.get(column, ()))),
            }
            for column in found.columns
        ],
        "cells": [
            {
                "element": element,
                "living_area": column,
                "cover": found.cover(element, column),
                "initiatives": list(found.cell(element, column).initiatives),
                "issues": list(found.cell(element, column).issues),
                "areas": list(found.cell(element, column).areas),
            }
            for element in ELEMENTS
            for column in found.columns
        ],
    }
