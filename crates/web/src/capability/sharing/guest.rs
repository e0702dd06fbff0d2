//! What the outsider meets: the question for the code, the list of papers, a page at a time as an image under their
//! name. There is no text of a page and no file to take away.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header},
};
use jiff::civil::Date;
use maud::Markup;
use xiezhi_app::sharing::Shared;
use xiezhi_domain::ids::{CaseId, MaterialId, ShareId};

use super::PaperView;
use crate::{
    WebConfig,
    capability::material,
    frame::prelude::*,
    http::{me::Visitor, prelude::*, wants::Jpeg},
    messages::{
        day,
        material as material_words,
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

/// Whether there is such a share is told to nobody without its code: every address asks for one.
pub(super) async fn enter(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((case, share)): Path<(CaseId, ShareId)>,
) -> Shown<GuestView> {
    let opened = opened(&app, &headers, case, share).await.ok();
    let opened = opened.map(|shared| OpenedView::of(&shared, visitor.showing.today));
    show(&visitor.showing, &GuestView { case, share, opened })
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
    Ok(show(&visitor.showing, &GuestPageView { case, share, paper: PaperView::of(paper), page }))
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
            (Sheet::new(t(lang, Key::SharedPapers)).body(html! {
                ul.points { @for paper in &opened.papers { li {
                    a href=(format!("/shared/{}/{}/{}", self.case, self.share, paper.id)) lang="zh-CN" { (paper.title) }
                    " " span.muted.small { (material_words::pages(lang, paper.pages)) }
                } } }
            }))
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
            p.help { (t(lang, Key::GuestNote)) }
        })
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
