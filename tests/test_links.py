"""Links in a text: where they begin and where they end."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.links import links


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Code is at https://github.com/a/b.", ["https://github.com/a/b"]),
        ("(see https://a.github.io/x/), and", ["https://a.github.io/x/"]),
        (
            "at https://github.com/Zood123/COMET{https://github.com/Zood123/COMET}.",
            ["https://github.com/Zood123/COMET"],
        ),
        (r"\href{https://a.b/c_d}{https://a.b/c_d}.", ["https://a.b/c_d"]),
        ("https://a.b/c{here} and https://a.b/c again", ["https://a.b/c", "https://a.b/c"]),
        (
            "[code](https://a.b/c), [https://a.b/d](https://a.b/e)",
            ["https://a.b/c", "https://a.b/d", "https://a.b/e"],
        ),
        (
            "https://en.wikipedia.org/wiki/Foo_(bar) (https://a.b/(c)d), (https://a.b/(c)).",
            ["https://en.wikipedia.org/wiki/Foo_(bar)", "https://a.b/(c)d", "https://a.b/(c)"],
        ),
        (r"https://a.b/To\_Glue\%20", ["https://a.b/To_Glue%20"]),
        (
            "https://osf.io/njs43/overview?view_only=4b&x=1#top, an",
            ["https://osf.io/njs43/overview?view_only=4b&x=1#top"],
        ),
        (
            "https://a.b/symbolically_synthesized_networks .",
            ["https://a.b/symbolically_synthesized_networks"],
        ),
        (
            "**https://a.b/c**, 'https://a.b/d', <https://a.b/e>",
            ["https://a.b/c", "https://a.b/d", "https://a.b/e"],
        ),
        ("at https://a.b/c.(The complete code", ["https://a.b/c"]),
        ("at github.com/ZeinabTaghavi/IMPLIRET.Contribution.", ["https://github.com/ZeinabTaghavi/IMPLIRET"]),
        (
            "https://github.com/zsxr15/Lingua-SafetyBench.Warning: this paper contains",
            ["https://github.com/zsxr15/Lingua-SafetyBench"],
        ),
        (r"https://github.com/gulzar09/Bn\_FNews\_H.Feature.", ["https://github.com/gulzar09/Bn_FNews_H"]),
        ("https://a.github.io.The and https://a.b/c.html.We", ["https://a.github.io", "https://a.b/c.html"]),
        (
            "https://gitlab.com/Erez.Posner/stomach_pytorch to, https://github.com/agvpreid25/AG-VPReID.VIR.",
            ["https://gitlab.com/Erez.Posner/stomach_pytorch", "https://github.com/agvpreid25/AG-VPReID.VIR"],
        ),
        (
            "https://github.com/a/Newtonsoft.Json, https://www.A.Science doi:10.10000/HumanNat.Data",
            [
                "https://github.com/a/Newtonsoft.Json",
                "https://www.A.Science",
                "https://doi.org/10.10000/HumanNat.Data",
            ],
        ),
        (
            "https://a.b/c,https://d.e/f;http://g.h,2",
            ["https://a.b/c", "https://d.e/f", "http://g.h"],
        ),
        ("https://a.b/1,2;3,http", ["https://a.b/1,2;3,http"]),
        (
            "Https://a.b/c HTTPS://A.b/C and HTTP://d.e",
            ["https://a.b/c", "https://A.b/C", "http://d.e"],
        ),
        (
            'see "https://a.b/c" or “https://a.b/d”, {https://a.b/e}',
            ["https://a.b/c", "https://a.b/d", "https://a.b/e"],
        ),
        ("请看https://a.b/c。谢谢", ["https://a.b/c"]),
        (
            "https://a.b https://a.b:8080/c https://a.b/~me/",
            ["https://a.b", "https://a.b:8080/c", "https://a.b/~me/"],
        ),
        (
            "github.com/a/b, www.a.org/x and huggingface.co/a.",
            ["https://github.com/a/b", "https://www.a.org/x", "https://huggingface.co/a"],
        ),
        (
            "from arXiv:2504.07733v2 (arxiv: 1706.03762),",
            ["https://arxiv.org/abs/2504.07733v2", "https://arxiv.org/abs/1706.03762"],
        ),
        (
            "in arXiv:math.GT/0309136 and doi: 10.5281/zenodo.19.",
            ["https://arxiv.org/abs/math.GT/0309136", "https://doi.org/10.5281/zenodo.19"],
        ),
    ],
)
def test_a_link_ends_where_it_ends(text: str, wanted: list[str]) -> None:
    assert [link.url for link in links(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "https:// and http://, https://localhost, file:///etc/passwd, javascript:alert(1), ftp://a.b/c",
        "mail me@github.com/x, mygithub.com/x, a.arxiv.org/x, arXiv:12, doi:10, github.community",
        "an abstract. With sentences.like this, 3.14 and e.g. node.js",
    ],
)
def test_what_is_no_link(text: str) -> None:
    assert links(text) == []


def test_a_link_says_where_it_stands() -> None:
    text = "The code (https://a.b/c) is there."
    (link,) = links(text)
    assert text[link.start : link.end] == link.url == "https://a.b/c"


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            ["https://", "a.b", "/", "(", ")", "{", "}", ".", " ", "arXiv:", "\\_", "\x1b", "1706.03762"]
        )
    ).map("".join)
)
def test_links_of_anything_are_safe_and_in_order(text: str) -> None:
    end = 0
    for link in links(text):
        assert end <= link.start < link.end <= len(text)
        end = link.end
        assert urlsplit(link.url).scheme in ("http", "https")
        assert urlsplit(link.url).hostname
        assert link.url.isascii() and link.url.isprintable() and " " not in link.url


@pytest.mark.parametrize("unit", ["https://a.b/)", "http://a.b/c{", "https://a.", "www.", "a.b("])
def test_a_huge_line_takes_no_more_than_its_length(unit: str) -> None:
    """What looked back over the whole line at every bracket would take minutes here."""
    text = "https://a.b/" + unit * 100_000
    assert links(text)[0].start == 0
