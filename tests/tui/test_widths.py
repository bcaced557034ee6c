"""Every line is as wide in any terminal as it was thought to be: CJK, emoji, combining characters."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions
from wcwidth import wcwidth

from paperreader.tui.notes import NoteRows
from paperreader.tui.rows import Row, cut, paint
from paperreader.tui.steady import steady, unjoined
from tests.test_notes import noted
from tests.tui.driving import reading
from tests.tui.test_safety import library

DIFFICULT = [
    "👩‍🔬 and 👨‍👩‍👧‍👦 joined, 🧑🏽‍🤝‍🧑🏿 too",
    "🇨🇭 🇩🇪🇫🇷 flags, 🏴󠁧󠁢󠁥󠁮󠁧󠁿 and one half: 🇨",
    "❤️ ⚠️ ☺️ 1️⃣ #️⃣ ©️ variation selectors ⌚︎",
    "👍🏽 skins 🏽",
    "e\u0301 a\u0308\u0304 ộ combining, Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "大规模语言模型的稀疏注意力机制研究：理论、方法与应用的全面综述及未来展望",
    "한국어 조합 각 and かな ﾊﾝｶｸ ＦＵＬＬ",
    "हिन्दी क्‍ष ภาษาไทย ที่ العربية עברית",
    "a\u200db \u200d \ufe0f x\ufe0f \u20e3",
]
PIECES = st.sampled_from([c for text in DIFFICULT for c in text] + DIFFICULT) | st.characters(
    exclude_categories=("Cs", "Cc", "Cn", "Co", "Cf")
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def terminal_width(text: str) -> int:
    """The cells of a terminal that knows of no clusters: those of the characters, one by one."""
    return sum(max(0, wcwidth(character)) for character in text)


@given(TEXTS)
@example(DIFFICULT[0])
def test_what_is_sent_is_as_wide_as_was_counted(text: str) -> None:
    text = unjoined(text)
    assert terminal_width(steady(text)) == cell_len(text) == cell_len(steady(text))


@given(st.text())
def test_common_texts_stay_as_they_are(text: str) -> None:
    plain = "".join(c for c in text if unicodedata.category(c)[0] in "LNPZ" and c not in "\u200d")
    assert steady(unjoined(plain)) == plain


class _Plain:
    def style(self, _name: str) -> Style:
        return Style.null()


OPTIONS = RenderOptions(lambda _style: Style.null(), cast("object", {}))  # type: ignore[arg-type]


@given(TEXTS, st.integers(5, 60), st.booleans())
def test_a_row_fills_its_width(title: str, width: int, here: bool) -> None:
    row = Row(unjoined(title), date(2026, 9, 9), 3, starred=True, new=True, noted=True, tags=("大🇨🇭",))
    for strip in paint(row, width, _Plain(), OPTIONS, here=here):
        assert strip.cell_length == width == terminal_width(steady(strip.text))


@given(TEXTS, st.integers(0, 40))
def test_what_is_cut_fits(text: str, width: int) -> None:
    assert cell_len(cut(unjoined(text), width)) <= width


def misaligned(strips: list[Strip], width: int) -> list[str]:
    return [strip.text for strip in strips if terminal_width(strip.text) != width]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_no_line_of_the_screen_is_out_of_line(tmp_path: Path, size: tuple[int, int]) -> None:
    opened = library(tmp_path, [(text, f"{text} " * 20) for text in DIFFICULT])
    opened = noted(opened, *((f"{text} " * 9, "2026-11-20T12:00:00Z") for text in DIFFICULT))
    async with reading(opened, size=size) as r:
        for _ in DIFFICULT:
            assert misaligned(r.app.screen._compositor.render_strips(), size[0]) == []
            await r.press("j")
        await r.find("joined")
        assert misaligned(r.app.screen._compositor.render_strips(), size[0]) == []
        await r.press("enter", "N")
        await r.until(lambda: bool(r.app.screen.query_one(NoteRows).found.notes))
        await r.pilot.pause()
        assert misaligned(r.app.screen._compositor.render_strips(), size[0]) == []
