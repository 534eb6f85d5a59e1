#!/bin/sh
# Writes dist/SHA256SUMS of every package in dist/: `make checksums`. Checked there with `sha256sum -c SHA256SUMS`.
set -eu
cd "$(dirname "$0")/../dist"

# macOS has shasum, the others sha256sum; both write the same lines.
sum=sha256sum
command -v sha256sum >/dev/null || sum="shasum -a 256"
find . -maxdepth 1 -type f \( -name '*.deb' -o -name '*.tar.gz' -o -name '*.exe' -o -name '*.dmg' \) | sed 's|^\./||' |
    sort | xargs $sum >SHA256SUMS
cat SHA256SUMS
