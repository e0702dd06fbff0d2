//! Help and the pages problems lead to (帮助): short guides by role, whom to call, and one page for every
//! stable code, so that the `type` of a problem is an address that exists.

pub(crate) mod samples;

use xiezhi_domain::people::Post;

use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{
        help::{self, Key, problems},
        t,
    },
};

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new()
        .route("/help", get(guide))
        .route("/help/problems", get(all_problems))
        .route("/help/problems/{code}", get(problem))
}

/// The guide.
#[derive(Clone, Debug, Serialize)]
pub struct HelpView {
    /// Whom to call.
    pub hotline: String,
    /// The reader's post, whose guide stands first and open.
    pub post: Option<Post>,
}

async fn guide(visitor: Visitor) -> Response {
    let to = &visitor.showing;
    let post = to.person.as_ref().map(|person| person.post);
    show(to, &HelpView { hotline: to.settings.hotline.clone(), post })
}

impl View for HelpView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let party: &[Key] = &[Key::PartyFirst, Key::PartyFile, Key::PartyPapers, Key::PartyOnline];
        let lawyer: &[Key] = &[Key::LawyerFirst, Key::LawyerAuthority, Key::PartyPapers];
        let staff: &[Key] = &[Key::StaffFirst, Key::StaffDates, Key::StaffTrace];
        let mut guides = [(Key::Party, party), (Key::Lawyer, lawyer), (Key::Staff, staff)];
        guides.sort_by_key(|(title, _)| Some(*title) != self.post.map(own));
        let public = [
            Item { href: Some("/tools"), icon: Some(Icon::Coin), title: t(lang, Key::Tools), ..Item::default() },
            Item { href: Some("/verify"), icon: Some(Icon::Shield), title: t(lang, Key::Verify), ..Item::default() },
            Item { href: Some("/help/problems"), icon: Some(Icon::Help), title: t(lang, Key::Problems), ..Item::default() },
        ];
        to.page(t(lang, Key::Title), stack(html! {
            h1 { (t(lang, Key::Title)) }
            (call(to, &self.hotline))
            @for (title, lines) in guides {
                (Sheet::new(t(lang, title)).body(html! { ul.points { @for line in lines { li { (t(lang, *line)) } } } }))
            }
            (Sheet::new(t(lang, Key::Public)).flush(items(&public)))
        }))
    }
}

/// The guide of a post.
fn own(post: Post) -> Key {
    match post {
        Post::Party => Key::Party,
        Post::Lawyer => Key::Lawyer,
        _ => Key::Staff,
    }
}

fn call(to: &Showing, hotline: &str) -> Markup {
    let lang = to.lang();
    Sheet::new(t(lang, Key::CallTitle)).body(html! {
        p { a href={ "tel:" (hotline) } { b { (hotline) } } }
        p { (t(lang, Key::Call)) }
    })
}

/// What one problem means.
#[derive(Clone, Debug, Serialize)]
pub struct ProblemView {
    /// Stable code.
    pub code: String,
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// Whom to call.
    pub hotline: String,
}

async fn problem(visitor: Visitor, Path(code): Path<String>) -> Result<Response, Problem> {
    let to = &visitor.showing;
    let [zh, en] = problems::meaning(&code).ok_or_else(Problem::not_found)?;
    Ok(show(to, &ProblemView { code, zh, en, hotline: to.settings.hotline.clone() }))
}

impl View for ProblemView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let back = Verb::go(t(lang, Key::All), "/help");
        to.page(t(lang, Key::Problem), stack(html! {
            h1 { (t(lang, Key::Problem)) }
            (Sheet::new(group(lang, &self.code)).body(html! {
                p { b { (lang.pick(self.zh, self.en)) } }
                p.muted { (t(lang, Key::Code)) " " code { (self.code) } }
            }))
            (Sheet::new(t(lang, Key::Next)).body(html! { p { (t(lang, Key::NextWords)) } (back) }))
            (call(to, &self.hotline))
        }))
    }
}

fn group(lang: crate::messages::Lang, code: &str) -> &'static str {
    let prefix = code.split_once('.').map_or("", |(prefix, _)| prefix);
    let [zh, en] = help::group(prefix);
    lang.pick(zh, en)
}

/// Every problem there is, by group.
#[derive(Clone, Debug, Serialize)]
pub struct ProblemsView {
    /// Stable codes.
    pub codes: Vec<&'static str>,
}

async fn all_problems(visitor: Visitor) -> Response {
    show(&visitor.showing, &ProblemsView { codes: problems::codes().collect() })
}

impl View for ProblemsView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let mut groups: Vec<(&str, Vec<&str>)> = vec![];
        for code in &self.codes {
            let name = group(lang, code);
            match groups.last_mut() {
                Some((last, codes)) if *last == name => codes.push(code),
                _ => groups.push((name, vec![code])),
            }
        }
        let words = |code: &str| problems::meaning(code).map_or("", |[zh, en]| lang.pick(zh, en));
        to.page(t(lang, Key::Problems), stack(html! {
            h1 { (t(lang, Key::Problems)) }
            @for (name, codes) in &groups {
                (Sheet::new(name).body(html! {
                    ul.points { @for code in codes { li { a href={ "/help/problems/" (code) } { (words(code)) } } } }
                }))
            }
        }))
    }
}
