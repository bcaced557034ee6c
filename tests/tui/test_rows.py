"""Rows of the list: always as wide as they are told to be, with the marks and labels of their paper."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from textual.style import Style
from textual.visual import RenderOptions

from paperreader.tags import cleaned
from paperreader.tui.labels import COLOURS, PARTS, part
from paperreader.tui.rows import Row, paint


class Plain:
    """A palette that remembers what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def style(self, name: str) -> Style:
        self.asked.append(name)
        return Style(bold=name == "star")


OPTIONS = RenderOptions(lambda _: Style(), {})
texts = st.text(st.characters(exclude_categories=["C"]), max_size=40)
rows = st.builds(
    Row,
    title=texts,
    day=st.dates(),
    sightings=st.integers(0, 9),
    figures=st.lists(texts, max_size=2),
    spans=st.just([(0, 3), (9, 30)]),
    starred=st.booleans(),
    new=st.booleans(),
    noted=st.booleans(),
    read=st.booleans(),
    unsaved=st.booleans(),
    skipped=st.booleans(),
    later=st.booleans(),
    tags=st.lists(texts, max_size=5).map(cleaned),
)


@given(rows, st.integers(4, 90), st.booleans())
def test_a_row_is_as_wide_as_the_list(row: Row, width: int, here: bool) -> None:
    for strip in paint(row, width, Plain(), OPTIONS, here=here):
        assert strip.cell_length == width
        assert "\n" not in strip.text


def marks(**given: bool) -> str:
    row = Row("T", date(2026, 9, 9), 1, **given)  # type: ignore[arg-type]
    return "".join(strip.text[1] for strip in paint(row, 20, Plain(), OPTIONS, here=False))


def test_the_two_marks_that_count_most_are_shown() -> None:
    assert [marks(), marks(starred=True), marks(new=True)] == ["  ", "★ ", "● "]
    assert marks(skipped=True, new=True) == "●–"
    assert marks(later=True, starred=True, new=True) == "★◔"


def test_labels_that_do_not_fit_are_left_out_whole() -> None:
    row = Row("T", date(2026, 9, 9), 1, tags=("rl", "to do", "vision"))
    day = paint(row._replace(tags=()), 60, Plain(), OPTIONS, here=False)[1].text.strip()
    assert paint(row, 60, Plain(), OPTIONS, here=False)[1].text.strip() == f"{day}  #rl  #to do  #vision"
    for width in range(8, 60):
        shown = paint(row, width, Plain(), OPTIONS, here=False)[1].text.strip()
        assert shown.removesuffix("…").strip() in (
            *(day[:n].strip() for n in range(len(day) + 1)),
            *(f"{day}  #rl", f"{day}  #rl  #to do", f"{day}  #rl  #to do  #vision"),
        )


def test_a_tag_has_one_colour_however_it_is_spelled_and_on_every_machine() -> None:
    assert [part(tag) for tag in ("rl", "RL", "to do", "vision", "é", "E\u0301")] == [
        *("tag-0", "tag-0", "tag-4", "tag-4", "tag-1", "tag-1"),
    ]
    assert len({part(f"tag {n}") for n in range(100)}) == COLOURS == len(PARTS)
