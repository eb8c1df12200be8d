"""The matrix as plain data for programs; its shape is fixed in docs/format.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kyoju_tui.overview.matrix import Axis, Cell, Matrix, OpinionLine


def matrix_json(matrix: Matrix) -> dict[str, object]:
    """`{schema, categories, departments, cells, base_data, needed, opinions}`, ready for `json.dumps`.

    Categories, departments and meetings stand as their ids, entries and data as REFs, days as ISO text or null.
    """
    return {
        "schema": 1,
        "categories": [_axis(axis) for axis in matrix.categories],
        "departments": [_axis(axis) for axis in matrix.departments],
        "cells": [_cell(cell) for cell in matrix.cells.values()],
        "base_data": _lists(matrix.base_data),
        "needed": _lists(matrix.needed),
        "opinions": {category: [_opinion(line) for line in lines] for category, lines in matrix.opinions.items()},
    }


def _axis(axis: Axis) -> dict[str, object]:
    return {"id": axis.id, "name": axis.name}


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "category": cell.category,
        "department": cell.department,
        "state": cell.state,
        "inquiry": cell.inquiry,
        "counts": cell.counts.by_word(),
        "entries": list(cell.entries),
    }


def _opinion(line: OpinionLine) -> dict[str, object]:
    return {
        "meeting": line.meeting.id,
        "id": line.id,
        "on": line.on.isoformat() if line.on else None,
        "department": line.department,
        "text": line.text,
    }


def _lists(refs: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    return {category: list(row) for category, row in refs.items()}
