#!/bin/sh
# Prints a Python that AE Studio can be installed with, or says on stderr what is missing and fails.
# Usage: find_python.sh [PYTHON], which is then the only one that is tried.

wanted="3.10"
candidates="${1:-python3 python3.14 python3.13 python3.12 python3.11 python3.10 python}"
found=""
bare=""

for python in $candidates; do
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    found="$found $python ($version)"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' || continue
    # Debian and Ubuntu ship Python without them.
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        bare="${bare:-$version}"
        continue
    fi
    echo "$python"
    exit 0
done

if [ -n "$bare" ]; then
    echo "AE Studio: Python $bare here cannot make virtual environments. On Debian and Ubuntu:" \
        "apt install python3-venv (or python$bare-venv)" >&2
else
    echo "AE Studio needs Python >= $wanted; found:${found:- none}. Install one from your system's packages or" \
        "python.org, or name one: make run PYTHON=/path/to/python3" >&2
fi
exit 1
