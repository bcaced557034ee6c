"""Charts as texts: columns over time, and bars beside words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plotille import Canvas
from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from paperreader.tui.rows import cut

_ACROSS, _DOWN = 2, 4
"""Dots of a cell of the canvas."""
_BLOCKS = str.maketrans("⠀⣀⣤⣶⣿", " ▂▄▆█")
"""All that the canvas has here are whole rows of dots; blocks join, and every font has them."""
_MARGIN = 5
"""Cells at the left for the highest number, at least, so that charts under each other begin alike."""
_WIDEST = 4
"""Cells of one column at most, with the gap beside it."""


def columns(
    size: tuple[int, int], numbers: Sequence[int], labels: Mapping[int, str], *, style: Style, dim: Style
) -> Content:
    """A column for each number, over a line of labels; the latest where not all have room.

    The `size` is that of the columns, in cells. `labels` are those of some columns, by their index. The
    highest number shown stands at the left.
    """
    width, height = size
    margin = max(_MARGIN, len(f"{max(numbers, default=0):,} "))
    inner = max(1, width - margin)
    step = max(1, min(_WIDEST, inner // max(1, len(numbers))))
    first = max(0, len(numbers) - inner // step)
    shown = numbers[first:]
    most = max(shown, default=0)
    lines = [
        Content.styled((f"{most:,} " if y == 0 else "").rjust(margin), dim) + Content.styled(blocks, style)
        for y, blocks in enumerate(_columns(shown, inner, height, step, most))
    ]
    axis = _axis({(index - first) * step: text for index, text in labels.items()}, inner)
    return Content("\n").join([*lines, Content.styled(" " * margin + axis, dim)])


def bars(width: int, weights: Mapping[str, float], style: Style) -> Content:
    """A bar for each word, as long as its weight."""
    column = min(max(map(cell_len, weights), default=0), max(1, width // 2))
    inner, most = max(1, width - column - 2), max(weights.values(), default=1.0)
    lines = []
    for word, weight in weights.items():
        canvas = _canvas(inner, 1)
        _fill(canvas, 0, max(1, round(weight / most * inner)), _DOWN // 2)
        name = cut(word, column)
        beside = " " * (column - cell_len(name) + 2)
        lines.append(Content(name + beside) + Content.styled(_lines(canvas)[0], style))
    return Content("\n").join(lines)


def _columns(numbers: Sequence[int], width: int, height: int, step: int, most: int) -> list[str]:
    """The lines of the columns, with a gap between two of them where they are wide enough."""
    canvas = _canvas(width, height)
    for index, number in enumerate(numbers):
        if number > 0:
            # whatever is more than nothing is seen
            high = max(1, round(number / most * height * _DOWN))
            _fill(canvas, index * step, index * step + max(1, step - 1), high)
    return _lines(canvas)


def _canvas(width: int, height: int) -> Canvas:
    """So many cells, of which each dot has its own whole numbers."""
    return Canvas(width, height, xmin=0, ymin=0, xmax=width * _ACROSS, ymax=height * _DOWN)


def _fill(canvas: Canvas, left: int, right: int, high: int) -> None:
    """Fill from one cell to before another, so many dots high."""
    for x in range(left * _ACROSS, right * _ACROSS):
        canvas.line(x, 0, x, high - 1)


def _lines(canvas: Canvas) -> list[str]:
    return [str(line).translate(_BLOCKS) for line in canvas.plot(linesep="\n").split("\n")]


def _axis(labels: Mapping[int, str], width: int) -> str:
    """The labels at their cells, but for those that there is no room for."""
    line = ""
    for at, label in sorted(labels.items()):
        if at >= len(line) + (2 if line else 0) and 0 <= at <= width - len(label):
            line += " " * (at - len(line)) + label
    return line
