//! From which day service counts, and by which rule (送达之日): worked out once, shown to judge and party alike.

use jiff::civil::Date;
use serde::Serialize;

use super::{Channel, Service, taking::Taking};
use crate::{
    case::CaseState,
    ids::{MaterialId, PartyId},
};

/// The rule by which service counts from its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The message reached the party's system.
    Arrived,
    /// The party signed.
    Signed,
    /// Somebody entitled signed for the party.
    SignedFor,
    /// It was left on refusal.
    Left,
    /// The party refused to sign at the court.
    RefusedAtCourt,
    /// The day on the carrier's or the other court's receipt.
    OnTheReceipt,
    /// It came back from the address the party confirmed.
    Returned,
    /// The days of the announcement were full.
    AnnouncementFull,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Rule; 8] = [
        Rule::Arrived,
        Rule::Signed,
        Rule::SignedFor,
        Rule::Left,
        Rule::RefusedAtCourt,
        Rule::OnTheReceipt,
        Rule::Returned,
        Rule::AnnouncementFull,
    ];

    /// Where the law says so.
    pub fn source(self) -> &'static str {
        match self {
            Rule::Arrived => "《民事诉讼法》第九十条第二款；《民诉法解释》第一百三十五条",
            Rule::Signed => "《民事诉讼法》第八十七条",
            Rule::SignedFor => "《民事诉讼法》第八十八条",
            Rule::Left => "《民事诉讼法》第八十九条",
            Rule::RefusedAtCourt => "《民诉法解释》第一百三十一条第一款",
            Rule::OnTheReceipt => "《民事诉讼法》第九十一条",
            Rule::Returned => "《最高人民法院关于以法院专递方式邮寄送达民事诉讼文书的若干规定》第十一条",
            Rule::AnnouncementFull => "《民事诉讼法》第九十五条",
        }
    }
}

/// The day from which service counts, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Reckoning {
    /// The day.
    pub on: Date,
    /// The rule.
    pub rule: Rule,
}

impl Service {
    /// From which day this attempt counts and by which rule, if it counts.
    pub fn reckoning(&self) -> Option<Reckoning> {
        let on = self.effected_on()?;
        let rule = match (self.channel, self.receipt.as_ref().map(|receipt| &receipt.taking)) {
            (Channel::Electronic, _) => Rule::Arrived,
            (Channel::Announcement, _) => Rule::AnnouncementFull,
            (_, Some(Taking::Left { .. })) => Rule::Left,
            (_, Some(Taking::RefusedAtCourt { .. })) => Rule::RefusedAtCourt,
            (_, Some(Taking::Returned { .. })) => Rule::Returned,
            (Channel::Postal | Channel::Entrusted, _) => Rule::OnTheReceipt,
            (_, Some(Taking::Addressee) | None) => Rule::Signed,
            (_, Some(_)) => Rule::SignedFor,
        };
        Some(Reckoning { on, rule })
    }
}

impl CaseState {
    /// The attempt by which `material` counts as served on `to`: of several, the earliest.
    ///
    /// Source: 《人民法院在线诉讼规则》第三十一条第三款.
    pub fn counting(&self, material: MaterialId, to: PartyId) -> Option<&Service> {
        let of_paper = |service: &&Service| service.to == to && service.materials.contains(&material);
        self.services_in_order()
            .filter(of_paper)
            .filter(|it| it.effected_on().is_some())
            .min_by_key(|it| it.effected_on())
    }
}
