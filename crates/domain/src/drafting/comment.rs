//! Comments on a draft and changes that are suggested in it (批注与修改建议), each bound to a passage. They stay on
//! the court's side, and what was said stays when the draft moves on.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Draft, DraftContent, DraftingEvent, DraftingRefusal, PARTS};
use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::{CommentId, DocumentId, PersonId},
    moment::Recorded,
};

/// Letters of what is said, and of a passage.
const MOST_LETTERS: usize = 4_000;

/// A place in a draft: a line of one of its parts, and the words there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Passage {
    /// The part, by its code (see [`PARTS`]).
    pub part: String,
    /// The line in the part, from 0.
    pub line: u32,
    /// The words it is about; none means the line as a whole.
    pub quote: String,
}

/// An answer to a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentReply {
    /// Whose.
    pub by: PersonId,
    /// The words.
    pub words: String,
    /// When.
    pub at: Timestamp,
}

/// How a comment ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Who settled it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Whether what it suggested was taken over.
    pub accepted: bool,
}

/// A comment on a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Identifier.
    pub id: CommentId,
    /// Whose.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// The version it was made on.
    pub version: u32,
    /// What it is about.
    pub passage: Passage,
    /// What is said.
    pub words: String,
    /// What should stand there instead, if it suggests that; nothing means that the passage goes.
    pub suggestion: Option<String>,
    /// Answers, in their order.
    pub replies: Vec<CommentReply>,
    /// How it ended, once it has.
    pub settled: Option<Settled>,
}

/// Commands on comments of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
pub enum CommentCommand {
    /// Comments on a passage.
    Write {
        /// What it is about.
        passage: Passage,
        /// What is said.
        words: String,
        /// What should stand there instead.
        suggestion: Option<String>,
    },
    /// Answers a comment.
    Reply {
        /// Which.
        comment: CommentId,
        /// The words.
        words: String,
    },
    /// Settles a comment: by whoever made it, or whoever writes the draft.
    Settle {
        /// Which.
        comment: CommentId,
    },
    /// Takes over what a comment suggests: a new version of the draft.
    Accept {
        /// Which.
        comment: CommentId,
    },
}

pub(super) fn decide(
    case: &CaseState,
    ctx: &Context,
    document: DocumentId,
    command: CommentCommand,
) -> Result<Decision, DraftingRefusal> {
    let draft = case.drafts.get(&document).ok_or(DraftingRefusal::Unknown)?;
    let by = ctx.actor.person().ok_or(DraftingRefusal::Unknown)?;
    if draft.issued.is_some() {
        return Err(DraftingRefusal::IssuedAlready);
    }
    match command {
        CommentCommand::Write { passage, words, suggestion } => write(ctx, draft, by, passage, words, suggestion),
        CommentCommand::Reply { comment, words } => {
            let known = open(draft, comment)?;
            let words = said(&words)?;
            if known.replies.last().is_some_and(|last| last.by == by && last.words == words) {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(DraftingEvent::CommentReplied { document, comment, by, words }))
        }
        CommentCommand::Settle { comment } => {
            let known = find(draft, comment)?;
            if known.settled.is_some() {
                return Ok(Decision::nothing());
            }
            if known.by != by && !writes(case, by) {
                return Err(DraftingRefusal::NotYourComment);
            }
            Ok(Decision::of(DraftingEvent::CommentSettled { document, comment, by, accepted: false }))
        }
        CommentCommand::Accept { comment } => accept(draft, by, comment),
    }
}

fn write(
    ctx: &Context,
    draft: &Draft,
    by: PersonId,
    passage: Passage,
    words: String,
    suggestion: Option<String>,
) -> Result<Decision, DraftingRefusal> {
    let comment = CommentId(ctx.ids.next());
    if draft.comments.iter().any(|known| known.id == comment) {
        return Ok(Decision::nothing());
    }
    let words = words.trim().to_owned();
    if words.is_empty() && suggestion.is_none() {
        return Err(DraftingRefusal::NothingSaid);
    }
    let long = |text: &str| text.chars().count() > MOST_LETTERS;
    if long(&words) || long(&passage.quote) || suggestion.as_deref().is_some_and(long) {
        return Err(DraftingRefusal::TooLong);
    }
    replaced(&draft.content, &passage, suggestion.as_deref().unwrap_or_default())?;
    let (document, version) = (draft.id, draft.version);
    Ok(Decision::of(DraftingEvent::Commented { document, comment, version, passage, words, suggestion, by }))
}

/// One act: the new version, and the comment settled by it. Whoever writes at the same moment finds both put together
/// when they save.
fn accept(draft: &Draft, by: PersonId, comment: CommentId) -> Result<Decision, DraftingRefusal> {
    let (document, kind) = (draft.id, draft.kind);
    let known = open(draft, comment)?;
    if draft.original.is_some() {
        return Err(DraftingRefusal::PutForwardAlready);
    }
    let suggestion = known.suggestion.as_deref().ok_or(DraftingRefusal::NothingSuggested)?;
    let content = replaced(&draft.content, &known.passage, suggestion)?;
    let settled = DraftingEvent::CommentSettled { document, comment, by, accepted: true };
    if content == draft.content {
        return Ok(Decision::of(settled));
    }
    Ok(Decision::of(DraftingEvent::Saved { document, kind, content, by: Some(by) }).with(settled))
}

fn find(draft: &Draft, id: CommentId) -> Result<&Comment, DraftingRefusal> {
    draft.comments.iter().find(|known| known.id == id).ok_or(DraftingRefusal::NoSuchComment)
}

fn open(draft: &Draft, id: CommentId) -> Result<&Comment, DraftingRefusal> {
    let known = find(draft, id)?;
    if known.settled.is_some() { Err(DraftingRefusal::CommentSettled) } else { Ok(known) }
}

fn said(words: &str) -> Result<String, DraftingRefusal> {
    let words = words.trim();
    match words.chars().count() {
        0 => Err(DraftingRefusal::NothingSaid),
        letters if letters > MOST_LETTERS => Err(DraftingRefusal::TooLong),
        _ => Ok(words.to_owned()),
    }
}

fn writes(case: &CaseState, person: PersonId) -> bool {
    let tribunal = case.tribunal.as_ref();
    tribunal.is_some_and(|court| {
        court.judge == person || court.presiding == Some(person) || court.assistant == Some(person)
    })
}

/// The draft with `by` in the place of a passage. The passage is where it was, or, where lines moved since, the only
/// place in the part that has its words.
///
/// # Errors
/// [`DraftingRefusal::PassageChanged`] where its words are gone or stand there more than once.
pub fn replaced(content: &DraftContent, passage: &Passage, by: &str) -> Result<DraftContent, DraftingRefusal> {
    let part = PARTS.iter().find(|part| **part == passage.part).ok_or(DraftingRefusal::PassageChanged)?;
    let text = content.part(part);
    let lines: Vec<&str> = text.split('\n').collect();
    let at = place(&lines, passage).ok_or(DraftingRefusal::PassageChanged)?;
    let whole = passage.quote.is_empty();
    let line = if whole { by.to_owned() } else { lines[at].replacen(&passage.quote, by, 1) };
    let before = lines[..at].iter().map(|line| (*line).to_owned());
    let after = lines[at + 1..].iter().map(|line| (*line).to_owned());
    let text: Vec<String> = before.chain(Some(line)).chain(after).collect();
    let mut content = content.clone();
    content.put(part, &text.join("\n"));
    Ok(content)
}

/// The line that has the passage.
fn place(lines: &[&str], passage: &Passage) -> Option<usize> {
    let first = passage.line as usize;
    let once = |line: &str| line.matches(&passage.quote).count() == 1;
    if passage.quote.is_empty() {
        return (first < lines.len()).then_some(first);
    }
    if lines.get(first).is_some_and(|line| once(line)) {
        return Some(first);
    }
    let mut having = lines.iter().enumerate().filter(|(_, line)| line.contains(&passage.quote));
    match (having.next(), having.next()) {
        (Some((at, line)), None) if once(line) => Some(at),
        _ => None,
    }
}

impl Comment {
    /// Whether its passage still stands in `content` as it was.
    pub fn stands_in(&self, content: &DraftContent) -> bool {
        replaced(content, &self.passage, "").is_ok()
    }
}

pub(super) fn apply(draft: &mut Draft, event: &DraftingEvent, recorded: &Recorded) {
    let at = recorded.moment.at;
    match event {
        DraftingEvent::Commented { comment, version, passage, words, suggestion, by, .. } => {
            draft.comments.push(Comment {
                id: *comment,
                by: *by,
                at,
                version: *version,
                passage: passage.clone(),
                words: words.clone(),
                suggestion: suggestion.clone(),
                replies: vec![],
                settled: None,
            });
        }
        DraftingEvent::CommentReplied { comment, by, words, .. } => change(draft, *comment, |known| {
            known.replies.push(CommentReply { by: *by, words: words.clone(), at });
        }),
        DraftingEvent::CommentSettled { comment, by, accepted, .. } => change(draft, *comment, |known| {
            known.settled = Some(Settled { by: *by, at, accepted: *accepted });
        }),
        DraftingEvent::Saved { .. } | DraftingEvent::PutForward { .. } | DraftingEvent::Returned { .. } => {}
    }
}

fn change(draft: &mut Draft, id: CommentId, change: impl FnOnce(&mut Comment)) {
    if let Some(known) = draft.comments.iter_mut().find(|known| known.id == id) {
        change(known);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(line: u32, quote: &str) -> Passage {
        Passage { part: "reasoning".to_owned(), line, quote: quote.to_owned() }
    }

    fn content(reasoning: &str) -> DraftContent {
        DraftContent { reasoning: reasoning.to_owned(), ..DraftContent::default() }
    }

    #[test]
    fn a_passage_is_found_where_it_was_and_where_its_line_moved_to() {
        let there = replaced(&content("甲应还款。\n乙不担责。"), &passage(1, "不担责"), "担责");
        assert_eq!(there, Ok(content("甲应还款。\n乙担责。")));
        let moved = replaced(&content("另查。\n甲应还款。\n乙不担责。"), &passage(1, "不担责"), "担责");
        assert_eq!(moved, Ok(content("另查。\n甲应还款。\n乙担责。")));
    }

    #[test]
    fn a_passage_that_is_gone_or_stands_twice_is_not_guessed_at() {
        for now in ["乙担责。", "乙不担责。\n丙不担责。\n丁", "不担责，不担责"] {
            let answer = replaced(&content(now), &passage(3, "不担责"), "担责");
            assert_eq!(answer, Err(DraftingRefusal::PassageChanged), "{now}");
        }
    }
}
