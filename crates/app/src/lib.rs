//! The shell: load, decide, commit
