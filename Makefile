# Two commands: `make demo` and `make test`. Both install what they need first.
.PHONY: demo test test-clients quality soak build deps format lint protos install clean sanitized bench bench-peers bench-text bench-extractors

BIN = .build/debug
PREFIX ?= /usr/local
PLUGINS = segments places agencies people agreements quantities names pairings events exchanges ledgers tagger \
  markdown html daylight figures texts office pdf

C_FILES = $(shell git ls-files '*.c' '*.h')
SWIFT_FOLDERS = Package.swift Plugins Sources Tests Benchmarks/Package.swift Benchmarks/Sources

# Debian's packages: the C toolchain's headers, SQLite, what C functions are called with, what a plugin makes
# methods of or reads files with, and what the tests and `make format` call.
PACKAGES = build-essential libsqlite3-dev zlib1g-dev libffi-dev libnova-dev clang-format protobuf-compiler \
  libprotobuf-dev \
  libarchive-dev libxml2-dev libpoppler-glib-dev poppler-data pkg-config \
  python3-venv

demo: build
	@BIN=$(BIN) .scripts/demo

test: deps sanitized
	swift test
	@BIN=$(BIN) .scripts/test-clients
	@BIN=$(BIN) .scripts/quality --check
	@.scripts/test-as-nobody

# The daemon as clients in Python see it, over the programs that are built; TESTS names some of them.
test-clients: deps
	@BIN=$(BIN) .scripts/test-clients $(TESTS)

# What the plugins find, beside what people have annotated, into Tests/QUALITY.md; VERBOSE=1 says what they miss.
quality: build
	@BIN=$(BIN) .scripts/quality $(if $(VERBOSE),--verbose)

# Ten thousand documents while a plugin crashes, hangs and lies at random.
soak: deps
	DUIKOU_SOAK=10000 swift test --filter SoakTests

build: deps
	swift build

deps:
	@.scripts/install-packages $(PACKAGES)
	@.scripts/test-clients --only-install

# What is written in C, under the sanitizers too.
sanitized: deps
	@.scripts/test-c

format:
	clang-format -i $(C_FILES)
	swift format format --in-place --recursive $(SWIFT_FOLDERS)

lint: deps
	clang-format --dry-run --Werror $(C_FILES)
	swift format lint --strict --recursive $(SWIFT_FOLDERS)

protos: deps
	.scripts/generate-protos

# The programs and the shipped plugins, optimised, where `duikou` finds them by itself.
install: deps
	swift build -c release
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/duikou/plugins $(DESTDIR)$(PREFIX)/include/duikou
	install .build/release/duikou .build/release/duikoud .build/release/duikou-worker $(DESTDIR)$(PREFIX)/bin
	for name in $(PLUGINS); do \
	  install .build/release/libduikou-$$name.so $(DESTDIR)$(PREFIX)/lib/duikou/plugins; done
	install -m 644 include/duikou.h include/duikou.map include/module.modulemap $(DESTDIR)$(PREFIX)/include
	install -m 644 include/duikou/*.h $(DESTDIR)$(PREFIX)/include/duikou

# What calls cost, beside their yardsticks and, with the second, beside gRPC C++ and go-plugin; the
# second measures the daemon too.
# BENCH has options: see Benchmarks/README.md.
PEER_PACKAGES = pkg-config libgrpc++-dev protobuf-compiler-grpc golang-go protoc-gen-go-1-3 \
  golang-github-hashicorp-go-plugin-dev golang-google-grpc-dev

bench: deps
	@.scripts/install-packages libffi-dev
	@Benchmarks/run $(BENCH)

bench-peers: deps
	@.scripts/install-packages libffi-dev $(PEER_PACKAGES)
	@$(MAKE) --no-print-directory -C Benchmarks/Peers/grpc-cpp
	@$(MAKE) --no-print-directory -C Benchmarks/Peers/go-plugin
	swift build -c release --product duikoud
	swift build -c release --product duikou-worker
	@Benchmarks/run --peers Benchmarks/.build/peers --daemon .build/release/duikoud $(BENCH)

# How fast terms are found in Chinese text, beside the same in C, Hyperscan and what PyPI has.
# BENCH has options: see Benchmarks/README.md.
TEXT_PEER_PACKAGES = clang pkg-config libhyperscan-dev python3-venv

bench-text: deps
	@.scripts/install-packages $(TEXT_PEER_PACKAGES)
	@$(MAKE) --no-print-directory -C Benchmarks/Peers/matching
	@Benchmarks/run-text --peers Benchmarks/.build/peers/matching $(BENCH)

# MB/s of the shipped extractors over Chinese text, in workers and in the host's process.
bench-extractors: deps
	swift build -c release
	@Benchmarks/extractors $(BENCH)

clean:
	rm -rf .build Benchmarks/.build
