//! Printing, keeping, signing and sealing of papers.

use std::sync::Arc;

use bytes::Bytes;
use futures::{StreamExt, stream};
use jiff::Timestamp;
use xiezhi_documents::structure::Document;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    drafting::Draft,
    ids::{CaseId, CommandId, DocumentId, IdSource, MaterialId},
    issuing::{self, IssuingCommand, IssuingRefusal},
    material::{FileRef, Material, Spot},
    people::Actor,
};
use xiezhi_signing::{
    Appearance, KeyError, KeyToken, Mark, Rect, SignError, Signer, Signing,
    authority::{Authority, Subject, Term},
    begin_signing,
};
use xiezhi_store::{LogId, blob::Digest};

use crate::{App, AppError, cases::Decided, moment, ports::KeptFile};

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
        self.kept(sha256)?.bytes().await
    }

    /// A file that the court keeps, for whoever reads it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] of what is no hash.
    pub fn kept(&self, sha256: &str) -> Result<KeptFile, AppError> {
        let digest: Digest = sha256.parse().map_err(|_| AppError::NotFound)?;
        Ok(KeptFile::new(Arc::clone(&self.ports().blobs), digest))
    }

    /// Signs an original in the name of whoever acts. What they sign with must hold today.
    ///
    /// # Errors
    /// [`IssuingRefusal::CertificateEnded`] among the refusals of signing.
    pub async fn sign_document(
        &self,
        case: CaseId,
        actor: &Actor,
        command_id: CommandId,
        document: DocumentId,
        original_sha256: String,
    ) -> Result<Decided, AppError> {
        if let Some(person) = actor.person() {
            let directory = self.directory().await?;
            let signer = self.signer(directory.name(person), &person.to_string())?;
            issuing::certified(&signer.name(), signer.holds_at(self.ports().clock.now())).map_err(refused)?;
        }
        let command = IssuingCommand::Sign { document, original_sha256 };
        self.decide(case, actor, command_id, command.into()).await
    }

    /// Seals and issues a document that everyone has signed and read: signatures and seal are added behind the
    /// approved bytes, which stay as they are. Each signature carries a time stamp where the court names an authority;
    /// where that does not answer the document waits, with everything that was signed: what is issued is never touched
    /// again, so a stamp could not be added later.
    pub async fn issue(
        &self,
        case: CaseId,
        actor: &Actor,
        command_id: CommandId,
        document: DocumentId,
    ) -> Result<Decided, AppError> {
        let state = self.load(case).await?;
        let material = MaterialId(IdSource::of(command_id).next());
        let draft = state.drafts.get(&document).ok_or_else(|| refused(IssuingRefusal::Unknown))?;
        if draft.issued == Some(material) {
            return self.issued_before(&state, command_id).await;
        }
        let original = may_be_sealed(&state, actor, draft)?;
        let sealed = match self.seal(draft, original).await {
            Ok(sealed) => sealed,
            Err(fault) => {
                self.note_waiting(document, actor, &fault).await?;
                return Err(fault);
            }
        };
        let file = self.keep(sealed, "application/pdf", format!("{}.pdf", draft.kind.name_zh()), original.file.pages);
        let command = IssuingCommand::Issue {
            document,
            material,
            file: file.await?,
            original_sha256: original.file.sha256.clone(),
        };
        let no_longer = vec![self.note_ending(WAITING, &document.to_string())];
        self.decide_with(case, actor, command_id, command.into(), no_longer).await
    }

    /// The same command again: it decided, once.
    async fn issued_before(&self, state: &Arc<CaseState>, command_id: CommandId) -> Result<Decided, AppError> {
        let known = self.ports().store.committed(LogId::RECORD, command_id.0).await?;
        let (_, done) = known.ok_or(AppError::Busy)?;
        Ok(Decided { case: Arc::clone(state), pos: done.first, replayed: true })
    }

    /// Since when a document waits for the time-stamp authority, if the last try to seal it came to nothing by it.
    pub async fn waits_for_stamp(&self, document: DocumentId) -> Result<Option<Timestamp>, AppError> {
        self.note(WAITING, &document.to_string()).await
    }

    async fn note_waiting(&self, document: DocumentId, actor: &Actor, fault: &AppError) -> Result<(), AppError> {
        let by_stamp = matches!(fault, AppError::Refused(xiezhi_domain::Refusal::Issuing(IssuingRefusal::NoTimeStamp)));
        let Some(person) = actor.person().filter(|_| by_stamp) else { return Ok(()) };
        let since = match self.waits_for_stamp(document).await? {
            Some(since) => since,
            None => self.ports().clock.now(),
        };
        self.keep_note(WAITING, &document.to_string(), person, &since, WAITING_DAYS).await
    }

    async fn seal(&self, draft: &Draft, original: &Material) -> Result<Vec<u8>, AppError> {
        let mut pdf = self.bytes(&original.file.sha256).await?;
        let at = self.ports().clock.now();
        let directory = self.directory().await?;
        for person in &draft.signed {
            let name = directory.name(*person).to_owned();
            let printed = draft.clerk.filter(|_| draft.clerk_signed == Some(*person));
            let spot = spot_of(&original.file.spots, &name, printed.map(|clerk| directory.name(clerk)));
            pdf = self.sign_as(&pdf, &name, &person.to_string(), spot.as_ref(), at).await?;
        }
        self.seal_as_court(&pdf, original.file.spots.iter().find(|spot| spot.what == "seal"), at).await
    }

    /// Who signs under this name.
    fn signer(&self, name: &str, id: &str) -> Result<Signer, AppError> {
        let keys = &self.ports().keys;
        let subject = Subject { name, organisation: &self.ports().settings.court_name, id };
        keys.authority.try_issue(subject, keys.certificates).map_err(no_key)
    }

    async fn sign_as(
        &self,
        pdf: &[u8],
        name: &str,
        id: &str,
        spot: Option<&Spot>,
        at: Timestamp,
    ) -> Result<Vec<u8>, AppError> {
        let appearance = spot.map(|spot| Appearance {
            page: spot.page,
            rect: behind(spot),
            mark: Mark::Name { name, face: &self.ports().keys.face },
        });
        self.put_signature(pdf, &self.signer(name, id)?, Signing { appearance, signed_at: at, reason: "签发" }).await
    }

    async fn seal_as_court(&self, pdf: &[u8], spot: Option<&Spot>, at: Timestamp) -> Result<Vec<u8>, AppError> {
        let court = &self.ports().settings.court_name;
        let caption = if self.ports().settings.demonstration { "演示专用" } else { "" };
        let appearance = spot.map(|spot| Appearance {
            page: spot.page,
            rect: around(spot, SEAL_PT, SEAL_PT),
            mark: Mark::Seal { court, caption, face: &self.ports().keys.face },
        });
        let signing = Signing { appearance, signed_at: at, reason: "加盖院印" };
        self.put_signature(pdf, &self.signer(court, "seal")?, signing).await
    }

    /// One signature, stamped before it is put in its place.
    async fn put_signature(&self, pdf: &[u8], signer: &Signer, signing: Signing<'_>) -> Result<Vec<u8>, AppError> {
        let failed = |fault: SignError| match fault {
            SignError::OutsideTerm(whose) => refused(IssuingRefusal::CertificateEnded { whose }),
            fault => AppError::failed("signing", fault),
        };
        let unstamped = begin_signing(pdf, signer, &signing).map_err(failed)?;
        let stamp = self.stamp_signature(unstamped.signature()).await.inspect_err(|fault| {
            let code = fault.code();
            tracing::warn!(fault = fault as &dyn std::error::Error, code, "a document waits for a time stamp");
        });
        match issuing::stamped(stamp).map_err(refused)? {
            Some(answer) => unstamped.stamped(&answer),
            None => unstamped.finished(),
        }
        .map_err(failed)
    }
}

/// Kind of working data that remembers which documents wait for a time stamp, and how long it is kept.
const WAITING: &str = "unstamped";
const WAITING_DAYS: i64 = 90;

fn refused(refusal: IssuingRefusal) -> AppError {
    AppError::Refused(refusal.into())
}

/// The original, where the actor may seal it and nothing is missing: no authority is asked in vain.
fn may_be_sealed<'a>(case: &'a CaseState, actor: &Actor, draft: &Draft) -> Result<&'a Material, AppError> {
    access::may(&Reader::of(actor, case), Act::Issue, case.stage).map_err(AppError::Denied)?;
    let original = draft.original.and_then(|id| case.materials.get(&id));
    let original = original.ok_or_else(|| refused(IssuingRefusal::NotPutForward))?;
    if draft.issued.is_some() {
        return Err(refused(IssuingRefusal::IssuedAlready));
    }
    let missing = issuing::unsigned(case, draft);
    if !missing.is_empty() {
        return Err(refused(IssuingRefusal::SignaturesMissing { missing }));
    }
    if issuing::lacks_clerk(case, draft) {
        return Err(refused(IssuingRefusal::NoClerk));
    }
    match issuing::next_reader(case, draft) {
        Some(turn) => Err(refused(IssuingRefusal::ReadingMissing { turn })),
        None => Ok(original),
    }
}

/// Where a signature is seen: behind the signer's name. A clerk who took the seat after the original was printed signs
/// a line below the name that stands there.
fn spot_of(spots: &[Spot], name: &str, printed: Option<&str>) -> Option<Spot> {
    let of = |name: &str| spots.iter().find(|spot| spot.what == name).cloned();
    let below = |spot: Spot| Spot { y_tenths: spot.y_tenths.saturating_sub(LINE_TENTHS), ..spot };
    of(name).or_else(|| printed.and_then(of).map(below))
}

fn no_key(fault: KeyError) -> AppError {
    AppError::failed("the keys of signatures and seal", fault)
}

/// Diameter of a people's court's seal, 42 mm, in points.
const SEAL_PT: f32 = 119.06;

/// A line of a judgment, tenths of a point.
const LINE_TENTHS: i32 = 280;

/// A signature is as high as the letters beside it, with some air, in points.
const SIGNATURE_PT: (f32, f32) = (52.0, 18.0);
/// From the printed name to the signature, and from the foot of the line to the middle of its letters, in points.
const AIR_PT: f32 = 3.0;
const MIDDLE_PT: f32 = 5.0;

/// A signature stands behind the printed name, which stays to be read.
fn behind(spot: &Spot) -> Rect {
    let (x, y) = (spot.x_tenths as f32 / 10.0, spot.y_tenths as f32 / 10.0);
    let (width_pt, height_pt) = SIGNATURE_PT;
    Rect { x_pt: x + AIR_PT, y_pt: y + MIDDLE_PT - height_pt / 2.0, width_pt, height_pt }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_seen_at_its_name_and_a_new_clerks_below_the_name_that_stands_there() {
        let spot = |what: &str, y_tenths| Spot { what: what.to_owned(), page: 2, x_tenths: 3_000, y_tenths };
        let spots = [spot("甄明理", 5_000), spot("seal", 4_500), spot("纪真", 4_000)];
        let at = |name: &str, printed| spot_of(&spots, name, printed).map(|spot| (spot.page, spot.y_tenths));
        assert_eq!(at("甄明理", None), Some((2, 5_000)));
        assert_eq!(at("纪真", Some("纪真")), Some((2, 4_000)));
        assert_eq!(at("纪实录", Some("纪真")), Some((2, 4_000 - LINE_TENTHS)));
        assert_eq!(at("纪实录", None), None, "nobody signs over another's name");
    }
}
