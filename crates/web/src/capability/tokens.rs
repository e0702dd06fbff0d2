//! Tokens by which programs act for the reader (程序令牌): made, seen once, ended.

pub(crate) mod samples;

use jiff::Timestamp;
use xiezhi_app::tokens::Token;
use xiezhi_domain::{
    ids::{IdSource, TokenId},
    moment::court_offset,
};

use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{day, moment, t, tokens::Key},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/tokens", Op::ListTokens, list)
        .post("/tokens", Op::MakeToken, make)
        .post("/tokens/{token}/end", Op::EndToken, end)
}

/// How long a token may live, in days.
const LIVES_DAYS: [(&str, Key); 4] = [("30", Key::Days30), ("7", Key::Days7), ("90", Key::Days90), ("365", Key::Days365)];

/// A token as its maker sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TokenLine {
    /// Its name in the record.
    pub id: TokenId,
    /// What its maker calls it.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

impl TokenLine {
    fn of(token: Token) -> Self {
        let at = |us| Timestamp::from_microsecond(us).unwrap_or_default();
        Self {
            id: token.id,
            name: token.name,
            made_at: at(token.made_us),
            expires_at: at(token.expires_us),
            used_at: token.used_us.map(at),
        }
    }
}

/// The reader's tokens.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TokensView {
    /// All that have not ended, newest first.
    pub tokens: Vec<TokenLine>,
    /// The one made just now: what a program sends. It is seen this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

async fn view(web: &Web, me: &Me, secret: Option<String>) -> Result<TokensView, Problem> {
    let tokens = web.app.tokens_of(me.person.id).await?;
    Ok(TokensView { tokens: tokens.into_iter().map(TokenLine::of).collect(), secret })
}

async fn list(State(web): State<Web>, me: Me) -> Result<Shown<TokensView>, Problem> {
    Ok(show(&me.showing, &view(&web, &me, None).await?))
}

#[derive(Debug, Deserialize, ToSchema)]
struct Wanted {
    name: String,
    days: i64,
}

/// Makes a token. Only a person may: one that got into wrong hands must not beget others.
async fn make(State(web): State<Web>, me: Me, form: Input<Wanted>) -> Result<Shown<TokensView>, Problem> {
    me.in_person()?;
    let Wanted { name, days } = form.value;
    let id = TokenId(IdSource::of(form.command).next());
    let secret = web.app.make_token(&me.person, id, &name, days).await?;
    Ok(show(&me.showing, &view(&web, &me, Some(secret)).await?))
}

/// Ends a token; whatever still sends it is nobody from then on.
async fn end(
    State(web): State<Web>,
    me: Me,
    Path(token): Path<TokenId>,
    _: Input<Nothing>,
) -> Result<Done<TokensView>, Problem> {
    web.app.end_token(me.person.id, token).await?;
    Ok(done(&me.showing, "/tokens", &view(&web, &me, None).await?))
}

impl View for TokensView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let words = |key| t(lang, key);
        to.page(words(Key::Title), stack(html! {
            h1 { (words(Key::Title)) }
            p { (words(Key::Lead)) " " a href="/help/api" { (words(Key::Routes)) } }
            @if let Some(secret) = &self.secret {
                (note_of(Standing::Done, html! {
                    p { b { (words(Key::Made)) } }
                    p { code.hash { (secret) } }
                    p { (words(Key::MadeNote)) }
                }))
            }
            (self.known(to))
            (form_of(to))
        }))
    }
}

impl TokensView {
    fn known(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.tokens.is_empty() {
            return Blank::empty(Icon::Lock, t(lang, Key::None), t(lang, Key::NoneNote)).sheet();
        }
        let row = |token: &TokenLine| {
            let action = format!("/tokens/{}/end", token.id);
            let used = token.used_at.map_or(t(lang, Key::Never).to_owned(), moment);
            TableRow::new(vec![
                html! { (token.name) },
                html! { span.number { (moment(token.made_at)) } },
                html! { span.number { (used) } },
                html! { span.number { (day(court_offset().to_datetime(token.expires_at).date())) } },
                html! { (Verb::act(t(lang, Key::End), &action).row().about(&token.name)) },
            ])
        };
        let table = Table {
            caption: t(lang, Key::Known),
            columns: vec![
                Column::new(t(lang, Key::Name), OnPhone::Title),
                Column::new(t(lang, Key::MadeAt), OnPhone::Second),
                Column::new(t(lang, Key::UsedAt), OnPhone::Second),
                Column::new(t(lang, Key::ExpiresOn), OnPhone::State),
                Column::new(t(lang, Key::Act), OnPhone::Act),
            ],
            rows: self.tokens.iter().map(row).collect(),
            base: "/tokens",
            order: "",
            ticks: None,
            dense: false,
            keep: false,
        };
        Sheet::new(t(lang, Key::Known)).flush(table.show(lang))
    }
}

fn form_of(to: &Showing) -> Markup {
    let lang = to.lang();
    let lives: Vec<Choice<'_>> = LIVES_DAYS.iter().map(|(days, words)| Choice::new(days, t(lang, *words))).collect();
    Sheet::new(t(lang, Key::New)).body(form(FormTo { action: "/tokens", ..FormTo::default() }, html! {
        (to.command_field())
        (Field::new("name", t(lang, Key::Name)).help(t(lang, Key::NameHelp)).required().max_length(60).text())
        (Field::new("days", t(lang, Key::Life)).value("30").select(lang, &lives))
        (Verb::submit(t(lang, Key::Make)).primary())
    }))
}
