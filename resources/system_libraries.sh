#!/bin/sh
# Sees to the system libraries that Qt needs to open a window on Linux: installs them where apt may be used, else says
# in one line what to install. Quiet when nothing is missing; never a reason for a build to fail.
# Usage: system_libraries.sh [--check] QT_FOLDER; --check installs nothing. QT_FOLDER is PySide6/Qt, wherever that lies.

check=""
if [ "$1" = --check ]; then
    check=yes
    shift
fi
[ "$(uname -s)" = Linux ] || exit 0
command -v ldd >/dev/null 2>&1 || exit 0

# The sonames that Qt's own libraries and its X11 plug-in ask for in vain.
missing_libraries() {
    for qt in "$@"; do
        [ -d "$qt" ] || continue
        ldd "$qt/plugins/platforms/libqxcb.so" "$qt"/lib/libQt6Gui.so.6 "$qt"/lib/libQt6Widgets.so.6 \
            "$qt"/lib/libQt6OpenGL.so.6 "$qt"/lib/libQt6DBus.so.6 2>/dev/null
    done | awk '/=> not found/ && $1 !~ /^libQt6/ { print $1 }' | sort -u
}

has_font() {
    if command -v fc-list >/dev/null 2>&1; then
        [ -n "$(fc-list 2>/dev/null | head -n 1)" ]
    else
        find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
            \( -name '*.tt[fc]' -o -name '*.ot[fc]' \) 2>/dev/null | grep -q .
    fi
}

# Debian's rule makes libxcb-cursor.so.0 libxcb-cursor0 and libdbus-1.so.3 libdbus-1-3; three do not follow it.
debian_package() {
    case "$1" in
        libglib-2.0.so.0 | libgthread-2.0.so.0) echo libglib2.0-0 ;;
        libGLdispatch.so.0) echo libglvnd0 ;;
        libz.so.1) echo zlib1g ;;
        *) echo "$1" | tr '[:upper:]_' '[:lower:]-' | sed -e 's/\([0-9]\)\.so\./\1-/' -e 's/\.so\.//' ;;
    esac
}

debian_packages() {
    for library in $libraries; do debian_package "$library"; done
    has_font || echo fonts-dejavu-core
}

# Fedora's and Arch's packages hold several of these libraries each: the whole list is short, and harmless to repeat.
fedora="xcb-util-cursor xcb-util-wm xcb-util-keysyms xcb-util-image xcb-util-renderutil libxkbcommon-x11"
fedora="$fedora libglvnd-egl libglvnd-glx dbus-libs fontconfig dejavu-sans-fonts"
arch="xcb-util-cursor xcb-util-wm xcb-util-keysyms xcb-util-image xcb-util-renderutil libxkbcommon-x11"
arch="$arch libglvnd dbus fontconfig ttf-dejavu"

apt_install() {
    [ -z "$check" ] || return 1
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || return 1
        as_root="sudo -n"
    fi
    echo "AE Studio: installing what Qt needs to open a window: $packages"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # lists of words
    $as_root apt-get install -y --no-install-recommends $packages </dev/null >/dev/null 2>&1 ||
        { $as_root apt-get update && $as_root apt-get install -y --no-install-recommends $packages; } \
            </dev/null >/dev/null 2>&1
}

libraries=$(missing_libraries "$@")
if [ -z "$libraries" ] && has_font; then
    exit 0
fi

if command -v apt-get >/dev/null 2>&1; then
    packages=$(debian_packages | sort -u | tr '\n' ' ' | sed 's/ $//')
    apt_install || echo "AE Studio: to open a window Qt needs: sudo apt-get install $packages"
elif command -v dnf >/dev/null 2>&1; then
    echo "AE Studio: to open a window Qt needs: sudo dnf install $fedora"
elif command -v pacman >/dev/null 2>&1; then
    echo "AE Studio: to open a window Qt needs: sudo pacman -S --needed $arch"
else
    echo "AE Studio: to open a window Qt needs, from your system's packages:" ${libraries:-a font}
fi
exit 0
