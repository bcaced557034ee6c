"""Papers as texts for other programs, one module for each format."""

from __future__ import annotations

from paperreader.export.bibtex import bibtex
from paperreader.export.markdown import markdown
from paperreader.export.plain import title_and_abstract

__all__ = ["bibtex", "markdown", "title_and_abstract"]
