//! One case: its events, its files, its rows.

use std::{collections::BTreeMap, sync::Arc, thread::available_parallelism};

use futures::{StreamExt, stream};
use xiezhi_domain::{case::CaseState, ids::CaseId, people::Directory};
use xiezhi_ledger::{hash::Hash, inclusion, tree::NodeId};
use xiezhi_store::{
    LogId, StoredEvent,
    blob::{BlobError, Digest},
};

use super::{Checked, Difference, event_differs, stands};
use crate::{App, AppError, codec, recorder, rows, sweeping};

/// Cases whose rows are selected together.
const CASES_AT_ONCE: usize = 8;

impl App {
    /// Checks everything about one case: every event opens its commitment and stands in the signed tree,
    /// every file is what its name says, every row of the read model is what the record says.
    pub async fn check_case(&self, id: CaseId) -> Result<Checked, AppError> {
        let mut checked = Checked { cases: 1, ..Checked::default() };
        let events = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(id), 0).await?;
        checked.events = events.len() as u64;
        for fallen in events.iter().filter(|event| !stands(event)) {
            checked.add(event_differs(LogId::RECORD, fallen.pos));
        }
        self.check_inclusion(&events, &mut checked).await?;
        match codec::fold(id, None, &events) {
            Ok(Some(case)) => self.check_content(&case, &mut checked).await?,
            // A file that was lawfully destroyed has no rows either.
            Ok(None) if !events.is_empty() && events.iter().all(|event| event.body.is_none()) => {
                for row in self.differing_rows(id).await? {
                    checked.add(row);
                }
            }
            Ok(None) => return Err(AppError::NotFound),
            Err(_) => checked.add(Difference::Case { case: id.to_string() }),
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
                checked.add(Difference::Tile { path });
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
                checked.add(Difference::Unproven { position: event.pos });
            }
        }
        Ok(())
    }

    /// What the audit of everything does not see by itself: the logs are checked as a whole there. A few cases at a
    /// time on every processor.
    pub(super) async fn check_content_of(&self, ids: &[CaseId], checked: &mut Checked) -> Result<(), AppError> {
        let people = self.refresh_directory().await?;
        let some = |ids: &[CaseId]| tokio::spawn(self.clone().content_of(ids.to_vec(), Arc::clone(&people)));
        let at_once = available_parallelism().map_or(1, usize::from);
        let mut done = stream::iter(ids.chunks(CASES_AT_ONCE).map(some)).buffered(at_once);
        while let Some(found) = done.next().await {
            let found = found.map_err(|fault| AppError::failed("a check", fault))??;
            checked.cases += found.cases;
            checked.files += found.files;
            found.differences.into_iter().for_each(|difference| checked.add(difference));
        }
        Ok(())
    }

    /// The files of these cases, and their rows, which are selected for all of them together.
    async fn content_of(self, ids: Vec<CaseId>, people: Arc<Directory>) -> Result<Checked, AppError> {
        let mut checked = Checked { cases: ids.len() as u64, ..Checked::default() };
        let mut wanted = BTreeMap::new();
        for id in ids {
            match self.files_checked(id, &mut checked).await {
                Ok(None) => {}
                Ok(Some(case)) => drop(wanted.insert(id, rows::all(&case, &people))),
                Err(AppError::Unreadable(_)) => checked.add(Difference::Case { case: id.to_string() }),
                Err(fault) => {
                    // Whether it is this case, or everything.
                    self.ports().store.size(LogId::RECORD).await.map_err(|_| fault)?;
                    checked.add(Difference::Case { case: id.to_string() });
                }
            }
        }
        for id in self.with_other_rows(wanted).await? {
            self.differing_rows(id).await?.into_iter().for_each(|row| checked.add(row));
        }
        Ok(checked)
    }

    /// A case as the record tells it, once its files were checked.
    async fn files_checked(&self, id: CaseId, checked: &mut Checked) -> Result<Option<CaseState>, AppError> {
        let case = self.fold_anew(id).await?;
        if let Some(case) = &case {
            self.check_files_of(case, checked).await?;
        }
        Ok(case)
    }

    async fn check_content(&self, case: &CaseState, checked: &mut Checked) -> Result<(), AppError> {
        self.check_files_of(case, checked).await?;
        for row in self.differing_rows_of(case).await? {
            checked.add(row);
        }
        Ok(())
    }

    async fn check_files_of(&self, case: &CaseState, checked: &mut Checked) -> Result<(), AppError> {
        for file in sweeping::files_of(case) {
            checked.files += 1;
            self.check_file(case.id, &file.sha256, checked).await?;
        }
        for hand in xiezhi_domain::signature::hands(case) {
            checked.files += 1;
            self.check_file(case.id, &hand.sha256, checked).await?;
        }
        Ok(())
    }

    async fn check_file(&self, case: CaseId, sha256: &str, checked: &mut Checked) -> Result<(), AppError> {
        let difference = Difference::File { sha256: sha256.to_owned() };
        let Ok(digest) = sha256.parse::<Digest>() else {
            checked.add(difference);
            return Ok(());
        };
        match self.ports().blobs.verify(digest).await {
            Ok(()) => Ok(()),
            // The package that the case came in says that it does not hold it.
            Err(BlobError::NotFound { .. }) if self.was_withheld(case, sha256).await? => Ok(()),
            Err(BlobError::NotFound { .. } | BlobError::Damaged { .. }) => {
                checked.add(difference);
                Ok(())
            }
            Err(fault) => Err(fault.into()),
        }
    }
}
