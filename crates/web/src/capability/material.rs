//! The e-file (电子卷): catalogue, staging, reading.

mod about;
mod asked;
mod catalogue;
mod comparing;
mod images;
mod leaf;
mod list;
mod offer;
mod opened;
mod passage;
mod play;
mod reader;
mod search;
mod taking;
mod toolbar;
mod versions;
pub(crate) mod samples;

use axum::http::HeaderMap;
use xiezhi_app::{
    access::{AccessEvent, Look},
    looks::{MOST_WORDS, Seen},
    posters::LIMIT_BYTES,
};
use xiezhi_domain::{
    access::{self, Act, Reader},
    annotation::Circle,
    case::CaseState,
    ids::{CaseId, MaterialId},
    material::{Material, MaterialCommand},
    paper::{PaperKind, Volume},
};

use super::{
    annotation,
    on_paper::comparers,
    prelude_of_cases::{Acted, CaseStanding, act, route},
    together::{self, Beside, TogetherView},
    verify::KeptView,
};
use crate::{
    frame::reading::Pages,
    http::{looking::is_looked_at, me::Me, prelude::*},
};

use asked::Asked;
pub(super) use about::serde_code;
pub(super) use catalogue::numbered;
pub(super) use images::{THUMB_PX, jpeg, width};
pub use catalogue::{FileView, Marks, PaperLine, in_order, line, submitter};
pub use leaf::LeafView;
pub use offer::OfferView;
pub use reader::ReaderView;
pub use search::SearchView;
pub(super) use taking::escaped;
pub use versions::{VersionView, VersionsView};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/file", Op::ShowFile, file)
        .get("/cases/{case}/file/place", Op::FindPlace, passage::place)
        .get("/cases/{case}/file/search", Op::SearchFile, search)
        .post("/cases/{case}/file/enter", Op::EnterIntoFile, enter)
        .post("/cases/{case}/file/disclose", Op::DiscloseMaterial, disclose)
        .get("/cases/{case}/file/{material}", Op::ReadMaterial, read)
        .get("/cases/{case}/file/{material}/leaves/{page}", Op::ReadLeaf, leaf)
        .post("/cases/{case}/file/{material}/looked", Op::ReportLook, report)
        .post("/cases/{case}/file/{material}/turn", Op::TurnMaterialPage, turn)
        .post("/cases/{case}/file/{material}/original", Op::CompareOriginal, comparing::compare)
        .post("/cases/{case}/file/{material}/title", Op::RetitleMaterial, retitle)
        .post("/cases/{case}/file/{material}/discard", Op::DiscardMaterial, discard)
        .get("/cases/{case}/file/{material}/download", Op::DownloadMaterial, taking::download)
        .get("/cases/{case}/file/{material}/copy.pdf", Op::TakeReadingCopy, taking::copy)
        .get("/cases/{case}/file/{material}/passage", Op::FindPassage, passage::find)
        .get("/cases/{case}/file/{material}/versions", Op::CompareVersions, versions::compare)
        .get("/cases/{case}/file/{material}/versions/{version}/{page}", Op::ShowVersionPage, versions::image)
        .get("/cases/{case}/file/{material}/play", Op::PlayMaterial, play::play)
        .get("/cases/{case}/file/{material}/poster.jpg", Op::ShowPicture, play::picture)
        .post("/cases/{case}/file/{material}/poster", Op::TakePicture, play::take_picture).up_to(LIMIT_BYTES)
        .get("/cases/{case}/file/{material}/pages/{page}", Op::ShowMaterialPage, page_image)
}

/// The rule of access by which `reader` sees `material`; unknown and hidden papers look alike.
pub(super) fn seen<'a>(case: &'a CaseState, reader: &Reader, id: MaterialId) -> Result<(&'a Material, &'static str), Problem> {
    let material = case.materials.get(&id).ok_or_else(Problem::not_found)?;
    if !access::may_see(reader, case, material) || material.erased_on.is_some() {
        return Err(Problem::not_found());
    }
    let act = match material.volume {
        Volume::Main => Act::ViewMain,
        Volume::Secondary => Act::ViewSecondary,
    };
    let rule = access::may(reader, act, case.stage).map_err(|_| Problem::not_found())?;
    Ok((material, rule))
}

async fn file(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Shown<FileView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    access::may(&reader, Act::ViewMain, state.stage).map_err(|_| Problem::not_found())?;
    let panel = opened::panel_read(&app, &me, &state, &reader).await?;
    let mut marks = Marks { read: app.pages_read(me.person.id, case).await?, panel, ..Marks::default() };
    let notes = annotation::readable(&app, &me, &state, &reader).await?;
    for note in notes.iter().filter(|note| !note.withdrawn) {
        *marks.notes.entry(note.material).or_default() += 1;
    }
    marks.without_scanner = app.ports().screening.scanner.is_none();
    if !marks.without_scanner {
        marks.unscreened = app.unscreened(&state, &reader).await?;
    }
    marks.same = app.same_in_file(&state, &reader).await?;
    Ok(show(&me.showing, &FileView::of(&state, &reader, &marks, asked)))
}

/// Which page, and what is looked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct At {
    /// Page, from 1.
    pub page: Option<u32>,
    /// Words looked for.
    #[serde(default)]
    pub q: String,
    /// Which of the hits is in the light, from 0.
    pub hit: Option<usize>,
    /// Where a recording is to begin, in seconds.
    pub at: Option<u32>,
    /// Whom of the court's people the reader follows: the presenter to this circle.
    pub follow: Option<Circle>,
    /// Whether two pages stand beside each other.
    #[serde(skip)]
    pub two: bool,
}

impl At {
    /// The pages that are shown of `pages`: two stand beside each other as in an open book.
    pub fn shown(&self, pages: u32) -> std::ops::Range<u32> {
        let page = self.page.unwrap_or(1);
        match (pages, self.two) {
            (0, _) => 0..0,
            (pages, true) => {
                let left = page - (page + 1) % 2;
                left..(left + 1).min(pages) + 1
            }
            _ => page..page + 1,
        }
    }
}

/// Notes that a page of a paper is looked at, and tells whether it is. What an open page asks again for by itself, or
/// fetches ahead, is no look only where it lies beside a page that was: nobody reads a paper through without a
/// trace. A page of the secondary volume is never fetched ahead without one.
pub(super) async fn looked(
    app: &App,
    me: &Me,
    headers: &HeaderMap,
    (case, paper, rule): (CaseId, &Material, &str),
    page: u32,
) -> Result<bool, Problem> {
    let by_itself = !is_looked_at(headers) && paper.volume == Volume::Main;
    if by_itself && app.is_beside_read(me.person.id, paper.id, page).await? {
        return Ok(false);
    }
    let seen = Seen { post: me.person.post, case, material: Some(paper.id), rule: rule.to_owned() };
    app.look(me.person.id, seen, page);
    Ok(true)
}

async fn read(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    Query(at): Query<At>,
) -> Result<Shown<ReaderView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, rule) = seen(&state, &reader, material)?;
    let page = at.page.unwrap_or(1).clamp(1, paper.file.pages.max(1));
    let at = At { page: Some(page), two: me.showing.look.reading.pages == Pages::Two, ..at };
    if looked(&app, &me, &headers, (case, paper, rule), page).await? {
        for page in at.shown(paper.file.pages) {
            app.mark_read(me.person.id, case, material, page).await?;
        }
    }
    let kept = KeptView::of(&app, &state, paper).await?;
    let layer = app.text_layer_soon(&paper.file).await;
    let notes = annotation::readable(&app, &me, &state, &reader).await?;
    let notes = notes.into_iter().filter(|note| note.material == material).collect();
    let turns = app.turns(me.person.id, material).await?;
    let beside = Beside { at: Some((paper, page)), moves: is_looked_at(&headers), follows: at.follow };
    let together = TogetherView::of(&app, &me, (&state, &reader), beside).await?;
    let shown = app.versions_shown(&reader, &state, paper).await?;
    let outline = app.outline(&paper.file).await;
    let view = ReaderView::of(&state, &reader, paper, &at, &layer).outlined(&outline).among(together).with_versions(&shown);
    let unscreened = app.unscreened(&state, &reader).await?.contains(&paper.id);
    let view = view.noticed(app.same_papers(&state, &reader, paper).await?, unscreened);
    let view = view.pictured(app.poster_of(&state, paper).await?.is_some());
    let view = if view.may_compare { view.comparable_by(comparers(&state, &me.showing)) } else { view };
    Ok(show(&me.showing, &view.turned(&turns).noted(notes).beside_its_proof(kept)))
}

/// One page by itself, for the script that turns pages in their place.
async fn leaf(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path((case, material, page)): Path<(CaseId, MaterialId, u32)>,
    Query(at): Query<At>,
) -> Result<Shown<LeafView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, rule) = seen(&state, &reader, material)?;
    if page == 0 || page > paper.file.pages {
        return Err(Problem::not_found());
    }
    if looked(&app, &me, &headers, (case, paper, rule), page).await? {
        app.mark_read(me.person.id, case, material, page).await?;
        together::came(&app, &me, (&state, &reader), (paper, page)).await?;
    }
    let layer = app.text_layer_soon(&paper.file).await;
    let text = usize::try_from(page - 1).ok().and_then(|page| layer.get(page));
    let notes = annotation::readable(&app, &me, &state, &reader).await?;
    let turns = app.turns(me.person.id, material).await?;
    let leaf = LeafView::of(case, material, &paper.title, (page, paper.file.pages), text, at.q.trim());
    Ok(show(&me.showing, &leaf.turned(turns.get(&page)).with_notes(notes.into_iter())))
}

/// A page of a paper.
#[derive(Debug, Deserialize, ToSchema)]
struct OfPage {
    page: u32,
    /// Whether the browser was asked to print it.
    #[serde(default)]
    printed: bool,
}

/// What was fetched ahead came on the screen: now it is a look.
async fn report(
    State(app): State<App>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    form: Input<OfPage>,
) -> Result<NoContent, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, rule) = seen(&state, &reader, material)?;
    let page = form.value.page;
    if page == 0 || page > paper.file.pages {
        return Err(Problem::not_found());
    }
    looked(&app, &me, &HeaderMap::new(), (case, paper, rule), page).await?;
    if form.value.printed {
        app.record_look(AccessEvent::Looked {
            reader: me.person.id,
            post: me.person.post,
            look: Look::Download,
            case: Some(case),
            material: Some(material),
            pages: vec![page],
            words: Some("浏览器打印".to_owned()),
            rule: rule.to_owned(),
        })
        .await?;
    }
    app.mark_read(me.person.id, case, material, page).await?;
    together::came(&app, &me, (&state, &reader), (paper, page)).await?;
    Ok(NoContent)
}

/// How a page is turned.
#[derive(Debug, Deserialize, ToSchema)]
struct Turned {
    page: u32,
    degrees: u16,
}

/// What was remembered.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
struct TurnKept {
    degrees: u16,
}

async fn turn(
    State(app): State<App>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    form: Input<Turned>,
) -> Result<Done<TurnKept>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, _) = seen(&state, &reader, material)?;
    let Turned { page, degrees } = form.value;
    if page == 0 || page > paper.file.pages {
        return Err(Problem::not_found());
    }
    app.turn_page(me.person.id, case, material, page, degrees).await?;
    Ok(done(&me.showing, &route(case, &format!("/file/{material}?page={page}")), &TurnKept { degrees: degrees % 360 }))
}

/// Words looked for in the whole file.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
struct Sought {
    #[serde(default)]
    q: String,
}

async fn search(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    Query(sought): Query<Sought>,
) -> Result<Shown<SearchView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let rule = access::may(&reader, Act::ViewMain, state.stage).map_err(|_| Problem::not_found())?;
    let sought: String = sought.q.trim().chars().take(MOST_WORDS).collect();
    let sought = sought.as_str();
    // What stands around the words is read, too: the search leaves them, and one letter is none.
    if search::is_enough(sought) {
        app.record_look(AccessEvent::Looked {
            reader: me.person.id,
            post: me.person.post,
            look: Look::Search,
            case: Some(case),
            material: None,
            pages: vec![],
            words: Some(sought.to_owned()),
            rule: rule.to_owned(),
        })
        .await?;
    }
    Ok(show(&me.showing, &SearchView::of(&app, &state, &reader, sought).await))
}

/// How wide an image is wished.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Wide {
    /// In pixels.
    pub(super) w: Option<u32>,
}

async fn page_image(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path((case, material, page)): Path<(CaseId, MaterialId, String)>,
    Query(wide): Query<Wide>,
) -> Result<Sent<Jpeg>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, rule) = seen(&state, &reader, material)?;
    let page: u32 = page.strip_suffix(".jpg").and_then(|page| page.parse().ok()).ok_or_else(Problem::not_found)?;
    if page == 0 || page > paper.file.pages {
        return Err(Problem::not_found());
    }
    let width = images::width(wide.w);
    if width > images::THUMB_PX {
        looked(&app, &me, &headers, (case, paper, rule), page).await?;
    }
    jpeg(&app, &paper.file, page, width).await
}

/// Papers that were ticked.
#[derive(Debug, Deserialize, ToSchema)]
struct Ticked {
    #[serde(default)]
    material: Vec<MaterialId>,
}

async fn enter(
    State(web): State<Web>,
    me: Me,
    Path(case): Path<CaseId>,
    form: Input<Ticked>,
) -> Acted {
    let decided = web.app.take_into_file(case, &me.actor, form.command, form.value.material).await?;
    Ok(done(&me.showing, &route(case, "/file"), &CaseStanding::of(&me, &decided.case, decided.pos)))
}

async fn disclose(
    State(web): State<Web>,
    me: Me,
    Path(case): Path<CaseId>,
    form: Input<Ticked>,
) -> Acted {
    let command = MaterialCommand::Disclose { materials: form.value.material };
    act(&web, &me, case, form.command, command, &route(case, "/file")).await
}

/// A better title and kind.
#[derive(Debug, Deserialize, ToSchema)]
struct Titled {
    kind: PaperKind,
    title: String,
    /// `staging` where the form stands on the page of staged papers.
    #[serde(default)]
    back: String,
}

async fn retitle(
    State(web): State<Web>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    form: Input<Titled>,
) -> Acted {
    let Titled { kind, title, back } = form.value;
    let command = MaterialCommand::Retitle { material, kind, title };
    let on = if back == "staging" { "/staging".to_owned() } else { format!("/file/{material}") };
    act(&web, &me, case, form.command, command, &route(case, &on)).await
}

/// Why a paper is not taken.
#[derive(Debug, Deserialize, ToSchema)]
struct Because {
    #[serde(default)]
    reason: String,
    /// `staging` where the form stands on the page of staged papers.
    #[serde(default)]
    back: String,
}

async fn discard(
    State(web): State<Web>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    form: Input<Because>,
) -> Acted {
    let Because { reason, back } = form.value;
    let on = if back == "staging" { "/staging" } else { "/file" };
    act(&web, &me, case, form.command, MaterialCommand::Discard { material, reason }, &route(case, on)).await
}
