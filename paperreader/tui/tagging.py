"""Putting a paper under tags."""

from __future__ import annotations

import asyncio

from paperreader.tags import key
from paperreader.tui import deeds
from paperreader.tui.labels import label
from paperreader.tui.reader_screen import ReaderScreen


class Tagging(ReaderScreen):
    """The part of a screen that asks for tags."""

    async def action_tags(self) -> None:
        """Ask which tags the paper is to have."""
        paper = self.paper
        if paper is None:
            return
        from paperreader.tui.tag_dialog import TagScreen

        await self.wait_for_changes()
        before = self.library.annotation(paper).tags

        def answered(tags: tuple[str, ...] | None) -> None:
            if tags is None:
                return
            had, has = {key(tag) for tag in before}, {key(tag) for tag in tags}

            def job() -> str:
                # what somebody else did to the tags meanwhile stays
                self.library.annotations.refresh()
                now = [tag for tag in self.library.annotation(paper).tags if key(tag) not in had - has]
                wanted = [*now, *(tag for tag in tags if key(tag) not in had)]
                self.library.tag(paper, wanted)
                kept = self.library.annotation(paper).tags
                return f"Tagged {' '.join(map(label, kept))}" if kept else "No tags"

            if had != has:
                self.change(job)

        title = f"Tags of {deeds.short(paper.title)}"
        # awaited: keys that were typed ahead are meant for the question
        known = await asyncio.to_thread(lambda: self.library.tags)
        await self.app.push_screen(TagScreen(title, before, known), answered)
