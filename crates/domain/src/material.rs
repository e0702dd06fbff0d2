//! Papers of the e-file (卷宗材料): staging, entering the file, versions, who may see them.

mod applying;
mod deciding;
mod redaction;
mod staging;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    decision::About,
    ids::{ApprovalId, MaterialId, PartyId, PersonId},
    paper::{PaperKind, Volume},
    refusal::refusals,
};

pub use applying::apply;
pub use deciding::decide;
pub use redaction::{Derived, Hidden, HidingGround, MOST_HIDDEN, Redaction, check_copy, check_redaction};
pub use staging::{Arranged, Leaf, PageAct, PageAt, Pages, Rendition, ScannedLeaf, received_file};

/// A file as it was received: its bytes are durable before any event names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FileRef {
    /// SHA-256 of the bytes, in hex.
    pub sha256: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Type told by content, such as `application/pdf`.
    pub media: String,
    /// Name it came with, or was given.
    pub name: String,
    /// Number of pages, 0 where pages make no sense.
    pub pages: u32,
    /// Where seal and signatures go, of a paper the court printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spots: Vec<Spot>,
}

/// A place on a printed page, kept with the bytes it was measured on: tenths of a point from the lower
/// left corner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Spot {
    /// What goes there: `seal`, or the name of who signs.
    pub what: String,
    /// Page, from 1.
    pub page: u32,
    /// From the left edge, in tenths of a point.
    pub x_tenths: i32,
    /// From the lower edge, in tenths of a point.
    pub y_tenths: i32,
}

/// Who handed a paper in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Submitter {
    /// The court.
    Court,
    /// A party.
    Party {
        /// Which.
        party: PartyId,
    },
}

/// Comparison of a scan with its paper original (原件核对).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OriginalCheck {
    /// When the paper came.
    pub happened_on: Date,
    /// Who compared.
    pub compared_by: PersonId,
    /// Whether it agrees.
    pub agrees: bool,
    /// Where the original is now.
    pub kept_at: String,
}

/// Where a paper is on its way into the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Staged (待入卷): the clerk may still put it right freely.
    Staged,
    /// In the file (已入卷).
    InFile,
    /// Thrown out of staging.
    Discarded,
    /// Struck from the file with approval; stays readable, crossed out.
    Struck,
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// Identifier.
    pub id: MaterialId,
    /// Kind.
    pub kind: PaperKind,
    /// Title.
    pub title: String,
    /// Volume.
    pub volume: Volume,
    /// File of the newest version.
    pub file: FileRef,
    /// Files of earlier versions, oldest first.
    pub earlier: Vec<FileRef>,
    /// Who handed it in.
    pub by: Submitter,
    /// What it was written about, if the court wrote it.
    pub about: Option<About>,
    /// Day it came.
    pub received_on: Date,
    /// Day it entered the file.
    pub entered_on: Option<Date>,
    /// Where it is.
    pub place: Place,
    /// Comparison with the paper original.
    pub original: Option<OriginalCheck>,
    /// Parties it was disclosed to: by service, exchange, or because it is theirs.
    pub disclosed_to: BTreeSet<PartyId>,
    /// Whether it stood in the file when the closing seal was put on.
    pub sealed: bool,
    /// Day its bytes were lawfully erased; what is said of it stays.
    pub erased_on: Option<Date>,
    /// How the clerk arranged its pages in staging; nothing while they lie as they came.
    pub pages: Option<Pages>,
    /// The files as they were received, of a paper that entered the file put together from their pages.
    pub originals: Vec<FileRef>,
    /// Whether it came without a sender, as from a scanner: the clerk says whose it is.
    pub unnamed: bool,
    /// What it was made of, of a copy that shows less than its original.
    pub derived: Option<Derived>,
}

impl Material {
    /// A paper that the court made: it lies in the file from its day on and is shown to nobody yet.
    pub(crate) fn of_court(id: MaterialId, kind: PaperKind, title: &str, file: &FileRef, day: Date) -> Self {
        Material {
            id,
            kind,
            title: title.to_owned(),
            volume: kind.volume(),
            file: file.clone(),
            earlier: vec![],
            by: Submitter::Court,
            about: None,
            received_on: day,
            entered_on: Some(day),
            place: Place::InFile,
            original: None,
            disclosed_to: BTreeSet::new(),
            sealed: false,
            erased_on: None,
            pages: None,
            originals: vec![],
            unnamed: false,
            derived: None,
        }
    }
}

/// Facts of papers. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum MaterialEvent {
    /// A paper came in and lies in staging (待入卷).
    #[serde(rename = "material.received.v1")]
    Received {
        /// Identifier.
        material: MaterialId,
        /// Kind.
        kind: PaperKind,
        /// Title.
        title: String,
        /// File.
        file: FileRef,
        /// Who handed it in.
        by: Submitter,
        /// Comparison with the paper original, of what came on paper.
        original: Option<OriginalCheck>,
    },
    /// The platform wrote a paper from the case, and it entered the file at once (文书自动生成). Written anew
    /// under the same identifier, it is a new version of the same paper.
    #[serde(rename = "material.written.v1")]
    Written {
        /// Identifier.
        material: MaterialId,
        /// Kind.
        kind: PaperKind,
        /// Title.
        title: String,
        /// What it is about.
        about: About,
        /// File.
        file: FileRef,
    },
    /// The clerk put a staged paper right (待入卷更正).
    #[serde(rename = "material.retitled.v1")]
    Retitled {
        /// Identifier.
        material: MaterialId,
        /// Kind.
        kind: PaperKind,
        /// Title.
        title: String,
    },
    /// The clerk threw a staged paper out.
    #[serde(rename = "material.discarded.v1")]
    Discarded {
        /// Identifier.
        material: MaterialId,
        /// Why.
        reason: String,
    },
    /// The clerk put the pages of staged papers in order: turned, straightened, moved, laid aside (待入卷页面整理).
    #[serde(rename = "material.arranged.v1")]
    Arranged {
        /// The papers concerned, and their pages as they lie now.
        papers: Vec<Arranged>,
    },
    /// Pages of a staged paper became a paper of their own (拆分).
    #[serde(rename = "material.split.v1")]
    Split {
        /// The new paper.
        material: MaterialId,
        /// The paper it was part of.
        from: MaterialId,
        /// Kind.
        kind: PaperKind,
        /// Title.
        title: String,
        /// Its pages.
        leaves: Vec<Leaf>,
    },
    /// The clerk said whose a staged paper is that came without a sender (认领来源).
    #[serde(rename = "material.attributed.v1")]
    Attributed {
        /// Identifier.
        material: MaterialId,
        /// Whose it is.
        by: Submitter,
    },
    /// Someone of the court compared a paper with its original (原件核对).
    #[serde(rename = "material.compared.v1")]
    Compared {
        /// Identifier.
        material: MaterialId,
        /// Who compared, when, what came of it, where the original is.
        check: OriginalCheck,
    },
    /// A paper whose pages were arranged was put together from the files as received, to enter the file as
    /// one (整理件).
    #[serde(rename = "material.rendered.v1")]
    Rendered {
        /// Identifier.
        material: MaterialId,
        /// The file that is read from now on.
        file: FileRef,
        /// Its pages, in order, and where each comes from.
        leaves: Vec<Leaf>,
        /// The files as they were received.
        originals: Vec<FileRef>,
    },
    /// A copy of a paper entered the file that does not show everything; its original stays as it is (遮盖副本).
    #[serde(rename = "material.redacted.v1")]
    Redacted {
        /// The copy.
        material: MaterialId,
        /// What it was made of, and what it hides.
        #[serde(flatten)]
        made: Redaction,
    },
    /// Papers entered the file in one act (入卷).
    #[serde(rename = "material.entered.v1")]
    Entered {
        /// Which.
        materials: Vec<MaterialId>,
    },
    /// Papers were disclosed to parties (交换、公开).
    #[serde(rename = "material.disclosed.v1")]
    Disclosed {
        /// Which.
        materials: Vec<MaterialId>,
        /// To whom.
        to: Vec<PartyId>,
    },
    /// A paper in the file was replaced with approval; the earlier version stays.
    #[serde(rename = "material.replaced.v1")]
    Replaced {
        /// Identifier.
        material: MaterialId,
        /// New file.
        file: FileRef,
        /// The approval.
        approval: ApprovalId,
    },
    /// A paper in the file was struck with approval; it stays, crossed out.
    #[serde(rename = "material.struck.v1")]
    Struck {
        /// Identifier.
        material: MaterialId,
        /// The approval.
        approval: ApprovalId,
    },
    /// A paper was added to an archived file with approval, behind everything that the archive seal covers
    /// (归档后补充).
    #[serde(rename = "material.supplemented.v1")]
    Supplemented {
        /// Identifier.
        material: MaterialId,
        /// Kind.
        kind: PaperKind,
        /// Title.
        title: String,
        /// File.
        file: FileRef,
        /// The approval.
        approval: ApprovalId,
    },
    /// The bytes of a paper were lawfully erased with approval, every version; the paper stays in the catalogue,
    /// and so does every proof (依法删除).
    #[serde(rename = "material.erased.v1")]
    Erased {
        /// Which.
        material: MaterialId,
        /// SHA-256 in hex of what goes: bytes that another paper has as well stay for it.
        files: Vec<String>,
        /// The approval.
        approval: ApprovalId,
    },
}

/// Commands about papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum MaterialCommand {
    /// Hands a paper in: by a party on line, or by a clerk what came on paper.
    Submit {
        /// Identifier.
        material: MaterialId,
        /// Kind.
        kind: PaperKind,
        /// Title.
        title: String,
        /// File.
        file: FileRef,
        /// The party it comes from, where a clerk enters it.
        from: Option<PartyId>,
        /// Comparison with the paper original.
        original: Option<OriginalCheck>,
    },
    /// Puts a staged paper right.
    Retitle {
        /// Identifier.
        material: MaterialId,
        /// Kind.
        kind: PaperKind,
        /// Title.
        title: String,
    },
    /// Throws a staged paper out.
    Discard {
        /// Identifier.
        material: MaterialId,
        /// Why.
        reason: String,
    },
    /// Lays scanned pages into staging, as they were seen on the way (扫描件入待入卷).
    Scan {
        /// Identifier.
        material: MaterialId,
        /// Kind.
        kind: PaperKind,
        /// Title.
        title: String,
        /// The pages as they were scanned, as one file.
        file: FileRef,
        /// What was seen on each of them.
        seen: Vec<ScannedLeaf>,
    },
    /// Does something with pages of staged papers.
    Arrange {
        /// Which pages.
        pages: Vec<PageAt>,
        /// What.
        how: PageAct,
    },
    /// Says whose a staged paper is that came without a sender.
    Attribute {
        /// Identifier.
        material: MaterialId,
        /// The party, or the court.
        from: Option<PartyId>,
    },
    /// Records that a paper was compared with its original, and where that is.
    Compare {
        /// Identifier.
        material: MaterialId,
        /// Who compared, when, what came of it, where the original is.
        check: OriginalCheck,
    },
    /// Takes staged papers into the file in one act.
    Enter {
        /// Which.
        materials: Vec<MaterialId>,
        /// Those that were put together from arranged pages.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rendered: Vec<Rendition>,
    },
    /// Takes a copy into the file that hides something of its original.
    Redact {
        /// The copy.
        material: MaterialId,
        /// What it was made of, and what it hides.
        made: Redaction,
    },
    /// Discloses papers in the main volume to the parties (证据交换).
    Disclose {
        /// Which.
        materials: Vec<MaterialId>,
    },
}

refusals! {
    /// Why an act on papers is refused.
    MaterialRefusal = "material" {
        /// There is no such paper in this case.
        Unknown,
        /// The paper is in the file: a change needs approval.
        InFileAlready,
        /// The paper is not in the file yet.
        NotInFile,
        /// The file is empty.
        EmptyFile,
        /// A title is needed.
        NoTitle,
        /// A reason is needed.
        NoReason,
        /// The comparison with the original says that they differ.
        OriginalDiffers,
        /// Papers of the secondary volume are never disclosed.
        SecondaryVolume,
        /// After closing only the listed kinds may be added.
        NotAddableAfterClosing,
        /// Nothing was chosen.
        NothingChosen,
        /// There is no such party.
        UnknownParty,
        /// Papers of this kind are written by the court, never handed in by a party.
        CourtPaper,
        /// Another paper has this identifier.
        IdentifierTaken,
        /// The page is not where it was: someone arranged the pages meanwhile.
        PageMoved,
        /// The paper it would come to has the same page already.
        PageTwice,
        /// Pages of one side are not mixed with those of another.
        OfAnotherSide,
        /// Pages turn by quarters, and are straightened by a few degrees.
        NoSuchTurn,
        /// No page is left in the paper.
        NoPages,
        /// The pages were arranged after the paper was put together.
        ArrangedMeanwhile,
        /// Its sender is known.
        SenderKnown,
        /// Nobody compared it on a day that is yet to come.
        ComparedInFuture,
        /// Somebody outside the court does not compare for it.
        ComparedByOutsider,
        /// Where the original is has to be said.
        NoPlaceKept,
        /// The paper, or what is to be hidden in it, changed since it was looked at.
        ChangedMeanwhile,
        /// Nothing would be hidden.
        NothingHidden,
        /// A place lies outside the pages.
        NoSuchPlace,
        /// The copy would still say what it must not.
        StillSaysIt {
            /// On this page.
            page: u32,
        },
    }
}

/// Kinds that may still be added once the case is closed (结案后可补充的材料).
///
/// Source: handbook of the project §6.7 (setting of the court).
pub const ADDABLE_AFTER_CLOSING: &[PaperKind] = &[
    PaperKind::ServiceReceipt,
    PaperKind::ServicePicture,
    PaperKind::ElectronicServiceCertificate,
    PaperKind::PronouncementRecord,
    PaperKind::AppealPetition,
    PaperKind::TransferLetter,
    PaperKind::EffectCertificate,
    PaperKind::RefundNotice,
    PaperKind::FeeReceipt,
    PaperKind::Contents,
    PaperKind::Cover,
    PaperKind::ReferenceSheet,
    PaperKind::ApprovalSheet,
    PaperKind::MediationStatement,
    PaperKind::Request,
];

/// Kinds a party hands in (当事人可提交的材料); the others are written by the court.
pub const FROM_PARTIES: &[PaperKind] = &[
    PaperKind::Complaint,
    PaperKind::EvidenceList,
    PaperKind::Evidence,
    PaperKind::AddressConfirmation,
    PaperKind::Identity,
    PaperKind::PowerOfAttorney,
    PaperKind::Answer,
    PaperKind::Counterclaim,
    PaperKind::EvidenceOpinion,
    PaperKind::AppealPetition,
    PaperKind::Request,
    PaperKind::Other,
];

/// The bytes that go when a paper is erased: those of every version, but not what another paper has as well.
pub fn bytes_of(case: &CaseState, material: &Material) -> Vec<String> {
    let keeps = |other: &&Material| other.id != material.id && other.erased_on.is_none() && !other.was_emptied();
    let others = case.materials.values().filter(keeps);
    let kept: BTreeSet<&str> = others.flat_map(files).map(|file| file.sha256.as_str()).collect();
    let own: BTreeSet<&str> = files(material).map(|file| file.sha256.as_str()).collect();
    own.into_iter().filter(|sha256| !kept.contains(sha256)).map(str::to_owned).collect()
}

/// Every version of a paper, the newest last.
pub fn versions(material: &Material) -> impl Iterator<Item = &FileRef> {
    material.earlier.iter().chain([&material.file])
}

/// Every file that is kept for a paper: its versions, and what they were put together from.
pub fn files(material: &Material) -> impl Iterator<Item = &FileRef> {
    versions(material).chain(&material.originals)
}
