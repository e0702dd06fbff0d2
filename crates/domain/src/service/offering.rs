//! Which way of serving offers itself next (送达方式的先后): the court's own order, within what the law allows.

use serde::{Deserialize, Serialize};

use super::{Channel, ServiceStatus};
use crate::{
    case::{CaseState, Procedure},
    consent,
    ids::PartyId,
};

/// One way in the court's order, and how often it is tried before the next offers itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// The channel.
    pub channel: Channel,
    /// How often it is tried.
    #[serde(default = "once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

/// The order that courts start with: electronic, by post, by hand, by announcement, each once.
pub fn usual() -> Vec<Way> {
    [Channel::Electronic, Channel::Postal, Channel::Direct, Channel::Announcement]
        .map(|channel| Way { channel, times: 1 })
        .to_vec()
}

/// Whether it is the order that courts start with.
pub fn is_usual(ways: &[Way]) -> bool {
    ways == usual()
}

/// What the choice of a way rests on: consent, procedure, and what was tried in vain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prospect {
    /// Whether the party agreed to electronic service.
    pub electronic: bool,
    /// Whether the procedure allows an announcement.
    pub announcement: bool,
    /// The channels that failed, one for each attempt, oldest first.
    pub failed: Vec<Channel>,
}

impl Prospect {
    /// How `party` can be reached in `case`.
    pub fn of(case: &CaseState, party: PartyId) -> Self {
        let services = case.services_in_order().filter(|service| service.to == party);
        let failed = services.filter(|service| matches!(service.status, ServiceStatus::Failed { .. }));
        Self {
            electronic: consent::is_served_online(case, party),
            announcement: case.procedure == Procedure::Ordinary,
            failed: failed.map(|service| service.channel).collect(),
        }
    }

    /// The way that offers itself, and the code of the reason. The order is the court's; that electronic service needs
    /// consent, and that an announcement is the last resort of ordinary procedure, is not. Where nothing is left, papers
    /// are handed over.
    ///
    /// Source: 《民事诉讼法》第八十八条、第九十条、第九十五条;《民诉法解释》第一百四十条.
    pub fn offered(&self, ways: &[Way]) -> (Channel, &'static str) {
        let left = |way: &&Way| {
            let tried = self.failed.iter().filter(|channel| **channel == way.channel).count();
            let allowed = match way.channel {
                Channel::Electronic => self.electronic,
                Channel::Announcement => self.announcement && !self.failed.is_empty(),
                _ => true,
            };
            allowed && tried < way.times as usize
        };
        let next = ways.iter().find(left).map(|way| way.channel);
        let why = match (next, self.failed.last()) {
            (None | Some(Channel::Announcement), _) => "all_failed",
            (Some(Channel::Electronic), _) => "confirmed",
            (Some(_), None) if !self.electronic => "no_consent",
            (Some(_), None) => "by_order",
            (Some(_), Some(Channel::Electronic)) => "failed_before",
            (Some(_), Some(Channel::Postal)) => "post_failed",
            (Some(_), Some(_)) => "hand_failed",
        };
        (next.unwrap_or(Channel::Direct), why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(failed: &[Channel]) -> Prospect {
        Prospect { electronic: true, announcement: true, failed: failed.to_vec() }
    }

    #[test]
    fn the_usual_order_goes_from_the_quickest_way_to_the_last_resort() {
        use Channel::*;
        let ways = usual();
        assert_eq!(after(&[]).offered(&ways), (Electronic, "confirmed"));
        assert_eq!(after(&[Electronic]).offered(&ways), (Postal, "failed_before"));
        assert_eq!(after(&[Electronic, Postal]).offered(&ways), (Direct, "post_failed"));
        assert_eq!(after(&[Electronic, Postal, Direct]).offered(&ways), (Announcement, "all_failed"));
        let summary = Prospect { announcement: false, ..after(&[Electronic, Postal, Direct]) };
        assert_eq!(summary.offered(&ways), (Direct, "all_failed"));
        let offline = Prospect { electronic: false, ..after(&[]) };
        assert_eq!(offline.offered(&ways), (Postal, "no_consent"));
    }

    #[test]
    fn a_court_may_try_a_way_twice_and_go_by_hand_first() {
        use Channel::*;
        let ways = [Way { channel: Direct, times: 2 }, Way { channel: Postal, times: 1 }];
        assert_eq!(after(&[]).offered(&ways), (Direct, "by_order"));
        assert_eq!(after(&[Direct]).offered(&ways), (Direct, "hand_failed"));
        assert_eq!(after(&[Direct, Direct]).offered(&ways), (Postal, "hand_failed"));
    }

    #[test]
    fn no_order_offers_what_the_law_does_not() {
        use Channel::*;
        let ways = [Way { channel: Announcement, times: 9 }, Way { channel: Electronic, times: 9 }];
        let offline = Prospect { electronic: false, ..after(&[]) };
        assert_eq!(offline.offered(&ways), (Direct, "all_failed"));
        assert_eq!(Prospect { announcement: false, ..after(&[Postal]) }.offered(&ways), (Electronic, "confirmed"));
    }
}
