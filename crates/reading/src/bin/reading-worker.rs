//! The confined process alone, for tests and for trying a file by hand.

use std::process::ExitCode;

fn main() -> ExitCode {
    xiezhi_reading::serve_worker()
}
