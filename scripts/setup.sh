#!/usr/bin/env bash
# Sets up what the build needs: system libraries and libtorch. Idempotent; prints only what it does.
#   LIBTORCH=/path/to/torch   use this libtorch (the folder that holds include/ and lib/) instead of pip's: 2.11 to 2.13, for
#                             the processor or for CUDA
#   FARQ_PIP_ARGS="…"         further words for pip, for example an index of one's own
set -euo pipefail
cd "$(dirname "$0")/.."
torch_version=2.13.0

say() { printf 'farq set-up: %s\n' "$*" >&2; }

# Runs a command as root where that may be done without asking, else fails.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo "$@"
  else return 1
  fi
}

# need_package TEST_COMMAND DEBIAN_PACKAGE BREW_PACKAGE
need_package() {
  sh -c "$1" >/dev/null 2>&1 && return
  if command -v apt-get >/dev/null; then
    say "installing $2"
    if as_root sh -c "apt-get install -y $2 || { apt-get update && apt-get install -y $2; }" >/dev/null 2>&1; then
      return
    fi
    printf 'error: %s is missing and could not be installed; run: sudo apt-get install -y %s\n' "$2" "$2" >&2
  elif command -v brew >/dev/null; then
    say "installing $3"
    brew install "$3" >/dev/null && return
    printf 'error: %s is missing and could not be installed; run: brew install %s\n' "$3" "$3" >&2
  else
    printf 'error: %s is missing; install it with your package manager\n' "$2" >&2
  fi
  exit 69
}

command -v swift >/dev/null || { printf 'error: the Swift toolchain (6.2 or later) is missing; see swift.org/install\n' >&2; exit 69; }
need_package 'command -v cc' build-essential gcc
need_package 'command -v pkg-config' pkg-config pkgconf
need_package 'printf "#include <archive.h>\n" | cc -E -x c - ' libarchive-dev libarchive
[ "$(uname)" = Darwin ] || need_package 'printf "#include <openssl/evp.h>\n" | cc -E -x c - ' libssl-dev openssl
need_package 'printf "#include <stdio.h>\n#include <linear.h>\n" | cc -E -x c - ' liblinear-dev liblinear

# The version of a libtorch folder, from the wheel's version.py or the zip's build-version.
version_of() {
  if [ -f "$1/version.py" ]; then sed -n "s/^__version__ = '\(.*\)'/\1/p" "$1/version.py"
  elif [ -f "$1/build-version" ]; then cat "$1/build-version"
  elif [ -f "$1/../build-version" ]; then cat "$1/../build-version"
  fi
}

link_torch() {
  local version
  version=$(version_of "$1")
  case "$version" in
    2.11.*|2.12.*|2.13.*) ;;
    *) printf 'error: libtorch in %s is version %s; Farq needs 2.11 to 2.13: set LIBTORCH to one, or unset it\n' "$1" "${version:-unknown}" >&2; exit 69 ;;
  esac
  [ -f "$1/include/ATen/ATen.h" ] || { printf 'error: %s has no include/ATen/ATen.h; set LIBTORCH to the folder that holds include/ and lib/\n' "$1" >&2; exit 66; }
  [ "$(readlink .libtorch || true)" = "$1" ] || { ln -sfn "$1" .libtorch; say "libtorch $version"; }
}

if [ -n "${LIBTORCH:-}" ]; then
  link_torch "$(cd "$LIBTORCH" && pwd)"
  exit 0
fi

cache="${XDG_CACHE_HOME:-$HOME/.cache}/farq/torch-$torch_version"
if [ ! -d "$cache/torch" ]; then
  need_package 'command -v python3' python3 python3
  need_package 'python3 -m pip --version' python3-pip python3
  mkdir -p "$(dirname "$cache")"
  part="$cache.$$.part"
  trap 'rm -rf "$part"' EXIT
  # shellcheck disable=SC2086
  pip_install() { python3 -m pip install --quiet --disable-pip-version-check ${FARQ_PIP_ARGS:-} --target "$part" "$@"; }
  say "downloading libtorch $torch_version (once; kept in $cache)"
  # Without an NVIDIA GPU the CPU build is enough; it needs none of the wheel's Python dependencies.
  if [ "$(uname)" = Darwin ] || ! command -v nvidia-smi >/dev/null; then
    pip_install --no-deps "torch==$torch_version+cpu" 2>/dev/null \
      || { [ "$(uname)" = Darwin ] && pip_install --no-deps "torch==$torch_version"; } \
      || pip_install "torch==$torch_version" \
      || { printf 'error: pip could not get torch %s; check the network, or set LIBTORCH to a libtorch of that version\n' "$torch_version" >&2; exit 69; }
  else
    pip_install "torch==$torch_version" \
      || { printf 'error: pip could not get torch %s; check the network, or set LIBTORCH to a libtorch of that version\n' "$torch_version" >&2; exit 69; }
  fi
  mv "$part" "$cache" 2>/dev/null || [ -d "$cache/torch" ]
fi
link_torch "$cache/torch"
