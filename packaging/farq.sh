#!/bin/sh
# Starts Farq with a libtorch: that of $LIBTORCH, of the link or folder `libtorch` beside this script, of `farq setup`,
# or of python3's torch, whichever is there first. `farq setup` gets one.
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
built=$(cat "$here/lib/torch-version")
wanted=${built%.*}
cache="${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/farq/torch-$built/torch"

fail() { # CODE WORDS
  printf 'error: %s\n' "$2" >&2
  exit "$1"
}

# The version of a libtorch folder, from the wheel's version.py or the zip's build-version.
version_of() {
  if [ -f "$1/version.py" ]; then sed -n "s/^__version__ = '\([^']*\)'.*/\1/p" "$1/version.py"
  elif [ -f "$1/build-version" ]; then cat "$1/build-version"
  fi
}

# Gets libtorch by pip: into the user's cache, or with --here beside this script, for every user and for services.
setup() {
  case "${1:-}" in
    '') target=${cache%/torch} ;;
    --here) target="$here/.torch-$built" ;;
    -h|--help)
      cat <<HELP
USAGE: farq setup [--here]

Gets libtorch $built by pip, once: into ${cache%/torch}, or with --here into Farq's own folder, for every user and for
services. FARQ_PIP_ARGS holds further words for pip, for example an index of one's own. Where LIBTORCH names a libtorch of
$wanted (Python's torch package is one), nothing has to be set up.
HELP
      return ;;
    *) fail 64 "farq setup takes --here or nothing, not '$1'; see farq setup --help" ;;
  esac
  if [ -f "$target/torch/lib/libtorch_cpu.so" ]; then
    echo "libtorch $built: $target/torch"
    return
  fi
  command -v python3 >/dev/null || fail 69 "farq setup needs python3 with pip: install them (Debian: apt-get install python3-pip), or set LIBTORCH to a libtorch of $wanted"
  python3 -m pip --version >/dev/null 2>&1 || fail 69 "farq setup needs pip: install it (Debian: apt-get install python3-pip), or set LIBTORCH to a libtorch of $wanted"
  mkdir -p "$(dirname "$target")" 2>/dev/null && [ -w "$(dirname "$target")" ] || fail 74 "cannot write in $(dirname "$target"): check its rights, or set LIBTORCH to a libtorch of $wanted"
  part="$target.$$.part"
  trap 'rm -rf "$part"' EXIT
  trap 'exit 69' INT TERM
  # shellcheck disable=SC2086
  pip() { PIP_ROOT_USER_ACTION=ignore python3 -m pip install --quiet --disable-pip-version-check ${FARQ_PIP_ARGS:-} --target "$part" "$@"; }
  echo "getting libtorch $built (once)" >&2
  # The build for the processor needs none of the wheel's Python dependencies; that for CUDA brings its libraries so.
  { ! command -v nvidia-smi >/dev/null && pip --no-deps "torch==$built+cpu" 2>/dev/null; } || pip "torch==$built" \
    || fail 69 "pip could not get torch $built: check the network, or set LIBTORCH to a libtorch of $wanted"
  rm -rf "$target"
  mv "$part" "$target" || fail 74 "cannot write $target: check its rights"
  [ "${1:-}" != --here ] || ln -sfn ".torch-$built/torch" "$here/libtorch"
  echo "libtorch $built: $target/torch"
}

if [ "${1:-}" = setup ]; then
  shift
  setup "$@"
  exit
fi

torch=${LIBTORCH:-}
[ -n "$torch" ] || { [ -e "$here/libtorch" ] && torch=$here/libtorch; }
[ -n "$torch" ] || { [ -e "$cache" ] && torch=$cache; }
[ -n "$torch" ] || torch=$(python3 -c 'import importlib.util as u; s = u.find_spec("torch"); print(s.submodule_search_locations[0] if s else "")' 2>/dev/null)
[ -f "$torch/lib/libtorch_cpu.so" ] || fail 69 "found no libtorch${torch:+ in $torch}: run 'farq setup', or set LIBTORCH to the folder that holds lib/libtorch_cpu.so (Python's torch package is one)"
version=$(version_of "$torch")
case "$version" in
  "$wanted".*) ;;
  *) fail 69 "libtorch in $torch is version ${version:-unknown}; this Farq was compiled for $wanted: run 'farq setup', or set LIBTORCH to one of that version" ;;
esac
LD_LIBRARY_PATH="$torch/lib:$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "$here/lib/farq" "$@"
