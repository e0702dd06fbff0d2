//! The check of everything, step by step.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use xiezhi_domain::ids::CaseId;
use xiezhi_store::{LogId, Pos, Sought, StoredEvent};

use super::{Checked, STEP, log::LogRun};
use crate::{App, AppError, tables::SCHEMA};

/// A case is checked where it begins; of every so many events of a step, one is looked through for cases.
const CASES_SHARE: u64 = 4;

/// A check of everything that is under way. What it holds can be kept and taken up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// When it began, microseconds.
    pub began_us: i64,
    /// What it found so far.
    pub checked: Checked,
    stage: Stage,
}

/// What is checked now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stage {
    /// A log begins.
    Begin { log: usize },
    /// A log goes on.
    Log { log: usize, run: LogRun },
    /// Cases are looked at in the order of their first events.
    Cases { at: Pos, upto: Pos },
    /// Rows of a table that belong to no case.
    Strays { table: usize },
    /// Rows of cases that the record does not have, after this one.
    Strange { after: String },
    /// Everything was checked.
    Done,
}

impl Run {
    /// A check that begins now.
    pub fn begin(now_us: i64) -> Self {
        Self { began_us: now_us, checked: Checked::default(), stage: Stage::Begin { log: 0 } }
    }

    /// Whether everything was checked.
    pub fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }

    /// What is checked now, how much of it is done, of how much.
    pub fn progress(&self) -> (&'static str, u64, u64) {
        match &self.stage {
            Stage::Begin { .. } => ("events of a log", 0, 0),
            Stage::Log { run, .. } => ("events of a log", run.at, run.total()),
            Stage::Cases { at, upto } => ("events, their cases and files", *at, *upto),
            Stage::Strays { table } => ("tables", *table as u64, SCHEMA.0.len() as u64),
            Stage::Strange { .. } | Stage::Done => ("tables", SCHEMA.0.len() as u64, SCHEMA.0.len() as u64),
        }
    }
}

impl App {
    /// Checks everything: both logs event by event against checkpoints, witnesses and published files, every case,
    /// every file, every row.
    pub async fn audit(&self, progress: &mut dyn FnMut(usize, usize)) -> Result<Checked, AppError> {
        let mut run = Run::begin(self.now_us());
        while !run.is_done() {
            self.audit_step(&mut run, STEP).await?;
            let (_, done, all) = run.progress();
            progress(usize::try_from(done).unwrap_or(usize::MAX), usize::try_from(all).unwrap_or(usize::MAX));
        }
        Ok(run.checked)
    }

    /// Takes the next step of a check: at most so many `events` of a log, a multiple of 256.
    pub async fn audit_step(&self, run: &mut Run, events: u64) -> Result<(), AppError> {
        let checked = &mut run.checked;
        match &mut run.stage {
            Stage::Begin { log } => {
                let begun = self.begin_log(LogId::ALL[*log], checked).await?;
                run.stage = Stage::Log { log: *log, run: begun };
            }
            Stage::Log { log, run: in_log } if in_log.is_done() => {
                let next = *log + 1;
                run.stage = match next < LogId::ALL.len() {
                    true => Stage::Begin { log: next },
                    false => Stage::Cases { at: 0, upto: self.ports().store.size(LogId::RECORD).await? },
                };
            }
            Stage::Log { run: in_log, .. } => self.step_log(in_log, events, checked).await?,
            Stage::Cases { at, upto } if *at >= *upto => run.stage = Stage::Strays { table: 0 },
            Stage::Cases { at, upto } => *at = self.step_cases(*at, *upto, events, checked).await?,
            Stage::Strays { table } if *table >= SCHEMA.0.len() => run.stage = Stage::Strange { after: String::new() },
            Stage::Strays { table } => {
                let strays = self.stray_rows(SCHEMA.0[*table].name).await?;
                strays.into_iter().for_each(|row| checked.add(row));
                *table += 1;
            }
            Stage::Strange { after } => {
                let (strange, last) = self.strange_cases(after).await?;
                strange.into_iter().for_each(|row| checked.add(row));
                run.stage = last.map_or(Stage::Done, |after| Stage::Strange { after });
            }
            Stage::Done => {}
        }
        Ok(())
    }

    /// Checks the cases that begin among the next events; gives where to go on.
    async fn step_cases(&self, at: Pos, upto: Pos, events: u64, checked: &mut Checked) -> Result<Pos, AppError> {
        let end = upto.min(at + (events / CASES_SHARE).max(1));
        let begun = self.begun(at, end).await?;
        self.check_content_of(&begun, checked).await?;
        Ok(end)
    }

    /// The cases whose first event lies there. What can't be read is known from the check of the log.
    async fn begun(&self, from: Pos, to: Pos) -> Result<Vec<CaseId>, AppError> {
        let first = Sought { within: from..to, rev: Some(1), ..Sought::default() };
        let found = match self.ports().store.find_events(LogId::RECORD, &first, to - from).await {
            Ok(found) => found,
            // One that can't be read hides no other.
            Err(_) => self.readable(LogId::RECORD, from, to).await?.0,
        };
        let ids = found.iter().filter(|event| event.rev == 1).filter_map(case_of);
        Ok(ids.collect::<BTreeSet<_>>().into_iter().collect())
    }
}

fn case_of(event: &StoredEvent) -> Option<CaseId> {
    event.stream.0.strip_prefix("case/")?.parse().ok()
}
