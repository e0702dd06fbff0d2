//! Printing, keeping, signing and sealing of papers.

use std::sync::Arc;

use bytes::Bytes;
use futures::{StreamExt, stream};
use jiff::Timestamp;
use xiezhi_documents::structure::Document;
use xiezhi_domain::{
    command::CaseCommand,
    drafting::Draft,
    ids::{CaseId, CommandId, DocumentId, MaterialId},
    issuing::{IssuingCommand, IssuingRefusal},
    material::{FileRef, Material, Spot},
    people::Actor,
};
use xiezhi_signing::{
    Appearance, KeyError, KeyToken, Mark, Rect, Signing,
    authority::{Authority, Subject, Term},
    sign_pdf,
};
use xiezhi_store::blob::Digest;

use crate::{App, AppError, cases::Decided, moment};

/// The largest file the court takes in one piece: a setting of the platform (500 MB).
pub const FILE_LIMIT_BYTES: u64 = 500 * 1024 * 1024;

impl App {
    /// Prints a document and keeps its bytes.
    pub(crate) async fn print(&self, document: Document, name: String) -> Result<FileRef, AppError> {
        let document = self.with_hands(document).await?;
        let press = Arc::clone(&self.ports().press);
        let printed = tokio::task::spawn_blocking(move || press.print(&document));
        let printed = printed.await.map_err(|fault| AppError::failed("the press", fault))??;
        let mut file = self.keep(printed.pdf, "application/pdf", format!("{name}.pdf"), printed.pages).await?;
        file.spots = printed.spots;
        Ok(file)
    }

    /// Keeps bytes durably under their hash.
    pub async fn keep(&self, bytes: Vec<u8>, media: &str, name: String, pages: u32) -> Result<FileRef, AppError> {
        self.spare(Digest::of(&bytes)).await?;
        let pieces = stream::once(async move { Ok(Bytes::from(bytes)) }).boxed();
        let stored = self.ports().blobs.put(pieces, FILE_LIMIT_BYTES).await?;
        Ok(FileRef {
            sha256: stored.digest.to_string(),
            size_bytes: stored.size_bytes,
            media: media.to_owned(),
            name,
            pages,
            spots: vec![],
        })
    }

    /// All bytes of a file.
    pub async fn bytes(&self, sha256: &str) -> Result<Vec<u8>, AppError> {
        let digest: Digest = sha256.parse().map_err(|_| AppError::NotFound)?;
        let mut pieces = self.ports().blobs.open(digest, None).await?;
        let mut bytes = vec![];
        while let Some(piece) = pieces.next().await {
            bytes.extend_from_slice(&piece.map_err(|fault| AppError::failed("the blob storage", fault))?);
        }
        Ok(bytes)
    }

    /// Seals and issues a document that everyone has signed: signatures and seal are added behind the
    /// approved bytes, which stay as they are.
    pub async fn issue(
        &self,
        case: CaseId,
        actor: &Actor,
        command_id: CommandId,
        document: DocumentId,
    ) -> Result<Decided, AppError> {
        let state = self.load(case).await?;
        let refused = |refusal: IssuingRefusal| AppError::Refused(refusal.into());
        let draft = state.drafts.get(&document).ok_or_else(|| refused(IssuingRefusal::Unknown))?;
        let original = draft.original.and_then(|id| state.materials.get(&id));
        let original = original.ok_or_else(|| refused(IssuingRefusal::NotPutForward))?;
        let sealed = self.seal(draft, original).await?;
        let file = self.keep(sealed, "application/pdf", format!("{}.pdf", draft.kind.name_zh()), original.file.pages);
        let command = IssuingCommand::Issue {
            document,
            material: MaterialId(xiezhi_domain::ids::IdSource::of(command_id).next()),
            file: file.await?,
            original_sha256: original.file.sha256.clone(),
        };
        self.decide(case, actor, command_id, CaseCommand::Issuing(command)).await
    }

    async fn seal(&self, draft: &Draft, original: &Material) -> Result<Vec<u8>, AppError> {
        let mut pdf = self.bytes(&original.file.sha256).await?;
        let at = self.ports().clock.now();
        let directory = self.directory().await?;
        for person in &draft.signed {
            let name = directory.name(*person).to_owned();
            let spot = original.file.spots.iter().find(|spot| spot.what == name);
            pdf = self.sign_as(&pdf, &name, &person.to_string(), spot, at)?;
        }
        self.seal_as_court(&pdf, original.file.spots.iter().find(|spot| spot.what == "seal"), at)
    }

    fn sign_as(
        &self,
        pdf: &[u8],
        name: &str,
        id: &str,
        spot: Option<&Spot>,
        at: Timestamp,
    ) -> Result<Vec<u8>, AppError> {
        let keys = &self.ports().keys;
        let subject = Subject { name, organisation: &self.ports().settings.court_name, id };
        let signer = keys.authority.try_issue(subject, term()).map_err(no_key)?;
        let appearance = spot.map(|spot| Appearance {
            page: spot.page,
            rect: around(spot, 64.0, 22.0),
            mark: Mark::Name { name, face: &keys.face },
        });
        let signing = Signing { appearance, signed_at: at, reason: "签发" };
        sign_pdf(pdf, &signer, &signing).map_err(|fault| AppError::failed("signing", fault))
    }

    fn seal_as_court(&self, pdf: &[u8], spot: Option<&Spot>, at: Timestamp) -> Result<Vec<u8>, AppError> {
        let keys = &self.ports().keys;
        let court = &self.ports().settings.court_name;
        let seal = Subject { name: court, organisation: court, id: "seal" };
        let signer = keys.authority.try_issue(seal, term()).map_err(no_key)?;
        let caption = if self.ports().settings.demonstration { "演示专用" } else { "" };
        let appearance = spot.map(|spot| Appearance {
            page: spot.page,
            rect: around(spot, SEAL_PT, SEAL_PT),
            mark: Mark::Seal { court, caption, face: &keys.face },
        });
        sign_pdf(pdf, &signer, &Signing { appearance, signed_at: at, reason: "加盖院印" })
            .map_err(|fault| AppError::failed("signing", fault))
    }
}

fn no_key(fault: KeyError) -> AppError {
    AppError::failed("the keys of signatures and seal", fault)
}

/// Diameter of a people's court's seal, 42 mm, in points.
const SEAL_PT: f32 = 119.06;

fn around(spot: &Spot, width_pt: f32, height_pt: f32) -> Rect {
    let (x, y) = (spot.x_tenths as f32 / 10.0, spot.y_tenths as f32 / 10.0);
    Rect { x_pt: x - width_pt / 2.0, y_pt: y - height_pt / 2.0, width_pt, height_pt }
}

/// The term of demonstration certificates.
pub fn term() -> Term {
    let day = |year| xiezhi_domain::moment::instant(jiff::civil::date(year, 1, 1), 0, 0);
    Term { from_at: day(2026), until_at: day(2046) }
}

/// A demonstration authority from a key file's 32 bytes.
pub fn authority(entropy: &[u8; 32]) -> Authority {
    Authority::new(entropy, AUTHORITY, term())
}

/// The same with its keys in a token; `kept` is the root that was made at the first start.
///
/// # Errors
/// [`KeyError`]: the token fails, or the root is another's.
pub fn authority_in(token: Arc<dyn KeyToken>, kept: Option<&str>) -> Result<Authority, KeyError> {
    Authority::in_token(token, AUTHORITY, term(), kept)
}

/// What the demonstration authority is called.
const AUTHORITY: &str = "獬豸演示根证书";

/// A fresh command identifier.
pub fn command_id(app: &App) -> CommandId {
    CommandId(moment::new_id(app.ports().clock.now()))
}
