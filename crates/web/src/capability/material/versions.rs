//! Two versions of a paper beside each other (版本对照): every version stays readable to whoever it had reached, page by
//! page, with whether the words of the page changed.

use axum::http::HeaderMap;
use xiezhi_domain::{
    access::Reader,
    case::CaseState,
    ids::{CaseId, MaterialId},
    material::{FileRef, Material},
};

use super::{THUMB_PX, Wide, jpeg, looked, seen, width};
use crate::{
    capability::prelude_of_cases::{paper_route, route},
    frame::prelude::*,
    http::{me::Me, prelude::*, showing::PageParts},
    messages::{
        material::{self as words, Key},
        t,
    },
};

/// Which versions, and at which page.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub(super) struct Compared {
    /// The version at the left, by its number; the one before the newest unless told.
    left: Option<usize>,
    /// The version at the right; the newest unless told.
    right: Option<usize>,
    /// The page, from 1.
    page: Option<u32>,
}

/// One of the two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VersionView {
    /// Its number, from 1.
    pub number: usize,
    /// Its pages.
    pub pages: u32,
    /// Name of its file.
    pub name: String,
    /// Hash of its file.
    pub sha256: String,
}

/// Two versions of a paper at one page.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VersionsView {
    /// The case.
    pub case: CaseId,
    /// The paper.
    pub material: MaterialId,
    /// Its title.
    pub title: String,
    /// The page, from 1.
    pub page: u32,
    /// The version at the left.
    pub left: VersionView,
    /// The version at the right.
    pub right: VersionView,
    /// All versions that the reader may open.
    pub versions: Vec<usize>,
    /// Whether the words of the page are the same; nothing where one of them has no text.
    pub same_words: Option<bool>,
}

/// The file of a version, if the reader may open it.
async fn file_of<'a>(
    app: &App,
    (case, reader): (&CaseState, &Reader),
    paper: &'a Material,
    number: usize,
) -> Result<&'a FileRef, Problem> {
    let shown = app.versions_shown(reader, case, paper).await?;
    let all = paper.earlier.len() + 1;
    let known = shown.contains(&number) || number == all;
    let file = if number == all { Some(&paper.file) } else { paper.earlier.get(number.wrapping_sub(1)) };
    file.filter(|_| known).ok_or_else(Problem::not_found)
}

pub(super) async fn compare(
    State(app): State<App>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    Query(asked): Query<Compared>,
) -> Result<Shown<VersionsView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, _) = seen(&state, &reader, material)?;
    let newest = paper.earlier.len() + 1;
    let mut versions = app.versions_shown(&reader, &state, paper).await?;
    versions.insert(newest);
    let before = versions.iter().rev().nth(1).copied().ok_or_else(Problem::not_found)?;
    let (left, right) = (asked.left.unwrap_or(before), asked.right.unwrap_or(newest));
    let (one, other) = (
        file_of(&app, (&state, &reader), paper, left).await?,
        file_of(&app, (&state, &reader), paper, right).await?,
    );
    let most = one.pages.max(other.pages).max(1);
    let page = asked.page.unwrap_or(1).clamp(1, most);
    let layers = (app.text_layer(one).await, app.text_layer(other).await);
    let view = |number, file: &FileRef| VersionView {
        number,
        pages: file.pages,
        name: file.name.clone(),
        sha256: file.sha256.clone(),
    };
    Ok(show(&me.showing, &VersionsView {
        case,
        material,
        title: paper.title.clone(),
        page,
        left: view(left, one),
        right: view(right, other),
        versions: versions.into_iter().collect(),
        same_words: same_words(&layers.0, &layers.1, page),
    }))
}

/// Whether a page says the same in two text layers.
fn same_words(
    one: &[xiezhi_app::ports::PageText],
    other: &[xiezhi_app::ports::PageText],
    page: u32,
) -> Option<bool> {
    let words = |layer: &[xiezhi_app::ports::PageText]| {
        let page = layer.get(usize::try_from(page).ok()?.checked_sub(1)?)?;
        let text: String = page.runs.iter().flat_map(|run| run.text.chars()).filter(|char| !char.is_whitespace()).collect();
        (!text.is_empty()).then_some(text)
    };
    Some(words(one)? == words(other)?)
}

/// A page of a version. Whoever looks at it closely leaves a trace, as of any other page.
pub(super) async fn image(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path((case, material, number, page)): Path<(CaseId, MaterialId, usize, String)>,
    Query(wide): Query<Wide>,
) -> Result<Sent<Jpeg>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, rule) = seen(&state, &reader, material)?;
    let file = file_of(&app, (&state, &reader), paper, number).await?;
    let page: u32 = page.strip_suffix(".jpg").and_then(|page| page.parse().ok()).ok_or_else(Problem::not_found)?;
    if page == 0 || page > file.pages {
        return Err(Problem::not_found());
    }
    let width = width(wide.w);
    if width > THUMB_PX {
        looked(&app, &me, &headers, (case, paper, rule), page).await?;
    }
    jpeg(&app, file, page, width).await
}

impl View for VersionsView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let paper = paper_route(self.case, self.material);
        let title = words::versions_of(lang, &self.title);
        let back = (t(lang, Key::BackToPaper), paper.as_str());
        let parts = PageParts { back: Some(back), place: &self.title, wide: true, ..PageParts::default() };
        to.page_with(&title, parts, html! {
            (page_head(&title, "", html! { (Verb::go(back.0, back.1).icon(Icon::Back)) }))
            (stack(html! {
                (Sheet::new(t(lang, Key::VersionsBeside)).body(self.choosing(to)))
                @if let Some(same) = self.same_words { p role="status" { (if same { tag(Standing::Done, t(lang, Key::SameWords)) } else { tag(Standing::Soon, t(lang, Key::OtherWords)) }) } }
                div.versions { (self.side(to, &self.left)) (self.side(to, &self.right)) }
            }))
        })
    }
}

impl VersionsView {
    fn at(&self, page: u32) -> String {
        let below = format!("/file/{}/versions?left={}&right={}&page={page}", self.material, self.left.number, self.right.number);
        route(self.case, &below)
    }

    fn choosing(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case, &format!("/file/{}/versions", self.material));
        let names: Vec<(String, String)> =
            self.versions.iter().map(|number| (number.to_string(), words::version(lang, *number))).collect();
        let choices: Vec<Choice<'_>> = names.iter().map(|(number, name)| Choice::new(number, name)).collect();
        let (left, right) = (self.left.number.to_string(), self.right.number.to_string());
        let most = self.left.pages.max(self.right.pages);
        let turn = |page: u32, words: Key| html! {
            @if (1..=most).contains(&page) { a.btn href=(self.at(page)) { (t(lang, words)) } }
        };
        html! {
            (form_get(&action, html! {
                (side_by_side(html! {
                    (Field::new("left", t(lang, Key::AtLeft)).value(&left).select(lang, &choices))
                    (Field::new("right", t(lang, Key::AtRight)).value(&right).select(lang, &choices))
                }))
                (Verb::submit(t(lang, Key::CompareVerb)))
            }))
            div.line { (turn(self.page.saturating_sub(1), Key::PreviousPage)) span.number { (words::page_of(lang, self.page, most)) } (turn(self.page + 1, Key::NextPage)) }
        }
    }

    fn side(&self, to: &Showing, version: &VersionView) -> Markup {
        let lang = to.lang();
        let name = words::version(lang, version.number);
        let src = route(self.case, &format!("/file/{}/versions/{}/{}.jpg?w=900", self.material, version.number, self.page));
        html! {
            figure {
                figcaption { b { (name) } " " span.faint.small lang="zh-CN" { (version.name) } " " code.hash title=(version.sha256) { (version.sha256.chars().take(12).collect::<String>()) "…" } }
                @if self.page <= version.pages { img.page-image src=(src) alt=(words::page_alt(lang, &format!("{} {name}", self.title), self.page)); }
                @else { p.muted { (t(lang, Key::NoSuchPageHere)) } }
            }
        }
    }
}
