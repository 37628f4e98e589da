#!/bin/sh
# Installs Farq's folder, which `make dist` makes and the tarball holds, or takes it away again.
#   ./install.sh [FOLDER]              FOLDER is by default the one that this script lies in
#   ./install.sh --uninstall
#   PREFIX=/usr/local                  where it goes: $PREFIX/lib/farq, bin, share, lib/systemd/system; an installed script
#                                      knows its own
#   DESTDIR=                           put before it, for packages
set -eu
own=$(cd "$(dirname "$0")" && pwd)
case "$own" in */lib/farq) prefix=${PREFIX:-${own%/lib/farq}} ;; *) prefix=${PREFIX:-/usr/local} ;; esac
root=${DESTDIR:-}$prefix
fail() { printf 'error: %s\n' "$2" >&2; exit "$1"; }
case "$prefix" in /*) ;; *) fail 64 "PREFIX is '$prefix': give an absolute path" ;; esac

completions="share/bash-completion/completions/farq share/zsh/site-functions/_farq share/fish/vendor_completions.d/farq.fish"
others="share/man/man1/farq.1"
unit=lib/systemd/system/farq.service

remove() {
  # Only what the installation made: its own folder, and files by name.
  rm -rf "$root/lib/farq"
  rm -f "$root/bin/farq" "$root/$unit"
  for file in $completions $others; do rm -f "$root/$file"; done
}

case "${1:-}" in
  --uninstall)
    remove
    echo "Farq is gone from $root"
    exit ;;
  -*) fail 64 "install.sh takes a folder or --uninstall, not '$1'" ;;
esac
from=${1:-$own}
[ "$from" != "$root/lib/farq" ] || fail 64 "$from is installed already: give the folder of a tarball"
[ -x "$from/farq" ] && [ -x "$from/lib/farq" ] || fail 66 "$from is not Farq's folder: unpack the tarball, or run make dist"
mkdir -p "$root" 2>/dev/null && [ -w "$root" ] || fail 74 "cannot write in $root: run as root, or set PREFIX"
# A libtorch that `farq setup --here` put there stays.
kept=
if [ -d "$root/lib/farq" ]; then
  kept=$(mktemp -d "$root/lib/.farq.XXXXXX")
  for name in libtorch $(cd "$root/lib/farq" && ls -d .torch-* 2>/dev/null); do
    [ ! -e "$root/lib/farq/$name" ] && [ ! -L "$root/lib/farq/$name" ] || mv "$root/lib/farq/$name" "$kept/"
  done
fi
remove
mkdir -p "$root/bin" "$root/lib/farq"
cp -R "$from/farq" "$from/lib" "$from/LICENSE" "$from/README.md" "$from/install.sh" "$root/lib/farq/"
if [ -n "$kept" ]; then
  find "$kept" -mindepth 1 -maxdepth 1 -exec mv {} "$root/lib/farq/" \;
  rmdir "$kept"
fi
ln -s ../lib/farq/farq "$root/bin/farq"
for file in $completions $others; do
  mkdir -p "$(dirname "$root/$file")"
  cp "$from/$file" "$root/$file"
done
mkdir -p "$(dirname "$root/$unit")"
sed "s|/usr/local/bin/farq|$prefix/bin/farq|" "$from/share/farq.service" > "$root/$unit"
chmod -R go+rX "$root/lib/farq"
echo "Farq is in $root/bin/farq"
