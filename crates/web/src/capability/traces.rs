//! The search over acts and views of the whole court (留痕检索): for the audit administrator the marks alone, for
//! those who oversee in words as well. A restricted case opens once the searcher said why.

mod page;
pub(crate) mod samples;

use std::{collections::BTreeMap, sync::Arc};

use axum::http::{HeaderValue, header};
use jiff::Timestamp;
use xiezhi_app::{
    access::{AccessEvent, Look},
    traces::{Found, Trace, TraceQuery, Traces},
};
use xiezhi_domain::{
    access::{self, Depth, Reader},
    case::CaseState,
    ids::{CaseId, PersonId},
    people::Post,
};

use super::{
    overview::acts::{Names, act_words},
    prelude_of_cases::typed_day,
};
use crate::{
    http::{prelude::*, wants::Csv},
    messages::{
        t,
        traces::{self as words, Key},
    },
};

/// Where the page is.
const PAGE: &str = "/traces";
/// Rows of a page.
const PAGE_SIZE: usize = 50;
/// Rows of an export, at most; the last line says where it ends.
const EXPORT_SIZE: usize = 5_000;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get(PAGE, Op::SearchTraces, search)
        .get("/traces.csv", Op::ExportTraces, export)
        .post("/traces/openings", Op::OpenTracesOfCase, open)
}

/// What is searched for.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = TracesAsked)]
#[serde(default)]
pub struct Asked {
    /// Acts or looks.
    pub of: Traces,
    /// Name of the person.
    pub person: String,
    /// Number of the case, or its identifier.
    pub case: String,
    /// Kind of act, or of look.
    pub kind: String,
    /// From this day.
    pub from: String,
    /// Until this day.
    pub until: String,
    /// Below this position of the log.
    pub below: Option<u64>,
}

impl Asked {
    /// The address of this search, with what is changed in it.
    fn address(&self, page: &str, below: Option<u64>) -> String {
        let asked = Self { below, ..self.clone() };
        let pairs = serde_html_form::to_string(&asked).unwrap_or_default();
        let kept: Vec<&str> = pairs.split('&').filter(|pair| !pair.ends_with('=')).collect();
        format!("{page}?{}", kept.join("&"))
    }

    /// Whether it asks about someone or something: then searching is itself recorded.
    fn names_someone(&self) -> bool {
        !self.person.trim().is_empty() || !self.case.trim().is_empty()
    }
}

/// What was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TracesView {
    /// What was asked.
    pub asked: Asked,
    /// Newest first.
    pub traces: Vec<TraceLine>,
    /// Where the next page begins; nothing when all was searched.
    pub below: Option<u64>,
    /// Whether a name was given that nobody has.
    pub unknown_person: bool,
    /// Whether a number was given that no case has.
    pub unknown_case: bool,
    /// The restricted case that was asked for and waits for the searcher's reason.
    pub closed: Option<CaseId>,
    /// Whether what happened is told in words.
    pub in_words: bool,
}

/// An act or a look that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraceLine {
    /// Position in its log.
    pub position: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// Their post.
    pub post: Option<Post>,
    /// Whose time on the screen the searcher may have opened, with a reason.
    pub times_of: Option<PersonId>,
    /// The case.
    pub case: Option<CaseId>,
    /// Its number, once it has one.
    pub number: Option<String>,
    /// What kind of act or look; nothing of a restricted case that is not open.
    pub kind: Option<String>,
    /// In words, for those who oversee.
    pub words: String,
    /// Whether it happened in a restricted case that is not open to the searcher.
    pub closed: bool,
}

/// A searcher, and how deep they look.
struct Searcher<'a> {
    me: &'a Me,
    depth: Depth,
    rule: &'static str,
}

impl<'a> Searcher<'a> {
    fn of(me: &'a Me) -> Result<Self, Problem> {
        let (depth, rule) = access::may_search_traces(&me.actor).ok_or_else(Problem::not_found)?;
        Ok(Self { me, depth, rule })
    }

    fn look(&self, look: Look, words: String) -> AccessEvent {
        AccessEvent::Looked {
            reader: self.me.person.id,
            post: self.me.person.post,
            look,
            case: None,
            material: None,
            pages: vec![],
            words: Some(words),
            rule: self.rule.to_owned(),
        }
    }

    async fn query(&self, app: &App, asked: &Asked, most: usize) -> Result<(TraceQuery, Unknown), Problem> {
        let name = asked.person.trim();
        let people: Vec<PersonId> = self.me.showing.people.all().filter(|one| one.name == name).map(|one| one.id).collect();
        let number = asked.case.trim();
        let case = match number.parse() {
            Ok(id) => Some(id),
            Err(_) if number.is_empty() => None,
            Err(_) => app.case_by_number(number).await?,
        };
        let unknown = Unknown {
            person: !name.is_empty() && people.is_empty(),
            case: !number.is_empty() && case.is_none(),
        };
        let looks = asked.of == Traces::Looks;
        let query = TraceQuery {
            of: asked.of,
            people,
            case,
            kind: if looks { String::new() } else { asked.kind.clone() },
            look: serde_json::from_value(asked.kind.as_str().into()).ok().filter(|_| looks),
            from: typed_day("from", &asked.from)?,
            until: typed_day("until", &asked.until)?,
            below: asked.below,
            most,
        };
        Ok((query, unknown))
    }

    /// What is told of what was found; acts of which an overseer may not be told are left out.
    async fn lines(&self, app: &App, found: &Found) -> Result<Vec<TraceLine>, Problem> {
        let mut known: BTreeMap<CaseId, Option<(Arc<CaseState>, bool)>> = BTreeMap::new();
        let mut lines = vec![];
        for trace in &found.traces {
            if let Some(id) = trace.case
                && !known.contains_key(&id)
            {
                known.insert(id, self.case(app, id).await?);
            }
            let case = trace.case.and_then(|id| known.get(&id)?.as_ref());
            lines.extend(self.line(trace, case.map(|(case, closed)| (&**case, *closed))));
        }
        Ok(lines)
    }

    /// The case, and whether it is restricted and not open to this searcher; nothing of one that was destroyed.
    async fn case(&self, app: &App, id: CaseId) -> Result<Option<(Arc<CaseState>, bool)>, Problem> {
        let case = match app.load(id).await {
            Ok(case) => case,
            Err(AppError::NotFound) => return Ok(None),
            Err(fault) => return Err(fault.into()),
        };
        let closed = access::is_restricted(&case) && app.opening(&self.me.actor, id).await?.is_none();
        Ok(Some((case, closed)))
    }

    fn line(&self, trace: &Trace, case: Option<(&CaseState, bool)>) -> Option<TraceLine> {
        let to = &self.me.showing;
        let person = trace.person();
        let closed = case.is_some_and(|(_, closed)| closed);
        let who = match person {
            Some(person) if trace.is_by_token() => format!("{}{}", to.name(person), t(to.lang(), Key::ByToken)),
            Some(person) => to.name(person).to_owned(),
            None if trace.actor == "clock" => t(to.lang(), Key::Clock).to_owned(),
            None => t(to.lang(), Key::System).to_owned(),
        };
        let words = match case {
            Some((case, _)) if self.depth == Depth::Words => self.words(trace, case)?,
            _ => String::new(),
        };
        Some(TraceLine {
            position: trace.pos,
            at: trace.at,
            who,
            post: person.and_then(|person| to.people.person(person)).map(|person| person.post),
            times_of: person.filter(|_| trace.look.is_some() && case.is_some() && access::may_open_times(&self.me.actor).is_some()),
            case: trace.case,
            number: case.and_then(|(case, _)| case.number.as_ref()).map(ToString::to_string),
            kind: (!closed).then(|| self.kind(trace)),
            words: if closed { String::new() } else { words },
            closed,
        })
    }

    fn kind(&self, trace: &Trace) -> String {
        let lang = self.me.showing.lang();
        match &trace.look {
            Some(AccessEvent::Looked { look, .. }) => t(lang, look_words(*look)).to_owned(),
            None => words::kind(lang, &trace.name),
        }
    }

    /// What happened, as an overseer may be told today; nothing where they may not.
    fn words(&self, trace: &Trace, case: &CaseState) -> Option<String> {
        let to = &self.me.showing;
        let reader = Reader::of(&self.me.actor, case);
        if let Some(AccessEvent::Looked { material, pages, words, .. }) = &trace.look {
            let paper = material.and_then(|id| case.materials.get(&id));
            let hidden = paper.is_some_and(|paper| !access::may_see(&reader, case, paper));
            let pages: Vec<String> = pages.iter().map(u32::to_string).collect();
            let title = paper.map_or("", |paper| paper.title.as_str());
            let told = [title, &pages.join(","), words.as_deref().unwrap_or_default()];
            let told: Vec<&str> = told.into_iter().filter(|part| !part.is_empty()).collect();
            return (!hidden).then(|| told.join(" · "));
        }
        let Some(event) = &trace.event else { return Some(t(to.lang(), Key::Destroyed).to_owned()) };
        let told = access::may_be_told(&reader, case, event);
        told.then(|| {
            let (title, detail) = act_words(to.lang(), event, &Names::of(case, &to.people));
            if detail.is_empty() { title } else { format!("{title} · {detail}") }
        })
    }
}

/// Without what happened in restricted cases that are not open, where a kind was asked for: that it is found would tell
/// of which kind it is.
fn untold_of_kind(lines: Vec<TraceLine>, asked: &Asked) -> Vec<TraceLine> {
    lines.into_iter().filter(|line| asked.kind.is_empty() || !line.closed).collect()
}

/// What was named and is not there.
#[derive(Clone, Copy, Debug, Default)]
struct Unknown {
    person: bool,
    case: bool,
}

/// The name of a look.
pub fn look_words(look: Look) -> Key {
    match look {
        Look::Case => Key::LookCase,
        Look::Page => Key::LookPage,
        Look::Download => Key::LookDownload,
        Look::Search => Key::LookSearch,
        Look::Export => Key::LookExport,
        Look::Trace => Key::LookTrace,
    }
}

async fn search(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Shown<TracesView>, Problem> {
    let searcher = Searcher::of(&me)?;
    let (query, unknown) = searcher.query(&app, &asked, PAGE_SIZE).await?;
    if asked.names_someone() {
        app.record_look(searcher.look(Look::Search, asked.address(PAGE, asked.below))).await?;
    }
    let closed = match query.case {
        Some(id) => searcher.case(&app, id).await?.filter(|(_, closed)| *closed).map(|_| id),
        None => None,
    };
    let found = if unknown.person || unknown.case || closed.is_some() {
        Found::default()
    } else {
        app.search_traces(&query).await?
    };
    let view = TracesView {
        traces: untold_of_kind(searcher.lines(&app, &found).await?, &asked),
        below: found.below,
        unknown_person: unknown.person,
        unknown_case: unknown.case,
        closed,
        in_words: searcher.depth == Depth::Words,
        asked,
    };
    Ok(show(&me.showing, &view))
}

/// What was found, to be worked on elsewhere. That it left is recorded before its first byte does.
async fn export(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Result<Sent<Csv>, Problem> {
    let searcher = Searcher::of(&me)?;
    let asked = Asked { below: None, ..asked };
    let (mut query, unknown) = searcher.query(&app, &asked, PAGE_SIZE * 10).await?;
    if unknown.person || unknown.case {
        return Err(Problem::not_found());
    }
    app.record_look(searcher.look(Look::Export, asked.address(PAGE, None))).await?;
    let mut lines = vec![];
    loop {
        let found = app.search_traces(&query).await?;
        lines.extend(untold_of_kind(searcher.lines(&app, &found).await?, &asked));
        query.below = found.below;
        if found.below.is_none() || lines.len() >= EXPORT_SIZE {
            break;
        }
    }
    lines.truncate(EXPORT_SIZE);
    let mut response = page::csv(&me.showing, &lines).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"traces.csv\""));
    Ok(response.into())
}

/// Why a restricted case is opened.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TraceOpening)]
struct Opening {
    case: CaseId,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    of: Traces,
}

/// That it is open.
#[derive(Debug, Serialize, ToSchema)]
struct Opened {
    case: CaseId,
}

/// Opens the traces of a restricted case to whoever says why. Nothing is shown before the reason is kept.
async fn open(State(app): State<App>, me: Me, form: Input<Opening>) -> Result<Done<Opened>, Problem> {
    let searcher = Searcher::of(&me)?;
    let Opening { case, reason, of } = form.value;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Problem::invalid(vec![FieldError::new("reason", "input.required")]));
    }
    if searcher.case(&app, case).await?.is_none() {
        return Err(Problem::not_found());
    }
    app.open_restricted(&me.actor, case, Look::Trace, reason, searcher.rule).await?;
    let asked = Asked { of, case: case.to_string(), ..Asked::default() };
    Ok(done(&me.showing, &asked.address(PAGE, None), &Opened { case }))
}
