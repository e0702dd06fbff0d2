//! People and sessions, for administrators (人员). Nothing here tells of any case.

pub(crate) mod samples;

use std::collections::BTreeMap;

use xiezhi_domain::{
    access,
    ids::PersonId,
    people::{Person, Post},
};

use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*},
    messages::{nav, people::Key, t},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/people", Op::ShowPeople, page)
        .post("/people/{person}/sessions/end", Op::EndSessions, end_sessions)
}

/// A person as an administrator sees them.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AccountLine)]
pub struct Listed {
    person: PersonId,
    name: String,
    post: Post,
    division: Option<String>,
    sessions: usize,
}

/// The page of the system administrator.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccountsView {
    staff: Vec<Listed>,
    outside: Vec<Listed>,
}

/// The page of the security administrator.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PostsView {
    posts: Vec<(Post, Vec<String>)>,
    table: String,
}

/// What an administrator sees of people: their accounts, or their posts and what these may do.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "it describes what the route may show")]
pub enum PeopleView {
    /// For the system administrator.
    Accounts(AccountsView),
    /// For the security administrator.
    Posts(PostsView),
}

async fn page(State(app): State<App>, me: Me) -> Result<Shown<PeopleView>, Problem> {
    match me.person.post {
        Post::SystemAdmin => Ok(show(&me.showing, &accounts(&app, &me).await?).among()),
        Post::SecurityAdmin => Ok(show(&me.showing, &posts(&me)).among()),
        _ => Err(Problem::not_found()),
    }
}

async fn accounts(app: &App, me: &Me) -> Result<AccountsView, Problem> {
    let mut sessions: BTreeMap<PersonId, usize> = BTreeMap::new();
    for session in app.sessions().await? {
        *sessions.entry(session.person).or_default() += 1;
    }
    let listed = |person: &Person| Listed {
        person: person.id,
        name: person.name.clone(),
        post: person.post,
        division: person.division.clone().or_else(|| person.unit.clone()),
        sessions: sessions.get(&person.id).copied().unwrap_or_default(),
    };
    let people = &me.showing.people;
    let staff = Post::ALL.into_iter().filter(|post| !post.is_outside()).flat_map(|post| people.on(post)).map(listed).collect();
    let outside = sessions.keys().filter_map(|id| people.person(*id)).filter(|person| person.post.is_outside());
    Ok(AccountsView { staff, outside: outside.map(listed).collect() })
}

fn posts(me: &Me) -> PostsView {
    let named = |post: Post| (post, me.showing.people.on(post).map(|person| person.name.clone()).collect());
    PostsView { posts: Post::ALL.into_iter().filter(|post| !post.is_outside()).map(named).collect(), table: access::table() }
}

impl View for AccountsView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let words = |key| t(lang, key);
        to.page(words(Key::Title), html! {
            (page_head(words(Key::Title), words(Key::SystemNote), html! {}))
            (stack(html! {
                (Sheet::new(words(Key::Staff)).flush(list(to, words(Key::Staff), &self.staff)))
                @if !self.outside.is_empty() { (Sheet::new(words(Key::Outside)).flush(list(to, words(Key::Outside), &self.outside))) }
            }))
        })
    }
}

fn list(to: &Showing, caption: &str, people: &[Listed]) -> Markup {
    let lang = to.lang();
    let row = |it: &Listed| {
        let action = format!("/people/{}/sessions/end", it.person);
        TableRow::new(vec![
            html! { span lang="zh-CN" { (it.name) } },
            html! { (t(lang, nav::post(it.post))) },
            html! { span lang="zh-CN" { (it.division.as_deref().unwrap_or_default()) } },
            html! { (it.sessions) },
            html! { @if it.sessions > 0 { (Verb::act(t(lang, Key::EndSessions), &action).row().about(&it.name)) } },
        ])
    };
    Table {
        caption,
        columns: vec![
            Column::new(t(lang, Key::Name), OnPhone::Title),
            Column::new(t(lang, Key::Post), OnPhone::Second),
            Column::new(t(lang, Key::Division), OnPhone::Second),
            Column::new(t(lang, Key::Sessions), OnPhone::State).right(),
            Column::new(t(lang, Key::Act), OnPhone::Act),
        ],
        rows: people.iter().map(row).collect(),
        base: "/people",
        order: "",
        ticks: None,
        dense: false,
        keep: false,
    }
    .show(lang)
}

impl View for PostsView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let words = |key| t(lang, key);
        let row = |(post, people): &(Post, Vec<String>)| {
            TableRow::new(vec![html! { (t(lang, nav::post(*post))) }, html! { span lang="zh-CN" { (people.join("、")) } }])
        };
        let posts = Table {
            caption: words(Key::ThePosts),
            columns: vec![
                Column::new(words(Key::Post), OnPhone::Title),
                Column::new(words(Key::ThePeople), OnPhone::Second),
            ],
            rows: self.posts.iter().map(row).collect(),
            base: "/people",
            order: "",
            ticks: None,
            dense: false,
            keep: false,
        };
        to.page(words(Key::Title), html! {
            (page_head(words(Key::Title), words(Key::SecurityNote), html! {}))
            (stack(html! {
                (Sheet::new(words(Key::ThePosts)).flush(posts.show(lang)))
                (Sheet::new(words(Key::TheTable)).flush(self.rules(to)))
            }))
        })
    }
}

impl PostsView {
    /// The table of access, line by line, in the names its rules have.
    fn rules(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let row = |line: &str| TableRow::new(line.split(" | ").map(|cell| html! { span lang="en" { (cell) } }).collect());
        Table {
            caption: t(lang, Key::TheTable),
            columns: vec![
                Column::new(t(lang, Key::Act), OnPhone::Title),
                Column::new(t(lang, Key::Relation), OnPhone::Second),
                Column::new(t(lang, Key::Post), OnPhone::Second),
                Column::new(t(lang, Key::Stages), OnPhone::Second),
            ],
            rows: self.table.lines().map(row).collect(),
            base: "/people",
            order: "",
            ticks: None,
            dense: true,
            keep: false,
        }
        .show(lang)
    }
}

/// Whose sessions ended.
#[derive(Debug, Serialize, ToSchema)]
struct SessionsEnded {
    ended: PersonId,
}

/// Ends all sessions of a person, who must then sign in again.
async fn end_sessions(
    State(app): State<App>,
    me: Me,
    Path(person): Path<PersonId>,
    _: Input<Nothing>,
) -> Result<Done<SessionsEnded>, Problem> {
    if me.person.post != Post::SystemAdmin {
        return Err(Problem::not_found());
    }
    app.end_sessions_of(person).await?;
    Ok(done(&me.showing, "/people", &SessionsEnded { ended: person }))
}
