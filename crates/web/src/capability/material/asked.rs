//! What a list of the e-file was asked for: which papers, in which order, under which headings.

use std::cmp::Ordering;

use xiezhi_domain::{ids::PartyId, paper::PaperKind};

use super::catalogue::PaperLine;
use crate::http::prelude::*;

/// What the list is narrowed to beside party and kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// Papers of which the reader has not read every page.
    Unread,
    /// Papers that another side disputes.
    Disputed,
    /// Papers with annotations that the reader may read.
    Noted,
}

impl Only {
    /// All of them, in the order of their chips.
    pub const ALL: [Only; 3] = [Only::Unread, Only::Disputed, Only::Noted];

    /// The code in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Only::Unread => "unread",
            Only::Disputed => "disputed",
            Only::Noted => "noted",
        }
    }

    /// Whether it holds of a paper.
    pub fn holds(self, paper: &PaperLine) -> bool {
        match self {
            Only::Unread => !paper.is_read(),
            Only::Noted => paper.notes > 0,
            Only::Disputed => paper.said.iter().any(|said| !said.disputed.is_empty()),
        }
    }
}

/// Under which headings papers stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Group {
    /// Places of the catalogue (目录).
    #[default]
    Catalogue,
    /// Who handed them in.
    Party,
    /// Months in which they came.
    Date,
}

impl Group {
    /// All of them.
    pub const ALL: [Group; 3] = [Group::Catalogue, Group::Party, Group::Date];

    /// The code in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Group::Catalogue => "",
            Group::Party => "party",
            Group::Date => "date",
        }
    }
}

/// The value by which the court's own papers are asked for.
pub const OF_COURT: &str = "court";

/// What a list of the e-file was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FileAsked)]
pub struct Asked {
    /// Papers of this party; `court` for the court's.
    #[serde(default)]
    pub party: String,
    /// Papers of this kind.
    #[serde(default)]
    pub kind: String,
    /// `unread`, `disputed` or `noted`.
    #[serde(default)]
    pub only: String,
    /// Headings: by catalogue, `party` or `date`.
    #[serde(default)]
    pub group: String,
    /// Order: `title`, `day`, `from`, `pages` or `read`, downwards with `-` before it.
    #[serde(default)]
    pub sort: String,
    /// Page of the list, from 1.
    #[serde(default)]
    pub page: usize,
    /// How many papers had come when the page was opened, of a page that asks for what came since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beyond: Option<usize>,
}

impl Asked {
    /// What else the list is narrowed to.
    pub fn only(&self) -> Option<Only> {
        Only::ALL.into_iter().find(|only| only.code() == self.only)
    }

    /// The headings.
    pub fn group(&self) -> Group {
        Group::ALL.into_iter().find(|group| group.code() == self.group).unwrap_or_default()
    }

    /// Whether some papers are left out.
    pub fn is_narrow(&self) -> bool {
        self.only().is_some() || !self.party.is_empty() || !self.kind.is_empty()
    }

    /// The query of this list with one parameter changed; the page begins anew.
    pub fn with(&self, name: &str, value: &str) -> String {
        let pairs = [
            ("party", self.party.as_str()),
            ("kind", &self.kind),
            ("only", &self.only),
            ("group", &self.group),
            ("sort", &self.sort),
        ];
        let pairs = pairs.map(|(known, old)| (known, if known == name { value } else { old }));
        let kept: Vec<(&str, &str)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let query = serde_html_form::to_string(kept).unwrap_or_default();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    fn keeps(&self, paper: &PaperLine) -> bool {
        let of_party = match self.party.as_str() {
            "" => true,
            OF_COURT => paper.by.is_none(),
            party => paper.by.is_some_and(|by| party.parse() == Ok(by)),
        };
        let of_kind = self.kind.is_empty() || PaperKind::of_code(&self.kind) == Some(paper.kind);
        of_party && of_kind && self.only().is_none_or(|only| only.holds(paper))
    }

    /// The papers that are asked for, in the order asked for; `parties` in the order of the case.
    pub fn arrange(&self, papers: Vec<PaperLine>, parties: &[PartyId]) -> Vec<PaperLine> {
        let mut kept: Vec<PaperLine> = papers.into_iter().filter(|paper| self.keeps(paper)).collect();
        let rank = |paper: &PaperLine| {
            paper.by.and_then(|by| parties.iter().position(|party| *party == by)).unwrap_or(usize::MAX)
        };
        match self.group() {
            _ if !self.sort.is_empty() => self.sort(&mut kept),
            Group::Catalogue => {}
            Group::Party => kept.sort_by_key(rank),
            Group::Date => kept.sort_by_key(|paper| paper.received_on),
        }
        kept
    }

    fn sort(&self, papers: &mut [PaperLine]) {
        let (name, down) = match self.sort.strip_prefix('-') {
            Some(name) => (name, true),
            None => (self.sort.as_str(), false),
        };
        let order = |a: &PaperLine, b: &PaperLine| match name {
            "title" => a.title.cmp(&b.title),
            "day" => a.received_on.cmp(&b.received_on),
            "from" => a.from.cmp(&b.from),
            "pages" => a.pages.cmp(&b.pages),
            "read" => a.is_read().cmp(&b.is_read()),
            _ => Ordering::Equal,
        };
        papers.sort_by(|a, b| if down { order(b, a) } else { order(a, b) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_keeps_the_others_and_begins_on_the_first_page() {
        let asked = Asked { only: "unread".to_owned(), group: "party".to_owned(), page: 3, ..Asked::default() };
        assert_eq!(asked.with("kind", "evidence"), "?kind=evidence&only=unread&group=party");
        assert_eq!(Asked::default().with("only", ""), "");
    }

    #[test]
    fn what_nobody_offers_narrows_nothing() {
        let asked = Asked { only: "everything".to_owned(), group: "mood".to_owned(), ..Asked::default() };
        assert_eq!((asked.only(), asked.group(), asked.is_narrow()), (None, Group::Catalogue, false));
    }
}
