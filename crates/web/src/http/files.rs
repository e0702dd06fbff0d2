//! Forms with files: each file goes to the blob storage as it arrives, never whole into memory; the same
//! checks as for files uploaded by parts.

use std::io;

use axum::{
    extract::{FromRequest, FromRequestParts, Multipart, Request, multipart::MultipartError},
    http::{StatusCode, header},
};
use futures::{StreamExt as _, TryStreamExt as _};
use utoipa::ToSchema;
use xiezhi_app::{App, AppError, issuing::FILE_LIMIT_BYTES};
use xiezhi_domain::{
    ids::{CommandId, PersonId},
    material::FileRef,
};

use super::{
    input::{Fields, Input},
    me::Me,
    problem::{FieldError, Problem},
    routes::{Sketch, Tells},
};
use crate::Web;

/// Most files in one form.
pub const FILES_LIMIT: usize = 50;
/// The largest form with files: one file of the largest size and what is written beside it.
pub const FORM_LIMIT_BYTES: usize = FILE_LIMIT_BYTES as usize + 16 * 1024 * 1024;
/// The longest text beside the files, and all texts of a form together.
const TEXT_LIMIT_BYTES: usize = 256 * 1024;
const TEXTS_LIMIT_BYTES: usize = 1024 * 1024;
/// Most fields of a form.
const FIELDS_LIMIT: usize = 2_000;

/// A form with files; `T` has its fields.
pub struct Files<T> {
    /// The form, read field by field.
    pub form: Multipart,
    fields: std::marker::PhantomData<T>,
}

impl<T> FromRequest<Web> for Files<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Problem> {
        let form = Multipart::from_request(request, web).await;
        let form = form.map_err(|rejection| Problem::malformed(rejection.body_text()))?;
        Ok(Self { form, fields: std::marker::PhantomData })
    }
}

/// A file in a form; only ever described, never made.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct File(());

/// What came with a form.
#[derive(Clone, Debug, Default)]
pub struct FilesForm {
    /// What was typed, by field.
    pub fields: Vec<(String, String)>,
    /// The files that were taken.
    pub files: Vec<FileRef>,
    /// The field that each of them came in.
    pub file_fields: Vec<String>,
    /// The first file that was refused: its field and why. What was typed is here all the same.
    pub refused: Option<FieldError>,
}

impl FromRequest<Web> for FilesForm {
    type Rejection = Problem;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Problem> {
        // Files count against whoever sends them.
        let (mut parts, body) = request.into_parts();
        let me = <Me as FromRequestParts<Web>>::from_request_parts(&mut parts, web).await?;
        let request = Request::from_parts(parts, body);
        let mut form =
            Multipart::from_request(request, &()).await.map_err(|fault| Problem::malformed(fault.to_string()))?;
        let mut sent = FilesForm::default();
        loop {
            match sent.take_next(&web.app, me.person.id, &mut form).await {
                Ok(true) => {}
                Ok(false) => return Ok(sent),
                Err(fault) if fault.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                    sent.refuse("file", "upload.too_large");
                    return Ok(sent);
                }
                Err(fault) => return Err(Problem::malformed(fault.body_text())),
            }
        }
    }
}

/// A form that a browser sends with files or without, and a program as a list of fields; read the same.
pub struct FieldsAndFiles(pub FilesForm);

impl FromRequest<Web> for FieldsAndFiles {
    type Rejection = Problem;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            return Ok(Self(FilesForm::from_request(request, web).await?));
        }
        let input = Input::<Fields>::from_request(request, web).await?;
        Ok(Self(FilesForm { fields: input.value.0, ..FilesForm::default() }))
    }
}

impl Tells for FieldsAndFiles {
    fn tell(sketch: &mut Sketch) {
        Input::<Fields>::tell(sketch);
    }
}

impl<T: ToSchema> Tells for Files<T> {
    fn tell(sketch: &mut Sketch) {
        let form = sketch.content::<T>();
        sketch.takes([("multipart/form-data", form)]);
        sketch.problem("400", "What was sent can't be read.");
        sketch.problem("409", "The act is refused as the case stands, or another act came first.");
        sketch.problem("413", "What was sent is too large.");
        sketch.problem("422", "Fields or files have faults.");
    }
}

impl Tells for FilesForm {
    fn tell(sketch: &mut Sketch) {
        Files::<AnyForm>::tell(sketch);
    }
}

/// What a form with files carries beside fields of its own.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "it describes a form that is read field by field")]
struct AnyForm {
    /// The command identifier.
    command: Option<CommandId>,
    /// Files, if they are not uploaded apart.
    #[schema(inline)]
    file: Option<Vec<File>>,
    /// Uploads that are complete.
    upload: Option<Vec<String>>,
}

impl FilesForm {
    /// Takes the next field; no more if there is none.
    async fn take_next(&mut self, app: &App, from: PersonId, form: &mut Multipart) -> Result<bool, MultipartError> {
        let Some(mut field) = form.next_field().await? else { return Ok(false) };
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            // A browser sends a file field in which nothing was chosen as a file without a name.
            Some(called) if called.is_empty() => {}
            Some(_) if self.files.len() >= FILES_LIMIT => self.refuse(&name, "upload.too_many_at_once"),
            Some(called) => {
                let pieces = field.map_err(io::Error::other).boxed();
                match app.take_file(from, pieces, &called).await {
                    Ok(file) => {
                        self.files.push(file);
                        self.file_fields.push(name);
                    }
                    Err(AppError::Invalid(faults)) => {
                        self.refuse(&name, faults.first().map_or("upload.damaged", |(_, code)| code));
                    }
                    Err(fault) => {
                        tracing::error!(source = &fault as &dyn std::error::Error, "a file of a form was not kept");
                        self.refuse(&name, "upload.not_kept");
                    }
                }
            }
            None => {
                let mut text = vec![];
                let held: usize = self.fields.iter().map(|(name, text)| name.len() + text.len()).sum();
                let room = TEXT_LIMIT_BYTES.min(TEXTS_LIMIT_BYTES.saturating_sub(held));
                let mut fits = self.fields.len() < FIELDS_LIMIT;
                while let Some(piece) = field.chunk().await? {
                    fits &= text.len() + piece.len() <= room;
                    if fits {
                        text.extend_from_slice(&piece);
                    }
                }
                if !fits {
                    self.refuse(&name, "input.too_long");
                }
                if self.fields.len() < FIELDS_LIMIT {
                    // NUL is no letter of any text, and no store keeps it.
                    let text = String::from_utf8_lossy(&text).replace('\0', "");
                    self.fields.push((name, text.trim().to_owned()));
                }
            }
        }
        Ok(true)
    }

    fn refuse(&mut self, field: &str, code: &str) {
        self.refused.get_or_insert_with(|| FieldError::new(field, code));
    }

    /// What was typed in a field.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The file that came in a field.
    pub fn file_of(&self, name: &str) -> Option<&FileRef> {
        let at = self.file_fields.iter().position(|known| known == name)?;
        self.files.get(at)
    }

    /// The command identifier that makes sending the form twice harmless.
    pub fn command(&self) -> Option<CommandId> {
        self.field("command").parse().ok()
    }

    /// All files, and there is one at least.
    pub async fn all_files(&self, app: &App, person: PersonId) -> Result<Vec<FileRef>, Problem> {
        let files = self.any_files(app, person).await?;
        if files.is_empty() {
            return Err(Problem::invalid(vec![FieldError::new("file", "input.required")]));
        }
        Ok(files)
    }

    /// The files, if there are any: those sent with the form and those it names as uploaded by parts before.
    pub async fn any_files(&self, app: &App, person: PersonId) -> Result<Vec<FileRef>, Problem> {
        if let Some(refused) = &self.refused {
            return Err(Problem::invalid(vec![refused.clone()]));
        }
        let ids: Vec<String> =
            self.fields.iter().filter(|(name, _)| name == "upload").map(|(_, id)| id.clone()).collect();
        let mut files = app.uploaded(person, &ids).await?;
        files.extend(self.files.iter().cloned());
        Ok(files)
    }
}
