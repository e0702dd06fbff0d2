//! Pictures of recordings (录像封面): a frame that a browser took as it sent the recording or played it, since nothing of ours
//! decodes film. Derived: drawn anew by the confined process, sealed as recognised text is, gone with the bytes of its file.

use xiezhi_domain::{
    assignment::Tribunal,
    case::CaseState,
    ids::{CaseId, PersonId},
    material::{FileRef, Material, Submitter},
};
use xiezhi_store::{WorkingChange, WorkingKey};

use crate::{App, AppError, ports::KeptFile};

/// Kind of working data.
pub(crate) const POSTER: &str = "poster";
/// The width that a picture is drawn in.
const WIDTH_PX: u32 = 640;
/// Most bytes of a picture that a browser sends.
pub const LIMIT_BYTES: usize = 1024 * 1024;

/// Where the picture of a recording is kept: in each case that has the same bytes one of its own, so that nobody shows
/// anything in another's file, nor learns that it lies there.
fn key(case: CaseId, sha256: &str) -> WorkingKey {
    WorkingKey::new(POSTER, format!("{case}/{sha256}"))
}

/// Where the picture is kept that came with a film: by whom sent it, for it lies in no case yet.
fn sent(person: PersonId, sha256: &str) -> WorkingKey {
    WorkingKey::new(POSTER, format!("sent/{person}/{sha256}"))
}

/// Those who may have sent a paper: the party and its agents, or the tribunal.
fn senders(case: &CaseState, paper: &Material) -> Vec<PersonId> {
    match paper.by {
        Submitter::Party { party } => {
            let own = case.parties.get(&party).and_then(|party| party.person);
            let agents = case.agents.iter().filter(|agent| agent.party == party);
            own.into_iter().chain(agents.filter_map(|agent| agent.person)).collect()
        }
        Submitter::Court => {
            let beside = |tribunal: &Tribunal| tribunal.assistant.into_iter().chain(tribunal.clerk);
            let people = |tribunal: &Tribunal| beside(tribunal).chain(tribunal.voters()).collect();
            case.tribunal.as_ref().map_or(vec![], people)
        }
    }
}

/// Whether a file is a recording that has a picture.
pub fn has_picture(file: &FileRef) -> bool {
    file.media.starts_with("video/")
}

impl App {
    /// Keeps a frame as the picture of a recording. What is kept is not what was sent, but what the confined process
    /// drew of it.
    ///
    /// # Errors
    /// A fault of the field `poster` where it is no picture, or the file no recording.
    pub async fn keep_poster(&self, case: CaseId, file: &FileRef, picture: Vec<u8>) -> Result<(), AppError> {
        self.keep_picture(key(case, &file.sha256), file, picture).await
    }

    async fn keep_picture(&self, key: WorkingKey, file: &FileRef, picture: Vec<u8>) -> Result<(), AppError> {
        let fault = || AppError::Invalid(vec![("poster".to_owned(), "poster.no_picture".to_owned())]);
        if !has_picture(file) || picture.is_empty() || picture.len() > LIMIT_BYTES {
            return Err(fault());
        }
        let picture = KeptFile::made(picture);
        let seen = self.ports().reading.inspect(&picture).await?;
        if seen.media != "image/jpeg" || seen.pages != 1 || seen.problem.is_some() {
            return Err(fault());
        }
        let drawn = self.ports().reading.page_image(&picture, 1, WIDTH_PX).await?;
        let change = WorkingChange::Put {
            value: self.sealed(&key, drawn),
            key,
            owner: file.sha256.clone(),
            updated_us: self.now_us(),
            expires_us: None,
        };
        Ok(self.ports().store.change_working(vec![change]).await?)
    }

    /// Keeps a frame that whoever sent a film took of it, before anybody opened it. Where there is a picture of theirs it
    /// stays: sending the same film again changes nothing.
    ///
    /// # Errors
    /// [`AppError::NotFound`] of an upload that is not theirs or not complete, else as [`App::keep_poster`].
    pub async fn keep_poster_of_upload(&self, person: PersonId, id: &str, picture: Vec<u8>) -> Result<(), AppError> {
        let file = self.upload_of(person, id).await?.file.ok_or(AppError::NotFound)?;
        let key = sent(person, &file.sha256);
        match self.kept_picture(&key, &file).await? {
            Some(_) => Ok(()),
            None => self.keep_picture(key, &file, picture).await,
        }
    }

    /// The picture of a recording that was taken in a case, if one was.
    pub async fn poster(&self, case: CaseId, file: &FileRef) -> Result<Option<Vec<u8>>, AppError> {
        self.kept_picture(&key(case, &file.sha256), file).await
    }

    /// The picture of a recording: the one that was taken in its case, else the one that came with it from its side.
    pub async fn poster_of(&self, case: &CaseState, paper: &Material) -> Result<Option<Vec<u8>>, AppError> {
        if let Some(taken) = self.poster(case.id, &paper.file).await? {
            return Ok(Some(taken));
        }
        for sender in senders(case, paper) {
            if let Some(came) = self.kept_picture(&sent(sender, &paper.file.sha256), &paper.file).await? {
                return Ok(Some(came));
            }
        }
        Ok(None)
    }

    async fn kept_picture(&self, key: &WorkingKey, file: &FileRef) -> Result<Option<Vec<u8>>, AppError> {
        if !has_picture(file) {
            return Ok(None);
        }
        let kept = self.ports().store.working(key, self.now_us()).await?;
        Ok(kept.and_then(|item| self.unsealed(key, &item.value)))
    }
}
