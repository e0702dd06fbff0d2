//! Opinions one after another, as a panel and the adjudication committee give them: a sheet for each question, and who
//! spoke and signed.

use xiezhi_domain::{
    deliberation::{Position, Round},
    ids::PersonId,
};

use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{deliberation::Key, t},
};

/// A question with its opinions.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuestionView {
    text: String,
    proposal: String,
    opinions: Vec<(String, Position, String)>,
    turn: Option<String>,
    mine: bool,
}

/// What those who speak call things.
#[derive(Clone, Copy, Debug)]
pub(in crate::capability) struct Words {
    pub proposal: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    /// Whoever speaks last.
    pub chair: &'static str,
}

/// The questions of a round, as `me` sees them.
pub(in crate::capability) fn questions(round: &Round, open: bool, to: &Showing, me: PersonId) -> Vec<QuestionView> {
    let name = |person| to.name(person).to_owned();
    let each = round.questions.iter().enumerate().map(|(at, question)| {
        let turn = round.turn(at).filter(|_| open);
        let said = question.opinions.iter().map(|said| (name(said.member), said.position, said.reasons.clone()));
        QuestionView {
            text: question.text.clone(),
            proposal: question.proposal.clone(),
            opinions: said.collect(),
            turn: turn.map(name),
            mine: turn == Some(me),
        }
    });
    each.collect()
}

/// Those who speak, whoever presides last, and whether they signed.
pub(in crate::capability) fn members(round: &Round, signed: &[PersonId], to: &Showing) -> Vec<(String, bool)> {
    round.order.iter().map(|member| (to.name(*member).to_owned(), signed.contains(member))).collect()
}

impl QuestionView {
    /// Its sheet; `send` is the form by which an opinion is given.
    pub(in crate::capability) fn sheet(
        &self,
        to: &Showing,
        at: usize,
        words: Words,
        send: &dyn Fn(&str, Markup) -> Markup,
    ) -> Markup {
        let lang = to.lang();
        let word = |position| if position == Position::For { words.yes } else { words.no };
        let for_it = self.opinions.iter().filter(|(_, position, _)| *position == Position::For).count();
        let title = format!("{}. {}", at + 1, self.text);
        let tally = format!("{} {for_it} / {}", t(lang, Key::Tally), self.opinions.len() - for_it);
        let choices = [Choice::new("for", words.yes), Choice::new("against", words.no)];
        Sheet::new(&title).note(&tally).body(html! {
            @if !self.proposal.is_empty() { p { span.faint { (words.proposal) (lang.pick("：", ": ")) } span lang="zh-CN" { (self.proposal) } } }
            @if !self.opinions.is_empty() {
                ol { @for (name, position, reasons) in &self.opinions {
                    li { span.bold lang="zh-CN" { (name) } " " (word(*position)) (lang.pick("。", ". ")) span lang="zh-CN" { (reasons) } }
                } }
            }
            @if let Some(turn) = &self.turn { p { (t(lang, Key::Turn)) " " span.bold lang="zh-CN" { (turn) } } }
            @if self.mine {
                (send("/opinion", html! {
                    input type="hidden" name="question" value=(at);
                    (Field::new("position", t(lang, Key::Position)).among(at).value("for").choice_across(&choices))
                    (Field::new("reasons", t(lang, Key::Reasons)).help(t(lang, Key::Final)).among(at).textarea(3))
                    (Verb::submit(t(lang, Key::Speak)).primary())
                }))
            }
        })
    }
}

/// Those who speak; once there is something to sign, who signed it.
pub(in crate::capability) fn attending(to: &Showing, members: &[(String, bool)], words: Words, signing: bool) -> Markup {
    let lang = to.lang();
    let last = members.len().saturating_sub(1);
    html! {
        ul { @for (at, (name, signed)) in members.iter().enumerate() {
            li {
                span lang="zh-CN" { (name) }
                @if at == last { " · " (words.chair) }
                @if signing {
                    " " @if *signed { (tag(Standing::Done, t(lang, Key::Signed))) } @else { (tag(Standing::Waiting, t(lang, Key::ToSign))) }
                }
            }
        } }
    }
}
