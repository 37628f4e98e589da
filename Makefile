# farq: `make demo` sets everything up and runs the main job; `make test` sets everything up and runs the tests.
SHELL := /bin/bash
RUN ?= runs/demo
BINARY := .build/release/farq

.PHONY: demo test test-slow build setup bench dist gpu-check fuzz format lint check clean

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

# A folder for a machine that has libtorch alone; LIBTORCH=… chooses the libtorch to compile against.
dist:
	scripts/dist.sh

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
