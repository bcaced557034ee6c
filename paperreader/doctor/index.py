"""Whether the index is whole, and that of the dumps."""

from __future__ import annotations

from collections.abc import Iterator

from paperreader.counts import counted
from paperreader.doctor.finding import Case, Finding, NotMended
from paperreader.dumps.folder import DumpFolder
from paperreader.importing import bring_up_to_date
from paperreader.index import Index, IndexUnusable


def mismatch(case: Case) -> Iterator[Finding]:
    """What keeps the index from being used. When there is nothing, it is the case's `index` from now on."""
    names = case.dump_names()
    if not names:
        return  # then no index is used, whatever there is
    try:
        case.index = _whole(case, names)
    except IndexUnusable as reason:
        advice = (
            "it is made again from the dumps the next time that the reader is used, or at once by --fix; "
            "until then papers are not looked at"
        )
        yield Finding("index", "problem", "index", f"is {reason}", advice, fixable=True)


def outdated(case: Case) -> Iterator[Finding]:
    """Whether the index shows what is in the dumps now; to be called when both were read."""
    if case.index is None:
        return
    if lost := case.damaged & case.indexed:
        count = counted(len(lost), "damaged dump")
        what = f"is that of {count} from before the damage: it may show papers that are in no dump any more"
        advice = "import good copies before the index is made again, or these papers go"
        yield Finding("index", "problem", "index", what, advice)
    elif changed := [name for name, dump_id in case.read.items() if dump_id not in case.indexed]:
        what = f"is not that of the dumps: {len(changed):,} were changed since it was made"
        advice = "it is made again from the dumps by --fix"
        yield Finding("index", "problem", "index", what, advice, fixable=True)


def make_again(case: Case, finding: Finding) -> str:
    """Make the index again from the dumps. The old one stays until the new one is whole."""
    bring_up_to_date(DumpFolder(case.dumps), case.folder / "index", progress=case.progress, anew=True)
    names = case.dump_names()
    try:
        case.index = _whole(case, names)
    except IndexUnusable as reason:  # its files were changed again, or dumps came meanwhile
        raise NotMended(f"it is {reason}") from None
    return f"made again from {counted(len(names), 'dump')}"


def _whole(case: Case, names: list[str]) -> Index:
    """The index, every byte of which has been read. Raises IndexUnusable."""
    index = Index.open(case.folder / "index")
    lacking, gone = len(set(names) - index.dumps), len(index.dumps - set(names))
    if lacking or gone:
        index.close()
        counts = [f"{lacking:,} more" if lacking else "", f"{gone:,} fewer" if gone else ""]
        raise IndexUnusable(f"that of other dumps: there are {' and '.join(filter(None, counts))} now")
    index.verify()
    return index
