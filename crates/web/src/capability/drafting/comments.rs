//! Comments on a draft and changes that are suggested in it, beside the draft they are about (文书批注).

use jiff::Timestamp;
use xiezhi_documents::compare::compare;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    drafting::{Comment, CommentCommand, Draft, DraftContent, DraftingCommand, PARTS, Passage},
    ids::{CaseId, CommentId, DocumentId},
    people::Directory,
};

use super::{At, page};
use crate::{
    capability::prelude_of_cases::{Acted, act},
    frame::prelude::*,
    http::{me::Me, prelude::*},
    messages::{
        Lang,
        comments::{self as words, Key},
        drafting::part as part_name,
        moment, t,
    },
};

/// An answer to a comment.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CommentReplyView {
    by: String,
    at: Timestamp,
    words: String,
}

/// A comment, as its readers see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CommentView {
    id: CommentId,
    by: String,
    at: Timestamp,
    /// The version it was made on.
    version: u32,
    passage: Passage,
    words: String,
    /// What should stand there instead.
    suggestion: Option<String>,
    replies: Vec<CommentReplyView>,
    /// Who settled it and when, and whether what it suggested was taken over.
    settled: Option<(String, Timestamp, bool)>,
    /// Whether its passage still stands in the draft.
    stands: bool,
    may_answer: bool,
    may_settle: bool,
    may_accept: bool,
}

/// The comments on a draft, and what a new one would be about.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct CommentsView {
    comments: Vec<CommentView>,
    /// Whether the reader may comment.
    may_comment: bool,
    /// The passage that the reader chose to comment on.
    chosen: Option<Passage>,
}

impl CommentsView {
    /// The comments on `draft` for `reader`.
    pub fn of(case: &CaseState, reader: &Reader, people: &Directory, draft: &Draft) -> Self {
        let may = |act| access::may(reader, act, case.stage).is_ok() && draft.issued.is_none();
        let (may_comment, may_write) = (may(Act::CommentDraft), may(Act::Draft));
        let view = |comment: &Comment| {
            let open = comment.settled.is_none();
            let own = reader.actor.person() == Some(comment.by);
            let stands = comment.stands_in(&draft.content);
            let replies = comment.replies.iter().map(|reply| CommentReplyView {
                by: people.name(reply.by).to_owned(),
                at: reply.at,
                words: reply.words.clone(),
            });
            CommentView {
                id: comment.id,
                by: people.name(comment.by).to_owned(),
                at: comment.at,
                version: comment.version,
                passage: comment.passage.clone(),
                words: comment.words.clone(),
                suggestion: comment.suggestion.clone(),
                replies: replies.collect(),
                settled: comment.settled.as_ref().map(|it| (people.name(it.by).to_owned(), it.at, it.accepted)),
                stands,
                may_answer: open && may_comment,
                may_settle: open && may_comment && (own || may_write),
                may_accept: open && stands && may_write && draft.original.is_none() && comment.suggestion.is_some(),
            }
        };
        Self { comments: draft.comments.iter().map(view).collect(), may_comment, chosen: None }
    }

    /// Chooses the line that was asked for; one that is not there chooses nothing.
    pub fn choose(&mut self, content: &DraftContent, asked: Option<&str>) {
        let chosen = asked.and_then(|on| {
            let (part, line) = on.split_once('.')?;
            let part = PARTS.iter().find(|known| **known == part)?;
            let line: u32 = line.parse().ok()?;
            let text = content.part(part);
            let quote = text.split('\n').nth(line as usize)?.to_owned();
            Some(Passage { part: (*part).to_owned(), line, quote })
        });
        self.chosen = chosen;
    }

    /// How many are not settled.
    pub fn open(&self) -> usize {
        self.comments.iter().filter(|comment| comment.settled.is_none()).count()
    }

    /// The comments, each with what can be done about it, and the form for another one.
    pub fn show(&self, to: &Showing, content: &DraftContent, base: &str) -> Markup {
        let lang = to.lang();
        html! {
            h2 #comments { (words::title(lang, self.open())) }
            @if self.comments.is_empty() { p { (t(lang, Key::None)) } }
            @for (place, comment) in self.comments.iter().enumerate() { (comment.show(to, base, place + 1)) }
            @if self.may_comment {
                @match &self.chosen {
                    Some(chosen) => (write_form(to, chosen, base)),
                    None => (lines(lang, content, base)),
                }
            }
        }
    }
}

impl CommentView {
    fn show(&self, to: &Showing, base: &str, place: usize) -> Markup {
        let lang = to.lang();
        let at = |below: &str| format!("{base}/comments/{}/{below}", self.id);
        let stands = words::place(lang, &part_name(lang, &self.passage.part), self.passage.line + 1, self.version);
        let state = match &self.settled {
            None if self.stands => tag(Standing::Waiting, t(lang, Key::Open)),
            None => tag(Standing::Soon, t(lang, Key::Moved)),
            Some((_, _, true)) => tag(Standing::Done, t(lang, Key::Accepted)),
            Some((_, _, false)) => tag(Standing::Done, t(lang, Key::Settled)),
        };
        html! {
            section.comment aria-label=(words::of(lang, &self.by)) {
                p { b { (self.by) } " " span.muted { (moment(self.at)) " · " (stands) } " " (state) }
                @if let Some(suggestion) = &self.suggestion {
                    div lang="zh-CN" { (compared(lang, &compare(&self.passage.quote, suggestion))) }
                } @else if !self.passage.quote.is_empty() {
                    blockquote lang="zh-CN" { (self.passage.quote) }
                }
                @if !self.words.is_empty() { p lang="zh-CN" { (self.words) } }
                @for reply in &self.replies {
                    p { b { (reply.by) } " " span.muted { (moment(reply.at)) } " " span lang="zh-CN" { (reply.words) } }
                }
                @if let Some((by, when, _)) = &self.settled { p.muted { (words::settled(lang, by)) " " (moment(*when)) } }
                @if self.may_accept { (send(to, &at("acceptance"), html! { (Verb::submit(t(lang, Key::Accept)).about(&self.by)) })) }
                @if self.may_answer {
                    @let label = words::answer(lang, &self.by);
                    (send(to, &at("replies"), html! {
                        (Field::new("words", &label).among(place).text())
                        (Verb::submit(t(lang, Key::Reply)).about(&self.by))
                    }))
                }
                @if self.may_settle { (send(to, &at("settlement"), html! { (Verb::submit(t(lang, Key::Settle)).about(&self.by)) })) }
            }
        }
    }
}

fn send(to: &Showing, action: &str, body: Markup) -> Markup {
    form(FormTo { action, ..FormTo::default() }, html! { (to.command_field()) (body) })
}

/// The lines of a draft, each with a way to comment on it.
fn lines(lang: Lang, content: &DraftContent, base: &str) -> Markup {
    let text: Vec<(&str, String)> = PARTS.iter().map(|part| (*part, content.part(part))).collect();
    html! {
        details {
            summary { (t(lang, Key::Choose)) }
            @for (part, text) in text.iter().filter(|(_, text)| !text.trim().is_empty()) {
                h3 { (part_name(lang, part)) }
                ol.points {
                    @for (line, words) in text.split('\n').enumerate().filter(|(_, words)| !words.trim().is_empty()) {
                        li {
                            span lang="zh-CN" { (words) } " "
                            a href=(format!("{base}?on={part}.{line}#comment")) aria-label=(words::comment_on(lang, &part_name(lang, part), line + 1)) { (t(lang, Key::Comment)) }
                        }
                    }
                }
            }
        }
    }
}

fn write_form(to: &Showing, chosen: &Passage, base: &str) -> Markup {
    let lang = to.lang();
    let line = chosen.line.to_string();
    html! {
        div #comment {
            (send(to, &format!("{base}/comments"), html! {
                p { (words::comment_on(lang, &part_name(lang, &chosen.part), chosen.line as usize + 1)) }
                input type="hidden" name="part" value=(chosen.part);
                input type="hidden" name="line" value=(line);
                (Field::new("quote", t(lang, Key::Quote)).help(t(lang, Key::QuoteHelp)).value(&chosen.quote).textarea(3))
                (Field::new("words", t(lang, Key::Words)).textarea(2))
                (checkbox("suggests", html! { (t(lang, Key::Suggests)) }, false, None))
                (Field::new("suggestion", t(lang, Key::Suggestion)).value(&chosen.quote).textarea(3))
                (Verb::submit(t(lang, Key::Comment)).primary())
            }))
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CommentWritten)]
pub(super) struct Written {
    part: String,
    #[serde(default)]
    line: u32,
    #[serde(default)]
    quote: String,
    #[serde(default)]
    words: String,
    /// Whether `suggestion` should stand there instead.
    suggests: Option<String>,
    #[serde(default)]
    suggestion: String,
}

/// What a browser sends has its own line ends; a passage is words of one line.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim_matches('\n').to_owned()
}

async fn comment(web: &Web, me: &Me, at: At, command: xiezhi_domain::ids::CommandId, comment: CommentCommand) -> Acted {
    let to = format!("{}#comments", page(at));
    act(web, me, at.0, command, DraftingCommand::Comment { document: at.1, comment }, &to).await
}

pub(super) async fn write(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Written>) -> Acted {
    let Written { part, line, quote, words, suggests, suggestion } = input.value;
    let passage = Passage { part, line, quote: plain(&quote) };
    let suggestion = suggests.map(|_| plain(&suggestion));
    comment(&web, &me, at, input.command, CommentCommand::Write { passage, words, suggestion }).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CommentReplied)]
pub(super) struct Said {
    words: String,
}

type Of = (CaseId, DocumentId, CommentId);

pub(super) async fn reply(State(web): State<Web>, me: Me, Path(of): Path<Of>, input: Input<Said>) -> Acted {
    let command = CommentCommand::Reply { comment: of.2, words: input.value.words };
    comment(&web, &me, (of.0, of.1), input.command, command).await
}

pub(super) async fn settle(State(web): State<Web>, me: Me, Path(of): Path<Of>, input: Input<Nothing>) -> Acted {
    comment(&web, &me, (of.0, of.1), input.command, CommentCommand::Settle { comment: of.2 }).await
}

pub(super) async fn accept(State(web): State<Web>, me: Me, Path(of): Path<Of>, input: Input<Nothing>) -> Acted {
    comment(&web, &me, (of.0, of.1), input.command, CommentCommand::Accept { comment: of.2 }).await
}
