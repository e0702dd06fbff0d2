//! What the outsider meets: the question for the code, the list of papers with words to look for in them, a page at a
//! time as an image under their name, with its text for whoever hears it. There is no file to take away.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header},
};
use jiff::civil::Date;
use maud::Markup;
use xiezhi_app::{
    sharing::{Shared, SharedHit, SharedHits, SharedText},
    texts::Found,
};
use xiezhi_domain::ids::{CaseId, MaterialId, ShareId};

use super::PaperView;
use crate::{
    WebConfig,
    capability::material,
    frame::prelude::*,
    http::{me::Visitor, prelude::*, wants::Jpeg},
    messages::{
        Lang, day,
        material::{self as material_words, Key as FileKey},
        searching as searching_words,
        sharing::{self as words, Key},
        t,
    },
};

/// The width of a page that is read.
const IMAGE_PX: u32 = 1_400;

/// What a share opens, to whoever gave its code; to anybody else the question for it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GuestView {
    /// The case.
    pub case: CaseId,
    /// The share.
    pub share: ShareId,
    /// What it opens; nothing before the code was given.
    pub opened: Option<OpenedView>,
}

/// What a share opens.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OpenedShare)]
pub struct OpenedView {
    /// Number of the case.
    pub number: String,
    /// Who reads.
    pub reader: String,
    /// For what.
    pub purpose: String,
    /// Last day.
    pub until_on: Date,
    /// The papers.
    pub papers: Vec<PaperView>,
    /// What was looked for in them, and where it stands.
    pub found: Option<FoundView>,
}

/// Where words stand in shared papers.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = FoundInShare)]
pub struct FoundView {
    /// The words.
    pub sought: String,
    /// The places, paper by paper.
    pub hits: Vec<PlaceView>,
    /// Whether there are more.
    pub more: bool,
    /// How many of the papers have pages without text.
    pub without_text: usize,
}

/// A place of words in a shared paper.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PlaceInShare)]
pub struct PlaceView {
    /// The paper.
    pub material: MaterialId,
    /// The page, from 1.
    pub page: u32,
    /// A few letters before the words.
    pub before: String,
    /// The words, as they stand there.
    pub words: String,
    /// A few letters after them.
    pub after: String,
}

impl FoundView {
    fn of(sought: &str, found: SharedHits) -> Self {
        let place = |SharedHit { material, page, found: Found { before, words, after, .. } }| PlaceView {
            material,
            page,
            before,
            words,
            after,
        };
        let hits = found.hits.into_iter().map(place).collect();
        Self { sought: sought.to_owned(), hits, more: found.more, without_text: found.without_text }
    }
}

impl OpenedView {
    /// The papers of a share that is open.
    pub fn of(shared: &Shared, today: Date) -> Self {
        let terms = &shared.share.terms;
        Self {
            number: shared.case.number.as_ref().map(ToString::to_string).unwrap_or_default(),
            reader: format!("{} {}", terms.with.organisation, terms.with.name),
            purpose: terms.purpose.clone(),
            until_on: terms.until_on,
            papers: shared.papers(today).into_iter().map(|(paper, _)| PaperView::of(paper)).collect(),
            found: None,
        }
    }
}

/// A page of a shared paper.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GuestPageView {
    /// The case.
    pub case: CaseId,
    /// The share.
    pub share: ShareId,
    /// The paper.
    pub paper: PaperView,
    /// The page, from 1.
    pub page: u32,
    /// Its text, as far as it can be read: that of what is shared and of nothing behind it.
    pub text: String,
    /// Whether it is a scan that still waits to be recognised.
    pub awaited: bool,
}

const COOKIE: &str = "share";

/// The cookie of a share goes along to its own pages alone.
fn cookie(config: &WebConfig, case: CaseId, share: ShareId, secret: &str) -> HeaderValue {
    let secure = if config.secure { "; Secure" } else { "" };
    let text = format!("{COOKIE}={secret}; Path=/shared/{case}/{share}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).expect("a secret is hexadecimal")
}

fn secret(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

/// The share before whoever gave its code; before anybody else there is none.
async fn opened(app: &App, headers: &HeaderMap, case: CaseId, share: ShareId) -> Result<Shared, Problem> {
    let secret = secret(headers).ok_or_else(Problem::not_found)?;
    Ok(app.shared(case, share, secret).await?)
}

/// What is looked for in the papers of a share.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SoughtInShare)]
pub(super) struct SoughtHere {
    /// Words.
    #[serde(default)]
    q: String,
}

/// Whether there is such a share is told to nobody without its code: every address asks for one.
pub(super) async fn enter(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((case, share)): Path<(CaseId, ShareId)>,
    Query(asked): Query<SoughtHere>,
) -> Result<Shown<GuestView>, Problem> {
    let Ok(shared) = opened(&app, &headers, case, share).await else {
        return Ok(show(&visitor.showing, &GuestView { case, share, opened: None }));
    };
    let mut opened = OpenedView::of(&shared, visitor.showing.today);
    let sought = asked.q.trim();
    if !sought.is_empty() {
        opened.found = Some(FoundView::of(sought, app.search_shared(&shared, sought).await?));
    }
    Ok(show(&visitor.showing, &GuestView { case, share, opened: Some(opened) }))
}

/// The code that was sent.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ShareCode {
    #[serde(default)]
    code: String,
}

pub(super) async fn open(
    State(web): State<Web>,
    visitor: Visitor,
    Path((case, share)): Path<(CaseId, ShareId)>,
    form: Input<ShareCode>,
) -> Result<Done<GuestView>, Problem> {
    let code: String = form.value.code.chars().filter(|letter| !letter.is_whitespace()).take(20).collect();
    let secret = web.app.open_share(case, share, &code).await?;
    let shared = web.app.shared(case, share, &secret).await?;
    let view = GuestView { case, share, opened: Some(OpenedView::of(&shared, visitor.showing.today)) };
    let cookie = cookie(&web.config, case, share, &secret);
    Ok(done(&visitor.showing, &format!("/shared/{case}/{share}"), &view).with_cookie(cookie))
}

/// Which page.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SharedPageAsked)]
pub(super) struct OnPage {
    page: Option<u32>,
}

pub(super) async fn read(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((case, share, id)): Path<(CaseId, ShareId, MaterialId)>,
    Query(on): Query<OnPage>,
) -> Result<Shown<GuestPageView>, Problem> {
    let shared = opened(&app, &headers, case, share).await?;
    let papers = shared.papers(visitor.showing.today);
    let (paper, _) = papers.into_iter().find(|(paper, _)| paper.id == id).ok_or_else(Problem::not_found)?;
    let page = on.page.unwrap_or(1).clamp(1, paper.file.pages.max(1));
    let told = if paper.file.pages > 0 { app.shared_text(&shared, id, page).await? } else { SharedText::default() };
    let SharedText { text, awaited } = told;
    Ok(show(&visitor.showing, &GuestPageView { case, share, paper: PaperView::of(paper), page, text, awaited }))
}

pub(super) async fn image(
    State(app): State<App>,
    headers: HeaderMap,
    Path((case, share, id, page)): Path<(CaseId, ShareId, MaterialId, String)>,
    Query(wide): Query<material::Wide>,
) -> Result<Sent<Jpeg>, Problem> {
    let shared = opened(&app, &headers, case, share).await?;
    let page: u32 = page.strip_suffix(".jpg").and_then(|page| page.parse().ok()).ok_or_else(Problem::not_found)?;
    let jpeg = app.shared_page(&shared, id, page, material::width(wide.w)).await?;
    let mut response = Body::from(jpeg).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response.into())
}

impl View for GuestView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::GuestTitle);
        to.page(title, html! {
            (page_head(title, "", html! {}))
            (stack(match &self.opened {
                Some(opened) => self.list(to, opened),
                None => self.question(to),
            }))
        })
    }
}

impl GuestView {
    fn question(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = format!("/shared/{}/{}", self.case, self.share);
        Sheet::new(t(lang, Key::Code)).body(form(FormTo { action: &action, ..FormTo::default() }, html! {
            (to.command_field())
            p { (t(lang, Key::GuestLead)) }
            (Field::new("code", t(lang, Key::Code)).keyboard("numeric").autocomplete("one-time-code").required().text())
            p.help { (t(lang, Key::GuestNote)) }
            (Verb::submit(t(lang, Key::OpenVerb)).primary())
        }))
    }

    fn list(&self, to: &Showing, opened: &OpenedView) -> Markup {
        let lang = to.lang();
        let facts = [
            (t(lang, Key::Sharer), html! { span lang="zh-CN" { (to.settings.court_name) } }),
            (t(lang, Key::Case), html! { span.number lang="zh-CN" { (opened.number) } }),
            (t(lang, Key::Reader), html! { span lang="zh-CN" { (opened.reader) } }),
            (t(lang, Key::Purpose), html! { span lang="zh-CN" { (opened.purpose) } }),
            (t(lang, Key::Term), html! { (day(opened.until_on)) }),
        ];
        html! {
            (Sheet::new(t(lang, Key::Title)).body(html! { (pairs(&facts)) p.help { (t(lang, Key::GuestNote)) } }))
            (self.search(to, opened))
            (Sheet::new(t(lang, Key::SharedPapers)).body(html! {
                ul.points { @for paper in &opened.papers { li {
                    a href=(format!("/shared/{}/{}/{}", self.case, self.share, paper.id)) lang="zh-CN" { (paper.title) }
                    " " span.muted.small { (material_words::pages(lang, paper.pages)) }
                } } }
            }))
        }
    }
}

impl GuestView {
    /// Words to look for in what is shared, and where they stand.
    fn search(&self, to: &Showing, opened: &OpenedView) -> Markup {
        let lang = to.lang();
        let action = format!("/shared/{}/{}", self.case, self.share);
        let ask = t(lang, Key::SearchHere);
        let sought = opened.found.as_ref().map_or("", |found| found.sought.as_str());
        html! {
            section.sheet {
                div.in.searching {
                    form.find role="search" method="get" action=(action) aria-label=(ask) {
                        (Icon::Search)
                        input.input type="search" name="q" value=(sought) placeholder=(ask) aria-label=(ask);
                    }
                    @if let Some(found) = &opened.found {
                        p.muted.small role="status" {
                            (words::places(lang, found.hits.len()))
                            @if found.more { " " (t(lang, Key::MorePlaces)) }
                            @if found.without_text > 0 { " " (material_words::without_text(lang, found.without_text)) }
                        }
                    }
                }
                @if let Some(found) = opened.found.as_ref().filter(|found| !found.hits.is_empty()) {
                    ol.hits { @for hit in &found.hits { (self.hit(to, opened, hit)) } }
                }
            }
        }
    }

    fn hit(&self, to: &Showing, opened: &OpenedView, hit: &PlaceView) -> Markup {
        let title = opened.papers.iter().find(|paper| paper.id == hit.material).map_or("", |paper| paper.title.as_str());
        let at = format!("/shared/{}/{}/{}?page={}", self.case, self.share, hit.material, hit.page);
        html! {
            li { a href=(at) {
                span lang="zh-CN" { (title) }
                span.context lang="zh-CN" { "…" (hit.before) mark { (hit.words) } (hit.after) "…" }
                span.faint { (searching_words::page_of(to.lang(), u64::from(hit.page))) }
            } }
        }
    }
}

impl View for GuestPageView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let own = format!("/shared/{}/{}/{}", self.case, self.share, self.paper.id);
        let list = format!("/shared/{}/{}", self.case, self.share);
        let PaperView { title, pages, .. } = &self.paper;
        let at = |page: u32| format!("{own}?page={page}");
        let (before, after) = (at(self.page.saturating_sub(1)), at(self.page + 1));
        let about = words::page_of(lang, title, self.page, *pages);
        to.page(title, html! {
            div.line.wrap { h1 lang="zh-CN" { (title) } a.push href=(list) { (Icon::Back) (t(lang, Key::BackToList)) } }
            nav.line.wrap aria-label=(words::page_at(lang, self.page, *pages)) {
                (Verb::go(t(lang, Key::Previous), &before).off(self.page <= 1))
                span.number { (words::page_at(lang, self.page, *pages)) }
                (Verb::go(t(lang, Key::Next), &after).off(self.page >= *pages))
            }
            @if *pages > 0 { img.shared-page src=(format!("{own}/{}.jpg?w={IMAGE_PX}", self.page)) alt=(about); }
            @if *pages > 0 { div data-text { (explain(t(lang, FileKey::TextOfPage), self.words(lang))) } }
            p.help { (t(lang, Key::GuestNote)) }
        })
    }
}

impl GuestPageView {
    fn words(&self, lang: Lang) -> Markup {
        html! {
            @if self.text.trim().is_empty() { p { (t(lang, if self.awaited { FileKey::Awaited } else { FileKey::NoText })) } }
            @for line in self.text.lines() { p lang="zh-CN" { (line) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_of_a_share_goes_along_to_its_pages_alone_and_to_no_script() {
        let (case, share) = (CaseId(uuid::Uuid::nil()), ShareId(uuid::Uuid::nil()));
        let cookie = cookie(&WebConfig { secure: true, ..WebConfig::default() }, case, share, "ab");
        let told = cookie.to_str().expect("it is text");
        assert!(told.contains(&format!("Path=/shared/{case}/{share};")) && told.contains("HttpOnly") && told.contains("Secure"), "{told}");
    }
}
