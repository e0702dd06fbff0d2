//! Pictures of recordings (录像封面): a frame that a browser took as it sent the recording or played it, since nothing of ours
//! decodes film. Derived: drawn anew by the confined process, sealed as recognised text is, gone with the bytes of its file.

use xiezhi_domain::{ids::PersonId, material::FileRef};
use xiezhi_store::{WorkingChange, WorkingKey};

use crate::{App, AppError, ports::KeptFile};

/// Kind of working data.
const POSTER: &str = "poster";
/// The width that a picture is drawn in.
const WIDTH_PX: u32 = 640;
/// Most bytes of a picture that a browser sends.
pub const LIMIT_BYTES: usize = 1024 * 1024;

/// Where the picture of a recording is kept.
pub(crate) fn key(sha256: &str) -> WorkingKey {
    WorkingKey::new(POSTER, sha256)
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
    pub async fn keep_poster(&self, file: &FileRef, picture: Vec<u8>) -> Result<(), AppError> {
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
        let key = key(&file.sha256);
        let change = WorkingChange::Put {
            value: self.sealed(&key, drawn),
            key,
            owner: String::new(),
            updated_us: self.now_us(),
            expires_us: None,
        };
        Ok(self.ports().store.change_working(vec![change]).await?)
    }

    /// Keeps a frame that whoever sent a film took of it, before anybody opened it. Where there is a picture it stays:
    /// sending the same film again changes nothing.
    ///
    /// # Errors
    /// [`AppError::NotFound`] of an upload that is not theirs or not complete, else as [`App::keep_poster`].
    pub async fn keep_poster_of_upload(&self, person: PersonId, id: &str, picture: Vec<u8>) -> Result<(), AppError> {
        let file = self.upload_of(person, id).await?.file.ok_or(AppError::NotFound)?;
        match self.poster(&file).await? {
            Some(_) => Ok(()),
            None => self.keep_poster(&file, picture).await,
        }
    }

    /// The picture of a recording, if one was taken.
    pub async fn poster(&self, file: &FileRef) -> Result<Option<Vec<u8>>, AppError> {
        if !has_picture(file) {
            return Ok(None);
        }
        let key = key(&file.sha256);
        let kept = self.ports().store.working(&key, self.now_us()).await?;
        Ok(kept.and_then(|item| self.unsealed(&key, &item.value)))
    }
}
