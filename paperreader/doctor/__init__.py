"""What is wrong with a library, what to do about it, and what can be mended without losing anything.

Nothing is written by looking, not even what opening a library writes: it is looked at from outside.
"""

from paperreader.doctor.checkup import examine
from paperreader.doctor.finding import Finding, Severity

__all__ = ["Finding", "Severity", "examine"]
