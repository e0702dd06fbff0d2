//! Unusual access (异常查阅): days on which someone opened cases they have nothing to do with, or read or took away
//! much more than a day's work asks for. What counts as much is a setting; that it is listed says nothing of why, so
//! an overseer looks at it and says what came of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    access::{Reader, Relation},
    case::CaseState,
    ids::{CaseId, PersonId},
    people::Post,
    refusal::refusals,
    stage::Stage,
};

/// From how much in one day on a person's access is listed (异常查阅的界线). Each is a setting of the court.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Watch {
    /// Cases opened that the person has nothing to do with (与本人无关的案件).
    pub strange_cases: u32,
    /// Cases opened (打开的案件).
    pub cases: u32,
    /// Pages read (阅读的页数).
    pub pages: u32,
    /// Papers and packages taken away (下载).
    pub downloads: u32,
    /// Lists exported (导出).
    pub exports: u32,
}

impl Default for Watch {
    fn default() -> Self {
        Self { strange_cases: 3, cases: 60, pages: 1_500, downloads: 40, exports: 3 }
    }
}

impl Watch {
    /// Whether the court left everything as it comes.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// What was unusual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = UnusualKind)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Cases one has nothing to do with (查看无关案件).
    StrangeCases,
    /// Many cases (打开案件过多).
    Cases,
    /// Many pages (阅卷过多).
    Pages,
    /// Many downloads (下载过多).
    Downloads,
    /// Many exports (导出过多).
    Exports,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] = [Kind::StrangeCases, Kind::Cases, Kind::Pages, Kind::Downloads, Kind::Exports];

    /// From how much on it is listed.
    pub fn limit(self, watch: &Watch) -> u32 {
        match self {
            Kind::StrangeCases => watch.strange_cases,
            Kind::Cases => watch.cases,
            Kind::Pages => watch.pages,
            Kind::Downloads => watch.downloads,
            Kind::Exports => watch.exports,
        }
    }
}

/// What one person looked at on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayOfLooks {
    /// Cases opened.
    pub cases: BTreeSet<CaseId>,
    /// Those of them that the person has nothing to do with.
    pub strange: BTreeSet<CaseId>,
    /// Pages read.
    pub pages: u32,
    /// Papers and packages taken.
    pub downloads: u32,
    /// Lists exported.
    pub exports: u32,
}

impl DayOfLooks {
    /// How much there was of a kind.
    pub fn count(&self, kind: Kind) -> u32 {
        let many = |cases: &BTreeSet<CaseId>| u32::try_from(cases.len()).unwrap_or(u32::MAX);
        match kind {
            Kind::StrangeCases => many(&self.strange),
            Kind::Cases => many(&self.cases),
            Kind::Pages => self.pages,
            Kind::Downloads => self.downloads,
            Kind::Exports => self.exports,
        }
    }

    /// What of it is unusual, with how much there was.
    pub fn unusual(&self, watch: &Watch) -> Vec<(Kind, u32)> {
        let counted = Kind::ALL.map(|kind| (kind, self.count(kind)));
        counted.into_iter().filter(|(kind, count)| *count > 0 && *count >= kind.limit(watch)).collect()
    }
}

/// Whether a case is the reader's business (与本案有关): by a part in it, by an act in it, because it is what the post
/// works on at this stage, or because it lies in the division that the reader heads.
pub fn has_to_do_with(reader: &Reader, case: &CaseState, acted: bool, heads_its_division: bool) -> bool {
    let by_part = reader.relations.iter().any(|relation| *relation != Relation::None);
    let by_post = match reader.post {
        Some(Post::FilingClerk) => case.stage.is_before_filing(),
        Some(Post::Archivist) => case.stage >= Stage::Archiving,
        Some(Post::Finance | Post::ServiceAgent) => true,
        Some(Post::DivisionHead) => heads_its_division,
        _ => false,
    };
    by_part || acted || by_post
}

/// One person's unusual access of one kind on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FindingKey {
    /// The day.
    pub day: Date,
    /// Whose.
    pub person: PersonId,
    /// What.
    pub kind: Kind,
}

/// What an overseer found of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Examination {
    /// Who examined it.
    pub by: PersonId,
    /// What came of it.
    pub note: String,
}

/// Facts of oversight. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum OversightEvent {
    /// An overseer examined unusual access and said what came of it (核查异常查阅).
    #[serde(rename = "oversight.examined.v1")]
    Examined {
        /// Which.
        finding: FindingKey,
        /// By whom, with what note.
        examination: Examination,
    },
}

refusals! {
    /// Why an examination is refused.
    UnusualRefusal = "unusual" {
        /// Nobody examines their own access.
        OwnAccess,
        /// What came of it has to be said.
        NoNote,
    }
}

/// Everything that was examined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined(pub BTreeMap<FindingKey, Vec<Examination>>);

impl Examined {
    /// Takes an event in.
    pub fn apply(&mut self, event: &OversightEvent) {
        let OversightEvent::Examined { finding, examination } = event;
        self.0.entry(*finding).or_default().push(examination.clone());
    }
}

/// Decides an examination. Said again in the same words it changes nothing.
///
/// # Errors
/// [`UnusualRefusal`] where someone would examine themselves, or says nothing.
pub fn examine(
    known: &Examined,
    by: PersonId,
    finding: FindingKey,
    note: &str,
) -> Result<Option<OversightEvent>, UnusualRefusal> {
    if finding.person == by {
        return Err(UnusualRefusal::OwnAccess);
    }
    if note.trim().is_empty() {
        return Err(UnusualRefusal::NoNote);
    }
    let examination = Examination { by, note: note.trim().to_owned() };
    let said = known.0.get(&finding).is_some_and(|said| said.contains(&examination));
    Ok((!said).then_some(OversightEvent::Examined { finding, examination }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(uuid::Uuid::from_u128(number))
    }

    fn cases(count: u128) -> BTreeSet<CaseId> {
        (0..count).map(|number| CaseId(uuid::Uuid::from_u128(number))).collect()
    }

    fn finding() -> FindingKey {
        FindingKey { day: jiff::civil::date(2026, 3, 4), person: person(1), kind: Kind::Downloads }
    }

    #[test]
    fn a_day_is_unusual_from_the_limit_on() {
        let watch = Watch { downloads: 5, ..Watch::default() };
        for (downloads, expected) in
            [(0, vec![]), (4, vec![]), (5, vec![(Kind::Downloads, 5)]), (9, vec![(Kind::Downloads, 9)])]
        {
            assert_eq!(DayOfLooks { downloads, ..DayOfLooks::default() }.unusual(&watch), expected);
        }
    }

    #[test]
    fn strange_cases_and_many_cases_are_two_things() {
        let day = DayOfLooks { cases: cases(70), strange: cases(3), ..DayOfLooks::default() };
        assert_eq!(day.unusual(&Watch::default()), [(Kind::StrangeCases, 3), (Kind::Cases, 70)]);
    }

    #[test]
    fn a_limit_of_nothing_lists_no_empty_day() {
        let watch = Watch { strange_cases: 0, cases: 0, pages: 0, downloads: 0, exports: 0 };
        assert!(DayOfLooks::default().unusual(&watch).is_empty());
        assert_eq!(DayOfLooks { exports: 1, ..DayOfLooks::default() }.unusual(&watch), [(Kind::Exports, 1)]);
    }

    #[test]
    fn nobody_examines_themselves_and_nobody_without_a_word() {
        let known = Examined::default();
        assert_eq!(examine(&known, person(1), finding(), "正常"), Err(UnusualRefusal::OwnAccess));
        assert_eq!(examine(&known, person(2), finding(), "  "), Err(UnusualRefusal::NoNote));
    }

    #[test]
    fn said_again_it_is_no_new_fact_and_another_word_is() {
        let mut known = Examined::default();
        let event = examine(&known, person(2), finding(), " 移送上诉整卷，正常 ").expect("in order").expect("a fact");
        known.apply(&event);
        assert_eq!(examine(&known, person(2), finding(), "移送上诉整卷，正常"), Ok(None));
        assert!(examine(&known, person(3), finding(), "同意").expect("in order").is_some());
    }
}
