"""What a search finds, in examples; `test_exactness` holds it to the last bit."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from paperreader.index import Cancelled, Index
from paperreader.index.query import parse

from .making import TODAY, make, paper, search, seeds, titles


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Index:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPERREADER_STATE", str(tmp_path_factory.mktemp("state")))
        return make(tmp_path_factory.mktemp("index"), seeds())


def test_a_title_typed_in_full_comes_first(seeded: Index) -> None:
    for wanted in seeds():
        typed = (
            wanted.title.replace('"', " ")
            .replace("(", " ")
            .replace(")", " ")
            .replace(":", " ")
            .replace(" -", " ")
        )
        assert titles(seeded, f"{typed} ")[0] == wanted.title


def test_a_word_in_the_title_counts_more_than_one_in_the_abstract(tmp_path: Path) -> None:
    index = make(
        tmp_path,
        [paper("On vision", "sparse"), paper("On sparse", "vision"), paper("On nothing", "at all")],
    )
    assert titles(index, "sparse ") == ["On sparse", "On vision"]
    assert titles(index, "vision ") == ["On vision", "On sparse"]


def test_forms_of_a_word(tmp_path: Path) -> None:
    index = make(tmp_path, [paper("Studies"), paper("A study"), paper("A studio"), paper("Deployability")])
    assert sorted(titles(index, "study ")) == ["A study", "Studies"]
    assert titles(index, "study") == ["A study"]
    assert sorted(titles(index, "stud")) == ["A studio", "A study", "Studies"]
    assert titles(index, "deployability ") == ["Deployability"]


def test_accents_and_latex_hide_no_word(tmp_path: Path) -> None:
    index = make(
        tmp_path, [paper("Poincar\\'e maps"), paper('The G{\\"o}del number'), paper("Łojasiewicz naïvely")]
    )
    assert titles(index, "poincaré ") == titles(index, "POINCARE") == ["Poincar\\'e maps"]
    assert titles(index, "gödel") == titles(index, "godel ") == ['The G{\\"o}del number']
    assert titles(index, "lojasiewicz naively ") == ["Łojasiewicz naïvely"]


def test_hyphens_and_digits(tmp_path: Path) -> None:
    index = make(
        tmp_path, [paper("Multi-modal GPT-4"), paper("A multimodal 3D GPT4"), paper("Multi and modal gpt")]
    )
    both = ["A multimodal 3D GPT4", "Multi-modal GPT-4"]
    assert sorted(titles(index, "multi-modal ")) == sorted(titles(index, "multimodal ")) == both
    assert sorted(titles(index, "gpt-4")) == sorted(titles(index, "gpt4")) == both
    assert titles(index, "3d") == ["A multimodal 3D GPT4"]


def test_words_without_spaces_between_them(tmp_path: Path) -> None:
    index = make(tmp_path, [paper("基于注意力机制的模型"), paper("意注力")])
    assert titles(index, "注意力") == ["基于注意力机制的模型"]


def test_phrases(tmp_path: Path) -> None:
    index = make(
        tmp_path,
        [paper("Large language models"), paper("Models of large language"), paper("Large", "language")],
    )
    assert titles(index, '"large language model"') == ["Large language models"]
    assert titles(index, '"language mod') == ["Large language models"]
    assert sorted(titles(index, '"large language"')) == ["Large language models", "Models of large language"]


def test_equals_are_by_date_and_then_by_rank(tmp_path: Path) -> None:
    same = [
        paper("same a", "", "2026-08-01#2"),
        paper("same b", "", "2026-08-01#1"),
        paper("same c", "", "2026-08-02#9", "2026-07-01#1"),
        paper("same d"),
    ]
    index = make(tmp_path, same)
    assert titles(index, "same ") == ["same c", "same b", "same a", "same d"]
    assert titles(index, "same ", "title") == ["same a", "same b", "same c", "same d"]
    assert titles(index, "same ", "trending") == ["same c", "same b", "same a", "same d"]


def test_unknown_days_are_on_no_date(tmp_path: Path) -> None:
    index = make(tmp_path, [paper("dated", "", "2026-08-01"), paper("dateless", "", "0001-01-01")])
    assert titles(index, "date:<2027") == ["dated"]
    assert titles(index, "-date:<2027") == ["dateless"]


def test_nothing_is_found_in_nothing() -> None:
    index = Index.empty()
    assert len(index) == 0
    for text in ("", "a", "-a", "seen:0", "date:7d", "id:a", '"a b"'):
        assert list(search(index, text).ordinals) == []
    assert list(index.order("date")) == list(index.days()) == list(index.first_sighted_outside(())) == []
    assert index.find("a") is None


@pytest.mark.parametrize("text", ["a", "the model ", '"of the', "-a", "seen:1", "is:new"])
def test_a_search_can_be_given_up_at_any_point(seeded: Index, text: str) -> None:
    expected = list(search(seeded, text).ordinals)
    given_up = 0
    for patience in range(100):
        seeded.forget()
        asked = iter(range(patience))
        try:
            hits = seeded.search(
                parse(text, TODAY),
                sort="relevance",
                states={},
                notes={},
                notes_version=0,
                cancelled=lambda asked=asked: next(asked, None) is None,
            )
        except Cancelled:
            given_up += 1
        else:
            assert list(hits.ordinals) == expected
            break
    assert given_up >= 1
    assert list(search(seeded, text).ordinals) == expected


def test_threads_do_not_disturb_each_other(seeded: Index) -> None:
    asked = ["a", "model ", '"language model', "title:v", "-the ", "sparse OR dense"] * 3
    alone = [list(search(seeded, text).ordinals) for text in asked]
    together: dict[int, list[int]] = {}

    def ask(number: int) -> None:
        together[number] = list(search(seeded, asked[number]).ordinals)
        seeded.paper(number)

    seeded.forget()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[number] for number in range(len(asked))] == alone


def test_a_very_long_query_is_answered(seeded: Index) -> None:
    words = " ".join(f"word{n}" for n in range(3_000))
    assert list(search(seeded, words).ordinals) == []
    assert list(search(seeded, f'"{words}').ordinals) == []
    assert list(search(seeded, words.replace(" ", " OR ")).ordinals) == []
