"""`python -m paperreader` is the same as `paperreader`."""

import sys

from paperreader.cli import main

sys.exit(main())
