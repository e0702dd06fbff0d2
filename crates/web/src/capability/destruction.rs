//! Destruction of archived files (档案销毁): what is due, lists under way, and the acts of those whose turn it is.

pub(crate) mod samples;

use xiezhi_app::destruction::KnownList;
use xiezhi_domain::{
    destruction::{DestructionCommand, Listed, SEEN_BY},
    ids::{DestructionListId, PersonId},
    people::Post,
};

use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*},
    messages::{
        day,
        destruction::{self as words, Key},
        t,
    },
};

/// Where the page is.
const PAGE: &str = "/archive/destruction";

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get(PAGE, Op::ShowDestruction, page)
        .post(PAGE, Op::DrawDestructionList, draw)
        .post("/archive/destruction/{list}/appraisal", Op::AppraiseDestruction, appraise)
        .post("/archive/destruction/{list}/approval", Op::ApproveDestruction, approve)
        .post("/archive/destruction/{list}/refusal", Op::RefuseDestruction, refuse)
        .post("/archive/destruction/{list}/supervision", Op::SuperviseDestruction, supervise)
}

/// A list, with the names of those who acted on it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DestructionListView {
    /// Identifier.
    pub id: DestructionListId,
    /// Files on it.
    pub files: Vec<Listed>,
    /// Who drew it up.
    pub drawn_by: String,
    /// Who led the appraisal, and what it found.
    pub appraised: Option<(String, String)>,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// Who refused it, and why.
    pub refused: Option<(String, String)>,
    /// Who supervised.
    pub supervised_by: Vec<String>,
    /// Whether the files were destroyed.
    pub destroyed: bool,
}

/// The page of destruction.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DestructionView {
    /// Files whose retention is over and which no list names; for the archivist.
    pub due: Vec<Listed>,
    /// Lists, the newest first.
    pub lists: Vec<DestructionListView>,
    #[serde(skip)]
    post: Post,
}

impl DestructionView {
    fn of(post: Post, due: Vec<Listed>, lists: Vec<KnownList>, to: &Showing) -> Self {
        let name = |person: PersonId| to.name(person).to_owned();
        let list = |KnownList { id, list }: KnownList| DestructionListView {
            id,
            drawn_by: list.drawn_by.map(name).unwrap_or_default(),
            appraised: list.appraised.as_ref().map(|(by, opinion)| (name(*by), opinion.clone())),
            approved_by: list.approved_by.map(name),
            refused: list.refused.as_ref().map(|(by, reason)| (name(*by), reason.clone())),
            supervised_by: list.supervised_by.iter().copied().map(name).collect(),
            destroyed: list.is_carried_out(),
            files: list.listed,
        };
        Self { due, lists: lists.into_iter().rev().map(list).collect(), post }
    }
}

async fn page(State(web): State<Web>, me: Me) -> Result<Shown<DestructionView>, Problem> {
    let post = me.person.post;
    if !SEEN_BY.contains(&post) {
        return Err(Problem::not_found());
    }
    let due = if post == Post::Archivist { web.app.destructible(&me.actor).await? } else { vec![] };
    let lists = web.app.destruction_lists().await?;
    Ok(show(&me.showing, &DestructionView::of(post, due, lists, &me.showing)))
}

impl View for DestructionView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        to.page(title, html! {
            (page_head(title, t(lang, Key::Lead), html! {}))
            (stack(html! {
                @if self.post == Post::Archivist { (self.due(to)) }
                @for list in &self.lists { (self.list(to, list)) }
            }))
        })
    }
}

fn send(to: &Showing, action: &str, body: Markup) -> Markup {
    form(FormTo { action, ..FormTo::default() }, html! { (to.command_field()) (body) })
}

fn files(to: &Showing, caption: &str, files: &[Listed]) -> Markup {
    let lang = to.lang();
    let row = |file: &Listed| {
        TableRow::new(vec![
            html! { span lang="zh-CN" { (file.number.as_deref().unwrap_or("—")) } },
            html! { (file.archive_no) },
            html! { (t(lang, words::class(file.retention))) },
            html! { span.number { (day(file.kept_until)) } },
        ])
    };
    let columns = vec![
        Column::new(t(lang, Key::Case), OnPhone::Title),
        Column::new(t(lang, Key::ArchiveNo), OnPhone::Second),
        Column::new(t(lang, Key::Retention), OnPhone::Second),
        Column::new(t(lang, Key::KeptUntil), OnPhone::Second),
    ];
    Table { caption, columns, rows: files.iter().map(row).collect(), base: PAGE, ..Table::default() }.show(lang)
}

impl DestructionView {
    fn due(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.due.is_empty() {
            return Blank::empty(Icon::Archive, t(lang, Key::NothingDue), t(lang, Key::NothingDueNote)).sheet();
        }
        html! {
            (Sheet::new(t(lang, Key::Due)).flush(files(to, t(lang, Key::Due), &self.due)))
            (send(to, PAGE, html! {
                p.faint { (t(lang, Key::DrawNote)) }
                (acts(&[Verb::submit(t(lang, Key::Draw)).primary()]))
            }))
        }
    }

    fn list(&self, to: &Showing, list: &DestructionListView) -> Markup {
        let lang = to.lang();
        let state = match list {
            DestructionListView { destroyed: true, .. } => tag(Standing::Done, t(lang, Key::Destroyed)),
            DestructionListView { refused: Some(_), .. } => tag(Standing::Stopped, t(lang, Key::Refused)),
            _ => tag(Standing::Waiting, t(lang, Key::Waiting)),
        };
        let word = |(by, words): &(String, String)| html! { (by) " " span lang="zh-CN" { (words) } };
        let mut told = vec![(t(lang, Key::DrawnBy), html! { (list.drawn_by) })];
        told.extend(list.appraised.as_ref().map(|said| (t(lang, Key::Appraised), word(said))));
        told.extend(list.approved_by.as_ref().map(|by| (t(lang, Key::ApprovedBy), html! { (by) })));
        told.extend(list.refused.as_ref().map(|said| (t(lang, Key::RefusedBy), word(said))));
        if !list.supervised_by.is_empty() {
            told.push((t(lang, Key::SupervisedBy), html! { (list.supervised_by.join("、")) }));
        }
        Sheet::new(t(lang, Key::List)).body(html! {
            p { (state) }
            (pairs(&told))
            (files(to, t(lang, Key::List), &list.files))
            @if list.refused.is_none() && !list.destroyed { (self.turn(to, list)) }
        })
    }

    /// What the reader's post does next with the list.
    fn turn(&self, to: &Showing, list: &DestructionListView) -> Markup {
        let lang = to.lang();
        let at = |act: &str| format!("{PAGE}/{}/{act}", list.id);
        let refusing = html! {
            (unfold(t(lang, Key::Refuse), send(to, &at("refusal"), html! {
                (Field::new("reason", t(lang, Key::Reason)).textarea(2))
                (acts(&[Verb::submit(t(lang, Key::Refuse)).danger()]))
            })))
        };
        match self.post {
            Post::VicePresident if list.appraised.is_none() => html! {
                (send(to, &at("appraisal"), html! {
                    (Field::new("opinion", t(lang, Key::Opinion)).textarea(2))
                    (acts(&[Verb::submit(t(lang, Key::Appraise)).primary()]))
                }))
                (refusing)
            },
            Post::President if list.appraised.is_some() && list.approved_by.is_none() => html! {
                (send(to, &at("approval"), acts(&[Verb::submit(t(lang, Key::Approve)).primary()])))
                (refusing)
            },
            Post::TrialManagement | Post::DivisionHead if list.approved_by.is_some() => send(to, &at("supervision"), html! {
                p.faint { (t(lang, Key::SuperviseNote)) }
                (acts(&[Verb::submit(t(lang, Key::Supervise)).danger()]))
            }),
            _ => html! {},
        }
    }
}

/// What a list came to.
#[derive(Debug, Serialize, ToSchema)]
struct DestructionListDone {
    list: DestructionListId,
}

type DoneList = Result<Done<DestructionListDone>, Problem>;

async fn draw(State(web): State<Web>, me: Me, input: Input<Nothing>) -> DoneList {
    let list = web.app.draw_destruction_list(&me.actor, input.command).await?;
    Ok(done(&me.showing, PAGE, &DestructionListDone { list }))
}

async fn run<T>(web: &Web, me: &Me, list: DestructionListId, input: &Input<T>, act: DestructionCommand) -> DoneList {
    web.app.act_on_list(list, &me.actor, input.command, act).await?;
    Ok(done(&me.showing, PAGE, &DestructionListDone { list }))
}

#[derive(Debug, Deserialize, ToSchema)]
struct AppraisalGiven {
    opinion: String,
}

async fn appraise(State(web): State<Web>, me: Me, Path(list): Path<DestructionListId>, input: Input<AppraisalGiven>) -> DoneList {
    let act = DestructionCommand::Appraise { opinion: input.value.opinion.clone() };
    run(&web, &me, list, &input, act).await
}

async fn approve(State(web): State<Web>, me: Me, Path(list): Path<DestructionListId>, input: Input<Nothing>) -> DoneList {
    run(&web, &me, list, &input, DestructionCommand::Approve).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct WhyKept {
    reason: String,
}

async fn refuse(State(web): State<Web>, me: Me, Path(list): Path<DestructionListId>, input: Input<WhyKept>) -> DoneList {
    let act = DestructionCommand::Refuse { reason: input.value.reason.clone() };
    run(&web, &me, list, &input, act).await
}

async fn supervise(State(web): State<Web>, me: Me, Path(list): Path<DestructionListId>, input: Input<Nothing>) -> DoneList {
    run(&web, &me, list, &input, DestructionCommand::Supervise).await
}
