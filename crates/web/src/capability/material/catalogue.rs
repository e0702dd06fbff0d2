//! The catalogue of the e-file: papers in the order of the volumes, with pages numbered through.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;
use xiezhi_app::sameness::SamePaper;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId, PartyId},
    law::catalogue,
    decision::About,
    evidence::{Attribute, CourtView, EvidenceItem, Opinion},
    material::{FROM_PARTIES, Material, Place, Submitter},
    paper::{PaperKind, Volume},
    party::{Party, PartyRole},
};

use super::{
    asked::{Asked, Only},
    opened::{self, OpenedView, PanelRead},
};
use crate::{
    capability::{prelude_of_cases::role, provenance::may_trace},
    http::prelude::*,
};

/// The kind of case whose catalogue is used.
const CIVIL_FIRST: &str = "civil_first";

/// What a reader has read of a file, and how much they may read of what was noted on it, by paper.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Pages read.
    pub read: BTreeMap<MaterialId, BTreeSet<u32>>,
    /// Annotations.
    pub notes: BTreeMap<MaterialId, usize>,
    /// What the others of the panel have read, by name; told to the panel alone.
    pub panel: PanelRead,
    /// Papers that were not looked through for viruses, for the court's people.
    pub unscreened: BTreeSet<MaterialId>,
    /// Other papers that are the same, or show some of the same sheets.
    pub same: BTreeMap<MaterialId, Vec<SamePaper>>,
    /// Whether the court has no virus scanner: then every paper is such a one, and is not marked by itself.
    pub without_scanner: bool,
}

/// A paper as the catalogue lists it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PaperLine {
    /// Identifier.
    pub id: MaterialId,
    /// Its number in the catalogue of its volume; only for the court's people, to whom no number is missing.
    pub number: Option<usize>,
    /// Kind.
    pub kind: PaperKind,
    /// Title.
    pub title: String,
    /// Place in the catalogue, by name.
    pub place: &'static str,
    /// Day it came.
    pub received_on: Date,
    /// Whose it is; nothing for the court.
    pub by: Option<PartyId>,
    /// From whom: a party's name, or nothing for the court.
    pub from: Option<String>,
    /// Pages.
    pub pages: u32,
    /// First page in the volume, numbered through; only for the court's people.
    pub first_page: Option<u32>,
    /// To whom it was disclosed, by name; only for the court's people.
    pub told: Vec<String>,
    /// How many of its pages the reader has read.
    pub read: usize,
    /// Who else of the panel has opened it; told to the panel alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opened: Vec<OpenedView>,
    /// How many annotations lie on it that the reader may read.
    pub notes: usize,
    /// Whether it was struck.
    pub struck: bool,
    /// Whether its content was lawfully erased: nothing of it can be opened.
    pub erased: bool,
    /// How often it was replaced.
    pub replaced: usize,
    /// What others say of it, if it is evidence.
    pub said: Vec<SaidView>,
    /// What the court made of it; a side learns it when the case is closed.
    pub judged: Option<CourtView>,
    /// Whether it was not looked through for viruses; told to the court's people.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unscreened: bool,
    /// Other papers that are the same, or show some of the same sheets, as far as the reader may see them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<SamePaper>,
}

impl PaperLine {
    /// Whether the reader has read every page of it.
    pub fn is_read(&self) -> bool {
        self.read >= usize::try_from(self.pages.max(1)).unwrap_or(usize::MAX)
    }
}

/// What one side says of the evidence of another (质证意见).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SaidView {
    /// Who.
    pub name: String,
    /// What of it they dispute: `authenticity`, `legality`, `relevance`.
    pub disputed: Vec<&'static str>,
}

impl SaidView {
    fn of(case: &CaseState, opinion: &Opinion) -> Self {
        let attributes = [
            ("authenticity", opinion.authenticity),
            ("legality", opinion.legality),
            ("relevance", opinion.relevance),
        ];
        let disputed = attributes.into_iter().filter(|(_, held)| *held == Attribute::Disputed);
        Self {
            name: case.parties.get(&opinion.party).map_or_else(String::new, |party| party.name.clone()),
            disputed: disputed.map(|(name, _)| name).collect(),
        }
    }
}

/// The evidence of one side that waits to be disclosed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SideView {
    /// Whose: role and name.
    pub side: String,
    /// The papers.
    pub papers: Vec<PaperLine>,
}

/// The e-file of a case, as far as its reader may see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileView {
    /// The case.
    pub case: CaseId,
    /// What was asked for; nothing asked shows everything.
    pub asked: Asked,
    /// How much of the file there is and how much of it the reader has read.
    pub progress: Progress,
    /// Main volume.
    pub main: Vec<PaperLine>,
    /// Secondary volume; absent for whoever may not see it.
    pub secondary: Option<Vec<PaperLine>>,
    /// Papers in staging.
    pub staged: Vec<PaperLine>,
    /// Papers that came into staging since the page was opened, told to the court's team.
    pub news: Vec<PaperLine>,
    /// Evidence in the file that not every party has been shown yet, by side; only for whoever may disclose it.
    pub undisclosed: Vec<SideView>,
    /// Whether the reader keeps the file.
    pub keeps: bool,
    /// Whether the reader may share papers with outsiders.
    pub may_share: bool,
    /// Whether papers of the reader's side were taken at the counter.
    pub handed_in: bool,
    /// Whether the reader may know where papers come from.
    pub may_trace: bool,
    /// Whether the court has no virus scanner; told to its people.
    pub without_scanner: bool,
    #[serde(skip)]
    pub(super) state: Arc<CaseState>,
    #[serde(skip)]
    pub(super) reader: Reader,
}

/// How much of a file there is, how much of it was read, and what may be asked for.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Progress {
    /// Papers.
    pub papers: usize,
    /// Pages.
    pub pages: usize,
    /// Pages that the reader has read.
    pub read: usize,
    /// Papers that are not read to their end.
    pub unread: usize,
    /// Papers that another side disputes.
    pub disputed: usize,
    /// Papers with annotations that the reader may read.
    pub noted: usize,
    /// Kinds that occur.
    pub kinds: BTreeSet<PaperKind>,
}

impl Progress {
    fn of<'a>(papers: impl Iterator<Item = &'a PaperLine>) -> Self {
        let mut all = Self::default();
        for paper in papers {
            all.papers += 1;
            all.pages += usize::try_from(paper.pages).unwrap_or(usize::MAX);
            all.read += paper.read;
            all.unread += usize::from(Only::Unread.holds(paper));
            all.disputed += usize::from(Only::Disputed.holds(paper));
            all.noted += usize::from(Only::Noted.holds(paper));
            all.kinds.insert(paper.kind);
        }
        all
    }

    /// How many papers are left when the list is narrowed so.
    pub fn count(&self, only: Only) -> usize {
        match only {
            Only::Unread => self.unread,
            Only::Disputed => self.disputed,
            Only::Noted => self.noted,
        }
    }
}

impl FileView {
    /// The e-file as `reader` sees it; `marks` are their own.
    pub fn of(
        case: &Arc<CaseState>,
        reader: &Reader,
        marks: &Marks,
        asked: Asked,
    ) -> Self {
        let inside = reader.is_inside();
        let line = |paper: &Material, place: Option<(usize, u32)>| line(case, paper, inside, place, marks);
        let volume = |volume: Volume| -> Vec<PaperLine> {
            numbered(case, reader, volume).into_iter().map(|(paper, at)| line(paper, inside.then_some(at))).collect()
        };
        let staged = case.materials_in_order().filter(|paper| paper.place == Place::Staged);
        let staged = staged.filter(|paper| access::may_see(reader, case, paper)).map(|paper| line(paper, None));
        let staged: Vec<PaperLine> = staged.collect();
        let came = case.material_order.iter().skip(asked.beyond.unwrap_or(usize::MAX));
        let came: BTreeSet<&MaterialId> = came.filter(|_| reader.is_team()).collect();
        let sees_secondary = inside && access::may(reader, Act::ViewSecondary, case.stage).is_ok();
        let (main, secondary) = (volume(Volume::Main), sees_secondary.then(|| volume(Volume::Secondary)));
        let own = staged.iter().filter(|_| !inside);
        let progress = Progress::of(main.iter().chain(secondary.iter().flatten()).chain(own));
        let arrange = |papers| asked.arrange(papers, &case.party_order);
        Self {
            case: case.id,
            progress,
            main: arrange(main),
            secondary: secondary.map(arrange),
            news: staged.iter().filter(|paper| came.contains(&paper.id)).cloned().collect(),
            staged: if inside { staged } else { arrange(staged) },
            undisclosed: undisclosed(case, reader, &line),
            asked: asked.clone(),
            keeps: access::may(reader, Act::KeepFile, case.stage).is_ok(),
            may_share: access::may(reader, Act::ShareOut, case.stage).is_ok(),
            handed_in: case.intakes.iter().any(|intake| reader.party == Some(intake.party)),
            may_trace: may_trace(case, reader),
            without_scanner: inside && marks.without_scanner,
            state: Arc::clone(case),
            reader: reader.clone(),
        }
    }
}

/// Evidence that the clerk took into the file and some party has not been shown, side by side. After closing
/// nothing is exchanged any more.
fn undisclosed(
    case: &CaseState,
    reader: &Reader,
    line: &impl Fn(&Material, Option<(usize, u32)>) -> PaperLine,
) -> Vec<SideView> {
    if access::may(reader, Act::Disclose, case.stage).is_err() || case.stage.is_closed() {
        return vec![];
    }
    let waits = |paper: &&Material| {
        let told = case.party_order.iter().all(|party| paper.disclosed_to.contains(party));
        paper.place == Place::InFile && paper.kind == PaperKind::Evidence && !told
    };
    let of_side = |party: &Party| SideView {
        side: format!("{} {}", role(party.role), party.name),
        papers: case
            .materials_in_order()
            .filter(waits)
            .filter(|paper| paper.by == Submitter::Party { party: party.id })
            .map(|paper| line(paper, None))
            .collect(),
    };
    case.parties_in_order().map(of_side).filter(|side| !side.papers.is_empty()).collect()
}

/// Papers of a volume in the order of its catalogue, as far as `reader` may see them.
pub fn filed<'a>(case: &'a CaseState, reader: &Reader, volume: Volume) -> Vec<&'a Material> {
    in_order(case, volume).into_iter().filter(|paper| access::may_see(reader, case, paper)).collect()
}

/// Every paper of a volume in the order of its catalogue.
pub fn in_order(case: &CaseState, volume: Volume) -> Vec<&Material> {
    let of_law = match volume {
        Volume::Main => catalogue::Volume::Main,
        Volume::Secondary => catalogue::Volume::Secondary,
    };
    let order = |paper: &&Material| catalogue::item(CIVIL_FIRST, of_law, paper.kind.place()).map_or(u16::MAX, |item| item.order);
    let in_file = |paper: &&Material| matches!(paper.place, Place::InFile | Place::Struck) && paper.volume == volume;
    let mut papers: Vec<&Material> = case.materials_in_order().filter(in_file).collect();
    papers.sort_by_key(order);
    papers
}

/// Papers of a volume with their number in the catalogue and their first page, numbered through.
pub fn numbered<'a>(case: &'a CaseState, reader: &Reader, volume: Volume) -> Vec<(&'a Material, (usize, u32))> {
    let mut next = 1;
    let mut count = |paper: &Material| {
        let first = next;
        next += paper.file.pages;
        first
    };
    (1..).zip(filed(case, reader, volume)).map(|(number, paper)| (paper, (number, count(paper)))).collect()
}

/// The paper and its page at a place of the catalogue: `12` is the twelfth paper, `p62` page 62 of the volume.
/// Whoever is on a side sees a part of the file: their numbers and pages count what they see.
pub fn place(case: &CaseState, reader: &Reader, volume: Volume, named: &str) -> Option<(MaterialId, u32)> {
    let papers = numbered(case, reader, volume);
    let paged = named.strip_prefix(['p', 'P']).map(str::trim);
    let wanted: u32 = paged.unwrap_or(named).parse().ok()?;
    let found = match paged {
        Some(_) => papers.iter().find(|(paper, (_, first))| (*first..*first + paper.file.pages).contains(&wanted)),
        None => papers.iter().find(|(_, (number, _))| u32::try_from(*number) == Ok(wanted)),
    };
    found.map(|(paper, (_, first))| (paper.id, if paged.is_some() { wanted - first + 1 } else { 1 }))
}

/// A paper as a list tells it; `inside` the court with the page it begins at and to whom it was disclosed.
pub fn line(
    case: &CaseState,
    paper: &Material,
    inside: bool,
    at: Option<(usize, u32)>,
    marks: &Marks,
) -> PaperLine {
    let of_law = match paper.volume {
        Volume::Main => catalogue::Volume::Main,
        Volume::Secondary => catalogue::Volume::Secondary,
    };
    let told = case.parties_in_order().filter(|party| inside && paper.disclosed_to.contains(&party.id));
    let item = case.evidence.iter().find(|item| item.material == paper.id);
    let owner = owner(case, paper);
    PaperLine {
        id: paper.id,
        number: at.map(|(number, _)| number),
        kind: paper.kind,
        title: paper.title.clone(),
        place: catalogue::item(CIVIL_FIRST, of_law, paper.kind.place()).map_or("", |item| item.name_zh.as_str()),
        received_on: paper.received_on,
        by: owner.map(|party| party.id),
        from: owner.map(|party| party.name.clone()),
        pages: paper.page_count(),
        first_page: at.map(|(_, page)| page),
        told: told.map(|party| format!("{}{}", role(party.role), party.name)).collect(),
        read: marks.read.get(&paper.id).map_or(0, BTreeSet::len),
        opened: opened::by_panel(&marks.panel, paper.id),
        notes: marks.notes.get(&paper.id).copied().unwrap_or_default(),
        struck: paper.place == Place::Struck,
        erased: paper.erased_on.is_some(),
        replaced: paper.earlier.len(),
        said: item.map(|item| said(case, item)).unwrap_or_default(),
        judged: item.and_then(|item| item.court_view.as_ref()).filter(|_| inside || case.closing.is_some()).map(|(view, _)| *view),
        unscreened: inside && marks.unscreened.contains(&paper.id),
        same: marks.same.get(&paper.id).cloned().unwrap_or_default(),
    }
}

fn said(case: &CaseState, item: &EvidenceItem) -> Vec<SaidView> {
    item.opinions.iter().map(|opinion| SaidView::of(case, opinion)).collect()
}

/// Whose paper it is: the party's name, or nothing for the court's own.
pub fn submitter(case: &CaseState, paper: &Material) -> Option<String> {
    owner(case, paper).map(|party| party.name.clone())
}

fn owner<'a>(case: &'a CaseState, paper: &Material) -> Option<&'a Party> {
    match paper.by {
        Submitter::Court if FROM_PARTIES.contains(&paper.kind) => author(case, paper),
        Submitter::Court => None,
        Submitter::Party { party } => case.parties.get(&party),
    }
}

/// Whose words the platform wrote down: a complaint is the plaintiff's, an answer its party's.
fn author<'a>(case: &'a CaseState, paper: &Material) -> Option<&'a Party> {
    match &paper.about {
        Some(About::Party(party) | About::Words { party: Some(party), .. }) => case.parties.get(party),
        _ => case.parties_as(PartyRole::Plaintiff).next(),
    }
}
