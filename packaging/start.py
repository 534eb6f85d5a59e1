"""Where the bundle begins."""

import multiprocessing
import os
import sys
from pathlib import Path

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a child process begins here too, and must not open a second window
    for name in ("stdout", "stderr"):  # a windowed program has neither, and printing into nothing is an error
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    # Lightning starts the other processes of a run as "python script words"; here the bundle is both, so its name comes
    # twice.
    if len(sys.argv) > 1 and Path(sys.argv[1]).resolve() == Path(sys.executable).resolve():
        del sys.argv[1]
    from ae_studio.cli import main

    sys.exit(main())
