#!/usr/bin/env bash
# Makes build/farq-<version>-torch<2.x>-<system>: a folder that a machine needs which has libtorch and nothing else of
# Farq's: the binary with Swift's runtime, the libraries that Python's torch does not bring, the encoder mini, and the
# script `farq` that finds libtorch or gets it (`farq setup`), completions, the manual, a unit for systemd; and the same
# as a tarball, build/farq-<version>-<system>.tar.gz. Compiled against the headers of one minor version of libtorch, it
# runs with that version's builds for the processor and for CUDA alike.
#   scripts/dist.sh [FOLDER]
#   LIBTORCH=/path/to/torch   the libtorch to compile against (2.11 to 2.13); without it the one that set-up laid or gets
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
torch=$(readlink -f .libtorch)
version=$(sed -n "s/^__version__ = '\(.*\)'/\1/p" "$torch/version.py" 2>/dev/null || true)
[ -n "$version" ] || version=$(cat "$torch/build-version")
minor=$(printf '%s' "$version" | cut -d. -f1,2)
mkdir -p .build-dist/packages
options=()
if [ "$(uname)" != Darwin ]; then
  # libarchive and libcrypto are linked in where they can be: shared, libarchive brings XML and ICU.
  rm -rf .build-dist/static && mkdir .build-dist/static
  needed=
  for name in archive linear crypto z bz2 lzma zstd nettle blas; do
    found=$(cc -print-file-name="lib$name.a")
    if [ -f "$found" ]; then
      ln -s "$(readlink -f "$found")" ".build-dist/static/lib$name.a"
    else
      # Without the headers' package there is the library alone, under its full name.
      found=$(ldconfig -p | sed -n "s/.* \(\/.*\/lib$name\.so\.[0-9]*\)$/\1/p" | head -n 1)
      if [ -n "$found" ]; then ln -s "$found" ".build-dist/static/lib$name.so"; fi
    fi
    case $name in archive|linear|crypto) ;; *) needed="$needed -l$name" ;; esac
  done
  printf 'Name: libarchive\nDescription: archives\nVersion: 3\nLibs: -L%s -larchive%s\n' "$PWD/.build-dist/static" "$needed" \
    > .build-dist/packages/libarchive.pc
  printf 'Name: libcrypto\nDescription: digests\nVersion: 3\nLibs: -L%s -lcrypto\n' "$PWD/.build-dist/static" \
    > .build-dist/packages/libcrypto.pc
  options+=(--pkg-config-path "$PWD/.build-dist/packages")
fi
FARQ_CARRIED=1 swift build -c release --product farq --static-swift-stdlib --scratch-path .build-dist "${options[@]}"
built=$(readlink -f .build-dist/release)
farq_version=$(sed -n 's/.*current = "\(.*\)".*/\1/p' Sources/FarqCore/FarqVersion.swift)
folder=${1:-build/farq-$farq_version-torch$minor-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)}
part=$folder.part
rm -rf "$part" "$folder"
mkdir -p "$part/lib"
strip -o "$part/lib/farq" "$built/farq" 2>/dev/null || cp "$built/farq" "$part/lib/farq"
cp -R "$built"/Farq_*.resources "$part/lib/" 2>/dev/null || cp -R "$built"/Farq_*.bundle "$part/lib/"

# The libraries beside libtorch's that not every machine has, and theirs in turn.
carry() {
  local found name path
  found=$(LD_LIBRARY_PATH="$torch/lib" ldd "$1" | sed -n 's/^[[:space:]]*\([^ ]*\) => \([^ ]*\) .*/\1 \2/p')
  while read -r name path; do
    case "$name" in libarchive.so*|liblinear.so*|libcrypto.so*|libnettle.so*|libacl.so*|liblzma.so*|libzstd.so*|liblz4.so*|libbz2.so*|libxml2.so*|libblas.so*|libicu*.so*)
      [ -f "$part/lib/$name" ] || cp -L "$path" "$part/lib/$name" ;;
    esac
  done <<<"$found"
}
[ "$(uname)" = Darwin ] || carry "$part/lib/farq"
printf '%s\n' "${version%%+*}" > "$part/lib/torch-version"
cp packaging/farq.sh "$part/farq"
cp packaging/install.sh "$part/"

# What belongs to the shell and to man, from the program itself.
share=$part/share
mkdir -p "$share/bash-completion/completions" "$share/zsh/site-functions" "$share/fish/vendor_completions.d" "$share/man/man1"
built_farq() { LD_LIBRARY_PATH="$torch/lib:$part/lib" "$part/lib/farq" "$@"; }
built_farq --generate-completion-script bash > "$share/bash-completion/completions/farq"
built_farq --generate-completion-script zsh > "$share/zsh/site-functions/_farq"
built_farq --generate-completion-script fish > "$share/fish/vendor_completions.d/farq.fish"
built_farq --experimental-dump-help | python3 scripts/manual.py > "$share/man/man1/farq.1"
cp packaging/farq.service "$share/"
cp LICENSE README.md "$part/"
cp scripts/gpu-check.sh "$part/"
mkdir -p "$part/Benchmarks"
cp Benchmarks/gpu_check.py Benchmarks/peer.py Benchmarks/lengths.txt "$part/Benchmarks/"
mv "$part" "$folder"
# The same as a tarball, with a name that says no more than whom it is for.
name=farq-$farq_version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
tarball=$(dirname "$folder")/$name.tar.gz
if tar --version 2>/dev/null | grep -q GNU; then
  # Owners, order and times are not the maker's, so that the same folder gives the same tarball.
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}" \
    --transform "s|^\.|$name|" -C "$folder" -cf - . | gzip -9n > "$tarball.part"
else
  tar -C "$folder" -s "|^\./|$name/|" -czf "$tarball.part" .
fi
mv "$tarball.part" "$tarball"
du -h "$tarball" | cut -f1 | sed "s|^|$tarball: |"
du -sh "$folder" | cut -f1 | sed "s|^|$folder: |"
