//! A case as it stood, in the gallery.

use jiff::Timestamp;
use xiezhi_app::{past::Past, witnessing::Reach};
use xiezhi_domain::{
    case::CaseState,
    moment::{Moment, Recorded},
    people::Post,
};

use super::{Part, PastView};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Seat, Seen, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; PastView]
}

/// The past of a tale that was lived to its end, at `at`.
pub(crate) fn past(seen: &Seen, at: Timestamp) -> Past {
    let (acts, since): (Vec<_>, Vec<_>) = seen.acts.iter().cloned().partition(|act| act.at <= at);
    let recorded = |act: &xiezhi_app::acts::RecordedAct| Recorded { moment: Moment::of(act.at), rev: act.rev };
    let events = acts.iter().filter_map(|act| Some((act.event.as_ref()?, recorded(act))));
    Past { case: CaseState::fold(seen.case.id, events), acts, since }
}

pub(super) fn view(seen: &Seen, at: Option<Timestamp>, part: Part) -> PastView {
    let last = seen.acts.last().map_or(0, |act| act.pos - 1);
    let reach = Reach { signed: last, witnessed: last.saturating_sub(2), by: 2, of: 3, demonstration: false };
    let past = past(seen, at.unwrap_or(Timestamp::MAX));
    PastView::of(&seen.to, (&seen.case, &seen.reader), &past, (at, part), reach)
}

impl Samples for PastView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let whole = Tale::Sale.whole();
        let heard = Tale::Sale.until("hearing.closed.v1").acts.last().map(|act| act.at);
        let filed = Tale::Sale.until("review.filed.v1").acts.last().map(|act| act.at);
        let shown = |name, seat, at, part| whole.seen_by(seat, lang).sample(name, |seen| view(seen, at, part));
        vec![
            shown("past-choosing", Seat::Judge, None, Part::Overview),
            shown("past-judge", Seat::Judge, heard, Part::Overview),
            shown("past-file-clerk", Seat::Clerk, heard, Part::File),
            shown("past-parties-president", Seat::Of(Post::President), heard, Part::Parties),
            shown("past-hearings-judge", Seat::Judge, heard, Part::Hearings),
            shown("past-party", Seat::Party(1), heard, Part::Overview),
            shown("past-file-party", Seat::Party(0), heard, Part::File),
            shown("past-early-party", Seat::Party(0), filed, Part::Hearings),
            shown("past-not-yet", Seat::Party(1), Some(Timestamp::UNIX_EPOCH), Part::Overview),
        ]
    }
}

#[cfg(test)]
mod tests {
    use xiezhi_domain::paper::Volume;

    use super::*;
    use crate::gallery::lived::Lived;

    /// What nobody outside the court is ever shown of a case: the inside of the court, and what is others' own.
    fn secrets(lived: &Lived) -> Vec<String> {
        let case = &lived.case;
        let inner = case.materials.values().filter(|paper| paper.volume == Volume::Secondary);
        let inner = inner.map(|paper| paper.title.clone());
        let numbers = case.parties.values().flat_map(|party| [party.id_no.clone(), party.phone.clone()]).flatten();
        let confided = case.mediation.confidences.iter().map(|(told, _)| told.words.clone());
        let typed = case.hearings.values().map(|hearing| hearing.transcript.clone());
        let asked = case.deliberation.round.questions.iter().map(|question| question.proposal.clone());
        let all = inner.chain(numbers).chain(confided).chain(typed).chain(asked);
        all.map(|secret| secret.trim().to_owned()).filter(|secret| !secret.is_empty()).collect()
    }

    #[test]
    fn at_no_moment_is_an_outsider_shown_the_inside_of_the_court_or_what_is_others_own() {
        let mut looked = 0;
        for tale in [Tale::Sale, Tale::Divorce, Tale::Accident, Tale::MediationOver, Tale::Papers] {
            let whole = tale.whole();
            let secrets = secrets(&whole);
            assert!(secrets.len() > 3, "{tale:?} has nothing to hide");
            for seat in [Seat::Party(0), Seat::Party(1), Seat::Agent(0)] {
                let seen = whole.seen_by(seat, Lang::Zh);
                for act in &seen.acts {
                    let shown = view(&seen, Some(act.at), Part::Overview);
                    let told = serde_json::to_string(&shown).expect("plain data");
                    let leak = secrets.iter().find(|secret| told.contains(secret.as_str()));
                    assert_eq!(leak, None, "{tale:?}, {seat:?}, after {:?}", act.event.as_ref().map(|event| event.name()));
                    looked += 1;
                }
            }
        }
        assert!(looked > 300, "{looked} looks are no test");
    }

    #[test]
    fn whoever_did_not_file_is_shown_nothing_of_the_days_before() {
        let whole = Tale::Sale.whole();
        let submitted = whole.acts.first().map(|act| act.at);
        let then = |seat| view(&whole.seen_by(seat, Lang::Zh), submitted, Part::Overview).then.is_some();
        assert!(then(Seat::Judge) && then(Seat::Party(0)));
        assert!(!then(Seat::Party(1)));
        let offered = view(&whole.seen_by(Seat::Party(1), Lang::Zh), None, Part::Overview).moments;
        let filed = whole.case.filed_on.expect("it was filed");
        assert!(offered.iter().all(|act| xiezhi_domain::moment::day_of(act.at) >= filed));
    }
}
