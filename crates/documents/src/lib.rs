//! Case facts in, document structures out: pure
