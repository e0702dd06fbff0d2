//! A log of 70,000 entries, checked by Go's golang.org/x/mod, which shares no code with this one.
//!
//! Needs Go and that package (on Debian `golang-1.19-go` and `golang-golang-x-mod-dev`). They are
//! looked for where Debian puts them; `XIEZHI_GO` (the program) and `XIEZHI_GOPATH` (the folder
//! that holds `src/golang.org/x/mod`) name another place.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use xiezhi_ledger::{Hash, MemoryTree, consistency, inclusion, tile, tree};

use crate::people::{bar, cosigned, entry, log_key};

const SIZE: u64 = 70_000;
const OLD_SIZE: u64 = 65_537;

/// Go and the folder of its packages, if both are here.
fn go() -> Option<(PathBuf, PathBuf)> {
    let programs = ["/usr/lib/go-1.19/bin/go", "/usr/lib/go/bin/go", "/usr/bin/go", "/usr/local/go/bin/go"];
    let named = env::var_os("XIEZHI_GO").map(PathBuf::from);
    let program = named.or_else(|| programs.iter().map(PathBuf::from).find(|program| program.exists()))?;
    let packages = env::var_os("XIEZHI_GOPATH").map_or_else(|| PathBuf::from("/usr/share/gocode"), PathBuf::from);
    packages.join("src/golang.org/x/mod/sumdb/tlog").exists().then_some((program, packages))
}

fn write(file: PathBuf, content: impl AsRef<[u8]>) {
    let folder = file.parent().expect("every file of the log is in a folder");
    fs::create_dir_all(folder).expect("the folder for test files is writable");
    fs::write(&file, content).expect("the folder for test files is writable");
}

fn words(hashes: &[Hash]) -> String {
    hashes.iter().map(|hash| format!(" {hash}")).collect()
}

fn proofs(tree: &MemoryTree) -> String {
    let consistency = consistency::prove(OLD_SIZE, SIZE, tree).expect("the tree has every node");
    let indexes = [0, 1, 255, 256, 65_535, 65_536, 69_888, SIZE - 1];
    let inclusions = indexes.map(|index| {
        let path = inclusion::prove(index, SIZE, tree).expect("the tree has every node");
        format!("inclusion {index}{}\n", words(&path))
    });
    format!("{}consistency{}\n", inclusions.concat(), words(&consistency))
}

fn publish(tree: &MemoryTree, folder: &Path) {
    let old_root = tree::root(OLD_SIZE, tree).expect("the tree has every node");
    let entries = (0..SIZE).map(|index| STANDARD.encode(entry(index).as_bytes()) + "\n");
    write(folder.join("vkey"), log_key().verifier().to_string());
    write(folder.join("witness-vkey"), bar().verifier().to_string());
    write(folder.join("checkpoint"), cosigned(tree, &[bar()]).to_string());
    write(folder.join("old"), format!("{OLD_SIZE}\n{old_root}\n"));
    write(folder.join("entries"), entries.collect::<String>());
    write(folder.join("proofs"), proofs(tree));
    for tile in tile::all(SIZE).tiles {
        write(folder.join(tile.path()), tile.bytes(tree).expect("the tree has every node"));
    }
}

#[test]
fn go_accepts_our_notes_cosignatures_tiles_and_proofs() {
    let Some((program, packages)) = go() else {
        eprintln!(
            "NOT CHECKED: Go or golang.org/x/mod is not on this machine. \
             On Debian: golang-1.19-go golang-golang-x-mod-dev; or set XIEZHI_GO and XIEZHI_GOPATH."
        );
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("interop");
    let _absent = fs::remove_dir_all(&folder);
    publish(&(0..SIZE).map(entry).collect(), &folder);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/verify.go");
    let run = Command::new(program)
        .args([Path::new("run"), &source, &folder])
        .env("GO111MODULE", "off")
        .env("GOPATH", packages)
        .env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-cache"))
        .output()
        .expect("Go was found and can be started");
    let (said, wrong) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{said}{wrong}");
    assert_eq!(said.lines().count(), 5, "{said}");
}
