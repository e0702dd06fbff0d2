//! Issuing (签发用印): signatures of those who decide, then the court's seal, over bytes that stay.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    decision::{About, Context, Decision},
    drafting::Draft,
    ids::{DocumentId, MaterialId, PersonId},
    material::{FileRef, Material, Place, Submitter},
    moment::Recorded,
    paper::PaperKind,
    refusal::refusals,
    stage::{self, Stage},
};

/// Facts of issuing. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum IssuingEvent {
    /// A judge or assessor signed the original (签署原本).
    #[serde(rename = "issuing.signed.v1")]
    Signed {
        /// Which document.
        document: DocumentId,
        /// Who.
        by: PersonId,
        /// Hash of the bytes signed.
        original_sha256: String,
    },
    /// The document was sealed and issued (用印签发).
    #[serde(rename = "issuing.issued.v1")]
    Issued {
        /// Which document.
        document: DocumentId,
        /// The paper in the main volume.
        material: MaterialId,
        /// Title.
        title: String,
        /// Its bytes: the original's, with signatures and seal behind.
        file: FileRef,
    },
}

/// Commands of issuing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum IssuingCommand {
    /// Signs the original, resting on what was read.
    Sign {
        /// Which document.
        document: DocumentId,
        /// Hash of the bytes read.
        original_sha256: String,
    },
    /// Issues the document with its sealed bytes.
    Issue {
        /// Which document.
        document: DocumentId,
        /// Identifier of the paper.
        material: MaterialId,
        /// The sealed bytes.
        file: FileRef,
        /// Hash of the original they grew from.
        original_sha256: String,
    },
}

refusals! {
    /// Why an act of issuing is refused.
    IssuingRefusal = "issuing" {
        /// There is no such document.
        Unknown,
        /// It was not put forward.
        NotPutForward,
        /// Its bytes are not those you read: read it again.
        OriginalChanged,
        /// Only those who decide the case sign.
        NotASigner,
        /// Signatures are missing.
        SignaturesMissing {
            /// Whose.
            missing: Vec<PersonId>,
        },
        /// It was issued already.
        IssuedAlready,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for IssuingRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        IssuingRefusal::Stage { fault }
    }
}

/// Decides an act of issuing.
///
/// Source: 《关于人民法院合议庭工作的若干规定》第十五条;《民事诉讼法》第一百五十五条.
pub fn decide(case: &CaseState, ctx: &Context, command: IssuingCommand) -> Result<Decision, IssuingRefusal> {
    stage::undecided(case)?;
    match command {
        IssuingCommand::Sign { document, original_sha256 } => sign(case, ctx, document, original_sha256),
        IssuingCommand::Issue { document, material, file, original_sha256 } => {
            let draft = put_forward(case, document, &original_sha256)?;
            let missing = unsigned(case, draft);
            if !missing.is_empty() {
                return Err(IssuingRefusal::SignaturesMissing { missing });
            }
            let title = draft.kind.name_zh().to_owned();
            Ok(Decision::of(IssuingEvent::Issued { document, material, title, file }))
        }
    }
}

fn put_forward<'a>(case: &'a CaseState, document: DocumentId, seen: &str) -> Result<&'a Draft, IssuingRefusal> {
    let draft = case.drafts.get(&document).ok_or(IssuingRefusal::Unknown)?;
    if draft.issued.is_some() {
        return Err(IssuingRefusal::IssuedAlready);
    }
    let original = draft.original.and_then(|id| case.materials.get(&id)).ok_or(IssuingRefusal::NotPutForward)?;
    if original.file.sha256 != seen {
        return Err(IssuingRefusal::OriginalChanged);
    }
    Ok(draft)
}

fn sign(case: &CaseState, ctx: &Context, document: DocumentId, seen: String) -> Result<Decision, IssuingRefusal> {
    let draft = put_forward(case, document, &seen)?;
    let person = ctx.actor.person().ok_or(IssuingRefusal::NotASigner)?;
    let tribunal = case.tribunal.as_ref().ok_or(IssuingRefusal::NotASigner)?;
    if !tribunal.votes(person) {
        return Err(IssuingRefusal::NotASigner);
    }
    if draft.signed.contains(&person) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(IssuingEvent::Signed { document, by: person, original_sha256: seen }))
}

/// Those who decide the case and have not signed yet.
pub fn unsigned(case: &CaseState, draft: &Draft) -> Vec<PersonId> {
    let voters = case.tribunal.as_ref().map(|tribunal| tribunal.voters()).unwrap_or_default();
    voters.into_iter().filter(|person| !draft.signed.contains(person)).collect()
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &IssuingEvent, recorded: &Recorded) {
    match event {
        IssuingEvent::Signed { document, by, .. } => {
            if let Some(draft) = case.drafts.get_mut(document).filter(|draft| !draft.signed.contains(by)) {
                draft.signed.push(*by);
            }
        }
        IssuingEvent::Issued { document, material, title, file } => {
            let Some(draft) = case.drafts.get_mut(document) else { return };
            draft.issued = Some(*material);
            let kind = draft.kind;
            if !case.materials.contains_key(material) {
                case.material_order.push(*material);
            }
            case.materials.insert(*material, issued(*document, *material, kind, title, file, recorded));
            if case.stage != Stage::NotAccepted {
                case.stage = Stage::Issued;
            }
        }
    }
}

/// An issued document lies in the main volume, disclosed to nobody until it is served.
fn issued(
    document: DocumentId,
    id: MaterialId,
    kind: PaperKind,
    title: &str,
    file: &FileRef,
    recorded: &Recorded,
) -> Material {
    Material {
        id,
        kind,
        title: title.to_owned(),
        volume: kind.volume(),
        file: file.clone(),
        earlier: vec![],
        by: Submitter::Court,
        about: Some(About::Document(document)),
        received_on: recorded.moment.today,
        entered_on: Some(recorded.moment.today),
        place: Place::InFile,
        original: None,
        disclosed_to: BTreeSet::new(),
        sealed: false,
        erased_on: None,
        pages: None,
        originals: vec![],
        unnamed: false,
    }
}
