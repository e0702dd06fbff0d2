//! The record as it is typed (庭审笔录): what one writes never undoes what another wrote.

use serde::{Deserialize, Serialize};

use super::{HearingCommand, HearingEvent, HearingRefusal, HearingStatus, deciding::known};
use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::HearingId,
};

/// A change of a text: at one place, some characters gave way to others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Splice {
    /// Characters that stand before it.
    pub at: u32,
    /// Characters that gave way.
    pub cut: u32,
    /// What stands there now.
    pub text: String,
}

impl Splice {
    /// The text after the change.
    pub fn of(&self, before: &str) -> String {
        let at = byte_of(before, self.at);
        let end = at + byte_of(&before[at..], self.cut);
        format!("{}{}{}", &before[..at], self.text, &before[end..])
    }
}

/// Where the character with this number begins.
fn byte_of(text: &str, characters: u32) -> usize {
    text.char_indices().nth(usize::try_from(characters).unwrap_or(usize::MAX)).map_or(text.len(), |(byte, _)| byte)
}

/// The one change that leads from `before` to `after`.
pub fn splice(before: &str, after: &str) -> Splice {
    let same = before.chars().zip(after.chars()).take_while(|(old, new)| old == new);
    let (mut at, mut bytes) = (0u32, 0);
    for (character, _) in same {
        at += 1;
        bytes += character.len_utf8();
    }
    let (old, new) = (&before[bytes..], &after[bytes..]);
    let tail: usize = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(|(old, new)| old == new)
        .map(|(character, _)| character.len_utf8())
        .sum();
    let cut = old[..old.len() - tail].chars().count();
    let cut = u32::try_from(cut).expect("a record has fewer than 2^32 characters");
    Splice { at, cut, text: new[..new.len() - tail].to_owned() }
}

/// The record may be bettered until the first signature; after the hearing it is printed anew. What is saved
/// rests on the text it was written on: where that moved meanwhile, nothing is overwritten.
pub(super) fn save(
    case: &CaseState,
    id: HearingId,
    text: String,
    based_on: Option<String>,
) -> Result<Decision, HearingRefusal> {
    let hearing = known(case, id)?;
    if hearing.status != HearingStatus::Open && !hearing.is_over() {
        return Err(HearingRefusal::NotOpen);
    }
    if hearing.transcript == text {
        return Ok(Decision::nothing());
    }
    if hearing.is_signed() {
        return Err(HearingRefusal::SignaturesBegun);
    }
    if based_on.is_some_and(|seen| seen != hearing.transcript_sha256()) {
        return Err(HearingRefusal::TranscriptChanged);
    }
    if hearing.is_over() && text.trim().is_empty() {
        return Err(HearingRefusal::NoTranscript);
    }
    let event = if hearing.transcript.is_empty() {
        HearingEvent::TranscriptSaved { hearing: id, text }
    } else {
        HearingEvent::TranscriptTyped { hearing: id, splice: splice(&hearing.transcript, &text) }
    };
    Ok(super::deciding::printed_anew(case, id, event))
}

/// Whoever finds his words recorded wrongly may ask for a correction; what is not corrected goes on record.
///
/// Source: 《民事诉讼法》第一百五十条第二款.
pub(super) fn correct(case: &CaseState, ctx: &Context, command: HearingCommand) -> Result<Decision, HearingRefusal> {
    let (id, event) = match command {
        HearingCommand::AskCorrection { hearing, wish } => (hearing, ask(case, ctx, hearing, wish)?),
        HearingCommand::AnswerCorrection { hearing, no, granted, words } => {
            (hearing, answer(case, hearing, no, granted, words)?)
        }
        HearingCommand::NoteCorrection { hearing, correction } => {
            if correction.wish.trim().is_empty() || correction.name.trim().is_empty() {
                return Err(HearingRefusal::NoWords);
            }
            let noted = known(case, hearing)?.corrections.contains(&(&correction).into());
            (hearing, (!noted).then_some(HearingEvent::CorrectionNoted { hearing, correction }))
        }
        _ => return Ok(Decision::nothing()),
    };
    Ok(event.map_or_else(Decision::nothing, |event| super::deciding::printed_anew(case, id, event)))
}

fn ask(case: &CaseState, ctx: &Context, id: HearingId, wish: String) -> Result<Option<HearingEvent>, HearingRefusal> {
    let hearing = known(case, id)?;
    if hearing.transcript.trim().is_empty() {
        return Err(HearingRefusal::NoTranscript);
    }
    if wish.trim().is_empty() {
        return Err(HearingRefusal::NoWords);
    }
    let (person, party) = super::signing::participant(case, ctx, hearing)?;
    if hearing.corrections.iter().any(|known| known.person == Some(person) && known.wish == wish) {
        return Ok(None);
    }
    let name = ctx.people.name(person).to_owned();
    Ok(Some(HearingEvent::CorrectionAsked { hearing: id, person, name, party, wish }))
}

fn answer(
    case: &CaseState,
    id: HearingId,
    no: u32,
    granted: bool,
    words: String,
) -> Result<Option<HearingEvent>, HearingRefusal> {
    let index = usize::try_from(no).unwrap_or_default().wrapping_sub(1);
    let correction = known(case, id)?.corrections.get(index).ok_or(HearingRefusal::UnknownCorrection)?;
    match correction.granted {
        Some(known) if known == granted && correction.words == words => Ok(None),
        Some(_) => Err(HearingRefusal::CorrectionAnswered),
        None if !granted && words.trim().is_empty() => Err(HearingRefusal::NoWords),
        None => Ok(Some(HearingEvent::CorrectionAnswered { hearing: id, no, granted, words })),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_change_holds_only_what_changed() {
        let changed = splice("审判员：现在开庭。", "审判员：现在正式开庭。");
        assert_eq!(changed, Splice { at: 6, cut: 0, text: "正式".to_owned() });
        assert_eq!(splice("一一", "一一一"), Splice { at: 2, cut: 0, text: "一".to_owned() });
        assert_eq!(splice("甲乙丙", "甲丙"), Splice { at: 1, cut: 1, text: String::new() });
    }

    proptest! {
        #[test]
        fn a_change_leads_from_any_text_to_any_other(before in "[一二三a\n]{0,12}", after in "[一二三a\n]{0,12}") {
            prop_assert_eq!(splice(&before, &after).of(&before), after);
        }

        #[test]
        fn a_change_that_does_not_fit_breaks_nothing(at in 0u32..40, cut: u32, text in "[甲乙]{0,3}") {
            Splice { at, cut, text }.of("原告：同意。");
        }
    }
}
