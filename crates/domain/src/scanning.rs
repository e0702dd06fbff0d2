//! The scanning centre (扫描中心): a batch of scanned pages is taken in once, parted by its cover sheets, and each part
//! goes to the staging of its case; what has no sheet waits until someone sorts it.
//!
//! Source: handbook of the project §17.1 (扫描件先入待入卷).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    ids::{CaseId, MaterialId, PersonId, SheetId},
    material::{FileRef, Leaf, ScannedLeaf},
    people::Post,
    refusal::refusals,
};

/// Posts that sort scans (扫描分拣).
pub const DESK: [Post; 2] = [Post::FilingClerk, Post::CourtClerk];

/// What a code on a cover sheet begins with.
const SHEET_MARK: &str = "XZSHEET:";

/// What the code on a cover sheet (扫描分隔页) says.
pub fn sheet_code(sheet: SheetId) -> String {
    format!("{SHEET_MARK}{}", sheet.0.simple().to_string().to_uppercase())
}

/// The cover sheet that a code names, if it is the code of one.
pub fn sheet_named(code: &str) -> Option<SheetId> {
    code.strip_prefix(SHEET_MARK)?.parse().ok()
}

/// A page as it was scanned, and what was seen on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenPage {
    /// SHA-256 of its file, in hex.
    pub file_sha256: String,
    /// Page of that file, from 1.
    pub page: u32,
    /// Whether nothing stands on it.
    #[serde(default)]
    pub blank: bool,
    /// How it has to be turned, clockwise, in degrees, as a code on it tells.
    #[serde(default)]
    pub turn: u16,
    /// How it has to be straightened, clockwise, in tenths of a degree.
    #[serde(default)]
    pub skew_tenths: i16,
    /// The cover sheet that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<SheetId>,
}

/// Facts of a batch. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum ScanEvent {
    /// A batch was taken in from the scanners (扫描批次接收).
    #[serde(rename = "scan.taken.v1")]
    Taken {
        /// What the scanner called it.
        name: String,
        /// Its files, as they were scanned.
        files: Vec<FileRef>,
        /// Its pages, in order.
        pages: Vec<SeenPage>,
    },
    /// Pages went to the staging of a case, by their cover sheet or by hand (分拣入案).
    #[serde(rename = "scan.sorted.v1")]
    Sorted {
        /// Which pages, from 1.
        pages: Vec<u32>,
        /// The case.
        case: CaseId,
        /// The staged paper they became.
        material: MaterialId,
        /// Who sorted them; nobody where a cover sheet did.
        by: Option<PersonId>,
    },
    /// The case that a cover sheet names did not take its pages: they wait to be sorted by hand (未能自动分拣).
    #[serde(rename = "scan.stopped.v1")]
    Stopped {
        /// Which pages, from 1.
        pages: Vec<u32>,
        /// Code of the reason.
        code: String,
    },
    /// Pages that belong to no case were put away (弃置扫描页).
    #[serde(rename = "scan.dropped.v1")]
    Dropped {
        /// Which pages, from 1.
        pages: Vec<u32>,
        /// Why.
        reason: String,
        /// Who.
        by: PersonId,
    },
}

/// What became of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It went to a case.
    Sorted(CaseId),
    /// It waits, because its case did not take it; the code of the reason.
    Stopped(String),
    /// It was put away.
    Dropped,
}

/// A batch of scanned pages (扫描批次).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// What the scanner called it.
    pub name: String,
    /// Its files, as they were scanned.
    pub files: Vec<FileRef>,
    /// Its pages, in order.
    pub pages: Vec<SeenPage>,
    /// What became of pages, by number from 1.
    pub fates: BTreeMap<u32, Fate>,
}

/// Pages between two cover sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The sheet before them; none of pages that came before the first.
    pub sheet: Option<SheetId>,
    /// How the sheet had to be turned: what was fed together lies alike.
    pub turn: u16,
    /// Which pages, from 1.
    pub pages: Vec<u32>,
}

refusals! {
    /// Why an act on scans is refused.
    ScanRefusal = "scanning" {
        /// The act is another post's.
        NotYourAct,
        /// Nothing was chosen.
        NothingChosen,
        /// A page went to a case already, was put away, or is a cover sheet.
        NotWaiting,
        /// A reason is needed.
        NoReason,
        /// There is no case of this number that takes papers.
        NoSuchCase,
    }
}

impl Batch {
    /// Takes an event in.
    pub fn apply(&mut self, event: &ScanEvent) {
        match event {
            ScanEvent::Taken { name, files, pages } => {
                *self = Self { name: name.clone(), files: files.clone(), pages: pages.clone(), fates: BTreeMap::new() };
            }
            ScanEvent::Sorted { pages, case, .. } => self.settle(pages, &Fate::Sorted(*case)),
            ScanEvent::Stopped { pages, code } => self.settle(pages, &Fate::Stopped(code.clone())),
            ScanEvent::Dropped { pages, .. } => self.settle(pages, &Fate::Dropped),
        }
    }

    fn settle(&mut self, pages: &[u32], fate: &Fate) {
        self.fates.extend(pages.iter().map(|page| (*page, fate.clone())));
    }

    /// The page of this number, from 1.
    pub fn page(&self, number: u32) -> Option<&SeenPage> {
        usize::try_from(number).ok()?.checked_sub(1).and_then(|at| self.pages.get(at))
    }

    /// Whether a page waits to be sorted.
    pub fn waits(&self, number: u32) -> bool {
        let open = matches!(self.fates.get(&number), None | Some(Fate::Stopped(_)));
        open && self.page(number).is_some_and(|page| page.sheet.is_none())
    }

    /// Pages that wait to be sorted, blank ones among them only where others do.
    pub fn waiting(&self) -> Vec<u32> {
        let waiting: Vec<u32> = (1..).take(self.pages.len()).filter(|number| self.waits(*number)).collect();
        let any_words = waiting.iter().any(|number| self.page(*number).is_some_and(|page| !page.blank));
        if any_words { waiting } else { vec![] }
    }

    /// The batch parted by its cover sheets. A sheet without pages behind it parts nothing.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = vec![Part { sheet: None, turn: 0, pages: vec![] }];
        for (number, page) in (1..).zip(&self.pages) {
            match page.sheet {
                Some(sheet) => parts.push(Part { sheet: Some(sheet), turn: page.turn, pages: vec![] }),
                None => parts.last_mut().expect("there is a first part").pages.push(number),
            }
        }
        parts.retain(|part| !part.pages.is_empty());
        parts
    }

    /// Parts under a cover sheet of which no page went anywhere yet.
    pub fn parts_to_route(&self) -> Vec<Part> {
        let untouched = |part: &Part| part.pages.iter().all(|page| !self.fates.contains_key(page));
        self.parts().into_iter().filter(|part| part.sheet.is_some() && untouched(part)).collect()
    }

    /// Pages as they lie in their files, untouched.
    pub fn leaves(&self, pages: &[u32]) -> Vec<Leaf> {
        let leaf =
            |page: &SeenPage| Leaf { file_sha256: page.file_sha256.clone(), page: page.page, turn: 0, skew_tenths: 0 };
        pages.iter().filter_map(|number| self.page(*number)).map(leaf).collect()
    }

    /// What was seen on pages: blank ones are laid aside, the others turned as their sheet and straightened. All of it
    /// can be taken back in staging. Pages that are all blank stay.
    pub fn seen(&self, pages: &[u32], turn: u16) -> Vec<ScannedLeaf> {
        let pages: Vec<&SeenPage> = pages.iter().filter_map(|number| self.page(*number)).collect();
        let all_blank = pages.iter().all(|page| page.blank);
        let leaf =
            |page: &&SeenPage| ScannedLeaf { aside: page.blank && !all_blank, turn, skew_tenths: page.skew_tenths };
        pages.iter().map(leaf).collect()
    }
}

/// Whether whoever is on `post` may sort these pages.
///
/// # Errors
/// A [`ScanRefusal`] when the post is another, or a page does not wait.
pub fn check_choice(batch: &Batch, post: Option<Post>, pages: &[u32]) -> Result<(), ScanRefusal> {
    if !post.is_some_and(|post| DESK.contains(&post)) {
        return Err(ScanRefusal::NotYourAct);
    }
    if pages.is_empty() {
        return Err(ScanRefusal::NothingChosen);
    }
    if pages.iter().all(|page| batch.waits(*page)) { Ok(()) } else { Err(ScanRefusal::NotWaiting) }
}

/// The case that pages go to, if there is one of the number that was given.
///
/// # Errors
/// [`ScanRefusal::NoSuchCase`].
pub fn case_named(found: Option<CaseId>) -> Result<CaseId, ScanRefusal> {
    found.ok_or(ScanRefusal::NoSuchCase)
}

/// Decides to put pages away that belong to no case.
///
/// # Errors
/// A [`ScanRefusal`] as above, or where no reason is given.
pub fn put_away(
    batch: &Batch,
    (by, post): (PersonId, Post),
    pages: Vec<u32>,
    reason: &str,
) -> Result<ScanEvent, ScanRefusal> {
    check_choice(batch, Some(post), &pages)?;
    match reason.trim() {
        "" => Err(ScanRefusal::NoReason),
        reason => Ok(ScanEvent::Dropped { pages, reason: reason.to_owned(), by }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn sheet(number: u128) -> SheetId {
        SheetId(Uuid::from_u128(number))
    }

    /// A batch: `w` a page with words, `b` a blank one, `s` a cover sheet scanned upside down.
    fn batch(pages: &str) -> Batch {
        let page = |(at, kind): (u32, char)| SeenPage {
            file_sha256: "ab".to_owned(),
            page: at,
            blank: kind == 'b',
            turn: if kind == 's' { 180 } else { 0 },
            skew_tenths: 0,
            sheet: (kind == 's').then(|| sheet(u128::from(at))),
        };
        Batch { pages: (1..).zip(pages.chars()).map(page).collect(), ..Batch::default() }
    }

    #[test]
    fn a_batch_is_parted_by_its_cover_sheets() {
        let parts = batch("wswbssww").parts();
        let told: Vec<(Option<SheetId>, Vec<u32>)> = parts.into_iter().map(|part| (part.sheet, part.pages)).collect();
        assert_eq!(told, [(None, vec![1]), (Some(sheet(2)), vec![3, 4]), (Some(sheet(6)), vec![7, 8])]);
    }

    #[test]
    fn what_went_to_a_case_waits_no_more_and_what_its_case_refused_waits_for_a_hand() {
        let mut batch = batch("wsww");
        assert_eq!(batch.waiting(), [1, 3, 4]);
        batch.apply(&ScanEvent::Stopped { pages: vec![3, 4], code: "material.NotAddableAfterClosing".to_owned() });
        assert_eq!((batch.waiting(), batch.parts_to_route()), (vec![1, 3, 4], vec![]));
        let (case, material) = (CaseId(Uuid::nil()), MaterialId(Uuid::nil()));
        batch.apply(&ScanEvent::Sorted { pages: vec![1, 3], case, material, by: None });
        assert_eq!(batch.waiting(), [4]);
        assert_eq!(check_choice(&batch, Some(Post::CourtClerk), &[3]), Err(ScanRefusal::NotWaiting));
        assert_eq!(check_choice(&batch, Some(Post::CourtClerk), &[2]), Err(ScanRefusal::NotWaiting));
        assert_eq!(check_choice(&batch, Some(Post::CourtClerk), &[]), Err(ScanRefusal::NothingChosen));
        assert_eq!(check_choice(&batch, Some(Post::Judge), &[4]), Err(ScanRefusal::NotYourAct));
        let clerk = (PersonId(Uuid::nil()), Post::CourtClerk);
        assert_eq!(put_away(&batch, clerk, vec![4], " "), Err(ScanRefusal::NoReason));
        batch.apply(&put_away(&batch, clerk, vec![4], "重复扫描").expect("it is put away"));
        assert_eq!(batch.waiting(), [] as [u32; 0]);
    }

    #[test]
    fn blank_pages_are_laid_aside_but_where_nothing_else_would_be_left() {
        let batch = batch("swbsb");
        let aside = |pages: &[u32]| batch.seen(pages, 180).into_iter().map(|leaf| leaf.aside).collect::<Vec<_>>();
        assert_eq!(aside(&[2, 3]), [false, true]);
        assert_eq!(aside(&[5]), [false]);
        assert_eq!(batch.seen(&[2], 180)[0].turn, 180, "what was fed together lies alike");
    }

    #[test]
    fn blank_pages_alone_wait_for_nobody() {
        assert_eq!(batch("bsb").waiting(), [] as [u32; 0]);
    }

    #[test]
    fn a_code_names_its_sheet_and_no_other_text_does() {
        assert_eq!(sheet_named(&sheet_code(sheet(77))), Some(sheet(77)));
        assert_eq!(sheet_named("https://court.example/check?77"), None);
        assert_eq!(sheet_named("XZSHEET:no"), None);
    }
}
