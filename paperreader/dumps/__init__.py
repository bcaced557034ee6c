"""Dumps: from the bytes of a file to the papers that it lists."""

from __future__ import annotations

from datetime import date

from paperreader.dumps.dump import Dump, Entry, NotADump, Reading

__all__ = ["Dump", "Entry", "NotADump", "Reading", "read_dump"]


def read_dump(data: bytes, name: str, modified: date, year: int | None = None) -> Dump:
    """The dump in these bytes, whatever its name says about their format, with all its entries.

    For files of any size see `forms.open_dump`, which also says what the arguments mean. Raises
    NotADump, and nothing else, with the one reason why there is no dump in them.
    """
    # the first frame needs this package, for the library's folder, but reads no dump
    import io

    from paperreader.dumps.forms import open_dump

    return open_dump(io.BytesIO(data), name, modified, year).whole()
