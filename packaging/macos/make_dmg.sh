#!/bin/sh
# Makes dist/ae-studio-VERSION-macos-MACHINE.dmg of 'dist/AE Studio.app', which pyinstaller has made. On macOS only.
# The app is signed ad hoc: enough for Apple silicon to start it at all, not for Gatekeeper, which wants a notarised
# app. Whoever downloads it opens it once through System Settings > Privacy & Security > Open Anyway.
set -eu
cd "$(dirname "$0")/../.."

app="dist/AE Studio.app"
[ -d "$app" ] || { echo "There is no $app; run pyinstaller with packaging/ae_studio.spec first." >&2; exit 1; }

image="dist/ae-studio-$(sh packaging/version.sh)-macos-$(uname -m).dmg"
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

codesign --force --deep --sign - "$app"
cp -R "$app" "$root/"
ln -s /Applications "$root/Applications"
cp LICENSE "$root/LICENSE.txt"
hdiutil create -volname "AE Studio" -srcfolder "$root" -format UDZO -ov "$image"
echo "$(du -m "$image" | cut -f 1) MB in $image"
