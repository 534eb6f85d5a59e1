"""Where the bundle begins."""

import multiprocessing
import os
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a child process begins here too, and must not open a second window
    for name in ("stdout", "stderr"):  # a windowed program has neither, and printing into nothing is an error
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    from ae_studio.cli import main

    sys.exit(main())
