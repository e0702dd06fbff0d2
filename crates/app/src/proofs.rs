//! What the recorder's work is for: proofs of what was recorded, and the published files of the logs.

use xiezhi_ledger::{
    Note,
    commitment::{Entry, Opening},
    inclusion,
    proof::RecordProof,
    tile::TileId,
};
use xiezhi_store::{LogId, Pos};

use crate::{
    App, AppError,
    recorder::{RecorderError, name, port},
    stamping::Best,
};

impl App {
    /// The proof that the event at `pos` is in the log, once it is proven, under the checkpoint that proves it best.
    pub async fn proof(&self, log: LogId, pos: Pos) -> Result<Option<RecordProof>, AppError> {
        let Some((best, signed)) = self.best_over(log, pos).await? else { return Ok(None) };
        self.proof_under(log, pos, best.size, best.note, signed).await.map(Some)
    }

    /// The same of the record, with the time stamp over its checkpoint where there is one.
    pub(crate) async fn stamped_proof(&self, pos: Pos) -> Result<Option<(RecordProof, Option<Vec<u8>>)>, AppError> {
        let Some((Best { size, note, stamp }, signed)) = self.best_over(LogId::RECORD, pos).await? else {
            return Ok(None);
        };
        let proof = self.proof_under(LogId::RECORD, pos, size, note, signed).await?;
        Ok(Some((proof, stamp.map(|(_, answer)| answer))))
    }

    /// The way from the event at `pos` to the root of `note`, which the log had at `size`; it was signed up to `signed`.
    async fn proof_under(
        &self,
        log: LogId,
        pos: Pos,
        size: Pos,
        note: Note,
        signed: Pos,
    ) -> Result<RecordProof, AppError> {
        let fault = |fault: RecorderError| AppError::failed("the record", fault);
        let tiles = self.tiles_beside_edge(log, &inclusion::needs(pos, size), signed).await.map_err(fault)?;
        let path = port("the tiles", inclusion::prove(pos, size, &tiles)).map_err(fault)?;
        let event = self.ports().store.read_log(log, pos, 1).await?.pop().ok_or(AppError::NotFound)?;
        let entry = port("the record", Entry::from_bytes(&event.entry)).map_err(fault)?;
        let opening = event.salt.map(|salt| Opening { event_id: *event.id.as_bytes(), salt });
        Ok(RecordProof { entry, opening, body: None, index: pos, path, checkpoint: note })
    }

    /// A published file of a log: a tile, a checkpoint, the newest witnessed one, stamps; never an entry bundle.
    pub async fn published(&self, log: LogId, path: &str) -> Result<Option<Vec<u8>>, AppError> {
        if log == LogId::RECORD && path == "sm3" {
            return self.published_shadow().await;
        }
        if let Some(stamp) = self.published_stamp(log, path).await? {
            return Ok(Some(stamp));
        }
        if path == "witnessed" {
            return Ok(self.witnessed(log).await?.map(|witnessed| witnessed.note.to_string().into_bytes()));
        }
        let tile = TileId::parse(path).is_some();
        if !tile && path != "checkpoint" {
            return Ok(None);
        }
        Ok(self.ports().log_files.get(&format!("{}/{path}", name(log))).await?)
    }
}
