#!/bin/sh
# Makes dist/ae-studio-VERSION-linux-MACHINE.tar.gz of the bundle in dist/ae-studio: `make tarball`.
set -eu
cd "$(dirname "$0")/.."

bundle=dist/ae-studio
[ -x "$bundle/ae-studio" ] || { echo "There is no $bundle; make bundle first." >&2; exit 1; }

name="ae-studio-$(sh packaging/version.sh)-linux-$(uname -m)"
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir "$root/$name"
cp -a "$bundle/." "$root/$name/"
cp packaging/linux/ae-studio.desktop packaging/linux/README.txt packaging/ae-studio.png \
    resources/system_libraries.sh LICENSE "$root/$name/"
chmod -R u+rwX,go+rX,go-w "$root/$name"

tar --create --gzip --owner=0 --group=0 --numeric-owner --directory "$root" --file "dist/$name.tar.gz" "$name"
echo "$(du -m "dist/$name.tar.gz" | cut -f 1) MB in dist/$name.tar.gz"
