//! Help and the pages problems lead to (帮助): short guides by role, whom to call, and one page for every
//! stable code, so that the `type` of a problem is an address that exists.

pub(crate) mod samples;

use xiezhi_domain::people::Post;

use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{
        help::{self, Key},
        t,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/help", Op::ShowHelp, guide)
        .get("/help/problems", Op::ListProblems, all_problems)
        .get("/help/problems/{code}", Op::ExplainProblem, problem)
}

/// The guide.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HelpView {
    /// Whom to call.
    pub hotline: String,
    /// The reader's post, whose guide stands first and open.
    pub post: Option<Post>,
}

async fn guide(visitor: Visitor) -> Shown<HelpView> {
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
            Item { href: Some("/statutes"), icon: Some(Icon::Book), title: t(lang, Key::Statutes), ..Item::default() },
            Item { href: Some("/verify"), icon: Some(Icon::Shield), title: t(lang, Key::Verify), ..Item::default() },
            Item { href: Some("/help/api"), icon: Some(Icon::Device), title: t(lang, Key::Api), ..Item::default() },
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
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemView {
    /// Stable code.
    pub code: &'static str,
    /// What happened, in the reader's language.
    pub title: String,
    /// What can be done.
    pub detail: String,
    /// Whether names, dates and amounts in it are examples.
    pub by_example: bool,
    /// Whom to call.
    pub hotline: String,
}

impl ProblemView {
    fn of(to: &Showing, problem: &Problem) -> Self {
        let (title, detail) = problem.words(Some(to));
        let hotline = to.settings.hotline.clone();
        Self { code: problem.code(), title, detail, by_example: problem.has_facts(), hotline }
    }

}

async fn problem(visitor: Visitor, Path(code): Path<String>) -> Result<Shown<ProblemView>, Problem> {
    let to = &visitor.showing;
    let known = Problem::examples().into_iter().find(|problem| problem.code() == code);
    Ok(show(to, &ProblemView::of(to, &known.ok_or_else(Problem::not_found)?)))
}

impl View for ProblemView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let back = Verb::go(t(lang, Key::All), "/help");
        to.page(t(lang, Key::Problem), stack(html! {
            h1 { (t(lang, Key::Problem)) }
            (Sheet::new(group(lang, self.code)).body(html! {
                p { b { (self.title) } }
                @if self.by_example { p.muted { (t(lang, Key::ByExample)) } }
                p.muted { (t(lang, Key::Code)) " " code { (self.code) } }
            }))
            (Sheet::new(t(lang, Key::Next)).body(html! { p { (self.detail) } p { (t(lang, Key::NextWords)) } (back) }))
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
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemsView {
    /// Stable code, and what happened in the reader's language.
    pub problems: Vec<(&'static str, String)>,
}

async fn all_problems(visitor: Visitor) -> Shown<ProblemsView> {
    show(&visitor.showing, &ProblemsView::of(&visitor.showing))
}

impl ProblemsView {
    fn of(to: &Showing) -> Self {
        let told = Problem::examples().into_iter().map(|problem| (problem.code(), problem.words(Some(to)).0));
        Self { problems: told.collect() }
    }
}

impl View for ProblemsView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let mut groups: Vec<(&str, Vec<&(&str, String)>)> = vec![];
        for problem in &self.problems {
            let name = group(lang, problem.0);
            match groups.last_mut() {
                Some((last, problems)) if *last == name => problems.push(problem),
                _ => groups.push((name, vec![problem])),
            }
        }
        to.page(t(lang, Key::Problems), stack(html! {
            h1 { (t(lang, Key::Problems)) }
            p.muted { (t(lang, Key::ByExample)) }
            @for (name, problems) in &groups {
                (Sheet::new(name).body(html! {
                    ul.points { @for (code, title) in problems { li { a href={ "/help/problems/" (code) } { (title) } } } }
                }))
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_problem_has_one_page() {
        let codes: Vec<&str> = Problem::examples().iter().map(Problem::code).collect();
        let each: BTreeSet<&str> = codes.iter().copied().collect();
        assert_eq!(codes.len(), each.len(), "a code stands twice");
        let refusals: BTreeSet<&str> = xiezhi_domain::refusal::all_codes().into_iter().collect();
        assert!(refusals.is_subset(&each));
    }
}
