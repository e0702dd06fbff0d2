//! The same sheet scanned twice (同一页的另一次扫描): noticed in the background, page by page, among the papers of one
//! case, and told to whoever may see both. Same bytes are noticed without any of this.
//!
//! What a page looks like, and which pages of two files are scans of one sheet, is derived: working data under the
//! hashes of the files, gone with them. Where both pages were recognised, their words have a say, too: two forms with
//! other numbers in them are two sheets, however alike they look.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    access::{self, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId},
    material::{FileRef, Material, Place},
};
use xiezhi_store::{Cond, Query, WorkingChange, WorkingKey};

use crate::{
    App, AppError,
    ports::PageLook,
    scans::{self, Recognised},
    tables::{FileRow, TableRow as _},
    texts,
};

/// Files that are still to be looked at.
const WANTED: &str = "look-wanted";
/// What the pages of a file look like.
const LOOKS: &str = "page-looks";
/// Pages that are scans of one sheet, owned by the hash of the one's file; each pair stands there twice.
const SAME: &str = "page-same";
/// Pairs of pages of two files that are compared at most: two thick files of one form have more.
const MOST_PAIRS: usize = 200;
/// Pages with fewer letters are compared by their looks alone.
const FEWEST_LETTERS: usize = 40;
/// Of a hundred pairs of letters so many stand on both.
const LIKE_PERCENT: usize = 75;

/// A page that is a scan of the same sheet as a page of another file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Same {
    page: u32,
    other: String,
    other_page: u32,
}

/// A page of a paper that seems to be a scan of the same sheet as a page of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = SamePage)]
pub struct SamePage {
    /// The page, from 1.
    pub page: u32,
    /// The other paper.
    pub material: MaterialId,
    /// Its title.
    pub title: String,
    /// Its page, from 1.
    pub other_page: u32,
}

/// Another paper of the same case that came with the same bytes, or that shows some of the same sheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SamePaper {
    /// The paper.
    pub material: MaterialId,
    /// Its title.
    pub title: String,
    /// Whether both came with the same bytes.
    pub same_bytes: bool,
    /// Pages that seem to be scans of the same sheet: the page here, and the page there.
    pub pages: Vec<(u32, u32)>,
}

/// Wants a file to be looked at.
pub(crate) fn wanted(sha256: &str, now_us: i64) -> WorkingChange {
    put(WorkingKey::new(WANTED, sha256), String::new(), vec![], now_us)
}

fn put(key: WorkingKey, owner: String, value: Vec<u8>, updated_us: i64) -> WorkingChange {
    WorkingChange::Put { key, owner, value, updated_us, expires_us: None }
}

fn same(one: (&str, u32), other: (&str, u32), now_us: i64) -> WorkingChange {
    let found = Same { page: one.1, other: other.0.to_owned(), other_page: other.1 };
    let value = serde_json::to_vec(&found).expect("it is plain data");
    put(key_of(one, other), one.0.to_owned(), value, now_us)
}

fn key_of(one: (&str, u32), other: (&str, u32)) -> WorkingKey {
    WorkingKey::new(SAME, format!("{}/{}/{}/{}", one.0, one.1, other.0, other.1))
}

/// The scans that lie in a case, by hash: each file that came, and each that was put together.
fn scans_of(case: &CaseState) -> BTreeSet<&str> {
    let lies = case.materials.values().filter(|paper| paper.erased_on.is_none() && paper.place != Place::Discarded);
    let scans = lies.map(|paper| &paper.file).filter(|file| scans::may_be_scan(file));
    scans.map(|file: &FileRef| file.sha256.as_str()).collect()
}

impl App {
    /// Looks at a file that is still to be looked at, and compares it with the others of its cases. Returns whether
    /// there was anything to do.
    pub async fn compare_on(&self) -> Result<bool, AppError> {
        let wishes = self.ports().store.working_of(WANTED, None, self.now_us()).await?;
        let Some(wish) = wishes.first() else { return Ok(false) };
        if let Err(fault) = self.compare(&wish.key.id).await {
            // It has no bytes any more, or no pages that can be drawn: nothing is noticed of it.
            tracing::warn!(fault = &fault as &dyn std::error::Error, sha256 = wish.key.id, "a file was not compared");
        }
        self.ports().store.change_working(vec![WorkingChange::Delete { key: wish.key.clone() }]).await?;
        Ok(true)
    }

    async fn compare(&self, sha256: &str) -> Result<(), AppError> {
        let looks = self.looks_of(sha256).await?;
        let cond = Cond::is("sha256", sha256.to_owned());
        let rows = self.rows::<FileRow>(Query::of(FileRow::TABLE.name, cond)).await?;
        let mut others = BTreeSet::new();
        for case in rows.iter().filter_map(|row| row.case_id.parse::<CaseId>().ok()) {
            let case = self.load(case).await?;
            others.extend(scans_of(&case).into_iter().filter(|other| *other != sha256).map(str::to_owned));
        }
        for other in others {
            // One that was not looked at yet is compared when its turn comes.
            let Some(beside) = self.known_looks(&other).await? else { continue };
            self.compare_with(sha256, &looks, &other, &beside).await?;
        }
        Ok(())
    }

    async fn compare_with(
        &self,
        sha256: &str,
        looks: &[Option<PageLook>],
        other: &str,
        beside: &[Option<PageLook>],
    ) -> Result<(), AppError> {
        let reading = &self.ports().reading;
        let mut pairs = vec![];
        for (page, look) in (1..).zip(looks) {
            for (other_page, like) in (1..).zip(beside) {
                if look.zip(*like).is_some_and(|(one, other)| reading.looks_like(one, other)) {
                    pairs.push((page, other_page));
                }
            }
        }
        pairs.truncate(MOST_PAIRS);
        if pairs.is_empty() {
            return Ok(());
        }
        let found = reading.same(&self.kept(sha256)?, &self.kept(other)?, &pairs).await?;
        let now = self.now_us();
        let both = |(page, other_page): (u32, u32)| {
            [same((sha256, page), (other, other_page), now), same((other, other_page), (sha256, page), now)]
        };
        let found = pairs.into_iter().zip(found).filter(|(_, is_same)| *is_same);
        let changes: Vec<WorkingChange> = found.flat_map(|(pair, _)| both(pair)).collect();
        Ok(self.ports().store.change_working(changes).await?)
    }

    async fn known_looks(&self, sha256: &str) -> Result<Option<Vec<Option<PageLook>>>, AppError> {
        let kept = self.ports().store.working(&WorkingKey::new(LOOKS, sha256), self.now_us()).await?;
        Ok(kept.and_then(|item| serde_json::from_slice(&item.value).ok()))
    }

    async fn looks_of(&self, sha256: &str) -> Result<Vec<Option<PageLook>>, AppError> {
        if let Some(known) = self.known_looks(sha256).await? {
            return Ok(known);
        }
        let looks = self.ports().reading.looks(&self.kept(sha256)?).await?;
        let value = serde_json::to_vec(&looks).expect("looks are plain data");
        let kept = put(WorkingKey::new(LOOKS, sha256), String::new(), value, self.now_us());
        self.ports().store.change_working(vec![kept]).await?;
        Ok(looks)
    }

    /// Pages of a paper that seem to be scans of the same sheets as pages of other papers of the case, as far as the
    /// reader may see both.
    pub async fn same_pages(
        &self,
        case: &CaseState,
        reader: &Reader,
        paper: &Material,
    ) -> Result<Vec<SamePage>, AppError> {
        if !access::may_see(reader, case, paper) {
            return Ok(vec![]);
        }
        let kept = self.ports().store.working_of(SAME, Some(&paper.file.sha256), self.now_us()).await?;
        let mut found: Vec<Same> = kept.iter().filter_map(|item| serde_json::from_slice(&item.value).ok()).collect();
        found.sort_by_key(|one| (one.page, one.other_page));
        let mut words: BTreeMap<(String, u32), Option<Recognised>> = BTreeMap::new();
        let mut same = vec![];
        for Same { page, other, other_page } in found {
            let (here, there) = ((paper.file.sha256.clone(), page), (other.clone(), other_page));
            for sheet in [&here, &there] {
                if !words.contains_key(sheet) {
                    words.insert(sheet.clone(), self.recognised_page(&sheet.0, sheet.1).await?);
                }
            }
            let read = words[&here].as_ref().zip(words[&there].as_ref());
            if read.is_some_and(|(one, other)| !words_agree(&texts::written(&one.runs), &texts::written(&other.runs))) {
                continue;
            }
            let others = case.materials_in_order().filter(|beside| {
                beside.file.sha256 == other && is_another(paper, beside) && access::may_see(reader, case, beside)
            });
            let (page, other_page) = (page, other_page);
            same.extend(others.map(|beside| SamePage {
                page,
                material: beside.id,
                title: beside.title.clone(),
                other_page,
            }));
        }
        Ok(same)
    }

    /// Other papers of the case that are the same as a paper, or show some of the same sheets, as far as the reader may
    /// see both.
    pub async fn same_papers(
        &self,
        case: &CaseState,
        reader: &Reader,
        paper: &Material,
    ) -> Result<Vec<SamePaper>, AppError> {
        if !access::may_see(reader, case, paper) || paper.erased_on.is_some() {
            return Ok(vec![]);
        }
        let bytes = case.materials_in_order().filter(|beside| {
            came_alike(paper, beside) && is_another(paper, beside) && access::may_see(reader, case, beside)
        });
        let same = |beside: &Material| SamePaper {
            material: beside.id,
            title: beside.title.clone(),
            same_bytes: true,
            pages: vec![],
        };
        let mut same: Vec<SamePaper> = bytes.map(same).collect();
        if !scans::may_be_scan(&paper.file) {
            return Ok(same);
        }
        for SamePage { page, material, title, other_page } in self.same_pages(case, reader, paper).await? {
            match same.iter_mut().find(|known| known.material == material) {
                Some(known) => known.pages.push((page, other_page)),
                None => same.push(SamePaper { material, title, same_bytes: false, pages: vec![(page, other_page)] }),
            }
        }
        Ok(same)
    }

    /// The same for every paper that lies in a case.
    pub async fn same_in_file(
        &self,
        case: &CaseState,
        reader: &Reader,
    ) -> Result<BTreeMap<MaterialId, Vec<SamePaper>>, AppError> {
        let mut same = BTreeMap::new();
        for paper in case.materials_in_order().filter(|paper| matches!(paper.place, Place::Staged | Place::InFile)) {
            let found = self.same_papers(case, reader, paper).await?;
            if !found.is_empty() {
                same.insert(paper.id, found);
            }
        }
        Ok(same)
    }

    /// Forgets what was noticed of a file whose bytes are gone.
    pub(crate) async fn forget_looks(&self, sha256: &str) -> Result<(), AppError> {
        let kept = self.ports().store.working_of(SAME, Some(sha256), self.now_us()).await?;
        let mut ends: Vec<WorkingKey> = vec![WorkingKey::new(WANTED, sha256), WorkingKey::new(LOOKS, sha256)];
        for item in kept {
            if let Ok(Same { page, other, other_page }) = serde_json::from_slice(&item.value) {
                ends.push(key_of((&other, other_page), (sha256, page)));
            }
            ends.push(item.key);
        }
        let ends = ends.into_iter().map(|key| WorkingChange::Delete { key }).collect();
        Ok(self.ports().store.change_working(ends).await?)
    }
}

/// Whether both were sent, whole, with the same bytes; what the court prints it may well give to two people.
fn came_alike(paper: &Material, beside: &Material) -> bool {
    let was_sent = |one: &Material| one.about.is_none() && one.derived.is_none() && one.pages.is_none();
    was_sent(paper) && was_sent(beside) && paper.file.sha256 == beside.file.sha256
}

/// Whether it is another paper, and neither was put together from the other.
fn is_another(paper: &Material, beside: &Material) -> bool {
    let made_of = |one: &Material, other: &Material| one.originals.iter().any(|file| file.sha256 == other.file.sha256);
    let lies = matches!(beside.place, Place::Staged | Place::InFile | Place::Struck) && beside.erased_on.is_none();
    paper.id != beside.id && lies && !made_of(paper, beside) && !made_of(beside, paper)
}

/// Whether what was recognised on two pages may be the same words: most letters are, and all numbers.
fn words_agree(one: &str, other: &str) -> bool {
    if one.chars().count().min(other.chars().count()) < FEWEST_LETTERS {
        return true;
    }
    let pairs = |text: &str| {
        let letters: Vec<char> = text.chars().collect();
        letters.windows(2).map(|pair| (pair[0], pair[1])).collect::<BTreeSet<_>>()
    };
    let (one_pairs, other_pairs) = (pairs(one), pairs(other));
    let both = one_pairs.intersection(&other_pairs).count();
    let like = both * 200 >= LIKE_PERCENT * (one_pairs.len() + other_pairs.len());
    like && numbers(one) == numbers(other)
}

/// The numbers of two digits and more, each as often as it stands there.
fn numbers(text: &str) -> Vec<&str> {
    let mut numbers: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|no| no.len() > 1).collect();
    numbers.sort_unstable();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_sheet_agree_though_a_letter_was_misread_and_forms_with_other_numbers_do_not() {
        let text = |name: &str, amount: &str| {
            format!(
                "今借到出借人以转账方式交付的借款人民币{amount}元，借款期限十二个月，借款人{name}自愿承担实现债权的费用，特立此据。"
            )
        };
        let first = text("贾借出", "150000");
        assert!(words_agree(&first, &text("贾借岀", "150000")));
        assert!(!words_agree(&first, &text("贾借出", "160000")));
        assert!(!words_agree(&first, &text("贾借出", "150000").chars().rev().collect::<String>()));
        assert!(words_agree("借条", "收条"), "few words say nothing: their looks decide");
    }
}
