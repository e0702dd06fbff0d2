//! Ports of the store, the memory store, and the conformance suite
