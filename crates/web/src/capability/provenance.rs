//! Where a paper comes from and what was done with it (来源与流转): every version, every act upon it, and, for those
//! who work on the case, every reader. Made from the record and the log of looks alone.

mod page;
pub(crate) mod samples;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use xiezhi_app::{
    access::{AccessEvent, Look},
    acts::RecordedAct,
    witnessing::Reach,
};
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    event::CaseEvent,
    ids::{CaseId, MaterialId, PersonId},
    material::{FileRef, Material, MaterialEvent, Place},
    paper::PaperKind,
    provenance,
};

use super::{
    material::submitter,
    overview::{ActView, acts::Names},
};
use crate::http::prelude::*;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new().get("/cases/{case}/file/{material}/provenance", Op::ShowProvenance, show_provenance)
}

/// A paper with its whole life, as far as its reader may know it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProvenanceView {
    /// The case.
    pub case: CaseId,
    /// The paper.
    pub material: MaterialId,
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: PaperKind,
    /// Whose it is; nothing for the court.
    pub from: Option<String>,
    /// Where it is.
    pub place: Place,
    /// Day its bytes were lawfully erased.
    pub erased_on: Option<Date>,
    /// What led to it: the application that named it, the drafts it grew from; oldest first.
    pub before: Vec<ActView>,
    /// Its versions, oldest first.
    pub versions: Vec<PaperVersion>,
    /// Whether readers are told at all.
    pub tells_readers: bool,
}

/// A version of a paper.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PaperVersion {
    /// Number, from 1.
    pub number: usize,
    /// Name of its file.
    pub name: String,
    /// Its hash.
    pub sha256: String,
    /// Pages.
    pub pages: u32,
    /// Size.
    pub size_bytes: u64,
    /// The act that brought it.
    pub came: Option<ActView>,
    /// What was done with it until the next version came, oldest first.
    pub then: Vec<ActView>,
    /// Who read it while it was the newest.
    pub readers: Vec<ReaderOfPaper>,
    #[serde(skip)]
    from: Timestamp,
}

/// Someone who read a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReaderOfPaper {
    /// Name.
    pub name: String,
    /// How many entries the log of looks has.
    pub looks: usize,
    /// Pages that were looked at.
    pub pages: BTreeSet<u32>,
    /// How often its bytes were taken.
    pub downloads: usize,
    /// When last.
    pub last_at: Timestamp,
}

async fn show_provenance(
    State(app): State<App>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
) -> Result<Shown<ProvenanceView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let paper = known(&state, &reader, material)?;
    let acts = app.acts(case, 0).await?;
    let reach = app.record_reach().await?;
    let mut view = ProvenanceView::of(&me.showing, (&state, &reader), paper, &acts, reach);
    let shown = app.versions_shown(&reader, &state, paper).await?;
    view.versions.retain(|version| shown.contains(&version.number));
    if view.tells_readers {
        view.take_readers(&me.showing, material, app.looks(case).await?);
    }
    Ok(show(&me.showing, &view))
}

/// The paper, for whoever may see it and read the trace. What was erased has its provenance still.
fn known<'a>(case: &'a CaseState, reader: &Reader, id: MaterialId) -> Result<&'a Material, Problem> {
    let paper = case.materials.get(&id).filter(|paper| access::may_see(reader, case, paper));
    paper.filter(|_| may_trace(case, reader)).ok_or_else(Problem::not_found)
}

/// Whether `reader` may know where papers of `case` come from.
pub fn may_trace(case: &CaseState, reader: &Reader) -> bool {
    access::may(reader, Act::ViewTrace, case.stage).is_ok()
}

impl ProvenanceView {
    /// The life of `paper` as `reader` may be told of it, without its readers.
    fn of(
        to: &Showing,
        (case, reader): (&CaseState, &Reader),
        paper: &Material,
        acts: &[RecordedAct],
        reach: Reach,
    ) -> Self {
        let names = Names::of(case, &to.people);
        let (mut before, mut versions) = (vec![], Vec::<PaperVersion>::new());
        for act in acts {
            let Some(event) = act.event.as_ref().filter(|event| provenance::concerns(case, paper.id, event)) else {
                continue;
            };
            let told = access::may_be_told(reader, case, event);
            let told = told.then(|| ActView::of(to.lang(), act, event, &names, reach));
            match (provenance::version_of(event).filter(|(of, _)| *of == paper.id), versions.last_mut()) {
                (Some((_, file)), _) => versions.push(PaperVersion::of(versions.len() + 1, file, act.at, told)),
                (None, Some(version)) => {
                    put_together(event, paper.id).into_iter().for_each(|file| version.reads(file));
                    version.then.extend(told);
                }
                (None, None) => match put_together(event, paper.id) {
                    Some(file) => versions.push(PaperVersion::of(1, file, act.at, told)),
                    None => before.extend(told),
                },
            }
        }
        Self {
            case: case.id,
            material: paper.id,
            title: paper.title.clone(),
            kind: paper.kind,
            from: submitter(case, paper),
            place: paper.place,
            erased_on: paper.erased_on,
            before,
            versions,
            tells_readers: reader.is_team() && !to.is_outside(),
        }
    }

    /// Puts each look at the paper to the version that was the newest then.
    fn take_readers(&mut self, to: &Showing, material: MaterialId, looks: Vec<(Timestamp, AccessEvent)>) {
        let mut readers: BTreeMap<(usize, PersonId), ReaderOfPaper> = BTreeMap::new();
        for (at, AccessEvent::Looked { reader, look, material: of, pages, .. }) in looks {
            let Some(version) = self.versions.iter().rposition(|version| version.from <= at) else { continue };
            if of != Some(material) || !matches!(look, Look::Page | Look::Download) {
                continue;
            }
            let known = readers.entry((version, reader)).or_insert_with(|| ReaderOfPaper::new(to.name(reader), at));
            known.take(look, pages, at);
        }
        for ((version, _), reader) in readers {
            self.versions[version].readers.push(reader);
        }
    }
}

impl PaperVersion {
    fn of(number: usize, file: &FileRef, from: Timestamp, came: Option<ActView>) -> Self {
        Self {
            number,
            name: file.name.clone(),
            sha256: file.sha256.clone(),
            pages: file.pages,
            size_bytes: file.size_bytes,
            came,
            then: vec![],
            readers: vec![],
            from,
        }
    }

    /// It is read as `file` from here on: what was received was put together as this.
    fn reads(&mut self, file: &FileRef) {
        (self.name, self.sha256) = (file.name.clone(), file.sha256.clone());
        (self.pages, self.size_bytes) = (file.pages, file.size_bytes);
    }
}

/// The file that a paper was put together as in staging, by the act that did so.
fn put_together(event: &CaseEvent, paper: MaterialId) -> Option<&FileRef> {
    match event {
        CaseEvent::Material(MaterialEvent::Rendered { material, file, .. }) if *material == paper => Some(file),
        _ => None,
    }
}

impl ReaderOfPaper {
    fn new(name: &str, at: Timestamp) -> Self {
        Self { name: name.to_owned(), looks: 0, pages: BTreeSet::new(), downloads: 0, last_at: at }
    }

    fn take(&mut self, look: Look, pages: Vec<u32>, at: Timestamp) {
        self.looks += 1;
        self.downloads += usize::from(look == Look::Download);
        self.pages.extend(pages);
        self.last_at = self.last_at.max(at);
    }
}
