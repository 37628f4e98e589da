# farq: `make demo` sets everything up and runs the main job; `make test` sets everything up and runs the tests.
SHELL := /bin/bash
RUN ?= runs/demo
BINARY := .build/release/farq

.PHONY: demo test test-slow build setup bench dist install uninstall manual gpu-check fuzz format lint check clean

demo: build
	$(BINARY) compare --output $(RUN)

build: setup
	swift build -c release --product farq

# In release, because the tokenizer and the data readers are slow without optimization; one test after the other,
# because libtorch's random state belongs to the process.
test: setup
	swift build -c release --build-tests
	swift test -c release --skip-build --no-parallel

# What needs a browser, or minutes of load on the server.
test-slow: build
	scripts/test-slow.sh

setup:
	@scripts/setup.sh

bench: build
	Benchmarks/run.sh

# A folder and a tarball for a machine that has libtorch alone; LIBTORCH=… chooses the libtorch to compile against.
dist:
	scripts/dist.sh

# What `make dist` made, into $(DESTDIR)$(PREFIX) (docs/install.md); made first where it is not there, so that root need
# not build.
PREFIX ?= /usr/local
install:
	@[ -n "$$(ls -d build/farq-*-torch*[0-9_] 2>/dev/null)" ] || scripts/dist.sh
	PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" packaging/install.sh "$$(ls -td build/farq-*-torch*[0-9_] | head -n 1)"

uninstall:
	PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" packaging/install.sh --uninstall

# docs/farq.1, from the help texts.
manual: build
	$(BINARY) --experimental-dump-help | python3 scripts/manual.py > docs/farq.1.part && mv docs/farq.1.part docs/farq.1

gpu-check: build
	scripts/gpu-check.sh

# libFuzzer over the code that reads bytes; FUZZ_SECONDS=60 for less.
fuzz:
	scripts/fuzz.sh $(or $(FUZZ_SECONDS),600)

format:
	swift format -i -r Sources Tests Fuzzing Package.swift

lint:
	swift format lint --strict -r Sources Tests Fuzzing Package.swift

check: lint
	scripts/check-arrows.sh

clean:
	rm -rf .build .libtorch
