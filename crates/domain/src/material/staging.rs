//! Putting staged papers in order (待入卷整理): pages are turned, straightened, moved, laid aside or made a paper of
//! their own, freely and traced. The files stay as they were received: an arrangement only says which of their
//! pages lie where, so that everything can be taken back until the paper enters the file.
//!
//! Source: handbook of the project §7 (`FixStaged`: the clerk alone, no approval), §17.1 (待入卷).

use serde::{Deserialize, Serialize};

use super::{FROM_PARTIES, FileRef, Material, MaterialEvent, MaterialRefusal, Place, Submitter};
use crate::{
    case::CaseState,
    decision::Decision,
    ids::{MaterialId, PartyId},
    paper::PaperKind,
};

/// Furthest a page is straightened, in tenths of a degree: more is a page on its side.
pub const MOST_SKEW_TENTHS: i16 = 150;

/// A page of a file as it was received, and how it lies (页).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Leaf {
    /// SHA-256 of the file as it was received, in hex.
    pub file_sha256: String,
    /// Page of that file, from 1.
    pub page: u32,
    /// How it is turned, clockwise, in degrees: 0, 90, 180 or 270.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub turn: u16,
    /// How it is straightened, clockwise, in tenths of a degree.
    #[serde(default, skip_serializing_if = "is_straight")]
    pub skew_tenths: i16,
}

fn is_zero(turn: &u16) -> bool {
    *turn == 0
}

fn is_straight(skew_tenths: &i16) -> bool {
    *skew_tenths == 0
}

impl Leaf {
    fn of(file: &FileRef, page: u32) -> Self {
        Self { file_sha256: file.sha256.clone(), page, turn: 0, skew_tenths: 0 }
    }

    fn is_page(&self, file_sha256: &str, page: u32) -> bool {
        self.file_sha256 == file_sha256 && self.page == page
    }
}

/// The pages of a staged paper as the clerk arranged them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// Those that will enter the file, in order.
    pub leaves: Vec<Leaf>,
    /// Those laid aside (剔除页): they do not enter the file, and can be put back until then.
    pub aside: Vec<Leaf>,
}

/// A staged paper and its pages as they lie now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arranged {
    /// The paper.
    pub material: MaterialId,
    /// Its pages, in order.
    pub leaves: Vec<Leaf>,
    /// Pages laid aside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<Leaf>,
}

/// A page of a staged paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PageAt {
    /// The paper it lies in.
    pub material: MaterialId,
    /// The file as received that it is a page of.
    pub file_sha256: String,
    /// Which page of that file, from 1.
    pub page: u32,
}

/// What was seen on a scanned page: it is laid aside, turned and straightened before the clerk sees it, and each of
/// these can be taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScannedLeaf {
    /// Whether it is laid aside, because nothing stands on it.
    pub aside: bool,
    /// How it is turned, clockwise, in degrees.
    pub turn: u16,
    /// How it is straightened, clockwise, in tenths of a degree.
    pub skew_tenths: i16,
}

/// What is done with pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
pub enum PageAct {
    /// Turns them.
    Turn {
        /// How each of them lies then, clockwise, in degrees: 0, 90, 180 or 270.
        to: Vec<u16>,
    },
    /// Straightens them; 0 takes that back.
    Straighten {
        /// Clockwise, in tenths of a degree.
        skew_tenths: i16,
    },
    /// Lays them aside.
    LayAside,
    /// Puts back what was laid aside, at the end of its paper.
    PutBack,
    /// Moves them, in the order in which they were named.
    Move {
        /// To which paper.
        to: MaterialId,
        /// Before which of its pages: its file as received and the page; at the end without one.
        before: Option<(String, u32)>,
    },
    /// Makes them a paper of their own.
    Split {
        /// Its identifier.
        material: MaterialId,
        /// Kind.
        kind: PaperKind,
        /// Title.
        title: String,
    },
}

/// A paper put together from its arranged pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendition {
    /// The paper.
    pub material: MaterialId,
    /// The file made of its pages.
    pub file: FileRef,
    /// The pages it was made of, in order.
    pub leaves: Vec<Leaf>,
}

impl Material {
    /// Its pages as they lie: arranged, or as they came. A file without pages has none.
    pub fn leaves(&self) -> Vec<Leaf> {
        let as_they_came = || (1..=self.file.pages).map(|page| Leaf::of(&self.file, page)).collect();
        self.pages.as_ref().map_or_else(as_they_came, |pages| pages.leaves.clone())
    }

    /// How many pages it has, or will have once it enters the file.
    pub fn page_count(&self) -> u32 {
        match &self.pages {
            Some(pages) if self.place == Place::Staged => u32::try_from(pages.leaves.len()).unwrap_or(u32::MAX),
            _ => self.file.pages,
        }
    }

    /// Whether its file has to be put together from pages before it enters the file of the case.
    pub fn needs_rendition(&self) -> bool {
        let as_it_came = || (1..=self.file.pages).map(|page| Leaf::of(&self.file, page));
        self.pages.as_ref().is_some_and(|pages| !pages.leaves.iter().cloned().eq(as_it_came()))
    }

    /// Whether all its pages went to other papers.
    pub fn was_emptied(&self) -> bool {
        let none = |pages: &Pages| pages.leaves.is_empty() && pages.aside.is_empty();
        self.place == Place::Discarded && self.pages.as_ref().is_some_and(none)
    }

    fn arrangement(&self) -> Arranged {
        let aside = self.pages.as_ref().map(|pages| pages.aside.clone()).unwrap_or_default();
        Arranged { material: self.id, leaves: self.leaves(), aside }
    }
}

/// A file of the case as it was received, by its hash.
pub fn received_file<'a>(case: &'a CaseState, sha256: &str) -> Option<&'a FileRef> {
    case.materials.values().flat_map(super::files).find(|file| file.sha256 == sha256)
}

/// What one act does to the pages of several papers, before it is an event.
struct Desk<'a> {
    case: &'a CaseState,
    papers: Vec<Arranged>,
}

impl<'a> Desk<'a> {
    /// The pages of a staged paper, as this act left them.
    fn paper(&mut self, id: MaterialId) -> Result<&mut Arranged, MaterialRefusal> {
        let at = match self.papers.iter().position(|paper| paper.material == id) {
            Some(at) => at,
            None => {
                self.papers.push(staged(self.case, id)?.arrangement());
                self.papers.len() - 1
            }
        };
        Ok(&mut self.papers[at])
    }

    fn each(&mut self, pages: &[PageAt], change: impl Fn(&mut Leaf)) -> Result<(), MaterialRefusal> {
        for at in pages {
            let paper = self.paper(at.material)?;
            let leaf = paper.leaves.iter_mut().find(|leaf| leaf.is_page(&at.file_sha256, at.page));
            change(leaf.ok_or(MaterialRefusal::PageMoved)?);
        }
        Ok(())
    }

    fn turn(&mut self, pages: &[PageAt], to: &[u16]) -> Result<(), MaterialRefusal> {
        let quarters = to.iter().all(|turn| matches!(turn, 0 | 90 | 180 | 270));
        if !quarters || to.len() != pages.len() {
            return Err(MaterialRefusal::NoSuchTurn);
        }
        for (at, turn) in pages.iter().zip(to) {
            self.each(std::slice::from_ref(at), |leaf| leaf.turn = *turn)?;
        }
        Ok(())
    }

    /// Takes pages out of where they lie.
    fn take(&mut self, pages: &[PageAt]) -> Result<Vec<Leaf>, MaterialRefusal> {
        let mut taken = vec![];
        for at in pages {
            taken.push(pick(&mut self.paper(at.material)?.leaves, at)?);
        }
        Ok(taken)
    }

    fn lay_aside(&mut self, pages: &[PageAt]) -> Result<(), MaterialRefusal> {
        for at in pages {
            let paper = self.paper(at.material)?;
            let leaf = pick(&mut paper.leaves, at)?;
            paper.aside.push(leaf);
        }
        Ok(())
    }

    fn put_back(&mut self, pages: &[PageAt]) -> Result<(), MaterialRefusal> {
        for at in pages {
            let paper = self.paper(at.material)?;
            let leaf = pick(&mut paper.aside, at)?;
            paper.leaves.push(leaf);
        }
        Ok(())
    }

    fn shift(
        &mut self,
        pages: &[PageAt],
        to: MaterialId,
        before: Option<&(String, u32)>,
    ) -> Result<(), MaterialRefusal> {
        let case = self.case;
        let by = staged(case, to)?.by;
        for at in pages {
            if staged(case, at.material)?.by != by {
                return Err(MaterialRefusal::OfAnotherSide);
            }
        }
        let taken = self.take(pages)?;
        let target = self.paper(to)?;
        let is_there = |leaf: &Leaf| {
            let mut all = target.leaves.iter().chain(&target.aside);
            all.any(|known| known.is_page(&leaf.file_sha256, leaf.page))
        };
        if taken.iter().any(is_there) {
            return Err(MaterialRefusal::PageTwice);
        }
        let at = match before {
            None => target.leaves.len(),
            Some((sha256, page)) => {
                let found = target.leaves.iter().position(|leaf| leaf.is_page(sha256, *page));
                found.ok_or(MaterialRefusal::PageMoved)?
            }
        };
        target.leaves.splice(at..at, taken);
        Ok(())
    }

    /// What changed; nothing where every page lies as it lay.
    fn decision(self) -> Decision {
        let case = self.case;
        let lies_otherwise = |paper: &Arranged| case.materials[&paper.material].arrangement() != *paper;
        let papers: Vec<Arranged> = self.papers.into_iter().filter(lies_otherwise).collect();
        if papers.is_empty() { Decision::nothing() } else { Decision::of(MaterialEvent::Arranged { papers }) }
    }
}

fn pick(leaves: &mut Vec<Leaf>, at: &PageAt) -> Result<Leaf, MaterialRefusal> {
    let found = leaves.iter().position(|leaf| leaf.is_page(&at.file_sha256, at.page));
    Ok(leaves.remove(found.ok_or(MaterialRefusal::PageMoved)?))
}

/// A paper that still lies in staging.
pub(super) fn staged(case: &CaseState, id: MaterialId) -> Result<&Material, MaterialRefusal> {
    let material = case.materials.get(&id).ok_or(MaterialRefusal::Unknown)?;
    match material.place {
        Place::Staged => Ok(material),
        Place::Discarded if material.was_emptied() => Err(MaterialRefusal::PageMoved),
        Place::Discarded | Place::InFile | Place::Struck => Err(MaterialRefusal::InFileAlready),
    }
}

/// Decides what is done with pages of staged papers.
///
/// # Errors
/// A [`MaterialRefusal`] when a page is not where it was, would lie in one paper twice, or would come among those of
/// another side.
pub(super) fn arrange(case: &CaseState, pages: &[PageAt], act: PageAct) -> Result<Decision, MaterialRefusal> {
    if pages.is_empty() {
        return Err(MaterialRefusal::NothingChosen);
    }
    let mut desk = Desk { case, papers: vec![] };
    match act {
        PageAct::Turn { to } => desk.turn(pages, &to)?,
        PageAct::Straighten { skew_tenths } if skew_tenths.saturating_abs() > MOST_SKEW_TENTHS => {
            return Err(MaterialRefusal::NoSuchTurn);
        }
        PageAct::Straighten { skew_tenths } => desk.each(pages, |leaf| leaf.skew_tenths = skew_tenths)?,
        PageAct::LayAside => desk.lay_aside(pages)?,
        PageAct::PutBack => desk.put_back(pages)?,
        PageAct::Move { to, before } => desk.shift(pages, to, before.as_ref())?,
        PageAct::Split { material, kind, title } => return split(desk, pages, material, kind, title),
    }
    Ok(desk.decision())
}

fn split(
    mut desk: Desk<'_>,
    pages: &[PageAt],
    material: MaterialId,
    kind: PaperKind,
    title: String,
) -> Result<Decision, MaterialRefusal> {
    if desk.case.materials.contains_key(&material) {
        return Err(MaterialRefusal::IdentifierTaken);
    }
    if title.trim().is_empty() {
        return Err(MaterialRefusal::NoTitle);
    }
    let (from, case) = (pages[0].material, desk.case);
    let by = staged(case, from)?.by;
    for at in pages {
        if staged(case, at.material)?.by != by {
            return Err(MaterialRefusal::OfAnotherSide);
        }
    }
    if by != Submitter::Court && !FROM_PARTIES.contains(&kind) {
        return Err(MaterialRefusal::CourtPaper);
    }
    let leaves = desk.take(pages)?;
    let twice = |at: usize| leaves[..at].iter().any(|leaf| leaf.is_page(&leaves[at].file_sha256, leaves[at].page));
    if (1..leaves.len()).any(twice) {
        return Err(MaterialRefusal::PageTwice);
    }
    let arranged = desk.decision();
    let mut decision = Decision::of(MaterialEvent::Split { material, from, kind, title, leaves });
    decision.events.extend(arranged.events);
    Ok(decision)
}

/// How scanned pages lie in staging: those that were seen to be blank aside, the others put straight. Nothing where
/// all of them lie as they came.
pub(super) fn as_seen(material: MaterialId, file: &FileRef, seen: &[ScannedLeaf]) -> Option<MaterialEvent> {
    let mut arranged = Arranged { material, leaves: vec![], aside: vec![] };
    for (page, seen) in (1..=file.pages).zip(seen) {
        let (turn, skew_tenths) =
            (seen.turn % 360 / 90 * 90, seen.skew_tenths.clamp(-MOST_SKEW_TENTHS, MOST_SKEW_TENTHS));
        let leaf = Leaf { turn, skew_tenths, ..Leaf::of(file, page) };
        if seen.aside { arranged.aside.push(leaf) } else { arranged.leaves.push(leaf) }
    }
    let as_they_came = seen.iter().all(|leaf| *leaf == ScannedLeaf::default());
    let all_told = usize::try_from(file.pages) == Ok(seen.len());
    (all_told && !as_they_came).then_some(MaterialEvent::Arranged { papers: vec![arranged] })
}

/// Decides whose a staged paper is that came without a sender.
pub(super) fn attribute(
    case: &CaseState,
    material: MaterialId,
    from: Option<PartyId>,
) -> Result<Decision, MaterialRefusal> {
    let paper = staged(case, material)?;
    let by = match from {
        None => Submitter::Court,
        Some(party) if !case.parties.contains_key(&party) => return Err(MaterialRefusal::UnknownParty),
        Some(party) => Submitter::Party { party },
    };
    if !paper.unnamed {
        return Err(MaterialRefusal::SenderKnown);
    }
    if by != Submitter::Court && !FROM_PARTIES.contains(&paper.kind) {
        return Err(MaterialRefusal::CourtPaper);
    }
    if paper.by == by {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(MaterialEvent::Attributed { material, by }))
}

/// Decides which of the staged papers enter the file, each as it was received or as it was put together. Papers
/// already in the file are passed over, so that a repeat changes nothing.
///
/// # Errors
/// A [`MaterialRefusal`] when nothing is left to enter, a paper has no page left, or its pages were arranged after it
/// was put together.
pub(super) fn enter(
    case: &CaseState,
    materials: Vec<MaterialId>,
    rendered: Vec<Rendition>,
) -> Result<Decision, MaterialRefusal> {
    let (mut decision, mut fresh) = (Decision::nothing(), vec![]);
    for id in materials {
        let paper = case.materials.get(&id).ok_or(MaterialRefusal::Unknown)?;
        if paper.place != Place::Staged {
            continue;
        }
        if paper.needs_rendition() {
            let made = rendered.iter().find(|made| made.material == id);
            decision.push(rendition(case, paper, made)?);
        }
        fresh.push(id);
    }
    if fresh.is_empty() {
        return Err(MaterialRefusal::NothingChosen);
    }
    decision.push(MaterialEvent::Entered { materials: fresh });
    Ok(decision)
}

fn rendition(case: &CaseState, paper: &Material, made: Option<&Rendition>) -> Result<MaterialEvent, MaterialRefusal> {
    let leaves = paper.leaves();
    if leaves.is_empty() {
        return Err(MaterialRefusal::NoPages);
    }
    let made = made.filter(|made| made.leaves == leaves).ok_or(MaterialRefusal::ArrangedMeanwhile)?;
    let mut originals: Vec<FileRef> = vec![];
    for leaf in &leaves {
        if !originals.iter().any(|file| file.sha256 == leaf.file_sha256) {
            originals.push(received_file(case, &leaf.file_sha256).ok_or(MaterialRefusal::PageMoved)?.clone());
        }
    }
    Ok(MaterialEvent::Rendered { material: paper.id, file: made.file.clone(), leaves, originals })
}
