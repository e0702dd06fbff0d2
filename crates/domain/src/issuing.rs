//! Issuing (签发用印): signatures of those who decide and of the clerk, the reading that a supervised case asks for, then
//! the court's seal, over bytes that stay.

mod chain;

use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    decision::{About, Context, Decision},
    drafting::{Draft, DraftingEvent},
    ids::{DocumentId, MaterialId, PersonId},
    material::{FileRef, Material},
    moment::Recorded,
    paper::PaperKind,
    people::{Actor, Post},
    refusal::refusals,
    register::{Register, RegisterEvent},
    rules::Settings,
    stage::{self, Stage},
};

pub use chain::{Chain, Form, ReadingRule, readers};

/// A reading of a document before the seal (审阅). It adds a word and changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Who.
    pub by: PersonId,
    /// Under which post.
    pub post: Post,
    /// What was said with it; may be empty.
    pub opinion: String,
}

/// Facts of issuing. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum IssuingEvent {
    /// A judge, an assessor or the clerk signed the original (签署原本).
    #[serde(rename = "issuing.signed.v1")]
    Signed {
        /// Which document.
        document: DocumentId,
        /// Who.
        by: PersonId,
        /// Hash of the bytes signed.
        original_sha256: String,
    },
    /// Someone who reads along had nothing against it (审阅).
    #[serde(rename = "issuing.read.v1")]
    Read {
        /// Which document.
        document: DocumentId,
        /// The reading.
        reading: Reading,
        /// Hash of the bytes read.
        original_sha256: String,
    },
    /// Someone who reads along asked the tribunal, in writing, to think again (建议复议).
    #[serde(rename = "issuing.doubted.v1")]
    Doubted {
        /// Which document.
        document: DocumentId,
        /// Who, and why.
        reading: Reading,
        /// Hash of the bytes read.
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
        /// The how manieth use of the court's seal it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seal_no: Option<u32>,
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
    /// Reads the signed original along, as the chain has it, and lets it pass.
    Read {
        /// Which document.
        document: DocumentId,
        /// What is said with it.
        opinion: String,
        /// Hash of the bytes read.
        original_sha256: String,
    },
    /// Asks the tribunal to think again: the document goes back to it, and a panel deliberates anew.
    Doubt {
        /// Which document.
        document: DocumentId,
        /// The question and the reasons.
        reason: String,
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

impl IssuingCommand {
    /// The document it is about.
    pub fn document(&self) -> DocumentId {
        let (IssuingCommand::Sign { document, .. }
        | IssuingCommand::Read { document, .. }
        | IssuingCommand::Doubt { document, .. }
        | IssuingCommand::Issue { document, .. }) = self;
        *document
    }
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
        /// Only those who decide the case and its clerk sign.
        NotASigner,
        /// Signatures are missing.
        SignaturesMissing {
            /// Whose.
            missing: Vec<PersonId>,
        },
        /// The presiding judge signs after the members.
        PresidingLast,
        /// The clerk signs after those who decide.
        ClerkLast,
        /// The case has no clerk, who signs as well.
        NoClerk,
        /// Those who read along have not all read it.
        ReadingMissing {
            /// Whose turn it is.
            turn: Post,
        },
        /// It is another's turn to read it, or nobody's.
        NotYourTurn,
        /// Who asks the tribunal to think again says on what and why.
        NoReason,
        /// The tribunal thought again already; whoever still doubts lays the case before the president.
        DoubtedAlready,
        /// The signer's certificate does not hold today: nothing is signed with it.
        CertificateEnded {
            /// Whose it is.
            whose: String,
        },
        /// The time-stamp authority does not answer, or what it answers does not hold: the document waits.
        NoTimeStamp,
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
/// Source: 《关于人民法院合议庭工作的若干规定》第十五条;《民事诉讼法》第一百五十五条、第一百五十七条.
pub fn decide(case: &CaseState, ctx: &Context, command: IssuingCommand) -> Result<Decision, IssuingRefusal> {
    if !case.is_beside_the_course(command.document()) {
        stage::undecided(case)?;
    }
    match command {
        IssuingCommand::Sign { document, original_sha256 } => sign(case, ctx, document, original_sha256),
        IssuingCommand::Issue { document, material, file, original_sha256 } => {
            let draft = put_forward(case, document, &original_sha256)?;
            let missing = unsigned(case, draft);
            if !missing.is_empty() {
                return Err(IssuingRefusal::SignaturesMissing { missing });
            }
            if lacks_clerk(case, draft) {
                return Err(IssuingRefusal::NoClerk);
            }
            if let Some(turn) = next_reader(case, draft) {
                return Err(IssuingRefusal::ReadingMissing { turn });
            }
            let copy = case.correcting.copies.contains_key(&document);
            let title = format!("{}{}", draft.kind.name_zh(), if copy { "（补正后重新出具）" } else { "" });
            let number = ctx.registers.get(&Register::Seal).seal_uses + 1;
            let mut decision =
                Decision::of(IssuingEvent::Issued { document, material, title, file, seal_no: Some(number) });
            let used = RegisterEvent::SealUsed { case: case.id, document, number };
            decision.registers.push((Register::Seal, used));
            Ok(decision)
        }
        IssuingCommand::Read { document, opinion, original_sha256 } => {
            let reading = Seen { document, original_sha256, words: opinion }.by(case, ctx)?;
            Ok(reading.map_or_else(Decision::nothing, |(reading, original_sha256)| {
                Decision::of(IssuingEvent::Read { document, reading, original_sha256 })
            }))
        }
        IssuingCommand::Doubt { document, reason, original_sha256 } => {
            doubt(case, ctx, document, reason, original_sha256)
        }
    }
}

/// What a reader says of the bytes that they saw.
struct Seen {
    document: DocumentId,
    original_sha256: String,
    words: String,
}

impl Seen {
    /// The reading, if it is the actor's turn; nothing where they read these bytes already.
    fn by(self, case: &CaseState, ctx: &Context) -> Result<Option<(Reading, String)>, IssuingRefusal> {
        let draft = put_forward(case, self.document, &self.original_sha256)?;
        let Actor::Person { id, post, .. } = ctx.actor else { return Err(IssuingRefusal::NotYourTurn) };
        if draft.readings.iter().any(|known| known.by == *id) {
            return Ok(None);
        }
        let missing = unsigned(case, draft);
        if !missing.is_empty() {
            return Err(IssuingRefusal::SignaturesMissing { missing });
        }
        if next_reader(case, draft) != Some(*post) {
            return Err(IssuingRefusal::NotYourTurn);
        }
        let reading = Reading { by: *id, post: *post, opinion: self.words.trim().to_owned() };
        Ok(Some((reading, self.original_sha256)))
    }
}

/// Whoever leads may doubt, in writing and once; the tribunal decides, and its conclusion is nobody else's to change.
///
/// Source: 《关于人民法院合议庭工作的若干规定》第十七条;法发〔2021〕30号 第十条.
fn doubt(
    case: &CaseState,
    ctx: &Context,
    document: DocumentId,
    reason: String,
    original_sha256: String,
) -> Result<Decision, IssuingRefusal> {
    let seen = Seen { document, original_sha256, words: reason };
    let Some((reading, original_sha256)) = seen.by(case, ctx)? else { return Err(IssuingRefusal::NotYourTurn) };
    if reading.opinion.is_empty() {
        return Err(IssuingRefusal::NoReason);
    }
    if case.drafts.get(&document).is_some_and(|draft| draft.doubted.contains(&reading.post)) {
        return Err(IssuingRefusal::DoubtedAlready);
    }
    let (reason, by) = (reading.opinion.clone(), Some(reading.by));
    let doubted = IssuingEvent::Doubted { document, reading, original_sha256 };
    Ok(Decision::of(doubted).with(DraftingEvent::Returned { document, reason, by }))
}

/// The post whose reading is awaited, once those who decide have signed.
pub fn next_reader(case: &CaseState, draft: &Draft) -> Option<Post> {
    if draft.original.is_none() || draft.issued.is_some() || !unsigned(case, draft).is_empty() {
        return None;
    }
    draft.readers.get(draft.readings.len()).copied()
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
    if !signers(case, draft).contains(&person) {
        return Err(IssuingRefusal::NotASigner);
    }
    if draft.signed.contains(&person) {
        return Ok(Decision::nothing());
    }
    if awaits_judges(case, draft, person) {
        return Err(IssuingRefusal::ClerkLast);
    }
    if is_too_early(case, &ctx.rules.settings, draft, person) {
        return Err(IssuingRefusal::PresidingLast);
    }
    Ok(Decision::of(IssuingEvent::Signed { document, by: person, original_sha256: seen }))
}

/// Who signs a document: those who decide the case, and after them its clerk. Whoever is the clerk now signs, also where
/// the original names another; a clerk who signed has signed for good. What was put forward before the clerk was asked
/// is signed as it was put forward.
///
/// Source: 《民事诉讼法》第一百条第二款、第一百五十五条第二款、第一百五十七条第三款.
pub fn signers(case: &CaseState, draft: &Draft) -> Vec<PersonId> {
    let Some(tribunal) = &case.tribunal else { return vec![] };
    let clerk = draft.clerk_signed.or(tribunal.clerk).filter(|_| asks_clerk(draft));
    tribunal.voters().into_iter().chain(clerk).collect()
}

/// Whether the clerk signs, too. Of a mediation statement they always did.
fn asks_clerk(draft: &Draft) -> bool {
    draft.clerk.is_some() || draft.kind == PaperKind::MediationStatement
}

/// Whether a document waits for a clerk whom the case no longer has.
pub fn lacks_clerk(case: &CaseState, draft: &Draft) -> bool {
    let clerk = case.tribunal.as_ref().and_then(|tribunal| tribunal.clerk);
    draft.clerk.is_some() && draft.clerk_signed.is_none() && clerk.is_none()
}

/// Those who sign it and have not yet.
pub fn unsigned(case: &CaseState, draft: &Draft) -> Vec<PersonId> {
    signers(case, draft).into_iter().filter(|person| !draft.signed.contains(person)).collect()
}

/// Whether this person signs as the clerk, after those who decide, who have not all signed.
pub fn awaits_judges(case: &CaseState, draft: &Draft, person: PersonId) -> bool {
    let votes = |person| case.tribunal.as_ref().is_some_and(|tribunal| tribunal.votes(person));
    !votes(person) && unsigned(case, draft).into_iter().any(votes)
}

/// Whether the certificate of a signer serves today. One that does not signs nothing.
pub fn certified(whose: &str, holds: bool) -> Result<(), IssuingRefusal> {
    if holds { Ok(()) } else { Err(IssuingRefusal::CertificateEnded { whose: whose.to_owned() }) }
}

/// What the time-stamp authority answered over a signature. Without an answer that holds the document waits: what is
/// issued is never touched again, so a stamp could not be added later.
pub fn stamped<T, E>(answer: Result<T, E>) -> Result<T, IssuingRefusal> {
    answer.map_err(|_| IssuingRefusal::NoTimeStamp)
}

/// Whether it is too early for this person to sign: who presides signs after the members, the clerk after them all.
pub fn is_too_early(case: &CaseState, settings: &Settings, draft: &Draft, person: PersonId) -> bool {
    if awaits_judges(case, draft, person) {
        return true;
    }
    let Some(tribunal) = case.tribunal.as_ref().filter(|tribunal| tribunal.presiding == Some(person)) else {
        return false;
    };
    let members = unsigned(case, draft).into_iter().filter(|unsigned| tribunal.votes(*unsigned));
    settings.chain.presiding_last && members.count() > 1
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &IssuingEvent, recorded: &Recorded) {
    match event {
        IssuingEvent::Signed { document, by, .. } => {
            let as_clerk = case.tribunal.as_ref().is_some_and(|known| known.clerk == Some(*by) && !known.votes(*by));
            if let Some(draft) = case.drafts.get_mut(document).filter(|draft| !draft.signed.contains(by)) {
                draft.signed.push(*by);
                draft.clerk_signed = draft.clerk_signed.or(as_clerk.then_some(*by));
            }
        }
        IssuingEvent::Read { document, reading, .. } => {
            if let Some(draft) = case.drafts.get_mut(document) {
                draft.readings.push(reading.clone());
            }
        }
        IssuingEvent::Doubted { document, reading, .. } => {
            if let Some(draft) = case.drafts.get_mut(document) {
                draft.doubted.push(reading.post);
            }
            // A panel's conclusion stands on record; it decides anew upon it.
            let decided = case.deliberation.conclusion.is_some() && !case.is_beside_the_course(*document);
            case.deliberation.doubted = case.deliberation.doubted || decided;
        }
        IssuingEvent::Issued { document, material, title, file, .. } => {
            let Some(draft) = case.drafts.get_mut(document) else { return };
            draft.issued = Some(*material);
            let kind = draft.kind;
            if !case.materials.contains_key(material) {
                case.material_order.push(*material);
            }
            case.materials.insert(*material, issued(*document, *material, kind, title, file, recorded));
            if let Some(ruling) = case.correcting.rulings.get_mut(document) {
                ruling.issued_on = Some(recorded.moment.today);
            }
            if case.stage != Stage::NotAccepted && !case.is_beside_the_course(*document) {
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
    let about = Some(About::Document(document));
    Material { about, ..Material::of_court(id, kind, title, file, recorded.moment.today) }
}
