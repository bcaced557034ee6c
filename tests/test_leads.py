"""Where a paper leads, and which addresses a browser may be given."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.links import arxiv_url, leads, search_url, web_address
from paperreader.links.address import LONGEST
from paperreader.paper import Details, Paper, Sighting

SITE = "https://huggingface.co/papers"


def paper(abstract: str = "", title: str = "A Title", upvotes: int = 0, **details: object) -> Paper:
    seen = Sighting(date(2026, 9, 9), "0" * 16, 1, "page", upvotes=upvotes)
    return Paper("0" * 16, title, abstract, (seen,), Details(**details))  # type: ignore[arg-type]


def test_a_paper_without_a_link_is_searched_for_on_the_site() -> None:
    (only,) = leads(paper(title=r"R&D: 50\% of Poincar\'e #1?"))
    assert only.what == "Search on Daily Papers"
    assert only.url == search_url(paper(title=r"R&D: 50\% of Poincar\'e #1?"))
    url = urlsplit(only.url)
    assert (url.scheme, url.netloc, url.path, url.fragment) == ("https", "huggingface.co", "/papers", "")
    assert parse_qs(url.query) == {"q": ["R&D: 50% of Poincaré #1?"]}
    assert parse_qs(urlsplit(search_url(paper(title="\ud800 é"))).query) == {"q": ["? é"]}
    assert len(search_url(paper(title="é" * 10_000))) < LONGEST


def test_one_with_an_identifier_leads_to_its_abstract_and_its_pdf() -> None:
    assert leads(paper(arxiv_id="2609.01234")) == [
        ("https://arxiv.org/abs/2609.01234", "Abstract on arXiv"),
        ("https://arxiv.org/pdf/2609.01234", "PDF on arXiv"),
    ]
    old = leads(paper("See arXiv:hep-th/9901001."))
    assert [lead.url for lead in old] == [
        "https://arxiv.org/abs/hep-th/9901001",
        "https://arxiv.org/pdf/hep-th/9901001",
    ]
    assert leads(paper(arxiv_id="2609.01234", upvotes=3))[-1] == (
        f"{SITE}/2609.01234",
        "Discussion on Daily Papers",
    )


def test_each_place_is_told_once() -> None:
    text = (
        "At http://www.github.com/a/b/{https://github.com/a/b}. Also https://arxiv.org/pdf/2609.01234v2.pdf."
    )
    links = ("https://github.com/a/b", "http://arxiv.org/abs/2609.01234v1", "javascript:alert(1)")
    found = leads(paper(text, arxiv_id="2609.01234", links=links, doi="10.1/x"))
    assert [lead.what for lead in found] == ["Abstract on arXiv", "PDF on arXiv", "Code", "Publisher"]
    assert leads(paper("Code: https://github.com/a/b.")) == [("https://github.com/a/b", "Code")]


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://gist.github.com/a/1", "Code"),
        ("https://anonymous.4open.science/r/x", "Code"),
        ("https://a.github.io/x/", "Project page"),
        ("https://huggingface.co/datasets/a/b", "Data"),
        ("https://huggingface.co/spaces/a/b", "Demo"),
        ("https://huggingface.co/a/b", "Model or collection"),
        ("https://huggingface.co/blog/a", "Web page"),
        ("https://a.org/paper.pdf?x=1", "PDF"),
        ("https://youtu.be/x", "Video"),
        ("https://openreview.net/forum?id=x", "Proceedings and reviews"),
        ("https://arxiv.org/html/2609.01234", "Full text on arXiv"),
        ("https://www.a.org/x", "Web page"),
    ],
)
def test_what_is_there(url: str, what: str) -> None:
    assert (url, what) in leads(paper(f"See {url} here."))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("https://a.org", "https://a.org"),
        ("HTTPS://A.org:8443/B?c=%20d#e", "https://a.org:8443/B?c=%20d#e"),
        ("http://bücher.example/straße?q=ü", "http://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%BC"),
        ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/"),
        ("http://121.40.1.2:8000/demo", "http://121.40.1.2:8000/demo"),
    ],
)
def test_what_a_browser_may_be_given(text: str, wanted: str) -> None:
    assert web_address(text) == wanted == web_address(wanted)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.org/x",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://a.org/x",
        "data:text/html,x",
        "https://",
        "https:///x",
        "https://localhost:8080/",
        "http://127.0.0.1/",
        "http://192.168.1.1/reboot",
        "http://169.254.169.254/latest",
        "http://1.2.3/",
        "http://[::1]/",
        "https://good.org@evil.org/",
        "https://a.org:0/",
        "https://a.org:99999/",
        "https://-a.org/",
        "https://a..org/",
        "https://a.org/ x",
        "https://a.org/\n",
        "https://a.org/\x1b[31m",
        "https://a.org/\u202ex",
        "https://a.org/\ud800",
        "https://" + "a" * 64 + ".org",
        "https://a.org/" + "x" * LONGEST,
        "https://a.org/" + "é" * LONGEST,
    ],
)
def test_what_no_browser_is_given(text: str) -> None:
    assert web_address(text) == ""


PIECES = st.sampled_from(
    [*"https://a.org:80@/?#[]%é\u202e\x1b \\", "https://", "xn--", "ü", "localhost", "1.2.3.4"]
)


@given(st.text() | st.lists(PIECES).map("".join) | st.lists(PIECES).map(lambda p: "https://" + "".join(p)))
def test_any_text_is_an_address_or_none(text: str) -> None:
    url = web_address(text)
    if url:
        parts = urlsplit(url)
        assert parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
        assert url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST
        assert web_address(url) == url


@given(st.text(), st.text(), st.lists(st.text() | st.text().map("https://a.org/{}".format)))
def test_every_paper_leads_somewhere(title: str, abstract: str, links: list[str]) -> None:
    found = leads(paper(abstract, title, links=tuple(links)))
    assert found and all(web_address(lead.url) == lead.url and lead.what for lead in found)
    assert len({lead.url for lead in found}) == len(found)


@pytest.mark.parametrize(
    ("abstract", "wanted"),
    [
        (
            "Code: https://github.com/a/b. Paper: https://arxiv.org/pdf/2504.07733v2.pdf.",
            "https://arxiv.org/abs/2504.07733v2",
        ),
        ("See arXiv:1706.03762.", "https://arxiv.org/abs/1706.03762"),
        ("http://export.arxiv.org/abs/hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001"),
        ("https://arxiv.org/list/cs.AI, https://github.com/arxiv.org/abs/1706.03762", ""),
    ],
)
def test_the_page_on_arxiv(abstract: str, wanted: str) -> None:
    assert arxiv_url(Paper("", "Title", abstract)) == wanted
