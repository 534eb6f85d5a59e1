#!/bin/sh
# Makes dist/ae-studio_VERSION_ARCH.deb of the bundle in dist/ae-studio: `make deb`.
# Neither postinst nor postrm: menus, icons and MIME types are brought up to date by other packages' triggers.
set -eu
cd "$(dirname "$0")/.."

bundle=dist/ae-studio
[ -x "$bundle/ae-studio" ] || { echo "There is no $bundle; make bundle first." >&2; exit 1; }
command -v dpkg-deb >/dev/null || { echo "A .deb is made with dpkg-deb, which is not here." >&2; exit 1; }

version=$(sh packaging/version.sh)
arch=$(dpkg --print-architecture)
package="dist/ae-studio_${version}_$arch.deb"
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"

mkdir -p "$root/opt" "$root/usr/bin" "$root/usr/share/applications" "$root/usr/share/mime/packages" \
    "$root/usr/share/icons/hicolor/512x512/apps" "$root/usr/share/icons/hicolor/scalable/apps" \
    "$root/usr/share/doc/ae-studio" "$root/DEBIAN"
cp -a "$bundle" "$root/opt/ae-studio"
ln -s /opt/ae-studio/ae-studio "$root/usr/bin/ae-studio"
cp packaging/linux/ae-studio.desktop "$root/usr/share/applications/"
cp packaging/linux/ae-studio.xml "$root/usr/share/mime/packages/"
cp packaging/ae-studio.png "$root/usr/share/icons/hicolor/512x512/apps/"
cp resources/icons/ae-studio.svg "$root/usr/share/icons/hicolor/scalable/apps/"
cp LICENSE "$root/usr/share/doc/ae-studio/copyright"
chmod -R u+rwX,go+rX,go-w "$root"

# The newest glibc that anything in the bundle asks for.
glibc=$(find "$bundle" -type f \( -name '*.so*' -o -name ae-studio \) -exec env LC_ALL=C grep -aoh 'GLIBC_2\.[0-9][0-9]*' {} + |
    sort -u -t . -k 2n | tail -n 1 | sed 's/GLIBC_//')
depends=$(sed "s/@GLIBC@/$glibc/" packaging/linux/depends | paste -sd , | sed 's/,/, /g')

cat >"$root/DEBIAN/control" <<END
Package: ae-studio
Version: $version
Architecture: $arch
Section: science
Priority: optional
Maintainer: AE Studio contributors <ae-studio@localhost>
Installed-Size: $(du -sk "$root" | cut -f 1)
Depends: $depends
Recommends: fonts-dejavu-core
Description: desktop laboratory for autoencoders
 Choose data, choose a model, press Train: losses, reconstructions and the
 latent space form before your eyes, and wherever you drag a point through the
 latent space, the decoded digit follows your hand, while the model learns.
END

# zstd unpacks in seconds; dpkg reads it since Debian 12 and Ubuntu 18.04. Higher levels take minutes for little.
dpkg-deb --root-owner-group -Zzstd -z9 --build "$root" "$package" >/dev/null
echo "$(du -m "$package" | cut -f 1) MB in $package"
