"""Whether somebody is still writing a file, where the system can tell."""

from __future__ import annotations

import errno
import os
import sys

if sys.platform == "linux":
    import fcntl
    import signal

    def being_written(path: str) -> bool:
        """Whether a program has the file open for writing; False also where nobody can know."""
        try:
            file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        except OSError:
            return False
        try:
            # a lease is only given on a file that nobody is writing. Whoever opens it in this very
            # moment has us told so: by a signal that means nothing to us, and not by one that kills
            fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except OSError as error:
            return error.errno == errno.EAGAIN
        finally:
            os.close(file)
        return False

else:

    def being_written(path: str) -> bool:
        """Whether a program has the file open for writing; False also where nobody can know."""
        return False
