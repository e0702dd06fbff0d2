//! The scanning centre (扫描中心): batches whose pages wait to be sorted, page by page into the staging of a case; and
//! cover sheets that spare the sorting.

mod page;
pub(crate) mod samples;

use axum::{
    body::Body,
    http::{HeaderValue, header},
};
use xiezhi_app::{
    App,
    access::{AccessEvent, Look},
    scanning::KnownBatch,
    tables::CaseRow,
};
use xiezhi_domain::{
    ids::{CaseId, ScanId},
    paper::PaperKind,
    scanning::{Batch, DESK, Fate},
};

use super::material;
use crate::http::{me::Me, prelude::*};

/// Where the page is.
const PAGE: &str = "/scans";

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get(PAGE, Op::ShowScans, scans)
        .get("/scans/{batch}", Op::ShowScannedBatch, batch)
        .get("/scans/{batch}/{page}", Op::ShowScannedPage, image)
        .post("/scans/{batch}/sort", Op::SortScannedPages, sort)
        .post("/scans/{batch}/drop", Op::DropScannedPages, put_away)
        .post("/cases/{case}/staging/sheet", Op::PrintCoverSheet, sheet)
}

/// A batch on the desk.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BatchLine {
    /// Identifier.
    pub id: ScanId,
    /// What the scanner called it.
    pub name: String,
    /// Its pages.
    pub pages: usize,
    /// How many of them wait.
    pub waiting: usize,
}

/// Batches that wait to be sorted.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ScansView {
    /// They, the newest first.
    pub batches: Vec<BatchLine>,
}

impl ScansView {
    fn of(batches: Vec<KnownBatch>) -> Self {
        let line = |known: KnownBatch| BatchLine {
            id: known.id,
            waiting: known.batch.waiting().len(),
            pages: known.batch.pages.len(),
            name: known.batch.name,
        };
        Self { batches: batches.into_iter().map(line).filter(|line| line.waiting > 0).collect() }
    }
}

/// A page of a batch that waits.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ScannedPageView {
    /// Its number in the batch, from 1.
    pub number: u32,
    /// Whether nothing stands on it.
    pub blank: bool,
    /// Code of why the case that its cover sheet names did not take it.
    pub stopped: Option<String>,
}

/// A batch whose pages are sorted.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BatchView {
    /// Identifier.
    pub id: ScanId,
    /// What the scanner called it.
    pub name: String,
    /// Pages that wait.
    pub waiting: Vec<ScannedPageView>,
    /// How many went to cases.
    pub sorted: usize,
    /// Cases that pages may go to: those that pages of the batch went to, and the reader's own.
    pub cases: Vec<CaseOnDesk>,
}

/// A case beside the pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CaseOnDesk {
    /// Its number.
    pub number: String,
    /// Its parties.
    pub title: String,
}

impl BatchView {
    fn of(id: ScanId, batch: &Batch, cases: Vec<CaseRow>) -> Self {
        let case = |row: CaseRow| Some(CaseOnDesk { number: row.number?, title: row.title });
        let page = |number: u32| ScannedPageView {
            number,
            blank: batch.page(number).is_some_and(|page| page.blank),
            stopped: match batch.fates.get(&number) {
                Some(Fate::Stopped(code)) => Some(code.clone()),
                _ => None,
            },
        };
        Self {
            id,
            name: batch.name.clone(),
            waiting: batch.waiting().into_iter().map(page).collect(),
            sorted: batch.fates.values().filter(|fate| matches!(fate, Fate::Sorted(_))).count(),
            cases: cases.into_iter().filter_map(case).collect(),
        }
    }
}

async fn scans(State(app): State<App>, me: Me) -> Result<Shown<ScansView>, Problem> {
    if !DESK.contains(&me.person.post) {
        return Err(Problem::not_found());
    }
    Ok(show(&me.showing, &ScansView::of(app.open_batches().await?)))
}

async fn batch(State(app): State<App>, me: Me, Path(id): Path<ScanId>) -> Result<Shown<BatchView>, Problem> {
    let batch = app.batch(&me.actor, id).await?;
    looked(&app, &me, &batch, batch.waiting()).await?;
    let cases = app.cases_on_desk(&me.actor, &batch).await?;
    Ok(show(&me.showing, &BatchView::of(id, &batch, cases)))
}

/// Pages that belong to no case yet are looked at on the record, too: by the name of their batch.
async fn looked(app: &App, me: &Me, batch: &Batch, pages: Vec<u32>) -> Result<(), Problem> {
    let look = AccessEvent::Looked {
        reader: me.person.id,
        post: me.person.post,
        look: Look::Page,
        case: None,
        material: None,
        pages,
        words: Some(batch.name.clone()),
        rule: "P6".to_owned(),
    };
    Ok(app.record_look(look).await?)
}

/// A page that waits; what went to a case is looked at there.
async fn image(
    State(app): State<App>,
    me: Me,
    Path((id, page)): Path<(ScanId, String)>,
    Query(wide): Query<material::Wide>,
) -> Result<Sent<Jpeg>, Problem> {
    let batch = app.batch(&me.actor, id).await?;
    let number: u32 = page.strip_suffix(".jpg").and_then(|page| page.parse().ok()).ok_or_else(Problem::not_found)?;
    let page = batch.page(number).filter(|_| batch.waits(number)).ok_or_else(Problem::not_found)?;
    let file = batch.files.iter().find(|file| file.sha256 == page.file_sha256).ok_or_else(Problem::not_found)?;
    let width = material::width(wide.w);
    if width > material::THUMB_PX {
        looked(&app, &me, &batch, vec![number]).await?;
    }
    material::jpeg(&app, file, page.page, width).await
}

/// Where pages that are ticked go.
#[derive(Debug, Deserialize, ToSchema)]
struct Sorting {
    /// Their numbers in the batch, from 1.
    #[serde(default)]
    page: Vec<u32>,
    /// Number of the case, as it was typed.
    #[serde(default)]
    number: String,
    /// Number of the case, as it was chosen from those beside the pages.
    #[serde(default)]
    known: String,
    /// Kind of the paper they become.
    kind: PaperKind,
    /// Its title.
    #[serde(default)]
    title: String,
}

async fn sort(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<ScanId>,
    form: Input<Sorting>,
) -> Result<Done<BatchView>, Problem> {
    let Sorting { page, number, known, kind, title } = form.value;
    let number = if number.trim().is_empty() { known } else { number };
    web.app.sort_scans(&me.actor, form.command, (id, page), &number, (kind, title.trim())).await?;
    after(&web, &me, id).await
}

/// Why pages that are ticked belong to no case.
#[derive(Debug, Deserialize, ToSchema)]
struct Dropping {
    /// Their numbers in the batch, from 1.
    #[serde(default)]
    page: Vec<u32>,
    #[serde(default)]
    reason: String,
}

async fn put_away(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<ScanId>,
    form: Input<Dropping>,
) -> Result<Done<BatchView>, Problem> {
    let Dropping { page, reason } = form.value;
    web.app.drop_scans(&me.actor, form.command, (id, page), &reason).await?;
    after(&web, &me, id).await
}

/// On with the batch while pages of it wait, then back to the desk.
async fn after(web: &Web, me: &Me, id: ScanId) -> Result<Done<BatchView>, Problem> {
    let batch = web.app.batch(&me.actor, id).await?;
    let view = BatchView::of(id, &batch, web.app.cases_on_desk(&me.actor, &batch).await?);
    let on = if view.waiting.is_empty() { PAGE.to_owned() } else { format!("{PAGE}/{id}") };
    Ok(done(&me.showing, &on, &view))
}

/// What a cover sheet says.
#[derive(Debug, Deserialize, ToSchema)]
struct Covering {
    /// Kind of the paper behind it.
    kind: PaperKind,
    /// Its title.
    #[serde(default)]
    title: String,
}

async fn sheet(
    State(web): State<Web>,
    me: Me,
    Path(case): Path<CaseId>,
    form: Input<Covering>,
) -> Result<Sent<AnyFile>, Problem> {
    let Covering { kind, title } = form.value;
    let title = if title.trim().is_empty() { kind.name_zh() } else { title.trim() };
    let pdf = web.app.print_cover_sheet(case, &me.actor, kind, title).await?;
    let mut response = Body::from(pdf).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let name = format!("inline; filename*=UTF-8''{}", material::escaped("扫描分隔页.pdf"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).expect("escaped"));
    Ok(response.into())
}
