"""Addresses: those in a text, those a paper leads to, and those a browser may be given."""

from paperreader.links.address import web_address
from paperreader.links.leads import Lead, arxiv_url, leads, search_url
from paperreader.links.text import Link, links

__all__ = ["Lead", "Link", "arxiv_url", "leads", "links", "search_url", "web_address"]
