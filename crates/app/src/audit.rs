//! Checking the record (自检): of one case, and of everything.

use serde::Serialize;
use xiezhi_domain::{case::CaseState, ids::CaseId};
use xiezhi_ledger::{
    commitment::{Entry, Opening},
    hash::Hash,
    inclusion,
    tree::NodeId,
};
use xiezhi_store::{
    LogId, Pos, Row, StoredEvent,
    blob::{BlobError, Digest},
};

use crate::{App, AppError, codec, recorder, sweeping};

mod log;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Checked {
    /// Events looked at.
    pub events: u64,
    /// Of them, under a signed checkpoint.
    pub proven: u64,
    /// Files hashed anew.
    pub files: u64,
    /// Differences found, the first first; empty means that everything agrees.
    pub differences: Vec<Difference>,
}

/// A difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Difference {
    /// An event does not stand for its entry or leaf.
    Event {
        /// Its position.
        position: u64,
    },
    /// An event is not in the tree that was signed.
    Unproven {
        /// Its position.
        position: u64,
    },
    /// A file is missing or not the bytes it was named for.
    File {
        /// Its hash.
        sha256: String,
    },
    /// A row of the read model is not what the record says.
    Row {
        /// Table.
        table: String,
        /// Key.
        key: String,
    },
    /// A case can't be read from the record.
    Case {
        /// Which.
        case: String,
    },
    /// A checkpoint does not agree with the record, or with the copy kept apart.
    Checkpoint {
        /// Which log.
        log: String,
        /// Its size.
        size: u64,
    },
    /// A published file of a log is missing or not what follows from the record.
    Tile {
        /// Its path.
        path: String,
    },
}

impl Difference {
    fn row((table, key): (&'static str, Row)) -> Self {
        let key: Vec<String> = key.iter().map(|value| format!("{value:?}")).collect();
        Difference::Row { table: table.to_owned(), key: key.join(" ") }
    }
}

impl App {
    /// Checks everything about one case: every event opens its commitment and stands in the signed tree,
    /// every file is what its name says, every row of the read model is what the record says.
    pub async fn check_case(&self, id: CaseId) -> Result<Checked, AppError> {
        let mut checked = Checked::default();
        let events = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(id), 0).await?;
        checked.events = events.len() as u64;
        let fallen = events.iter().filter(|event| !stands(event));
        checked.differences.extend(fallen.map(|event| Difference::Event { position: event.pos }));
        self.check_inclusion(&events, &mut checked).await?;
        match codec::fold(id, None, &events) {
            Ok(Some(case)) => self.check_content(&case, &mut checked).await?,
            Ok(None) if !events.is_empty() && events.iter().all(|event| event.body.is_none()) => {
                let rows = self.differing_rows(id).await?;
                checked.differences.extend(rows.into_iter().map(Difference::row));
            }
            Ok(None) => return Err(AppError::NotFound),
            Err(_) => checked.differences.push(Difference::Case { case: id.to_string() }),
        }
        Ok(checked)
    }

    /// Each event against the signed root, by the path anybody would be given.
    async fn check_inclusion(&self, events: &[StoredEvent], checked: &mut Checked) -> Result<(), AppError> {
        let Some(signed) = self.signed(LogId::RECORD).await? else { return Ok(()) };
        let under: Vec<&StoredEvent> = events.iter().filter(|event| event.pos < signed.size).collect();
        checked.proven = under.len() as u64;
        let needs: Vec<NodeId> = under.iter().flat_map(|event| inclusion::needs(event.pos, signed.size)).collect();
        let tiles = match self.tiles(LogId::RECORD, &needs, signed.size).await {
            Ok(tiles) => tiles,
            Err(recorder::RecorderError::MissingFile { path }) => {
                checked.differences.push(Difference::Tile { path });
                return Ok(());
            }
            Err(fault) => return Err(AppError::failed("the files of the log", fault)),
        };
        for event in under {
            let leaf = Hash::from_bytes(event.leaf);
            let proof = inclusion::prove(event.pos, signed.size, &tiles);
            let holds =
                proof.is_ok_and(|path| inclusion::verify(&leaf, event.pos, signed.size, &path, &signed.root).is_ok());
            if !holds {
                checked.differences.push(Difference::Unproven { position: event.pos });
            }
        }
        Ok(())
    }

    async fn check_content(&self, case: &CaseState, checked: &mut Checked) -> Result<(), AppError> {
        for file in sweeping::files_of(case) {
            checked.files += 1;
            self.check_file(&file.sha256, checked).await?;
        }
        for hand in xiezhi_domain::signature::hands(case) {
            checked.files += 1;
            self.check_file(&hand.sha256, checked).await?;
        }
        let rows = self.differing_rows(case.id).await?;
        checked.differences.extend(rows.into_iter().map(Difference::row));
        Ok(())
    }

    async fn check_file(&self, sha256: &str, checked: &mut Checked) -> Result<(), AppError> {
        let difference = Difference::File { sha256: sha256.to_owned() };
        let Ok(digest) = sha256.parse::<Digest>() else {
            checked.differences.push(difference);
            return Ok(());
        };
        match self.ports().blobs.verify(digest).await {
            Ok(()) => Ok(()),
            Err(BlobError::NotFound { .. } | BlobError::Damaged { .. }) => {
                checked.differences.push(difference);
                Ok(())
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// Checks everything: both logs event by event against checkpoints and published files, every case,
    /// every file, every row.
    pub async fn audit(&self, progress: &mut dyn FnMut(usize, usize)) -> Result<Checked, AppError> {
        let mut whole = Checked::default();
        for log in [LogId::RECORD, LogId::ACCESS] {
            self.check_log(log, &mut whole).await?;
        }
        let upto: Pos = self.ports().store.size(LogId::RECORD).await?;
        let cases = self.all_cases(upto).await?;
        for (done, case) in cases.iter().enumerate() {
            let one = self.check_case(*case).await?;
            whole.files += one.files;
            for difference in one.differences {
                if !whole.differences.contains(&difference) {
                    whole.differences.push(difference);
                }
            }
            progress(done + 1, cases.len());
        }
        whole.differences.extend(self.stray_rows(&cases).await?.into_iter().map(Difference::row));
        Ok(whole)
    }
}

/// Whether an event stands for its entry and leaf. One whose body was lawfully destroyed still stands for
/// its leaf.
fn stands(event: &StoredEvent) -> bool {
    let leaf = *Hash::leaf(&event.entry).as_bytes() == event.leaf;
    let opened = match (&event.body, event.salt) {
        (Some(body), Some(salt)) => {
            let opening = Opening { event_id: *event.id.as_bytes(), salt };
            Entry::from_bytes(&event.entry).is_ok_and(|entry| opening.check(&entry, body).is_ok())
        }
        (None, None) => true,
        _ => false,
    };
    leaf && opened
}
