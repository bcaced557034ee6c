"""Dumps: from the bytes of a file to the papers that it lists."""

from __future__ import annotations

from datetime import date

from paperreader.dumps.dump import Dump, Entry, NotADump

__all__ = ["Dump", "Entry", "NotADump", "read_dump"]


def read_dump(data: bytes, name: str, modified: date, year: int | None = None) -> Dump:
    """The dump in these bytes, whatever its name says about their format.

    `name` is the file's name (a path is cut down to it), `modified` the day on which the file was
    last written (see `day.modification_day`), `year` the year that a person gave. Raises NotADump,
    and nothing else, with the one reason why there is no dump in them.
    """
    # the first frame needs this package, for the library's folder, but reads no dump
    from paperreader.dumps.day import date_in_name, seen_on
    from paperreader.dumps.decode import decode, refuse_foreign, text_id
    from paperreader.dumps.names import dated_name, plain_name, safe_name
    from paperreader.dumps.page import read_page

    text = decode(data)
    refuse_foreign(text)
    name_date = date_in_name(plain_name(name))
    try:
        page = read_page(text, dated=name_date is not None)
    except NotADump:
        if "\0" in text:
            raise NotADump("binary data, not text") from None
        raise
    day, inferred = seen_on(page.day, name_date, modified, year)
    name = safe_name(name)
    if seen_on(page.day, date_in_name(name), modified, None) != (day, inferred):
        name = dated_name(name, day)
    return Dump(text_id(text), name, day, inferred, page.entries, page.problems)
