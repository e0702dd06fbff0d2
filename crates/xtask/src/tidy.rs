//! Small rules that keep the house as built by one hand. A ratchet: the limits only go down.

use std::{fs, path::Path, process::Command};

/// No file of ours is longer: it would be two things.
const MOST_LINES: usize = 560;
/// Marks of unfinished work.
const MARKS: &[&str] = &["TODO", "FIXME", "XXX", "todo!(", "unimplemented!("];

/// Everything that is not tidy.
pub fn faults(root: &Path) -> anyhow::Result<Vec<String>> {
    let listed = Command::new("git").args(["ls-files", "*.rs", "*.ts", "*.css"]).current_dir(root).output()?;
    let mut faults = vec![];
    for path in String::from_utf8(listed.stdout)?.lines() {
        let Ok(text) = fs::read_to_string(root.join(path)) else { continue };
        let generated = path.ends_with("icons.rs") || path.contains("/examples/");
        let lines = text.lines().count();
        if lines > MOST_LINES && !generated {
            faults.push(format!("{path} has {lines} lines, more than {MOST_LINES}: it is two things"));
        }
        if path.ends_with("xtask/src/tidy.rs") {
            continue;
        }
        for (no, line) in text.lines().enumerate() {
            if let Some(mark) = MARKS.iter().find(|mark| line.contains(**mark)) {
                faults.push(format!("{path}:{}: {mark}", no + 1));
            }
        }
    }
    Ok(faults)
}
