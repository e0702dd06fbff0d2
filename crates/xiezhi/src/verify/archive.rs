//! A paper kept with its proof, in one file (.zip): each paper against the proof that bears its name.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use xiezhi_ledger::proof::FILE_EXTENSION;
use zip::{ZipArchive, result::ZipError};

use super::{Trust, Verdict, paper, stamp, tell};

/// How such a file begins.
pub const HEAD: &[u8] = b"PK\x03\x04";
/// More than this is not unpacked: whoever made it did not mean to have it checked.
const LIMIT_BYTES: u64 = 1024 * 1024 * 1024;

/// Checks every paper that lies in it against its proof; only words for the reader need none.
pub fn check(name: &str, bytes: &[u8], trust: &Trust) -> Verdict {
    let files = match unpacked(bytes) {
        Ok(files) => files,
        Err(verdict) => return verdict,
    };
    let ending = format!(".{FILE_EXTENSION}");
    let stamp_ending = format!("{ending}.{}", stamp::ENDING);
    let mut verdicts = vec![];
    for (inner, content) in &files {
        if inner.ends_with(&ending) || inner.ends_with(&stamp_ending) || inner.ends_with(".txt") {
            continue;
        }
        let full = format!("{name}/{inner}");
        let verdict = match files.get(&format!("{inner}{ending}")) {
            Some(proof) => {
                let verdict = paper::check_with_proof(&full, content, proof, trust);
                match files.get(&format!("{inner}{stamp_ending}")) {
                    Some(found) => {
                        verdict.max(stamp::check(&full, found, proof, trust).err().unwrap_or(Verdict::Holds))
                    }
                    None => verdict,
                }
            }
            None => Verdict::DoesNot("archive.no_proof", format!("no {inner}{ending} lies beside it")),
        };
        tell(&full, &verdict);
        verdicts.push(verdict);
    }
    let beside =
        |inner: &'_ String| inner.strip_suffix(&ending).or(inner.strip_suffix(&stamp_ending)).map(str::to_owned);
    let proven = files.keys().filter_map(beside);
    let orphans = proven.filter(|inner| !files.contains_key(inner));
    verdicts.extend(
        orphans.map(|inner| Verdict::DoesNot("archive.no_paper", format!("{inner} is missing beside its proof"))),
    );
    let empty = || Verdict::Unchecked("archive.empty", "neither a paper nor a proof lies in it".to_owned());
    verdicts.into_iter().max().unwrap_or_else(empty)
}

fn unpacked(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Verdict> {
    let unreadable =
        |fault: ZipError| Verdict::Unchecked("archive.unreadable", format!("it can't be unpacked: {fault}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let (mut files, mut left) = (BTreeMap::new(), LIMIT_BYTES);
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(unreadable)?;
        let inner = file.name().map_err(unreadable)?.into_owned();
        if file.is_dir() {
            continue;
        }
        let content = content(&inner, file, left)?;
        left -= content.len() as u64;
        if files.insert(inner.clone(), content).is_some() {
            return Err(Verdict::DoesNot("archive.twice", format!("{inner} lies in it twice")));
        }
    }
    Ok(files)
}

/// The bytes of one file; its checksum tells damage before the proof does.
fn content(inner: &str, file: impl Read, limit_bytes: u64) -> Result<Vec<u8>, Verdict> {
    let mut content = vec![];
    let read = file.take(limit_bytes + 1).read_to_end(&mut content);
    read.map_err(|fault| Verdict::DoesNot("archive.damaged", format!("{inner} was changed in the archive: {fault}")))?;
    if content.len() as u64 > limit_bytes {
        return Err(Verdict::Unchecked("archive.too_large", "it unpacks to more than a gigabyte".to_owned()));
    }
    Ok(content)
}
