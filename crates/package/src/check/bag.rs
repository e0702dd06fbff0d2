//! The bag itself: every file is listed, every listed file is there and is what its sums say. Stricter than
//! RFC 8493: nothing is left unlisted, nothing is fetched, names are plain, both algorithms are asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::Fault;
use crate::{
    bag::{BAG_INFO, BAGIT, DECLARATION, MANIFESTS, TAG_MANIFESTS, is_plain},
    files::Files,
    sums::{Summing, Sums},
};

/// Checks the bag.
pub(super) fn check(files: &mut dyn Files) -> Vec<Fault> {
    let mut faults = vec![];
    let names = files.names();
    faults.extend(
        names
            .iter()
            .filter(|name| !is_plain(name))
            .map(|name| Fault::of(name, "bag.name", "the name is not a plain one")),
    );
    match files.bytes(BAGIT) {
        Ok(bytes) if bytes == DECLARATION.as_bytes() => {}
        Ok(_) => faults.push(Fault::of(BAGIT, "bag.declaration", "it does not declare a bag of version 1.0 in UTF-8")),
        Err(_) => faults.push(Fault::of(BAGIT, "bag.declaration", "it is missing: this is no bag")),
    }
    if names.contains("fetch.txt") {
        faults.push(Fault::of("fetch.txt", "bag.fetch", "files would have to be fetched from elsewhere"));
    }
    let (payload, tags): (BTreeSet<String>, BTreeSet<String>) =
        names.into_iter().partition(|name| name.starts_with("data/"));
    let others = tags.iter().filter(|name| is_other_manifest(name));
    faults
        .extend(others.map(|name| Fault::of(name, "bag.unknown_manifest", "a manifest that no part of a package is")));
    let listed_tags: BTreeSet<String> =
        tags.into_iter().filter(|name| !TAG_MANIFESTS.contains(&name.as_str())).collect();
    let mut sizes = BTreeMap::new();
    faults.extend(listed(files, &listed_tags, TAG_MANIFESTS, &mut BTreeMap::new()));
    faults.extend(listed(files, &payload, MANIFESTS, &mut sizes));
    faults.extend(oxum(files, &sizes));
    faults
}

fn is_other_manifest(name: &str) -> bool {
    let is_one = name.starts_with("manifest-") || name.starts_with("tagmanifest-");
    is_one && !MANIFESTS.contains(&name) && !TAG_MANIFESTS.contains(&name)
}

/// What one manifest lists: row and sum of each path.
struct Manifest {
    name: &'static str,
    rows: BTreeMap<String, (u64, String)>,
}

impl Manifest {
    fn read(files: &mut dyn Files, name: &'static str, faults: &mut Vec<Fault>) -> Self {
        let mut rows = BTreeMap::new();
        let text = match files.text(name) {
            Ok(text) => text,
            Err(fault) => {
                faults.push(Fault::of(name, "bag.no_manifest", format!("it can't be read: {fault}")));
                String::new()
            }
        };
        for (row, line) in (1..).zip(text.lines()) {
            match line.split_once("  ") {
                Some((sum, path)) if rows.contains_key(path) => {
                    faults.push(Fault::at(name, row, "bag.twice", format!("{path} is listed twice, as {sum}")));
                }
                Some((sum, path)) => drop(rows.insert(path.to_owned(), (row, sum.to_owned()))),
                None => faults.push(Fault::at(name, row, "bag.row", "it is not a sum and a path")),
            }
        }
        Self { name, rows }
    }

    fn row(&self, path: &str) -> u64 {
        self.rows.get(path).map_or(0, |(row, _)| *row)
    }

    fn agrees(&self, path: &str, sum: &str) -> bool {
        self.rows.get(path).is_some_and(|(_, listed)| listed == sum)
    }
}

/// Holds files and manifests against each other. With two manifests a file that changed can be told from a row
/// that did: a file is at fault where both say so.
fn listed(
    files: &mut dyn Files,
    there: &BTreeSet<String>,
    names: [&'static str; 2],
    sizes: &mut BTreeMap<String, u64>,
) -> Vec<Fault> {
    let mut faults = vec![];
    let sha256 = Manifest::read(files, names[0], &mut faults);
    let sha512 = Manifest::read(files, names[1], &mut faults);
    let paths: BTreeSet<&String> = sha256.rows.keys().chain(sha512.rows.keys()).chain(there).collect();
    for path in paths {
        let by = [&sha256, &sha512].map(|manifest| manifest.rows.contains_key(path));
        match (there.contains(path), by) {
            (true, [false, false]) => {
                faults.push(Fault::of(path, "bag.unlisted", "no manifest lists it: it was added"))
            }
            (false, [true, true]) => faults.push(Fault::of(
                path,
                "bag.missing",
                format!("{} lists it in row {}, and it is not there", sha256.name, sha256.row(path)),
            )),
            (is_there, by) => {
                for (manifest, lists) in [&sha256, &sha512].into_iter().zip(by) {
                    if is_there && !lists {
                        faults.push(Fault::of(manifest.name, "bag.row_missing", format!("it does not list {path}")));
                    }
                    if !is_there && lists {
                        let why = format!("{path} is not there");
                        faults.push(Fault::at(manifest.name, manifest.row(path), "bag.row_changed", why));
                    }
                }
                if is_there {
                    faults.extend(compare(files, path, [&sha256, &sha512], sizes));
                }
            }
        }
    }
    faults
}

fn compare(
    files: &mut dyn Files,
    path: &str,
    [sha256, sha512]: [&Manifest; 2],
    sizes: &mut BTreeMap<String, u64>,
) -> Option<Fault> {
    let mut summing = Summing::default();
    if let Err(fault) = files.each_piece(path, &mut |piece| summing.take(piece)) {
        return Some(Fault::of(path, "bag.unreadable", format!("it can't be read: {fault}")));
    }
    let sums: Sums = summing.sums();
    sizes.insert(path.to_owned(), sums.size_bytes);
    let row = |manifest: &Manifest| {
        Fault::at(manifest.name, manifest.row(path), "bag.row_changed", format!("the sum of {path} is another"))
    };
    match (sha256.agrees(path, &sums.sha256), sha512.agrees(path, &sums.sha512)) {
        (true, true) => None,
        (false, false) => Some(Fault::of(path, "bag.changed", "its bytes are not those that were packed")),
        (false, true) if sha256.rows.contains_key(path) => Some(row(sha256)),
        (true, false) if sha512.rows.contains_key(path) => Some(row(sha512)),
        // A manifest that does not list it was named already.
        _ => None,
    }
}

fn oxum(files: &mut dyn Files, sizes: &BTreeMap<String, u64>) -> Option<Fault> {
    let text = match files.text(BAG_INFO) {
        Ok(text) => text,
        Err(_) => return Some(Fault::of(BAG_INFO, "bag.info", "it is missing")),
    };
    let wanted = format!("{}.{}", sizes.values().sum::<u64>(), sizes.len());
    let rows: Vec<(u64, &str)> =
        (1..).zip(text.lines()).filter_map(|(row, line)| Some((row, line.strip_prefix("Payload-Oxum: ")?))).collect();
    match rows[..] {
        [(_, oxum)] if oxum == wanted => None,
        [(row, oxum)] => {
            let why = format!("it says {oxum} bytes and files of payload; there are {wanted}");
            Some(Fault::at(BAG_INFO, row, "bag.oxum", why))
        }
        _ => Some(Fault::of(BAG_INFO, "bag.oxum", "it does not say once how large the payload is")),
    }
}
