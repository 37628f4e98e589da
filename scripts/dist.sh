#!/usr/bin/env bash
# Makes build/farq-<version>-torch<2.x>-<system>: a folder that a machine needs which has libtorch and nothing else of
# Farq's: the binary with Swift's runtime, the libraries that Python's torch does not bring, the encoder mini, and the
# script `farq` that finds libtorch. Compiled against the headers of one minor version of libtorch, it runs with that
# version's builds for the processor and for CUDA alike.
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
printf '%s\n' "$minor" > "$part/lib/torch-version"
cat > "$part/farq" <<'LAUNCHER'
#!/bin/sh
# Starts Farq with the libtorch of $LIBTORCH, of the link `libtorch` beside this script, or of python3's torch.
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
wanted=$(cat "$here/lib/torch-version")
torch=${LIBTORCH:-}
[ -n "$torch" ] || { [ -e "$here/libtorch" ] && torch=$here/libtorch; }
[ -n "$torch" ] || torch=$(python3 -c 'import importlib.util as u; s = u.find_spec("torch"); print(s.submodule_search_locations[0] if s else "")' 2>/dev/null)
if [ ! -f "$torch/lib/libtorch_cpu.so" ]; then
  echo "error: found no libtorch: set LIBTORCH to the folder that holds lib/libtorch_cpu.so (Python's torch package is one), or run: python3 -m pip install 'torch==$wanted.*'" >&2
  exit 69
fi
version=$(sed -n "s/^__version__ = '\([^']*\)'.*/\1/p" "$torch/version.py" 2>/dev/null)
[ -n "$version" ] || version=$(cat "$torch/build-version" 2>/dev/null)
case "$version" in
  "$wanted".*) ;;
  *) echo "error: libtorch in $torch is version ${version:-unknown}; this Farq was compiled for $wanted: set LIBTORCH to one, or make a folder for yours with scripts/dist.sh" >&2; exit 69 ;;
esac
LD_LIBRARY_PATH="$torch/lib:$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "$here/lib/farq" "$@"
LAUNCHER
chmod +x "$part/farq"
cp LICENSE README.md "$part/"
cp scripts/gpu-check.sh "$part/"
mkdir -p "$part/Benchmarks"
cp Benchmarks/gpu_check.py Benchmarks/peer.py Benchmarks/lengths.txt "$part/Benchmarks/"
mv "$part" "$folder"
du -sh "$folder" | cut -f1 | sed "s|^|$folder: |"
