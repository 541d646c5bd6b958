"""`python -m talkinghead COMMAND`, which is also the console script `talkinghead`."""

import sys

from talkinghead.cli.app import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
