"""``python -m ae_studio`` does what ``ae-studio`` does."""

import sys

from ae_studio.cli import main

if __name__ == "__main__":
    sys.exit(main())
