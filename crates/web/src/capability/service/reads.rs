//! Who on the addressee's side has opened which paper, and when (打开记录): from the log of looks, for the court's
//! people. It informs and is never the day of service.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use xiezhi_app::{
    access::{AccessEvent, Look},
    rows::accounts_of,
};
use xiezhi_domain::{
    case::CaseState,
    ids::{MaterialId, PersonId},
    service::Service,
};

use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{
        moment,
        service::{self as words, Key},
        t,
    },
};

/// One person's reading of one paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadView {
    /// Title of the paper.
    pub paper: String,
    /// Who.
    pub by: String,
    /// When it was opened first.
    pub first_at: Timestamp,
    /// When it was open last.
    pub last_at: Timestamp,
    /// How many of its pages were seen.
    pub seen: usize,
    /// How many it has.
    pub pages: u32,
}

type Looks = [(Timestamp, AccessEvent)];

/// What the addressee's side has opened of the papers of `service`.
pub(super) fn reads_of(case: &CaseState, to: &Showing, looks: &Looks, service: &Service) -> Vec<ReadView> {
    let accounts = accounts_of(case, service.to);
    let mut found: BTreeMap<(MaterialId, PersonId), (Timestamp, Timestamp, BTreeSet<u32>)> = BTreeMap::new();
    for (at, event) in looks {
        let AccessEvent::Looked { reader, look, material: Some(paper), pages, .. } = event else { continue };
        let counts = matches!(look, Look::Page | Look::Download);
        if !counts || !service.materials.contains(paper) || !accounts.contains(reader) {
            continue;
        }
        let (first, last, seen) = found.entry((*paper, *reader)).or_insert((*at, *at, BTreeSet::new()));
        (*first, *last) = ((*first).min(*at), (*last).max(*at));
        seen.extend(pages);
    }
    let view = |((paper, reader), (first_at, last_at, seen)): ((MaterialId, PersonId), (_, _, BTreeSet<u32>))| {
        let paper = case.materials.get(&paper)?;
        Some(ReadView {
            paper: paper.title.clone(),
            by: to.name(reader).to_owned(),
            first_at,
            last_at,
            seen: seen.len(),
            pages: paper.file.pages,
        })
    };
    found.into_iter().filter_map(view).collect()
}

/// The marks, a line for each person and paper.
pub(super) fn marks(to: &Showing, reads: &[ReadView]) -> Markup {
    let lang = to.lang();
    if reads.is_empty() {
        return html! { p.small.faint { (t(lang, Key::ReadByNobody)) } };
    }
    html! {
        ul.points.small {
            @for read in reads {
                li {
                    span lang="zh-CN" { (read.paper) } " · " span lang="zh-CN" { (read.by) } " · " span.number { (moment(read.first_at)) }
                    @if read.last_at != read.first_at { " – " span.number { (moment(read.last_at)) } }
                    @if read.seen > 0 && read.pages > 0 { " · " (words::pages_seen(lang, read.seen, read.pages)) }
                }
            }
        }
    }
}
