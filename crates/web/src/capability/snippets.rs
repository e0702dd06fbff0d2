//! A writer's own paragraphs (个人段落库): kept by cause, put into a draft by hand.

pub(crate) mod samples;

use xiezhi_app::snippets::Snippet;
use xiezhi_domain::ids::{CommandId, PersonId};

use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*, showing::PageParts},
    messages::{
        snippets::{self as words, Key},
        t,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/snippets", Op::ListSnippets, list)
        .post("/snippets", Op::KeepSnippet, keep)
        .post("/snippets/{snippet}/removal", Op::DropSnippet, remove)
}

/// The reader's own paragraphs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SnippetsView {
    snippets: Vec<Snippet>,
    /// The cause a new one is for.
    cause: String,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = SnippetsAsked)]
struct Asked {
    #[serde(default)]
    cause: String,
}

/// Whoever drafts nothing has no paragraphs: outsiders and administrators find no such page.
fn writer(me: &Me) -> Result<PersonId, Problem> {
    let no = me.person.post.is_outside() || me.person.post.is_administrator();
    if no { Err(Problem::not_found()) } else { Ok(me.person.id) }
}

async fn list(State(web): State<Web>, me: Me, Query(asked): Query<Asked>) -> Result<Shown<SnippetsView>, Problem> {
    let cause = Some(asked.cause.as_str()).filter(|cause| !cause.is_empty());
    let snippets = web.app.snippets(writer(&me)?, cause).await?;
    Ok(show(&me.showing, &SnippetsView { snippets, cause: asked.cause }))
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SnippetKept)]
struct Kept {
    #[serde(default)]
    cause: String,
    #[serde(default)]
    name: String,
    text: String,
}

async fn keep(State(web): State<Web>, me: Me, input: Input<Kept>) -> Result<Done<SnippetsView>, Problem> {
    let person = writer(&me)?;
    let Kept { cause, name, text } = input.value;
    web.app.keep_snippet(person, input.command, &cause, &name, &text).await?;
    let snippets = web.app.snippets(person, None).await?;
    Ok(done(&me.showing, "/snippets", &SnippetsView { snippets, cause }))
}

async fn remove(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<CommandId>,
    _: Input<Nothing>,
) -> Result<Done<SnippetsView>, Problem> {
    let person = writer(&me)?;
    web.app.drop_snippet(person, id).await?;
    let snippets = web.app.snippets(person, None).await?;
    Ok(done(&me.showing, "/snippets", &SnippetsView { snippets, cause: String::new() }))
}

impl View for SnippetsView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        to.page_with(title, PageParts::default(), html! {
            (page_head(title, "", html! {}))
            p { (t(lang, Key::Note)) }
            @if self.snippets.is_empty() { (Blank::empty(Icon::Writing, t(lang, Key::None), t(lang, Key::NoneNote)).sheet()) }
            @for snippet in &self.snippets { (kept(to, snippet)) }
            (Sheet::new(t(lang, Key::Keep)).body(form(FormTo { action: "/snippets", ..FormTo::default() }, html! {
                (to.command_field())
                (Field::new("cause", t(lang, Key::Cause)).value(&self.cause).text())
                (Field::new("name", t(lang, Key::Name)).text())
                (Field::new("text", t(lang, Key::Text)).textarea(6))
                (acts(&[Verb::submit(t(lang, Key::Keep)).primary()]))
            })))
        })
    }
}

fn kept(to: &Showing, snippet: &Snippet) -> Markup {
    let lang = to.lang();
    let cause = if snippet.cause.is_empty() { t(lang, Key::Any) } else { &snippet.cause };
    let action = format!("/snippets/{}/removal", snippet.id);
    Sheet::new(&snippet.name).note(cause).body(html! {
        p lang="zh-CN" { (snippet.text) }
        (form(FormTo { action: &action, ..FormTo::default() }, html! {
            (to.command_field())
            (Verb::submit(t(lang, Key::Drop)).about(&snippet.name))
        }))
    })
}

/// The paragraphs beside the editor. The script puts one where the writer last wrote; without it they are copied.
pub fn beside(to: &Showing, snippets: &[Snippet], cause: &str) -> Markup {
    let lang = to.lang();
    let all = format!("/snippets?{}", serde_html_form::to_string([("cause", cause)]).unwrap_or_default());
    let list = html! {
        p.help { (t(lang, Key::Note)) }
        ul.quotations { @for it in snippets {
            li {
                b { (it.name) }
                span.quote lang="zh-CN" { (it.text) }
                button.btn type="button" hidden data-insert=(it.text) aria-label=(format!("{} {}", t(lang, Key::Carry), it.name)) { (t(lang, Key::Carry)) }
            }
        } }
        p { a href=(all) { (t(lang, Key::More)) } }
    };
    unfold(&words::of_cause(lang, snippets.len()), list)
}
