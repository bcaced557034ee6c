"""What the reader did to papers: stars, notes, tags and marks, none of which is ever lost.

A change is made under a lock, on top of what is in annotations.json at that moment, one field of one
paper at a time, so that several programs can be at work on one library. What cannot be written stays
in memory as unsaved and is tried again. Whatever is changed can be undone, now or in a later run.
"""

from __future__ import annotations

from paperreader.annotations.form import Annotation, Field, Value
from paperreader.annotations.shared import Annotations, Setting
from paperreader.annotations.snapshot import Snapshot
from paperreader.annotations.steps import Change, Step

__all__ = ["Annotation", "Annotations", "Change", "Field", "Setting", "Snapshot", "Step", "Value"]
