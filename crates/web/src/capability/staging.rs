//! Putting staged papers in order (待入卷整理): pages side by side, ticked and turned, moved, split off or laid aside
//! by one form that works without scripts; then the papers enter the file in one act.

mod page;
pub(crate) mod samples;

use std::sync::Arc;

use axum::http::HeaderMap;
use jiff::civil::Date;
use xiezhi_app::sameness::SamePage;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, IdSource, MaterialId, PartyId},
    material::{Leaf, Material, MaterialCommand, PageAct, PageAt, Place, Submitter, received_file},
    paper::PaperKind,
};

use super::{
    material,
    prelude_of_cases::{Acted, act, route},
};
use crate::http::{me::Me, prelude::*};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/staging", Op::ShowStaging, staging)
        .post("/cases/{case}/staging/pages", Op::ArrangeStagedPages, arrange)
        .post("/cases/{case}/staging/{material}/from", Op::AttributeStagedPaper, attribute)
        .get("/cases/{case}/staging/{material}/{sha256}/{page}", Op::ShowStagedPage, image)
}

/// A page of a staged paper, as it lies.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StagedPageView {
    /// Its place in the paper, from 1.
    pub place: usize,
    /// SHA-256 of the file as received that it is a page of.
    pub file_sha256: String,
    /// Which page of that file, from 1.
    pub page: u32,
    /// How it is turned, clockwise, in degrees.
    pub turn: u16,
    /// How it is straightened, clockwise, in tenths of a degree.
    pub skew_tenths: i16,
}

impl StagedPageView {
    fn of((place, leaf): (usize, Leaf)) -> Self {
        let Leaf { file_sha256, page, turn, skew_tenths } = leaf;
        Self { place, file_sha256, page, turn, skew_tenths }
    }

    fn all(leaves: Vec<Leaf>) -> Vec<Self> {
        (1..).zip(leaves).map(Self::of).collect()
    }

    /// As forms name it, with the turn that whoever ticks it sees.
    fn named(&self, material: MaterialId) -> String {
        format!("{material}/{}/{}/{}", self.file_sha256, self.page, self.turn)
    }
}

/// A staged paper with its pages.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StagedView {
    /// Identifier.
    pub id: MaterialId,
    /// Kind.
    pub kind: PaperKind,
    /// Title.
    pub title: String,
    /// Whose it is; nothing for the court.
    pub by: Option<PartyId>,
    /// Whether the clerk may say whose it is, because it came without a sender.
    pub unnamed: bool,
    /// Day it came.
    pub received_on: Date,
    /// Its pages; none of a file that has no pages.
    pub pages: Vec<StagedPageView>,
    /// Pages laid aside.
    pub aside: Vec<StagedPageView>,
    /// Whether it is a file without pages, such as sound or film.
    pub whole: bool,
    /// Titles of other papers of this case that came with the same bytes.
    pub same_as: Vec<String>,
    /// Pages that seem to be scans of the same sheets as pages of other papers of this case.
    pub same_pages: Vec<SamePage>,
    /// Whether it was not looked through for viruses.
    pub unscreened: bool,
}

impl StagedView {
    fn of(case: &CaseState, paper: &Material) -> Self {
        let aside = paper.pages.as_ref().map(|pages| pages.aside.clone()).unwrap_or_default();
        Self {
            id: paper.id,
            kind: paper.kind,
            title: paper.title.clone(),
            by: match paper.by {
                Submitter::Party { party } => Some(party),
                Submitter::Court => None,
            },
            unnamed: paper.unnamed,
            received_on: paper.received_on,
            pages: StagedPageView::all(paper.leaves()),
            aside: StagedPageView::all(aside),
            whole: paper.pages.is_none() && paper.file.pages == 0,
            same_as: same_bytes(case, paper),
            same_pages: vec![],
            unscreened: false,
        }
    }
}

/// Other papers of the same case that came with the same bytes; a part of a paper is not its own double.
fn same_bytes(case: &CaseState, paper: &Material) -> Vec<String> {
    let came = |other: &&Material| {
        other.id != paper.id
            && other.pages.is_none()
            && other.file.sha256 == paper.file.sha256
            && matches!(other.place, Place::Staged | Place::InFile)
    };
    let others = case.materials_in_order().filter(|_| paper.pages.is_none()).filter(came);
    others.map(|other| other.title.clone()).collect()
}

/// The staged papers of a case, for whoever keeps its file.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StagingView {
    /// The case.
    pub case: CaseId,
    /// The papers, in the order in which they lie.
    pub papers: Vec<StagedView>,
    #[serde(skip)]
    state: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

impl StagingView {
    /// What lies in staging, for whoever keeps the file.
    pub fn of(case: &Arc<CaseState>, reader: &Reader) -> Self {
        let staged = case.materials_in_order().filter(|paper| paper.place == Place::Staged);
        Self {
            case: case.id,
            papers: staged.map(|paper| StagedView::of(case, paper)).collect(),
            state: Arc::clone(case),
            reader: reader.clone(),
        }
    }
}

/// What lies in staging, with what was noticed of its pages.
async fn noticed(app: &App, case: &Arc<CaseState>, reader: &Reader) -> Result<StagingView, Problem> {
    let mut view = StagingView::of(case, reader);
    let unscreened = app.unscreened(case, reader).await?;
    for paper in &mut view.papers {
        paper.unscreened = unscreened.contains(&paper.id);
        if let Some(material) = case.materials.get(&paper.id) {
            paper.same_pages = app.same_pages(case, reader, material).await?;
        }
    }
    Ok(view)
}

/// The case, before whoever keeps its file.
async fn kept(app: &App, me: &Me, case: CaseId) -> Result<(Arc<CaseState>, Reader, &'static str), Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let rule = access::may(&reader, Act::KeepFile, state.stage).map_err(|_| Problem::not_found())?;
    Ok((state, reader, rule))
}

async fn staging(State(app): State<App>, me: Me, Path(case): Path<CaseId>) -> Result<Shown<StagingView>, Problem> {
    let (state, reader, _) = kept(&app, &me, case).await?;
    Ok(show(&me.showing, &noticed(&app, &state, &reader).await?))
}

/// A page of a file as it was received, as far as it lies in this paper. Whoever looks at it closely leaves a trace.
async fn image(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path((case, id, sha256, page)): Path<(CaseId, MaterialId, String, String)>,
    Query(wide): Query<material::Wide>,
) -> Result<Sent<Jpeg>, Problem> {
    let (state, _, rule) = kept(&app, &me, case).await?;
    let paper = state.materials.get(&id).filter(|paper| paper.place == Place::Staged).ok_or_else(Problem::not_found)?;
    let page: u32 = page.strip_suffix(".jpg").and_then(|page| page.parse().ok()).ok_or_else(Problem::not_found)?;
    let leaves = paper.leaves();
    let mut lying = leaves.iter().chain(paper.pages.iter().flat_map(|pages| &pages.aside));
    let lies_here = lying.any(|leaf| leaf.file_sha256 == sha256 && leaf.page == page);
    let file = received_file(&state, &sha256).filter(|_| lies_here).ok_or_else(Problem::not_found)?;
    let width = material::width(wide.w);
    if width > material::THUMB_PX {
        material::looked(&app, &me, &headers, (case, paper, rule), page).await?;
    }
    material::jpeg(&app, file, page, width).await
}

/// What is done with the pages that are ticked.
#[derive(Debug, Deserialize, ToSchema)]
struct Arranging {
    /// Each as `material/sha256/page/turn`: where it lies and how whoever acts sees it turned.
    #[serde(default)]
    page: Vec<String>,
    /// `turn-90`, `turn-180`, `turn-270`, `straighten`, `aside`, `back`, `move`, `split`; or
    /// `before:` and a page as above.
    act: String,
    /// The paper that pages move to.
    #[serde(default)]
    to: String,
    /// The page of it before which they go, as above; none, and they go to its end.
    #[serde(default)]
    before: String,
    /// Tenths of a degree, clockwise, by which pages are straightened.
    #[serde(default)]
    skew_tenths: Option<i16>,
    /// Kind of the new paper that pages become.
    #[serde(default)]
    kind: Option<PaperKind>,
    /// Title of the new paper.
    #[serde(default)]
    title: String,
}

/// A page as a form names it, and how it was seen turned.
fn named(page: &str) -> Option<(PageAt, u16)> {
    let mut parts = page.split('/');
    let material = parts.next()?.parse().ok()?;
    let file_sha256 = parts.next()?.to_owned();
    let (page, turn) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some((PageAt { material, file_sha256, page }, turn))
}

impl Arranging {
    /// The command it means. A new paper is named by the command, so that sending it twice makes one.
    fn command(&self, ids: &IdSource) -> Result<MaterialCommand, Problem> {
        let wrong = |field: &str, code: &str| Problem::invalid(vec![FieldError::new(field, code)]);
        let seen: Option<Vec<(PageAt, u16)>> = self.page.iter().map(|page| named(page)).collect();
        let seen = seen.ok_or_else(|| wrong("page", "input.unknown_choice"))?;
        let turned = |further: u16| PageAct::Turn { to: seen.iter().map(|(_, turn)| (turn % 360 + further) % 360).collect() };
        let act = match self.act.as_str() {
            "turn-90" => turned(90),
            "turn-180" => turned(180),
            "turn-270" => turned(270),
            "straighten" => PageAct::Straighten { skew_tenths: self.skew_tenths.unwrap_or_default() },
            "aside" => PageAct::LayAside,
            "back" => PageAct::PutBack,
            "move" => PageAct::Move {
                to: self.to.parse().map_err(|_| wrong("to", "input.required"))?,
                before: self.before().ok_or_else(|| wrong("before", "input.unknown_choice"))?,
            },
            "split" => PageAct::Split {
                material: MaterialId(ids.next()),
                kind: self.kind.unwrap_or(PaperKind::Other),
                title: self.title.trim().to_owned(),
            },
            other => {
                let before = other.strip_prefix("before:").and_then(|two| two.split_once('>'));
                let (one, next) = before.ok_or_else(|| wrong("act", "input.unknown_choice"))?;
                return self.exchange(one, next).ok_or_else(|| wrong("act", "input.unknown_choice"));
            }
        };
        Ok(MaterialCommand::Arrange { pages: seen.into_iter().map(|(page, _)| page).collect(), how: act })
    }

    /// The page before which others go, if one is named; nothing where it is named wrongly.
    fn before(&self) -> Option<Option<(String, u32)>> {
        if self.before.is_empty() {
            return Some(None);
        }
        named(&self.before).map(|(next, _)| Some((next.file_sha256, next.page)))
    }

    /// One page goes before another: `page>next`.
    fn exchange(&self, one: &str, next: &str) -> Option<MaterialCommand> {
        let (page, next) = (named(one)?.0, named(next)?.0);
        let act = PageAct::Move { to: next.material, before: Some((next.file_sha256, next.page)) };
        Some(MaterialCommand::Arrange { pages: vec![page], how: act })
    }
}

async fn arrange(State(web): State<Web>, me: Me, Path(case): Path<CaseId>, form: Input<Arranging>) -> Acted {
    let command = form.value.command(&IdSource::of(form.command))?;
    act(&web, &me, case, form.command, command, &route(case, "/staging")).await
}

/// Whose a paper is: a party, or the court's own.
#[derive(Debug, Deserialize, ToSchema)]
struct FromWhom {
    #[serde(default)]
    from: String,
}

async fn attribute(
    State(web): State<Web>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    form: Input<FromWhom>,
) -> Acted {
    let from = form.value.from.trim();
    let from = (!from.is_empty()).then(|| from.parse::<PartyId>()).transpose();
    let from = from.map_err(|_| Problem::invalid(vec![FieldError::new("from", "input.unknown_choice")]))?;
    let command = MaterialCommand::Attribute { material, from };
    act(&web, &me, case, form.command, command, &route(case, "/staging")).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use xiezhi_domain::ids::CommandId;

    fn arranging(act: &str, page: &[&str]) -> Arranging {
        let page = page.iter().map(|page| (*page).to_owned()).collect();
        let (to, before, title) = (String::new(), String::new(), " 收条 ".to_owned());
        Arranging { page, act: act.to_owned(), to, before, skew_tenths: None, kind: Some(PaperKind::Evidence), title }
    }

    const PAGE: &str = "00000000-0000-0000-0000-000000000001/ab/3/270";

    fn ids() -> IdSource {
        IdSource::of(CommandId(uuid::Uuid::from_u128(7)))
    }

    #[test]
    fn a_page_turns_further_from_how_it_was_seen() {
        let Ok(MaterialCommand::Arrange { pages, how }) = arranging("turn-180", &[PAGE]).command(&ids()) else {
            panic!("pages are arranged")
        };
        assert_eq!((pages[0].page, pages[0].file_sha256.as_str()), (3, "ab"));
        assert_eq!(how, PageAct::Turn { to: vec![90] });
    }

    #[test]
    fn the_same_form_names_the_same_new_paper() {
        let split = || arranging("split", &[PAGE]).command(&ids()).ok();
        assert_eq!(split(), split());
        assert!(
            matches!(split(), Some(MaterialCommand::Arrange { how: PageAct::Split { title, .. }, .. }) if title == "收条")
        );
    }

    #[test]
    fn pages_that_are_dragged_go_before_the_page_they_are_laid_on() {
        let dragged = |before: &str| {
            let to = MaterialId(uuid::Uuid::from_u128(1)).to_string();
            Arranging { to, before: before.to_owned(), ..arranging("move", &[PAGE, PAGE]) }.command(&ids())
        };
        let moved = |before: &str| match dragged(before) {
            Ok(MaterialCommand::Arrange { pages, how: PageAct::Move { before, .. } }) => (pages.len(), before),
            other => panic!("no move: {other:?}"),
        };
        assert_eq!(moved(PAGE), (2, Some(("ab".to_owned(), 3))));
        assert_eq!(moved(""), (2, None));
        assert!(dragged("somewhere").is_err());
    }

    #[test]
    fn what_is_no_page_and_no_act_is_told_so() {
        assert!(arranging("turn-90", &["x"]).command(&ids()).is_err());
        assert!(arranging("burn", &[PAGE]).command(&ids()).is_err());
        assert!(arranging("move", &[PAGE]).command(&ids()).is_err());
        let ahead = format!("before:{PAGE}>{PAGE}");
        assert!(arranging(&ahead, &[]).command(&ids()).is_ok());
    }
}
