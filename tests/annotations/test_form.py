"""The form of annotations.json."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.annotations import form
from paperreader.annotations.form import Annotation, DamagedError, Edit
from paperreader.annotations.layout import Known, dump

AT = "2026-11-21T09:14:00Z"
STAR = Edit("p", "A title", "starred", True, AT)

strings = st.text(st.characters(), max_size=6)  # lone surrogates too
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | strings,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(strings, inner, max_size=3),
    max_leaves=8,
)
OURS = [
    *("title", "starred", "starred_at", "note", "noted_at", "read", "read_at", "skipped", "skipped_at"),
    *("later", "later_at", "tags", "tagged_at"),
]
known = st.sampled_from(OURS)
entries = values | st.dictionaries(strings | known, values, max_size=5)
documents = st.builds(
    lambda others, papers: {**others, "format": form.FORMAT, "version": 7, "papers": papers},
    st.dictionaries(strings, values, max_size=3),
    st.dictionaries(strings | st.sampled_from(["p", "q"]), entries, max_size=4),
)


def some(field: form.Field) -> st.SearchStrategy[form.Value]:
    """Values as they are kept in a field."""
    given_by_field = {"note": st.sampled_from(["", "a note"]), "tags": st.sampled_from([(), ("a", "b c")])}
    return given_by_field.get(field, st.booleans())


edits = st.sampled_from(form.FIELDS).flatmap(
    lambda field: st.builds(
        Edit,
        st.sampled_from(["p", "q"]),
        strings,
        st.just(field),
        some(field),
        st.just(AT),
    )
)


def with_papers(papers: dict[str, Any]) -> form.Document:
    return {**form.empty(), "papers": papers}


def test_it_is_made_for_people_and_for_git() -> None:
    document = form.empty()
    form.apply(document, STAR)
    form.apply(document, Edit("é", "Ein Aufsatz", "note", "Ω\nzwei", AT))
    assert (
        dump(document).decode("utf-8")
        == """{
  "format": "paperreader-annotations",
  "papers": {
    "p": {
      "starred": true,
      "starred_at": "2026-11-21T09:14:00Z",
      "title": "A title"
    },
    "é": {
      "note": "Ω\\nzwei",
      "noted_at": "2026-11-21T09:14:00Z",
      "title": "Ein Aufsatz"
    }
  },
  "version": 1
}
"""
    )


def test_what_is_cleared_is_absent_and_so_is_a_paper_with_nothing_left() -> None:
    document = form.empty()
    form.apply(document, STAR)
    form.apply(document, Edit("p", "A title", "read", True, AT))
    form.apply(document, Edit("p", "A title", "starred", False, AT))
    assert document["papers"] == {"p": {"title": "A title", "read": True, "read_at": AT}}
    form.apply(document, Edit("p", "A title", "read", False, AT))
    assert document["papers"] == {}


def test_a_paper_with_something_unknown_keeps_its_entry() -> None:
    document = with_papers({"p": {"title": "A title", "starred": True, "score": 5}})
    form.apply(document, Edit("p", "A title", "starred", False, AT))
    assert document["papers"] == {"p": {"title": "A title", "score": 5}}
    assert form.shown(document) == {}


@pytest.mark.parametrize(
    "entry",
    [
        *(5, None, [], "x", {"starred": "yes"}, {"note": 5}, {"read": 1, "title": []}, {"note": " \n"}),
        *({"tags": "x"}, {"tags": [5, [], " "], "later": 1}),
    ],
)
def test_an_entry_of_another_shape_is_not_shown_but_stays(entry: Any) -> None:
    document = form.parse(dump(with_papers({"odd": entry})))
    assert form.shown(document) == {}
    assert document["papers"] == {"odd": entry}


def test_an_entry_that_is_no_object_is_kept_beside_what_is_set_in_it() -> None:
    document = with_papers({"p": ["?"]})
    form.apply(document, STAR)
    assert document["papers"]["p"] == {
        "unreadable": ["?"],
        "starred": True,
        "starred_at": AT,
        "title": "A title",
    }


def test_what_others_wrote_is_shown_without_what_a_terminal_obeys_and_stays_in_the_file() -> None:
    entry = {"title": "A\x1b[31m\ntitle", "note": "one\x1b]0;x\x07\n\u202etwo\ud800", "starred": True}
    document = with_papers({"p": entry, "\x1b[2J": {"starred": True}})
    assert form.shown(document) == {"p": Annotation("A title", True, "one\ntwo\ufffd")}
    assert form.parse(dump(document)) == document


def test_a_byte_order_mark_and_another_systems_line_ends_are_no_damage() -> None:
    document = with_papers({"p": {"starred": True}})
    assert form.parse(b"\xef\xbb\xbf" + dump(document).replace(b"\n", b"\r\n")) == document


def nested(levels: int) -> bytes:
    head = dump(form.empty()).replace(b'"version": 1', b'"more": ')
    return head.replace(b'"more": ', b'"more": ' + b"[" * levels + b"]" * levels)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (dump(form.empty())[:-5], "it is not JSON, see line 4"),
        (dump(form.empty()) + b"}", "it is not JSON, see line 6"),
        (
            b'{\n<<<<<<< HEAD\n  "version": 1,\n=======\n>>>>>>> theirs\n}',
            "it has the marks of an unfinished merge",
        ),
        (b"\0" * 40, "it is not JSON, see line 1"),
        ("Stars".encode("utf-16"), "it is not UTF-8"),
        (b"{}", 'it has no "format": "paperreader-annotations"'),
        (b"[1, 2]", 'it has no "format": "paperreader-annotations"'),
        (b'{"format": "paperreader-annotations", "papers": []}', 'it has no "papers"'),
        (b'{"format": "paperreader-annotations"}', 'it has no "papers"'),
        (b'{"format": "paperreader-annotations", "papers": {"a": {}, "a": {}}}', '"a" stands twice in it'),
        (b'{"a": ' + b"9" * 5000 + b"}", "it is not JSON that can be read"),
        (b"[" * 100_000, "it is not JSON that can be read"),
        (nested(900), "it is nested too deeply"),
    ],
)
def test_damage_is_told_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(DamagedError) as error:
        form.parse(data)
    assert str(error.value) == reason


def test_what_is_nested_as_deeply_as_it_may_be_can_be_written() -> None:
    document = form.parse(nested(60))
    assert form.parse(dump(document)) == document


def test_a_file_without_a_version_gets_one() -> None:
    assert form.parse(b'{"format": "paperreader-annotations", "papers": {}}') == form.empty()


@given(st.binary() | documents.map(dump).flatmap(lambda d: st.integers(0, len(d)).map(lambda cut: d[:cut])))
def test_whatever_is_in_the_file_is_a_document_or_damage(data: bytes) -> None:
    try:
        document = form.parse(data)
    except DamagedError:
        return
    form.shown(document)
    assert form.parse(dump(document)) == document


@given(documents, st.lists(edits, max_size=3))
def test_what_is_known_already_is_not_written_otherwise(document: form.Document, made: list[Edit]) -> None:
    known: Known = {}
    for edit in made:
        assert dump(document, known) == dump(document)
        form.apply(document, edit)
    whole = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
    assert dump(document, known) == (whole + "\n").encode("utf-8", "backslashreplace")


@given(documents, st.lists(edits, max_size=6))
def test_what_is_unknown_survives_every_edit(document: form.Document, made: list[Edit]) -> None:
    before = json.loads(json.dumps(document))
    for edit in made:
        form.apply(document, edit)
        assert getattr(form.annotation(document, edit.paper_id), edit.field) == edit.value
    after = form.parse(dump(document))
    assert {k: v for k, v in after.items() if k != "papers"} == {
        k: v for k, v in before.items() if k != "papers"
    }
    touched = {edit.paper_id for edit in made}
    for paper_id, entry in before["papers"].items():
        if paper_id not in touched:
            assert after["papers"][paper_id] == entry
        elif isinstance(entry, dict):
            unknown = {key: value for key, value in entry.items() if key not in OURS}
            assert unknown.items() <= after["papers"].get(paper_id, {}).items()
        else:
            assert after["papers"][paper_id]["unreadable"] == entry


def test_the_time_of_a_field_is_known_when_the_file_says_it() -> None:
    document = with_papers({"p": {"starred": True, "starred_at": AT, "note": "x", "noted_at": 5}, "q": 5})
    asked = [("p", "starred"), ("p", "note"), ("p", "read"), ("q", "read"), ("r", "read")]
    assert [form.set_at(document, i, field) for i, field in asked] == [AT, None, None, None, None]  # type: ignore[arg-type]
