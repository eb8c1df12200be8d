"""The matrix as lines of text cells, the common ground of its CSV and Markdown."""

from __future__ import annotations

from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.overview.wording import cell_words, data_words, opinion_words, opinions_words


def matrix_lines(matrix: Matrix) -> list[list[str]]:
    """A heading and a line per category: its name, 基礎データ, a cell per department, 意見・考え方等.

    Opinions that belong to no category stand in a last line of their own.
    """
    lines = [["カテゴリー", "基礎データ", *(axis.name for axis in matrix.departments), "意見・考え方等"]]
    lines.extend(
        [
            category.name,
            "\n".join(data_words(matrix, ref) for ref in matrix.base_data[category.id]),
            *(cell_words(cell) for cell in matrix.row(category.id)),
            "\n".join(opinions_words(matrix, category.id)),
        ]
        for category in matrix.categories
    )
    if matrix.general_opinions:
        general = "\n".join(opinion_words(matrix, opinion) for opinion in matrix.general_opinions)
        lines.append(["カテゴリーを問わない意見", "", *("" for _ in matrix.departments), general])
    return lines
