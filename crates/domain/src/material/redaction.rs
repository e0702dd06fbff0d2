//! Copies without what they must not show (遮盖副本): derived from a paper of the file, which stays as it is. What is
//! hidden is told by its place and why, never by its words.

use serde::{Deserialize, Serialize};

use super::{FileRef, Material, MaterialEvent, MaterialRefusal, Place};
use crate::{
    annotation::{Area, SIDE},
    case::CaseState,
    decision::Decision,
    ids::MaterialId,
    paper::Volume,
};

/// Most places that are hidden in one copy.
pub const MOST_HIDDEN: usize = 5_000;

/// Why something is hidden (遮盖事由).
///
/// Source: 《最高人民法院关于人民法院在互联网公布裁判文书的规定》第八条至第十条;《民事诉讼法》第七十一条、第一百三十七条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HidingGround {
    /// An ID number (公民身份号码).
    IdNumber,
    /// A telephone number (联系方式).
    Phone,
    /// A bank account (银行账号).
    Account,
    /// The name of a minor (未成年人姓名).
    Minor,
    /// Private life (个人隐私).
    Privacy,
    /// A trade secret (商业秘密).
    TradeSecret,
    /// Anything else that whoever gets the copy must not know.
    Other,
}

impl HidingGround {
    /// Every ground.
    pub const ALL: [HidingGround; 7] = [
        HidingGround::IdNumber,
        HidingGround::Phone,
        HidingGround::Account,
        HidingGround::Minor,
        HidingGround::Privacy,
        HidingGround::TradeSecret,
        HidingGround::Other,
    ];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            HidingGround::IdNumber => "id_number",
            HidingGround::Phone => "phone",
            HidingGround::Account => "account",
            HidingGround::Minor => "minor",
            HidingGround::Privacy => "privacy",
            HidingGround::TradeSecret => "trade_secret",
            HidingGround::Other => "other",
        }
    }

    /// The ground with this code.
    pub fn of_code(code: &str) -> Option<HidingGround> {
        HidingGround::ALL.into_iter().find(|ground| ground.code() == code)
    }
}

/// A place that a copy does not show (遮盖处).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Hidden {
    /// Page, from 1.
    pub page: u32,
    /// Where.
    pub area: Area,
    /// Why.
    pub ground: HidingGround,
}

/// What a copy was made of (派生自).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// The paper.
    pub from: MaterialId,
    /// SHA-256 of its file as it was then, in hex.
    pub from_sha256: String,
    /// What the copy does not show.
    pub hidden: Vec<Hidden>,
}

/// A copy that was made, and what of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// The paper.
    pub from: MaterialId,
    /// SHA-256 of its file as it was looked at, in hex.
    pub from_sha256: String,
    /// Title of the copy.
    pub title: String,
    /// The copy.
    pub file: FileRef,
    /// What it does not show.
    pub hidden: Vec<Hidden>,
}

/// Checks what a copy could be made of, before anything is drawn.
///
/// # Errors
/// A [`MaterialRefusal`] when the paper is not in the file, belongs to the secondary volume or changed since it was
/// looked at, when nothing would be hidden, or a place lies outside its pages.
pub fn check_redaction<'a>(
    case: &'a CaseState,
    from: MaterialId,
    from_sha256: &str,
    hidden: &[Hidden],
) -> Result<&'a Material, MaterialRefusal> {
    let paper = case.materials.get(&from).filter(|paper| paper.erased_on.is_none()).ok_or(MaterialRefusal::Unknown)?;
    if paper.place != Place::InFile {
        return Err(MaterialRefusal::NotInFile);
    }
    if paper.volume == Volume::Secondary {
        return Err(MaterialRefusal::SecondaryVolume);
    }
    if paper.file.sha256 != from_sha256 {
        return Err(MaterialRefusal::ChangedMeanwhile);
    }
    if hidden.is_empty() {
        return Err(MaterialRefusal::NothingHidden);
    }
    let lies_on_it = |hidden: &Hidden| {
        let Area { x, y, w, h } = hidden.area;
        let ends_on_it = |from: u16, length: u16| length > 0 && from.checked_add(length).is_some_and(|end| end <= SIDE);
        (1..=paper.file.pages).contains(&hidden.page) && ends_on_it(x, w) && ends_on_it(y, h)
    };
    if hidden.len() > MOST_HIDDEN || !hidden.iter().all(lies_on_it) {
        return Err(MaterialRefusal::NoSuchPlace);
    }
    Ok(paper)
}

/// Decides that a copy enters the file, derived from its original.
pub(super) fn redact(case: &CaseState, material: MaterialId, made: Redaction) -> Result<Decision, MaterialRefusal> {
    match case.materials.get(&material) {
        Some(known) if known.file.sha256 == made.file.sha256 => return Ok(Decision::nothing()),
        Some(_) => return Err(MaterialRefusal::IdentifierTaken),
        None => {}
    }
    check_redaction(case, made.from, &made.from_sha256, &made.hidden)?;
    if made.title.trim().is_empty() {
        return Err(MaterialRefusal::NoTitle);
    }
    if made.file.size_bytes == 0 {
        return Err(MaterialRefusal::EmptyFile);
    }
    Ok(Decision::of(MaterialEvent::Redacted { material, made }))
}

/// Checks what was still found in a copy of that which it must not say: nothing may be.
///
/// # Errors
/// [`MaterialRefusal::StillSaysIt`] with the first page on which something was found.
pub fn check_copy(still_found_on: &[u32]) -> Result<(), MaterialRefusal> {
    match still_found_on.iter().min() {
        Some(page) => Err(MaterialRefusal::StillSaysIt { page: *page }),
        None => Ok(()),
    }
}
