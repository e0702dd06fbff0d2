//! How a page is shown to its reader: language, look, frame, today.

use std::sync::Arc;

use axum::http::request::Parts;
use jiff::{Timestamp, civil::Date};
use maud::Markup;
use xiezhi_domain::{
    ids::{CommandId, PersonId},
    people::{Actor, Directory, Person, Post},
    rules::Settings,
};

use super::{problem::Problem, wants::Format};
use crate::{
    Web,
    frame::{
        icon::Icon,
        look::Look,
        page::{Island, Setting, Shell, page_within},
        page_party::{PartyFrame, PartyLink, party_page, party_page_wide, plain_page},
        page_staff::{RailItem, StaffFrame, staff_page, staff_page_full},
        verb::Verb,
    },
    gallery::Samples,
    messages::{Lang, nav, t},
};

/// A view: the JSON contract, and the page made of it, with samples of both. What its reader may not see is
/// not in it.
pub trait View: serde::Serialize + Samples {
    /// The page.
    fn page(&self, to: &Showing) -> Markup;
}

/// Everything a page needs to know of whoever reads it.
#[derive(Clone, Debug)]
pub struct Showing {
    /// Page or JSON.
    pub format: Format,
    /// Language, type size, light.
    pub look: Look,
    /// The reader, if signed in.
    pub person: Option<Person>,
    /// Settings of the court.
    pub settings: Arc<Settings>,
    /// Everyone the court knows, for names.
    pub people: Arc<Directory>,
    /// Today at the court.
    pub today: Date,
    /// The instant at which it is shown.
    pub now: Timestamp,
    /// Path and query of this page.
    pub here: String,
    /// What waits on the workbench, for its count in the rail.
    pub waiting: u64,
    /// What is new on the reader's cases.
    pub news: u32,
    /// A fresh command identifier, for the forms of this page.
    pub command: CommandId,
    /// Whether the page stands within another one: then without what stands around pages.
    pub within: bool,
}

impl Showing {
    /// How to show pages to whoever sent this request.
    pub async fn of(parts: &Parts, web: &Web, person: Option<Person>) -> Result<Showing, Problem> {
        let app = &web.app;
        let actor = person.as_ref().map(|person| Actor::Person { id: person.id, post: person.post, token: None });
        let waiting = match actor.as_ref().filter(|actor| !actor.is_outside()) {
            Some(actor) => app.tasks_waiting(actor).await?,
            None => 0,
        };
        let news = match &actor {
            Some(actor) => app.news_count(actor).await?,
            None => 0,
        };
        let moment = app.ports().clock.moment();
        Ok(Showing {
            format: Format::of(&parts.headers),
            look: Look::of(&parts.headers),
            person,
            settings: Arc::new(app.ports().settings.clone()),
            people: app.directory().await?,
            today: moment.today,
            now: moment.at,
            here: parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            waiting,
            news,
            command: xiezhi_app::issuing::command_id(app),
            within: super::security::is_within(&parts.headers),
        })
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.look.lang
    }

    /// The name of a person.
    pub fn name(&self, person: PersonId) -> &str {
        self.people.name(person)
    }

    /// Whether the reader is outside the court: a party or a lawyer.
    pub fn is_outside(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.post.is_outside())
    }

    /// The hidden field that makes a form safe to send twice. Stands in every form that acts.
    pub fn command_field(&self) -> Markup {
        maud::html! { input type="hidden" name="command" value=(self.command); }
    }

    /// The shell of a page.
    pub fn shell<'a>(&'a self, title: &'a str) -> Shell<'a> {
        let setting = if self.settings.demonstration { Setting::Demonstration } else { Setting::Real };
        Shell {
            look: self.look,
            title,
            court: &self.settings.court_name,
            setting,
            here: &self.here,
            call: Some((t(self.lang(), nav::Key::CallCourt), &self.settings.hotline)),
            islands: vec![],
            reader: self.person.as_ref().map(|person| person.id.to_string()),
            printed: self.person.as_ref().map(|person| (person.name.as_str(), self.now)),
        }
    }

    /// A page for this reader inside the usual margins: the staff frame for the court's people, the
    /// party frame for parties, a plain page for visitors.
    pub fn page(&self, title: &str, content: Markup) -> Markup {
        self.page_with(title, PageParts::default(), content)
    }

    /// A page with a phone verb, islands, a place, or a folded rail.
    pub fn page_with(&self, title: &str, parts: PageParts<'_>, content: Markup) -> Markup {
        let mut shell = self.shell(title);
        shell.islands = parts.islands;
        let Some(person) = &self.person else { return plain_page(&shell, content) };
        if self.within {
            let content = if parts.full {
                content
            } else {
                maud::html! { div.inside { (content) } }
            };
            return page_within(&shell, content);
        }
        if person.post.is_outside() {
            let frame = self.party_frame(person, parts.back, parts.place, parts.call, parts.verb, parts.other);
            return if parts.wide {
                party_page_wide(&shell, &frame, content)
            } else {
                party_page(&shell, &frame, content, parts.aside)
            };
        }
        let frame = self.staff_frame(person, parts.folded, parts.verb, parts.searched);
        if parts.full { staff_page_full(&shell, &frame, content) } else { staff_page(&shell, &frame, content) }
    }

    #[allow(clippy::too_many_arguments, reason = "the six parts of a party's frame")]
    fn party_frame<'a>(
        &'a self,
        person: &'a Person,
        back: Option<(&'a str, &'a str)>,
        place: &'a str,
        call: Option<(&'a str, &'a str)>,
        verb: Option<Verb<'a>>,
        other: Option<Verb<'a>>,
    ) -> PartyFrame<'a> {
        let link = |key, href| PartyLink { words: t(self.lang(), key), href, count: 0, here: self.here == href };
        PartyFrame {
            name: &person.name,
            back,
            place,
            links: vec![
                link(nav::Key::MyCases, "/home"),
                PartyLink { count: self.news, ..link(nav::Key::Notices, "/notices") },
                link(nav::Key::FileACase, "/filings/new"),
                link(nav::Key::Tools, "/tools"),
            ],
            call,
            verb,
            other,
            sign_out_at: "/sign-out",
        }
    }

    fn staff_frame<'a>(
        &'a self,
        person: &'a Person,
        folded: bool,
        verb: Option<Verb<'a>>,
        searched: &'a str,
    ) -> StaffFrame<'a> {
        StaffFrame {
            name: &person.name,
            role: t(self.lang(), nav::post(person.post)),
            notices: self.news,
            rail: self.rail(person.post),
            folded,
            verb,
            home: "/workbench",
            search: "/cases",
            searched,
            notices_at: "/notices",
            help_at: "/help",
            sign_out_at: "/sign-out",
        }
    }

    /// The capabilities of a post, in the order of its work.
    fn rail(&self, post: Post) -> Vec<RailItem<'_>> {
        places(post)
            .iter()
            .map(|place| RailItem {
                href: place.href,
                icon: place.icon,
                words: t(self.lang(), place.words),
                count: if place.href == "/workbench" { usize::try_from(self.waiting).unwrap_or(usize::MAX) } else { 0 },
                here: self.here == place.href
                    || self.here.starts_with(&format!("{}/", place.href))
                    || self.here.starts_with(&format!("{}?", place.href)),
                letter: place.letter,
                apart: place.apart,
            })
            .collect()
    }
}

/// A place in the rail.
struct Place {
    href: &'static str,
    icon: Icon,
    words: nav::Key,
    letter: char,
    apart: bool,
}

const fn place(href: &'static str, icon: Icon, words: nav::Key, letter: char) -> Place {
    Place { href, icon, words, letter, apart: false }
}

const WORKBENCH: Place = place("/workbench", Icon::Workbench, nav::Key::Workbench, 'w');
const REVIEW: Place = place("/review", Icon::FileCheck, nav::Key::Review, 'r');
const CASES: Place = place("/cases", Icon::Cases, nav::Key::Cases, 'c');
const SCANS: Place = place("/scans", Icon::Paper, nav::Key::Scans, 'n');
const COUNTER: Place = place("/counter", Icon::Person, nav::Key::Counter, 'k');
const HEARINGS: Place = place("/hearings", Icon::Calendar, nav::Key::Hearings, 'h');
const SERVE: Place = place("/serve", Icon::Send, nav::Key::Serve, 's');
const APPROVALS: Place = place("/approvals", Icon::Stamp, nav::Key::Approvals, 'a');
const SIGNING: Place = place("/signing", Icon::Writing, nav::Key::Signing, 'z');
const SERIES: Place = place("/series", Icon::Cases, nav::Key::Series, 'y');
const ARCHIVE: Place = place("/archive", Icon::Archive, nav::Key::Archive, 'v');
const BORROW: Place = place("/borrowings", Icon::Archive, nav::Key::Borrow, 'b');
const OVERSIGHT: Place = Place { apart: true, ..place("/oversight", Icon::Chart, nav::Key::Oversight, 'o') };
const MONEY: Place = place("/money", Icon::Money, nav::Key::Money, 'm');
const PEOPLE: Place = place("/people", Icon::People, nav::Key::People, 'p');
const QUARANTINE: Place = place("/quarantine", Icon::Shield, nav::Key::Quarantine, 'q');
const TRACES: Place = place("/traces", Icon::Search, nav::Key::Traces, 't');
const RECORD: Place = place("/record", Icon::Shield, nav::Key::Record, 'd');

/// The places of a post.
fn places(post: Post) -> &'static [Place] {
    match post {
        Post::FilingClerk => &[WORKBENCH, REVIEW, CASES, COUNTER, SCANS],
        Post::Judge => &[WORKBENCH, CASES, HEARINGS, SERIES, SIGNING, APPROVALS, BORROW],
        Post::Assessor => &[WORKBENCH, CASES, HEARINGS, SIGNING, APPROVALS],
        Post::CourtClerk => &[WORKBENCH, CASES, HEARINGS, SIGNING, SERVE, COUNTER, SCANS, BORROW],
        Post::JudgeAssistant => &[WORKBENCH, CASES, HEARINGS, SERVE, BORROW],
        Post::DivisionHead | Post::VicePresident | Post::President => {
            &[WORKBENCH, CASES, HEARINGS, SIGNING, APPROVALS, BORROW, OVERSIGHT]
        }
        Post::TrialManagement => &[WORKBENCH, CASES, HEARINGS, APPROVALS, BORROW, OVERSIGHT],
        Post::Archivist => &[WORKBENCH, ARCHIVE, CASES, APPROVALS],
        Post::ServiceAgent => &[WORKBENCH, SERVE],
        Post::Finance => &[WORKBENCH, MONEY, CASES],
        Post::SystemAdmin | Post::SecurityAdmin => &[WORKBENCH, PEOPLE, QUARANTINE],
        Post::AuditAdmin => &[WORKBENCH, RECORD, TRACES],
        Post::Party | Post::Lawyer => &[],
    }
}

/// What a page may add to its frame.
#[derive(Clone, Debug, Default)]
pub struct PageParts<'a> {
    /// The one verb of a phone's bar.
    pub verb: Option<Verb<'a>>,
    /// A second verb as easy as the first.
    pub other: Option<Verb<'a>>,
    /// Where back leads, on a party's page.
    pub back: Option<(&'a str, &'a str)>,
    /// The line in a party's header.
    pub place: &'a str,
    /// The telephone of the case's clerk.
    pub call: Option<(&'a str, &'a str)>,
    /// Help beside a party's page.
    pub aside: Option<Markup>,
    /// A party's page as wide as the screen.
    pub wide: bool,
    /// A staff page that reaches the edges.
    pub full: bool,
    /// Icons alone in the rail.
    pub folded: bool,
    /// Scripts this page needs.
    pub islands: Vec<Island>,
    /// What is searched for.
    pub searched: &'a str,
}
