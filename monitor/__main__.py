"""python -m monitor, and the command torenwacht."""

import gc
import sys

# Before anything large is loaded: what is loaded stays, and looking for rubbish in it takes a fifth of the start.
gc.set_threshold(50_000, 20, 50)

from monitor.cli import main  # noqa: E402  # after the line above, or it comes too late
from monitor.log import hush_faults  # noqa: E402  # as above

hush_faults()

if __name__ == "__main__":
    sys.exit(main())
