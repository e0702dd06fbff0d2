//! Files on their way in (上传): sent by parts that may break off and go on, put together as a stream,
//! looked at before anything names them. Working data until an act takes them up.

use std::{collections::BTreeSet, io};

use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde::{Deserialize, Serialize};
use xiezhi_domain::{ids::PersonId, material::FileRef};
use xiezhi_store::{
    Cond, Query, Value, WorkingChange, WorkingItem, WorkingKey,
    blob::{BlobError, ByteStream, Digest, Stored},
};

use crate::{
    App, AppError,
    issuing::FILE_LIMIT_BYTES,
    moment,
    ports::KeptFile,
    tables::{FileRow, TableRow as _},
};

/// Size of every part but the last, of a file that is sent in several.
const PART_BYTES: u64 = 8 * 1024 * 1024;
/// A file up to this size is one part: it is written once, where it stays.
pub const WHOLE_BYTES: u64 = 2 * PART_BYTES;
/// Before the digest of a part that is the whole file.
const WHOLE: &str = "whole ";
/// Files one person may have on their way or waiting to be taken up, whether sent by parts or with a form.
pub const UPLOADS_LIMIT: usize = 200;

pub(crate) const UPLOAD: &str = "upload";
pub(crate) const PART: &str = "upload-part";
/// An upload nobody goes on with or takes up ends after a week.
const LIFE_US: i64 = 7 * 24 * 3_600 * 1_000_000;
/// Bytes before the content of a stored part. A part is thereby never the same blob as a file of a case,
/// and may be erased without asking who else names it.
const MARK_BYTES: u64 = 32;
/// Problems of reading that make a file useless to the court as it is.
const UNREADABLE: [(&str, &str); 3] = [
    ("reading.encrypted", "upload.encrypted"),
    ("reading.damaged", "upload.damaged"),
    ("reading.empty", "upload.empty"),
];

/// An upload (上传), and the file it became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Name of the file.
    pub name: String,
    /// Its size as told when the upload began.
    pub size_bytes: u64,
    /// Size of its parts but the last.
    #[serde(default = "in_parts")]
    pub part_bytes: u64,
    /// The file, once all parts are there and it was looked at.
    pub file: Option<FileRef>,
}

fn in_parts() -> u64 {
    PART_BYTES
}

impl Upload {
    /// One that begins.
    pub fn new(name: String, size_bytes: u64) -> Self {
        let part_bytes = if size_bytes <= WHOLE_BYTES { WHOLE_BYTES } else { PART_BYTES };
        Self { name, size_bytes, part_bytes, file: None }
    }

    /// Number of its parts.
    pub fn parts(&self) -> u64 {
        self.size_bytes.div_ceil(self.part_bytes)
    }

    /// Size of part `no` (from 0); nothing past the end.
    pub fn part_size_bytes(&self, no: u64) -> u64 {
        self.size_bytes.saturating_sub(no.saturating_mul(self.part_bytes)).min(self.part_bytes)
    }
}

fn fault(code: &str) -> AppError {
    AppError::Invalid(vec![("file".to_owned(), code.to_owned())])
}

fn part_key(upload: &str, no: u64) -> WorkingKey {
    WorkingKey::new(PART, format!("{upload}/{no:08}"))
}

impl App {
    /// Begins an upload; gives its identifier and the size of its parts.
    pub async fn begin_upload(&self, person: PersonId, name: &str, size_bytes: u64) -> Result<(String, u64), AppError> {
        check_size(size_bytes)?;
        self.has_room(person).await?;
        let owner = person.to_string();
        let id = moment::new_id(self.ports().clock.now()).to_string();
        let upload = Upload::new(plain_name(name), size_bytes);
        self.put_upload(&owner, &id, &upload).await?;
        Ok((id, upload.part_bytes))
    }

    /// Refuses another file to whoever has too many on their way. What a case has by now counts no more.
    async fn has_room(&self, person: PersonId) -> Result<(), AppError> {
        let under_way = self.ports().store.working_of(UPLOAD, Some(&person.to_string()), self.now_us()).await?;
        if under_way.len() < UPLOADS_LIMIT {
            return Ok(());
        }
        let digests: Vec<String> = under_way.iter().filter_map(digest_of).map(|digest| digest.to_string()).collect();
        let named = digests.iter().cloned().map(Value::Text).collect();
        let rows = self.rows::<FileRow>(Query::of(FileRow::TABLE.name, Cond::In("sha256", named))).await?;
        let taken: BTreeSet<String> = rows.into_iter().map(|row| row.sha256).collect();
        let taken_up = digests.iter().filter(|digest| taken.contains(*digest)).count();
        if under_way.len() - taken_up < UPLOADS_LIMIT { Ok(()) } else { Err(fault("upload.too_many")) }
    }

    async fn put_upload(&self, owner: &str, id: &str, upload: &Upload) -> Result<(), AppError> {
        let value = serde_json::to_vec(upload).expect("an upload is plain data");
        self.put_working(WorkingKey::new(UPLOAD, id), owner, value).await
    }

    async fn put_working(&self, key: WorkingKey, owner: &str, value: Vec<u8>) -> Result<(), AppError> {
        let now = self.now_us();
        let owner = owner.to_owned();
        let change = WorkingChange::Put { key, owner, value, updated_us: now, expires_us: Some(now + LIFE_US) };
        Ok(self.ports().store.change_working(vec![change]).await?)
    }

    /// An upload of this person; those of others do not exist for them.
    pub async fn upload_of(&self, person: PersonId, id: &str) -> Result<Upload, AppError> {
        let item = self.ports().store.working(&WorkingKey::new(UPLOAD, id), self.now_us()).await?;
        let own = item.filter(|item| item.owner == person.to_string());
        own.and_then(|item| serde_json::from_slice(&item.value).ok()).ok_or(AppError::NotFound)
    }

    /// The parts that have arrived, by number from 0, in order.
    pub async fn arrived_parts(&self, person: PersonId, id: &str) -> Result<Vec<u64>, AppError> {
        let upload = self.upload_of(person, id).await?;
        if upload.file.is_some() {
            return Ok((0..upload.parts()).collect());
        }
        Ok(self.stored_parts(person, id).await?.into_iter().map(|(no, _)| no).collect())
    }

    async fn stored_parts(&self, person: PersonId, id: &str) -> Result<Vec<(u64, Digest)>, AppError> {
        let owner = person.to_string();
        let items = self.ports().store.working_of(PART, Some(&owner), self.now_us()).await?;
        let mut parts: Vec<(u64, Digest)> = items.iter().filter_map(|item| part_of(item, id)).collect();
        parts.sort_unstable();
        Ok(parts)
    }

    /// Keeps a part. The same part sent again changes nothing that counts.
    pub async fn put_part(&self, person: PersonId, id: &str, no: u64, bytes: Bytes) -> Result<(), AppError> {
        let upload = self.upload_of(person, id).await?;
        if upload.file.is_some() {
            return Ok(());
        }
        if bytes.is_empty() || bytes.len() as u64 != upload.part_size_bytes(no) {
            return Err(fault("upload.wrong_part"));
        }
        if upload.parts() == 1 && upload.part_bytes == WHOLE_BYTES {
            return self.put_whole(person, id, &upload, bytes).await;
        }
        let mark = Bytes::copy_from_slice(&moment::secret());
        let pieces = stream::iter([Ok(mark), Ok(bytes)]).boxed();
        let stored = self.ports().blobs.put(pieces, MARK_BYTES + PART_BYTES).await?;
        self.put_in_place(part_key(id, no), &person.to_string(), stored.digest).await
    }

    /// Notes where a part lies. One that lay in its place goes, and of two that come at once one: nothing else would
    /// ever name it, so that whoever sends a part over and over would fill the disk.
    async fn put_in_place(&self, key: WorkingKey, owner: &str, part: Digest) -> Result<(), AppError> {
        let (store, now) = (&self.ports().store, self.now_us());
        let before = store.working(&key, now).await?;
        let value = part.to_string().into_bytes();
        let expires_us = Some(now + LIFE_US);
        let put = WorkingChange::Put { key, owner: owner.to_owned(), value, updated_us: now, expires_us };
        let is_put = store.swap_working(put, before.as_ref().map_or(0, |item| item.rev), now).await?;
        let told = before.and_then(|item| String::from_utf8(item.value).ok());
        let gone = if is_put { told.and_then(|told| told.parse().ok()) } else { Some(part) };
        if let Some(gone) = gone {
            self.ports().blobs.erase(gone).await?;
        }
        Ok(())
    }

    /// Keeps a file that is one part. From here on it is a file like any other that nobody took up yet.
    async fn put_whole(&self, person: PersonId, id: &str, upload: &Upload, bytes: Bytes) -> Result<(), AppError> {
        let put = || self.ports().blobs.put(stream::iter([Ok(bytes.clone())]).boxed(), WHOLE_BYTES);
        let stored = put().await?;
        self.note_kept(stored, &upload.name, None).await?;
        self.spare(stored.digest).await?;
        if !self.ports().blobs.exists(stored.digest).await? {
            put().await?;
        }
        let digest = format!("{WHOLE}{}", stored.digest).into_bytes();
        self.put_working(part_key(id, 0), &person.to_string(), digest).await
    }

    /// Puts the parts together, looks at the file, and keeps it under its hash.
    pub async fn complete_upload(&self, person: PersonId, id: &str) -> Result<FileRef, AppError> {
        let mut upload = self.upload_of(person, id).await?;
        if let Some(file) = upload.file {
            return Ok(file);
        }
        let parts = self.stored_parts(person, id).await?;
        if parts.len() as u64 != upload.parts() {
            return Err(fault("upload.parts_missing"));
        }
        let whole = match self.whole(person, id).await? {
            Some(digest) => Stored { digest, size_bytes: upload.size_bytes },
            None => self.keep_joined(&parts, &upload.name).await?,
        };
        let file = self.looked_at(whole.digest.to_string(), whole.size_bytes, &upload.name, Some(person)).await?;
        upload.file = Some(file.clone());
        self.put_upload(&person.to_string(), id, &upload).await?;
        self.drop_parts(id, &parts, whole.digest).await?;
        Ok(file)
    }

    /// The file that came as one part, where it did.
    async fn whole(&self, person: PersonId, id: &str) -> Result<Option<Digest>, AppError> {
        let item = self.ports().store.working(&part_key(id, 0), self.now_us()).await?;
        let own = item.filter(|item| item.owner == person.to_string());
        let text = own.and_then(|item| String::from_utf8(item.value).ok());
        Ok(text.and_then(|text| text.strip_prefix(WHOLE)?.parse().ok()))
    }

    /// Keeps the parts as the file that they are.
    async fn keep_joined(&self, parts: &[(u64, Digest)], name: &str) -> Result<Stored, AppError> {
        let whole = self.ports().blobs.put(self.joined(parts), FILE_LIMIT_BYTES).await?;
        self.note_kept(whole, name, None).await?;
        self.spare(whole.digest).await?;
        if !self.ports().blobs.exists(whole.digest).await? {
            return Ok(self.ports().blobs.put(self.joined(parts), FILE_LIMIT_BYTES).await?);
        }
        Ok(whole)
    }

    /// The content of the parts, one after another, read as it is needed.
    fn joined(&self, parts: &[(u64, Digest)]) -> ByteStream<'static> {
        let blobs = std::sync::Arc::clone(&self.ports().blobs);
        let digests: Vec<Digest> = parts.iter().map(|(_, digest)| *digest).collect();
        let open = move |digest: Digest| {
            let blobs = std::sync::Arc::clone(&blobs);
            async move {
                let size_bytes = blobs.size(digest).await.map_err(io::Error::other)?;
                blobs.open(digest, Some(MARK_BYTES..size_bytes)).await.map_err(io::Error::other)
            }
        };
        stream::iter(digests).then(open).try_flatten().boxed()
    }

    /// Parts are nobody else's, but for one that is the file.
    async fn drop_parts(&self, id: &str, parts: &[(u64, Digest)], whole: Digest) -> Result<(), AppError> {
        let ends = parts.iter().map(|(no, _)| WorkingChange::Delete { key: part_key(id, *no) }).collect();
        self.ports().store.change_working(ends).await?;
        for (_, digest) in parts.iter().filter(|(_, digest)| *digest != whole) {
            self.ports().blobs.erase(*digest).await?;
        }
        Ok(())
    }

    async fn looked_at(
        &self,
        sha256: String,
        size_bytes: u64,
        name: &str,
        from: Option<PersonId>,
    ) -> Result<FileRef, AppError> {
        self.screen(&sha256, name, from).await?;
        let (media, pages) = self.inspected(&self.kept(&sha256)?, name).await?;
        let file = FileRef { sha256, size_bytes, media, name: name.to_owned(), pages, spots: vec![] };
        self.want_text(&file).await;
        Ok(file)
    }

    /// Type and number of pages of a file, told by its content in the confined reader.
    async fn inspected(&self, kept: &KeptFile, name: &str) -> Result<(String, u32), AppError> {
        let seen = self.ports().reading.inspect(kept).await?;
        let useless = |problem: &str| UNREADABLE.iter().find(|(code, _)| *code == problem).map(|(_, code)| *code);
        if let Some(code) = seen.problem.as_deref().and_then(useless) {
            return Err(fault(code));
        }
        if media_by_name(name).is_some_and(|told| told != seen.media) {
            return Err(fault("upload.mislabelled"));
        }
        Ok((seen.media, seen.pages))
    }

    /// Takes a file that came with a form of `person`, as it arrives: kept under its hash, then looked at as any other.
    /// It counts like one that they sent by parts.
    pub async fn take_file(&self, person: PersonId, pieces: ByteStream<'_>, name: &str) -> Result<FileRef, AppError> {
        self.has_room(person).await?;
        let name = plain_name(name);
        let stored = match self.ports().blobs.put(pieces, FILE_LIMIT_BYTES).await {
            Err(BlobError::TooLarge { .. }) => return Err(fault("upload.too_large")),
            Err(BlobError::Interrupted(_)) => return Err(fault("upload.parts_missing")),
            stored => stored?,
        };
        check_size(stored.size_bytes)?;
        self.note_kept(stored, &name, Some(person)).await?;
        self.spare(stored.digest).await?;
        if !self.ports().blobs.exists(stored.digest).await? {
            return Err(fault("upload.parts_missing"));
        }
        self.looked_at(stored.digest.to_string(), stored.size_bytes, &name, Some(person)).await
    }

    /// Until an act or a draft names a file, it is an upload that nobody took up, and ends like one. It counts against
    /// `owner`, unless an upload of theirs stands for it already.
    async fn note_kept(&self, stored: Stored, name: &str, owner: Option<PersonId>) -> Result<(), AppError> {
        let file = FileRef {
            sha256: stored.digest.to_string(),
            size_bytes: stored.size_bytes,
            media: String::new(),
            name: name.to_owned(),
            pages: 0,
            spots: vec![],
        };
        let upload = Upload { file: Some(file), ..Upload::new(name.to_owned(), stored.size_bytes) };
        let id = moment::new_id(self.ports().clock.now()).to_string();
        let owner = owner.map(|person| person.to_string()).unwrap_or_default();
        self.put_upload(&owner, &id, &upload).await
    }

    /// The files that uploads of this person became, in the order named. One that was let in while the scanner was down
    /// and is infected as it found since is taken up by no act.
    pub async fn uploaded(&self, person: PersonId, ids: &[String]) -> Result<Vec<FileRef>, AppError> {
        let mut files = vec![];
        for id in ids {
            let file = self.upload_of(person, id).await?.file.ok_or_else(|| fault("upload.parts_missing"))?;
            self.refuse_infected(&file.sha256).await.map_err(|_| fault("upload.infected"))?;
            files.push(file);
        }
        Ok(files)
    }
}

/// The file that an upload became.
pub(crate) fn digest_of(item: &WorkingItem) -> Option<Digest> {
    let upload: Upload = serde_json::from_slice(&item.value).ok()?;
    upload.file?.sha256.parse().ok()
}

fn part_of(item: &WorkingItem, upload: &str) -> Option<(u64, Digest)> {
    let no = item.key.id.strip_prefix(upload)?.strip_prefix('/')?.parse().ok()?;
    let told = std::str::from_utf8(&item.value).ok()?;
    Some((no, told.strip_prefix(WHOLE).unwrap_or(told).parse().ok()?))
}

fn check_size(size_bytes: u64) -> Result<(), AppError> {
    match size_bytes {
        0 => Err(fault("upload.empty")),
        size if size > FILE_LIMIT_BYTES => Err(fault("upload.too_large")),
        _ => Ok(()),
    }
}

/// The name without folders and control characters; a file always has one.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|char| !char.is_control()).take(200).collect();
    if name.trim().is_empty() { "文件".to_owned() } else { name.trim().to_owned() }
}

/// The type a name promises, where its content can be held against it.
fn media_by_name(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "pdf" => "application/pdf",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "mp4" => "video/mp4",
        "mp3" => "audio/mpeg",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_is_what_remains_and_nothing_comes_after_it() {
        let upload = Upload::new("x.pdf".to_owned(), 2 * PART_BYTES + 5);
        assert_eq!(upload.parts(), 3);
        assert_eq!([0, 1, 2, 3].map(|no| upload.part_size_bytes(no)), [PART_BYTES, PART_BYTES, 5, 0]);
        assert_eq!(upload.part_size_bytes(u64::MAX), 0);
        let whole = Upload::new("x.pdf".to_owned(), WHOLE_BYTES);
        assert_eq!((whole.parts(), whole.part_size_bytes(0), whole.part_size_bytes(1)), (1, WHOLE_BYTES, 0));
    }

    #[test]
    fn an_empty_file_and_one_past_the_limit_are_refused() {
        let code = |size| match check_size(size) {
            Err(AppError::Invalid(faults)) => faults[0].1.clone(),
            other => format!("{other:?}"),
        };
        assert_eq!(code(0), "upload.empty");
        assert_eq!(code(FILE_LIMIT_BYTES + 1), "upload.too_large");
        assert_eq!(code(FILE_LIMIT_BYTES), "Ok(())");
    }

    #[test]
    fn a_name_keeps_no_folder_and_is_never_empty() {
        assert_eq!(plain_name("C:\\借条\\借条.jpg"), "借条.jpg");
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name(" \u{7}"), "文件");
    }
}
