# Two commands do all the set-up: `make demo` and `make test`.
# Build products lie in a cache folder that is kept between runs; set CARGO_TARGET_DIR to choose another.
XIEZHI_CACHE ?= $(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME),$(HOME)/.cache)/xiezhi
export XIEZHI_CACHE
export CARGO_TARGET_DIR ?= $(XIEZHI_CACHE)/target

.PHONY: demo demo-reset test bench soak fmt docs

# Builds Xiezhi and opens the demonstration court at http://127.0.0.1:8080. A second start keeps what was done.
demo:
	./setup.sh fonts front-end ocr
	cargo build -p xiezhi
	$(CARGO_TARGET_DIR)/debug/xiezhi demo

# Forgets what was done in the demonstration court.
demo-reset:
	rm -rf data/demo data/demo-keys data/demo-checkpoint

# Runs every check and test; ends with `N passed, N failed`.
test:
	./tests/run

# Measures what the court must reach against this machine; prints a table and writes JSON. The first run makes a
# court of a hundred thousand cases, which takes long; the next use it again. BENCH="--cases 10000" for a smaller one.
bench:
	./tests/bench $(BENCH)

# What gains from time: a served court loaded and killed, more random cases, more kills of the store. SOAK_SECONDS
# bounds it.
soak:
	./tests/soak

fmt:
	cargo fmt --all

# Generated documents: the glossary and the map from articles of law to functions.
docs:
	cargo run -q -p xtask -- docs
