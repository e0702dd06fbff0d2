//! One case: its events, its files, its rows.

use xiezhi_domain::{case::CaseState, ids::CaseId};
use xiezhi_ledger::{hash::Hash, inclusion, tree::NodeId};
use xiezhi_store::{
    LogId, StoredEvent,
    blob::{BlobError, Digest},
};

use super::{Checked, Difference, event_differs, stands};
use crate::{App, AppError, codec, recorder, sweeping};

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

    /// What the audit of everything does not see by itself: the logs are checked as a whole there.
    pub(super) async fn check_content_of(&self, id: CaseId, checked: &mut Checked) -> Result<(), AppError> {
        match self.fold_anew(id).await {
            Ok(Some(case)) => self.check_content(&case, checked).await,
            Ok(None) => Ok(()),
            Err(AppError::Unreadable(_)) => {
                checked.add(Difference::Case { case: id.to_string() });
                Ok(())
            }
            Err(fault) => Err(fault),
        }
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
        for row in self.differing_rows_of(case).await? {
            checked.add(row);
        }
        Ok(())
    }

    async fn check_file(&self, sha256: &str, checked: &mut Checked) -> Result<(), AppError> {
        let difference = Difference::File { sha256: sha256.to_owned() };
        let Ok(digest) = sha256.parse::<Digest>() else {
            checked.add(difference);
            return Ok(());
        };
        match self.ports().blobs.verify(digest).await {
            Ok(()) => Ok(()),
            Err(BlobError::NotFound { .. } | BlobError::Damaged { .. }) => {
                checked.add(difference);
                Ok(())
            }
            Err(fault) => Err(fault.into()),
        }
    }
}
