//! The chain before the seal (签发环节): who signed, who reads along, and what may be done next.

use jiff::Timestamp;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    drafting::Draft,
    ids::PersonId,
    issuing::{self, IssuingCommand},
    people::{Directory, Post},
    rules::Rules,
};

use super::{At, page};
use crate::{
    capability::prelude_of_cases::{Acted, act, route},
    frame::prelude::*,
    http::{me::Me, prelude::*},
    messages::{
        drafting::Key as Word, moment, nav,
        signing::since,
        supervision::Key,
        t,
    },
};

/// A reading along that the chain asks for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReadingView {
    /// Whose post.
    post: Post,
    /// Who read it, and what was said with it.
    read: Option<(String, String)>,
}

/// How a document that was put forward stands.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct ChainView {
    /// Who signed.
    signed: Vec<String>,
    /// Whose signatures are missing.
    waiting: Vec<String>,
    /// Who reads it along, in order.
    readings: Vec<ReadingView>,
    /// Whether the reader's signature is awaited.
    i_sign: bool,
    /// Whether the reader presides, and the members have not all signed, or is the clerk, and the judges have not.
    too_early: bool,
    /// Whether it is the clerk's turn that has not come.
    awaits_judges: bool,
    /// Whether the reader's reading is awaited.
    i_read: bool,
    /// Whether the reader may still ask the tribunal to think again.
    may_doubt: bool,
    /// Whether somebody asked to think again, and the panel has not yet.
    doubted: bool,
    /// Since when it waits for the time-stamp authority.
    pub unstamped_since: Option<Timestamp>,
}

impl ChainView {
    /// The chain of `draft` as `reader` sees it.
    pub fn of(case: &CaseState, reader: &Reader, people: &Directory, rules: &Rules, draft: &Draft) -> Self {
        let names = |ids: &[PersonId]| ids.iter().map(|id| people.name(*id).to_owned()).collect();
        let missing = issuing::unsigned(case, draft);
        let me = reader.actor.person();
        let turn = draft.original.is_some() && draft.issued.is_none() && me.is_some_and(|me| missing.contains(&me));
        let too_early = turn && me.is_some_and(|me| issuing::is_too_early(case, &rules.settings, draft, me));
        let awaits_judges = turn && me.is_some_and(|me| issuing::awaits_judges(case, draft, me));
        let may_read = access::may(reader, Act::ReadDocument, case.stage).is_ok();
        let next = issuing::next_reader(case, draft);
        let i_read = may_read && next.is_some() && next == reader.post;
        let readings = draft.readers.iter().enumerate().map(|(place, post)| ReadingView {
            post: *post,
            read: draft.readings.get(place).map(|read| (people.name(read.by).to_owned(), read.opinion.clone())),
        });
        Self {
            signed: names(&draft.signed),
            waiting: names(&missing),
            readings: readings.collect(),
            i_sign: turn && !too_early,
            too_early,
            awaits_judges,
            i_read,
            may_doubt: i_read && next.is_some_and(|post| !draft.doubted.contains(&post)),
            doubted: case.deliberation.doubted && draft.issued.is_none(),
            unstamped_since: None,
        }
    }

    /// Whether the reader's signature is awaited now.
    pub fn i_sign(&self) -> bool {
        self.i_sign
    }

    /// Whether everyone has signed and read.
    pub fn is_complete(&self) -> bool {
        self.waiting.is_empty() && self.readings.iter().all(|reading| reading.read.is_some())
    }

    /// Whether the reader's signature is awaited, now or in its turn.
    pub fn is_signer(&self) -> bool {
        self.i_sign || self.too_early
    }

    /// Who signed and who read, and who is yet to.
    pub fn list(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            ul {
                @for name in &self.signed { li { (name) " " (tag(Standing::Done, t(lang, Word::Signed))) } }
                @for name in &self.waiting { li { (name) " " (tag(Standing::Waiting, t(lang, Word::Waiting))) } }
                @for reading in &self.readings {
                    li {
                        @match &reading.read {
                            Some((by, opinion)) => {
                                (by) " " (tag(Standing::Done, t(lang, Key::ReadBy)))
                                @if !opinion.is_empty() { " " span lang="zh-CN" { (opinion) } }
                            }
                            None => { (t(lang, nav::post(reading.post))) " " (tag(Standing::Waiting, t(lang, Key::ToRead))) }
                        }
                    }
                }
            }
            @if let Some(at) = self.unstamped_since { (note_of(Standing::Soon, html! { (since(lang, &moment(at))) })) }
            @if self.too_early { p { (t(lang, if self.awaits_judges { Key::ClerkLast } else { Key::TooEarly })) } }
        }
    }

    /// That somebody asked to think again, where the panel has not yet.
    pub fn doubt_note(&self, to: &Showing) -> Markup {
        html! { @if self.doubted { (note_of(Standing::Soon, html! { (t(to.lang(), Key::Doubted)) })) } }
    }

    /// The forms of whoever reads it along.
    pub fn reading_forms(&self, to: &Showing, base: &str, sha256: &str) -> Markup {
        let lang = to.lang();
        let seen = || html! { (to.command_field()) input type="hidden" name="original_sha256" value=(sha256); };
        let (reading, doubt) = (format!("{base}/reading"), format!("{base}/doubt"));
        html! {
            @if self.i_read {
                (form(FormTo { action: &reading, ..FormTo::default() }, html! {
                    (seen())
                    (Field::new("opinion", t(lang, Key::Opinion)).text())
                    (Verb::submit(t(lang, Key::Pass)).primary())
                }))
            }
            @if self.may_doubt {
                (form(FormTo { action: &doubt, ..FormTo::default() }, html! {
                    (seen())
                    p { (t(lang, Key::DoubtNote)) }
                    (Field::new("reason", t(lang, Key::DoubtReason)).among(1).textarea(2))
                    (Verb::submit(t(lang, Key::Doubt)))
                }))
            }
        }
    }
}

/// Where a case is marked for supervision.
pub fn supervision_link(to: &Showing, case: xiezhi_domain::ids::CaseId) -> Markup {
    html! { p { a href=(route(case, "/supervision")) { (t(to.lang(), Key::Title)) } } }
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = DocumentRead)]
pub(super) struct Read {
    original_sha256: String,
    #[serde(default)]
    opinion: String,
}

pub(super) async fn read(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Read>) -> Acted {
    let Read { original_sha256, opinion } = input.value;
    let command = IssuingCommand::Read { document: at.1, opinion, original_sha256 };
    act(&web, &me, at.0, input.command, command, &page(at)).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = DocumentDoubted)]
pub(super) struct Doubted {
    original_sha256: String,
    #[serde(default)]
    reason: String,
}

pub(super) async fn doubt(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Doubted>) -> Acted {
    let Doubted { original_sha256, reason } = input.value;
    let command = IssuingCommand::Doubt { document: at.1, reason, original_sha256 };
    act(&web, &me, at.0, input.command, command, &page(at)).await
}
