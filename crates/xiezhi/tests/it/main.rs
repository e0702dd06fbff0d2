//! The program as it is started: what it writes, where, and how it ends.

mod backup;
mod confined;
mod demonstration;
mod document;
#[cfg_attr(not(feature = "pkcs11"), allow(dead_code, reason = "a token is asked the same"))]
mod keys;
mod lasting;
mod law;
mod s3;
mod serving;
#[cfg(feature = "pkcs11")]
mod token;
mod verify;
mod witness;
mod word;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The program.
fn xiezhi() -> Command {
    Command::new(env!("CARGO_BIN_EXE_xiezhi"))
}

/// Runs the program to its end.
fn run(arguments: &[&str]) -> Output {
    xiezhi().args(arguments).output().expect("the program starts")
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8")
}

/// A folder that is gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        // What a killed run left behind.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the folder is made");
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("the path is UTF-8").to_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.0.join(name), text).expect("the file is written");
        self.path(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Best effort: a folder that stays is in the way of nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}
