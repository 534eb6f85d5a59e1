"""Runs a program's self-test and says how long its first window took: ``first_window.py PROGRAM``.

The self-test's first line comes when the window has been painted once, over the same imports as the usual start.
"""

from __future__ import annotations

import subprocess
import sys
import time


def main(program: str) -> int:
    """The self-test's exit code."""
    began = time.perf_counter()
    window_s = None
    with subprocess.Popen([program, "--self-test"], stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        for line in process.stdout:
            if window_s is None and "open" in line:
                window_s = time.perf_counter() - began
            print(line, end="", flush=True)
    if window_s is not None:
        print(f"{window_s:.2f} s from the command to the first window")
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
