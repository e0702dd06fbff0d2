//! A batch of summonses (传票): hearings are scheduled, their summonses written, sealed and sent, a thousand of them.

use std::{
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::ensure;
use jiff::civil::{Date, Time};
use tokio::task::JoinSet;
use xiezhi_app::{
    App,
    moment::{self, SystemClock},
};
use xiezhi_domain::{
    command::CaseCommand,
    hearing::Mode,
    ids::{CaseId, CommandId},
    law::calendar::Calendar,
    paper::PaperKind,
    people::{Actor, Post},
    scheduling::SchedulingCommand,
    service::{Channel, ServiceCommand},
    tasks,
};

use super::{courts, template::Template, verdict::Line};
use crate::{compose, config::Config};

/// Summonses of the batch, at least.
const SUMMONSES: usize = 1_000;
/// Cases, each with three parties.
const CASES: usize = SUMMONSES.div_ceil(3);
/// Those who work on it at the same time.
const CLIENTS: usize = 4;
/// Hearings of half an hour that a judge is given on one day.
const A_DAY: i64 = 12;
/// Days ahead: evidence is handed in by then.
const AHEAD_DAYS: i32 = 45;
/// What the court must reach.
const AT_MOST_S: f64 = 60.0;

/// Measures a fresh court under `folder`.
pub async fn measure(folder: &Path, templates: Vec<Template>) -> anyhow::Result<Line> {
    let config = Config::demonstration(folder, "127.0.0.1:0");
    for old in [folder, &config.keys, &config.checkpoint_lock].into_iter().filter(|old| old.exists()) {
        fs::remove_dir_all(old)?;
    }
    fs::create_dir_all(folder)?;
    let opened = compose::open(&config, Arc::new(SystemClock)).await?;
    let app = &opened.app;
    let cases = courts::for_acts(app, templates, CASES).await?;
    let slots = slots(app.ports().clock.moment().today);
    let begun = Instant::now();
    let mut running = JoinSet::new();
    let plan: Vec<(CaseId, (Date, Time))> = cases.iter().copied().zip(slots).collect();
    for part in plan.chunks(plan.len().div_ceil(CLIENTS)) {
        running.spawn(summon_all(app.clone(), part.to_vec()));
    }
    let mut sent = 0;
    while let Some(done) = running.join_next().await {
        sent += done??;
    }
    while app.run_outbox().await? > 0 {}
    let took = begun.elapsed();
    check(app, &cases, sent).await?;
    app.close().await;
    Ok(line(sent, took))
}

fn line(sent: usize, took: Duration) -> Line {
    let what = format!("{sent} summonses written, sealed and sent");
    Line::at_most(what, took.as_secs_f64(), AT_MOST_S, "s", "60 s on two processors")
}

/// Half hours on working days, one after another.
fn slots(today: Date) -> impl Iterator<Item = (Date, Time)> {
    let from = today.saturating_add(jiff::Span::new().days(AHEAD_DAYS));
    let days = from.series(jiff::Span::new().days(1)).filter(|day| Calendar::embedded().is_workday(*day));
    days.flat_map(|day| {
        let nine = Time::constant(9, 0, 0, 0);
        (0..A_DAY).map(move |at| (day, nine.saturating_add(jiff::Span::new().minutes(30 * at))))
    })
}

async fn summon_all(app: App, cases: Vec<(CaseId, (Date, Time))>) -> anyhow::Result<usize> {
    let mut sent = 0;
    for (case, (on, from)) in cases {
        sent += summon(&app, case, on, from).await?;
    }
    Ok(sent)
}

/// Schedules the hearing of a case and sends what was written for it; how many summonses.
async fn summon(app: &App, case: CaseId, on: Date, from: Time) -> anyhow::Result<usize> {
    let state = app.load(case).await?;
    let clerk = state.tribunal.as_ref().and_then(|tribunal| tribunal.clerk).expect("the case has a clerk");
    let clerk = Actor::Person { id: clerk, post: Post::CourtClerk, token: None };
    let schedule = SchedulingCommand::Schedule {
        on,
        from,
        to: from.saturating_add(jiff::Span::new().minutes(30)),
        mode: Mode::InPerson,
        room: Some("第三法庭".to_owned()),
        open: true,
        closed_because: None,
    };
    let decided = app.decide(case, &clerk, command(app), CaseCommand::from(schedule)).await?;
    let mut sent = 0;
    for party in decided.case.party_order.clone() {
        let waiting = tasks::to_serve(&decided.case).into_iter().filter(|(_, to)| *to == party);
        let materials: Vec<_> = waiting.map(|(paper, _)| paper).collect();
        let summons = |id| decided.case.materials.get(id).is_some_and(|paper| paper.kind == PaperKind::Summons);
        let summonses = materials.iter().filter(|id| summons(id)).count();
        if materials.is_empty() {
            continue;
        }
        let channel = app.way_for(&decided.case, party).0;
        let channel = if channel == Channel::Electronic { channel } else { Channel::Postal };
        let dispatch = ServiceCommand::Dispatch { materials, to: party, channel };
        app.decide(case, &clerk, command(app), dispatch.into()).await?;
        sent += summonses;
    }
    Ok(sent)
}

fn command(app: &App) -> CommandId {
    CommandId(moment::new_id(app.ports().clock.now()))
}

/// Each summons is in one service and no more.
async fn check(app: &App, cases: &[CaseId], sent: usize) -> anyhow::Result<()> {
    let mut found = 0;
    for case in cases {
        let case = app.load(*case).await?;
        let summonses = case.materials_in_order().filter(|paper| paper.kind == PaperKind::Summons);
        for paper in summonses {
            let services = case.services_in_order().filter(|service| service.materials.contains(&paper.id)).count();
            ensure!(services == 1, "a summons was sent {services} times");
            found += 1;
        }
    }
    ensure!(found == sent && sent >= SUMMONSES, "{found} summonses are there, {sent} were sent");
    Ok(())
}
