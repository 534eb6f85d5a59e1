#!/usr/bin/env bash
# The bundle as its users get it: built, tested in memory and on a virtual screen, packed, installed, tested, removed.
# Part of .ci/run. What cannot be done here is said and skipped: Xvfb and the .deb ask for root and apt.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
export AE_STUDIO_RUNS="$scratch/runs" AE_STUDIO_CACHE="$scratch/cache"
installed=""

# A package that was there before this script is not ours to replace, and so not to remove.
clean_up() {
    if [ -n "$installed" ]; then apt-get purge -y ae-studio >/dev/null 2>&1 || dpkg --purge ae-studio || true; fi
    rm -rf "$scratch"
}
trap clean_up EXIT

may_install() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; }

apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y --no-install-recommends "$@" >"$scratch/apt.log" 2>&1 ||
        { apt-get update && apt-get install -y --no-install-recommends "$@"; } >"$scratch/apt.log" 2>&1 ||
        { tail -n 20 "$scratch/apt.log"; return 1; }
}

on_a_screen() { xvfb-run --auto-servernum --server-args "-screen 0 1600x1000x24" "$@"; }

step() { echo; echo "== $*"; }

step "Bundle"
QT_QPA_PLATFORM=offscreen make bundle

if ! command -v xvfb-run >/dev/null && may_install; then apt_install xvfb xauth || true; fi
if command -v xvfb-run >/dev/null; then
    step "Bundle, on a virtual screen"
    on_a_screen .venv/bin/python packaging/first_window.py dist/ae-studio/ae-studio
else
    step "Skipped: the bundle on a virtual screen, for want of xvfb-run"
fi

step "Every family and every metric in the bundle"
for model in $(.venv/bin/python -c 'from ae_studio.models.catalog import MODELS; print(*MODELS)'); do
    dist/ae-studio/ae-studio train --data digits --model "$model" --epochs 1 --out "$scratch/$model" >"$scratch/train.log" ||
        { cat "$scratch/train.log"; exit 1; }
done
dist/ae-studio/ae-studio evaluate "$scratch/vae" --json >"$scratch/metrics.json"
.venv/bin/python - "$scratch/metrics.json" <<'END'
import json, sys
found = json.load(open(sys.argv[1]))
print(len(found["metrics"]), "values,", len(found["undefined"]), "undefined")
sys.exit(not {"trustworthiness", "frechet_cnn", "ssim", "iwae_nats"} <= set(found["metrics"]))
END

if ! may_install; then
    step "Skipped: the .deb is tried as root, on a system with apt"
    exit 0
fi
if dpkg-query --show ae-studio >/dev/null 2>&1 || [ -e /opt/ae-studio ] || [ -L /usr/bin/ae-studio ]; then
    step "Skipped: an ae-studio is installed here already, and is left as it is"
    exit 0
fi

step "Debian package"
make deb
installed=yes
apt_install "./dist/ae-studio_$(sh packaging/version.sh)_$(dpkg --print-architecture).deb"
cd "$scratch" # nothing of the checkout is to help
if command -v xvfb-run >/dev/null; then
    on_a_screen /usr/bin/ae-studio --self-test
else
    QT_QPA_PLATFORM=offscreen /usr/bin/ae-studio --self-test
fi
/usr/bin/ae-studio train --data digits --epochs 1 --out "$scratch/run"
[ -s "$scratch/run/metrics.csv" ]
/usr/bin/ae-studio train --data digits --epochs 1 --devices 2 --out "$scratch/shared" # it starts itself again

step "Removed again"
apt-get purge -y ae-studio >/dev/null
installed=""
for path in /opt/ae-studio /usr/bin/ae-studio; do
    if [ -e "$path" ] || [ -L "$path" ]; then echo "$path was left behind."; exit 1; fi
done
