//! Supervision of nodes (节点管控): when a running period turns yellow, red, overdue.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::data;
use super::limits;
use super::period::{self, PeriodRule, Unit};

const FILE: &str = "nodes.toml";
static NODES: LazyLock<Nodes> = LazyLock::new(|| {
    data::document(FILE, include_str!("../../../../law/nodes.toml")).expect("the embedded nodes read; a test proves it")
});

/// When a colour starts (预警时点).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// On that day of the period, in the period's unit.
    Day(u32),
    /// So many days before the due day.
    Before(u32),
    /// So many days after the due day.
    AfterDue(u32),
}

/// A node that is watched (管控节点). Colours are settings of a court.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Node {
    /// Stable id.
    pub id: String,
    /// Chinese name.
    pub name_zh: String,
    /// Id of the limit it watches; none where the case gives the due day.
    pub limit: Option<String>,
    /// Its own length, where no law fixes one.
    pub length_days: Option<u32>,
    /// When it turns yellow.
    pub yellow: Option<Threshold>,
    /// When it turns red.
    pub red: Threshold,
}

/// When an extension of the trial period is asked for and decided. Source: 《延长审限规定》第一条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct ExtensionTiming {
    /// Asked for so many days before the end.
    pub ask_days_before: u32,
    /// Decided so many days before the end.
    pub decide_days_before: u32,
}

/// Where a watched period stands (节点状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeStatus {
    /// 正常.
    Normal,
    /// 黄色预警.
    Yellow,
    /// 红色预警.
    Red,
    /// 超期.
    Overdue,
    /// 中止: colours rest while the case is stayed.
    Suspended,
    /// 完成.
    Done,
}

/// Whether a watched period runs (运行状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It runs.
    Running,
    /// The case is stayed.
    Stayed,
    /// What was to be done is done.
    Done,
}

#[derive(Deserialize)]
struct Nodes {
    rolls: Rolls,
    extension: ExtensionTiming,
    node: Vec<Node>,
}

#[derive(Deserialize)]
struct Rolls {
    never: Vec<String>,
    backwards: Vec<String>,
}

/// The node of this id.
pub fn node(id: &str) -> Option<&'static Node> {
    NODES.node.iter().find(|node| node.id == id)
}

/// Every node, in the order of a case.
pub fn all() -> &'static [Node] {
    &NODES.node
}

/// The timing of extensions.
pub fn extension_timing() -> ExtensionTiming {
    NODES.extension
}

/// Whether the last day of this limit stays on a rest day.
pub fn never_rolls(limit_id: &str) -> bool {
    NODES.rolls.never.iter().any(|id| id == limit_id)
}

/// Whether this limit counts back from an event.
pub fn counts_backwards(limit_id: &str) -> bool {
    NODES.rolls.backwards.iter().any(|id| id == limit_id)
}

impl Node {
    /// Where the node stands today.
    pub fn status(
        &self,
        starts_on: Date,
        due_on: Date,
        today: Date,
        course: Course,
        calendar: &Calendar,
    ) -> NodeStatus {
        let reached = |threshold| self.turns_on(threshold, starts_on, due_on, calendar).is_some_and(|on| today >= on);
        match course {
            Course::Done => NodeStatus::Done,
            Course::Stayed => NodeStatus::Suspended,
            Course::Running if self.is_overdue(due_on, today) => NodeStatus::Overdue,
            Course::Running if reached(self.red) => NodeStatus::Red,
            Course::Running if self.yellow.is_some_and(reached) => NodeStatus::Yellow,
            Course::Running => NodeStatus::Normal,
        }
    }

    /// The first day of a colour; none past the end of the calendar.
    pub fn turns_on(&self, threshold: Threshold, starts_on: Date, due_on: Date, calendar: &Calendar) -> Option<Date> {
        match threshold {
            Threshold::Before(days) => due_on.checked_sub(i64::from(days).days()).ok(),
            Threshold::AfterDue(days) => due_on.checked_add(i64::from(days).days()).ok(),
            Threshold::Day(day) => {
                let rule = PeriodRule::fixed(day, self.unit());
                period::last_day(starts_on, rule, calendar).ok().map(|working| working.last_on)
            }
        }
    }

    fn unit(&self) -> Unit {
        let limit = self.limit.as_deref().and_then(limits::limit);
        limit.map(|limit| limit.unit).filter(|unit| *unit == Unit::Workday).unwrap_or(Unit::Day)
    }

    // A node whose red day follows the due day asks for the next step only then; it is late the day after.
    fn is_overdue(&self, due_on: Date, today: Date) -> bool {
        match self.red {
            Threshold::AfterDue(days) => due_on.checked_add(i64::from(days).days()).is_ok_and(|red_on| today > red_on),
            Threshold::Day(_) | Threshold::Before(_) => today > due_on,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn status(id: &str, starts_on: Date, due_on: Date, today: Date) -> NodeStatus {
        node(id).expect("the node exists").status(starts_on, due_on, today, Course::Running, Calendar::embedded())
    }

    #[test]
    fn filing_review_turns_yellow_on_day_five_and_red_on_day_seven() {
        let at = |day| status("filing_review", date(2026, 5, 6), date(2026, 5, 13), date(2026, 5, day));
        assert_eq!(
            [at(10), at(11), at(12), at(13), at(14)],
            [NodeStatus::Normal, NodeStatus::Yellow, NodeStatus::Yellow, NodeStatus::Red, NodeStatus::Overdue,]
        );
    }

    #[test]
    fn a_trial_period_warns_by_days_left() {
        let at = |today| status("trial", date(2026, 3, 2), date(2026, 9, 2), today);
        assert_eq!(at(date(2026, 8, 17)), NodeStatus::Normal);
        assert_eq!(at(date(2026, 8, 18)), NodeStatus::Yellow);
        assert_eq!(at(date(2026, 8, 28)), NodeStatus::Red);
        assert_eq!(at(date(2026, 9, 3)), NodeStatus::Overdue);
    }

    #[test]
    fn deliberation_warns_by_working_days() {
        let at = |day| status("deliberation", date(2026, 11, 20), date(2026, 11, 27), date(2026, 11, day));
        assert_eq!([at(24), at(25), at(27)], [NodeStatus::Normal, NodeStatus::Yellow, NodeStatus::Red]);
    }

    #[test]
    fn an_announcement_asks_for_a_schedule_the_day_after() {
        let at = |day| status("announcement", date(2026, 3, 10), date(2026, 4, 9), date(2026, 4, day));
        assert_eq!([at(9), at(10), at(11)], [NodeStatus::Normal, NodeStatus::Red, NodeStatus::Overdue]);
    }

    #[test]
    fn a_stayed_or_finished_node_has_no_colour() {
        let trial = node("trial").expect("the node exists");
        let late =
            |course| trial.status(date(2026, 1, 1), date(2026, 2, 1), date(2026, 9, 1), course, Calendar::embedded());
        assert_eq!([late(Course::Stayed), late(Course::Done)], [NodeStatus::Suspended, NodeStatus::Done]);
    }

    #[test]
    fn every_limit_a_node_names_exists() {
        let named = all().iter().filter_map(|node| node.limit.as_deref());
        let rolls = NODES.rolls.never.iter().chain(&NODES.rolls.backwards).map(String::as_str);
        for id in named.chain(rolls) {
            assert!(limits::limit(id).is_some(), "{id}");
        }
        assert_eq!(all().len(), 16);
    }
}
