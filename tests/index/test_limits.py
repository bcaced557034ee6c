"""What is longer, or more, than anybody expects is handled and not raised."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperreader.index import Index, build, tidy, update
from paperreader.index.inversion import NARROW, WIDE, Layout
from paperreader.index.query import parse
from paperreader.paper import Paper

from .comparing import Compared
from .making import TODAY, ignore, made, make, paper, search, titles
from .paths import PATHS, forced

ASKED = (
    *(
        "model ",
        "mod",
        "m",
        '"model of',
        '"model of model"',
        "title:model ",
        "abstract:m -title:m",
        "m OR the",
    ),
    *("multi-modal ", "multimodal ", "model -zebra ", '"the last', "modle~", "note:m", "zebra"),
)


def layouts(index: Index) -> list[int]:
    """The bits of a lane in each segment."""
    return [part.bits for part in index._catalogue.parts]


@pytest.mark.parametrize("path", ["as it is", "columns are prepared", "some are prepared"])
@pytest.mark.parametrize("times", [127, 255, 256, 1_000, 70_000])
def test_a_word_any_number_of_times(tmp_path: Path, times: int, path: str) -> None:
    often = paper("Often " + "model " * (times % 1_000), "model of " * times + "the last words, multi-modal")
    papers = (*made(30), often, paper("Once", "a model of the last"))
    with forced(path):
        compared = Compared(make(tmp_path, papers), papers)
        assert set(layouts(compared.index)) == ({NARROW.bits} if times <= 127 else {NARROW.bits, WIDE.bits})
        for typed in ASKED:
            compared.check(typed)


def alike(count: int) -> Paper:
    """So many words that begin alike, hyphenated ones counted once more."""
    return paper(f"Exactly {count}", " ".join(["multi-modal", *(f"m{n}" for n in range(count - 3))]))


@pytest.mark.parametrize(("count", "layout"), [(254, NARROW), (255, NARROW), (256, WIDE), (257, WIDE)])
def test_where_a_segment_becomes_wide(tmp_path: Path, count: int, layout: Layout) -> None:
    papers = [alike(count)]
    compared = Compared(make(tmp_path, papers), papers)
    assert layouts(compared.index) == [layout.bits]
    for typed in ("m", "abstract:m", "multi-modal ", "modal ", "m1"):
        compared.check(typed)


def test_words_that_begin_alike_are_counted_in_each_field(tmp_path: Path) -> None:
    papers = [paper("m " * 200, "m " * 200), paper("m", "n " * 200 + "m " * 200)]
    compared = Compared(make(tmp_path, papers), papers)
    assert layouts(compared.index) == [NARROW.bits]
    for typed in ("m", "m ", "title:m", '"m m"', "n -m", "m OR n"):
        compared.check(typed)


def test_places_past_what_two_bytes_can_say(tmp_path: Path) -> None:
    far = paper("Far", " ".join(f"w{n}" for n in range(70_000)) + " the very end of the model")
    papers = (*made(10), far)
    compared = Compared(make(tmp_path, papers, []), papers, {far.id: "very much later"})
    plain = Compared(Index.open(tmp_path), papers)
    for typed in (
        '"the very end',
        '"very end of the model"',
        '"w69999 the"',
        '"w65535 w65536 w65537"',
        "w6999",
    ):
        for each in (compared, plain):
            each.check(typed, ["relevance"])
            assert each.oracle.found(parse(typed, TODAY))
    assert titles(compared.index, '"end model"') == []


def test_a_word_without_a_place_is_nowhere(tmp_path: Path) -> None:
    """Also where the paper that is 65,535 words further on would continue the phrase."""
    fill = [paper(f"x y {n}", "x y " * 250) for n in range(150)]
    papers = [paper("a multi-modal x"), *fill, paper("a multimodal y")]
    compared = Compared(make(tmp_path, papers), papers)
    for typed in ('"multimodal x"', '"multimodal y"', '"a multimodal"', '"multimodal x y"', '"modal x'):
        compared.check(typed, ["relevance"])


UNITS = {
    "one word": "x" * 20,
    "words": "model of attention ",
    "signs": "$%^&" * 5,
    "hyphens": "a-" * 10,
    "ideographs": "注意" * 4,
}
TEXTS = [
    *(pytest.param(UNITS[kind] * 50_000, id=f"1 MB of {kind}") for kind in ("one word", "signs", "hyphens")),
    pytest.param(UNITS["words"] * 500_000, id="10 MB of words"),
    *(pytest.param(UNITS[kind] * 500_000, id=f"10 MB of {kind}", marks=pytest.mark.slow) for kind in UNITS),
]


@pytest.mark.parametrize("text", TEXTS)
def test_megabytes_of_abstract(tmp_path: Path, text: str) -> None:
    build(tmp_path, (*made(5), paper("Long", f"{text} end")), [], ignore)
    update(tmp_path, [paper("Later", "unicorns"), paper("Longer", f"begin {text}")], [], ignore)
    with forced("as it is", merging_policy___MOST_SMALL=1):
        while tidy(tmp_path):
            pass
    index = Index.open(tmp_path)
    for title in ("Long", "Longer"):
        assert titles(index, f"title:{title} ")[0] == title
    assert titles(index, "begin ") == ["Longer"]
    assert titles(index, "unicorns ") == ["Later"]
    first, second, *_ = [*text[:200].replace("-", " ").split(), "model", "of"]
    for typed in (f"{first[:50]} ", f'"{first[:50]} {second[:50]}', "x", "m", '"of a', "注意", "modle~"):
        search(index, typed, notes={paper("Long").id: text})
    assert search(index, "title:longer").ordinals
    assert index.paper(search(index, "begin ").ordinals[0]).abstract == f"begin {text}"


def test_a_long_word_is_known_by_its_beginning(tmp_path: Path) -> None:
    long = paper("Long", "x" * 100_000 + " end")
    index = make(tmp_path, [long, paper("Short", "xx")])
    assert titles(index, "x" * 3) == titles(index, "x" * 100_000) == ["Long"]
    assert titles(index, "end ") == ["Long"]


@pytest.mark.parametrize("path", PATHS)
def test_words_past_the_most_that_are_indexed(tmp_path: Path, path: str) -> None:
    with forced(path, pool__MOST_WORDS=4):
        index = make(tmp_path, [paper("a b c-d e", "one two three four five"), paper("one two", "b")])
        assert titles(index, "four") == titles(index, '"three four"') == ["a b c-d e"]
        assert titles(index, "five") == titles(index, "e ") == titles(index, '"four five"') == []
        assert sorted(titles(index, "one two")) == ["a b c-d e", "one two"]
        assert search(index, "note:six", notes={index.paper(0).id: "six"}, notes_version=1).ordinals
        long = {index.paper(0).id: "6 7 8 9 ten"}
        assert not search(index, "note:ten", notes=long, notes_version=2).ordinals


def test_papers_without_words(tmp_path: Path) -> None:
    papers = [paper("!!!"), paper("???", "..."), paper("", "model"), paper("a model")]
    compared = Compared(make(tmp_path, papers), papers, {papers[0].id: "...", papers[1].id: "model"})
    for typed in ("", "model ", "mod", '"a m', "-model ", "title:model -note:model "):
        compared.check(typed)
    tidy(tmp_path)
    assert len(Index.open(tmp_path)) == 4
