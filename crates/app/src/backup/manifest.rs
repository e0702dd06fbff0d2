//! What a backup consists of.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use xiezhi_ledger::{Hash, tree::Frontier};
use xiezhi_store::{
    LogId, Pos,
    blob::{Digest, Stored},
};

use crate::{audit::Difference, recorder};

/// The one format there is.
const FORMAT: &str = "xiezhi/backup/1";

/// One backup: everything it holds, by hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: String,
    /// Counts the backups of a folder, from 1.
    pub number: u64,
    /// Hash of the manifest before.
    pub previous: Option<Digest>,
    /// Origin of the court's logs.
    pub origin: String,
    /// When it began: how the court stood then is what it holds.
    pub began_at: Timestamp,
    /// When it was whole.
    pub ended_at: Timestamp,
    /// The logs.
    pub logs: Vec<LogPart>,
    /// What changes in place.
    pub state: Vec<Stored>,
    /// Lists of the files, by the first byte of their names.
    pub files: Vec<Stored>,
    /// How many files.
    pub file_count: u64,
    /// How long they are together.
    pub file_bytes: u64,
    /// What was wrong with the court when it was copied: the copy has it as it was.
    pub faults: Vec<Difference>,
}

/// A log in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPart {
    /// Its short name.
    pub log: String,
    /// Events.
    pub size: Pos,
    /// Root of the tree over all of them, in base64.
    pub root: String,
    /// The right edge of the tree where the last segment begins: from there the next backup goes on.
    pub edge: Vec<String>,
    /// Its events, in order.
    pub segments: Vec<Segment>,
}

/// Events in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Position of the first.
    pub first: Pos,
    /// The piece.
    #[serde(flatten)]
    pub piece: Stored,
}

impl Manifest {
    /// A manifest that holds nothing yet.
    pub(super) fn begun(number: u64, previous: Option<Digest>, origin: &str, at: Timestamp) -> Self {
        Self {
            format: FORMAT.to_owned(),
            number,
            previous,
            origin: origin.to_owned(),
            began_at: at,
            ended_at: at,
            logs: vec![],
            state: vec![],
            files: vec![],
            file_count: 0,
            file_bytes: 0,
            faults: vec![],
        }
    }

    /// Whether it is of this format, and of this number.
    pub(super) fn is_of(&self, number: u64) -> bool {
        self.format == FORMAT && self.number == number
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("a manifest is plain data");
        bytes.push(b'\n');
        bytes
    }

    /// A log, if it holds any of it.
    pub fn log(&self, log: LogId) -> Option<&LogPart> {
        self.logs.iter().find(|part| part.log == recorder::name(log))
    }

    /// Every piece but the files: those are told by the lists.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Digest> {
        let segments = self.logs.iter().flat_map(|part| part.segments.iter().map(|segment| segment.piece));
        segments.chain(self.state.iter().copied()).chain(self.files.iter().copied()).map(|piece| piece.digest)
    }
}

impl LogPart {
    /// A log without events.
    pub(super) fn empty(log: LogId) -> Self {
        let root = Hash::empty().to_base64();
        Self { log: recorder::name(log).to_owned(), size: 0, root, edge: vec![], segments: vec![] }
    }

    /// The tree up to where the last segment begins; nothing for edges that are none.
    pub(super) fn frontier(&self) -> Option<Frontier> {
        let begins = self.segments.last().map_or(0, |segment| segment.first);
        let edge = self.edge.iter().map(|hash| Hash::from_base64(hash)).collect::<Option<Vec<Hash>>>()?;
        Frontier::resume(begins, edge).ok()
    }

    pub(super) fn keep_edge(&mut self, frontier: &Frontier) {
        self.edge = frontier.edge().iter().map(Hash::to_base64).collect();
    }
}

/// A list of files, a line each: name and length.
pub(super) fn list_of(files: &[Stored]) -> Vec<u8> {
    files.iter().map(|file| format!("{} {}\n", file.digest, file.size_bytes)).collect::<String>().into_bytes()
}

/// The files of a list. The list was checked against its hash: a line that is none was never written.
pub(super) fn files_of(list: &[u8]) -> Vec<Stored> {
    let line = |line: &str| {
        let (name, size) = line.split_once(' ')?;
        Some(Stored { digest: name.parse().ok()?, size_bytes: size.parse().ok()? })
    };
    std::str::from_utf8(list).unwrap_or_default().lines().filter_map(line).collect()
}
