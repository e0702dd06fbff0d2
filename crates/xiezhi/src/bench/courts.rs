//! The courts that are measured: demonstrations lived through the commands of every day, then filled up with
//! copies of those cases. They are kept for the next run.

use std::{fs, path::Path, sync::Arc, time::Instant};

use anyhow::Context;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use xiezhi_app::{
    App,
    moment::{Clock, SystemClock},
    tables::SCHEMA,
};
use xiezhi_domain::{ids::CaseId, people::Actor};
use xiezhi_store::LogId;

use super::{
    copies::{self, Copier, Copy},
    template::Template,
};
use crate::{compose, config::Config, demo};

/// Open cases of each judge, however large the court: more cases mean more years and more judges.
const OPEN_EACH: usize = 40;
/// Applications that wait for review.
const WAITING: usize = 20;
/// Cases for one judge in a court with ten years behind it.
const CASES_EACH: usize = 2_000;
/// Judges of the demonstration.
const FEWEST_GROUPS: usize = 4;
/// The oldest copy lies this many days back.
const OLDEST_DAYS: usize = 3_600;
/// A court older than this is made anew: what was to come has come meanwhile.
const KEPT_DAYS: i32 = 2;

/// What a court was made of. One made of something else is made anew.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    cases: usize,
    schema: String,
    made_on: Date,
}

impl Mark {
    fn of(cases: usize) -> Self {
        let schema = Sha256::digest(format!("{:?} {}", SCHEMA, env!("CARGO_PKG_VERSION")));
        let schema = schema.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { cases, schema, made_on: SystemClock.moment().today }
    }

    fn still_serves(&self, wanted: &Mark) -> bool {
        let age = (wanted.made_on - self.made_on).get_days();
        self.cases == wanted.cases && self.schema == wanted.schema && age.abs() <= KEPT_DAYS
    }
}

/// Makes the court of `cases` in `folder`, unless it is there.
pub async fn prepare(folder: &Path, cases: usize) -> anyhow::Result<()> {
    let (wanted, marked) = (Mark::of(cases), folder.join("copied"));
    let kept = fs::read(&marked).ok().and_then(|text| serde_json::from_slice::<Mark>(&text).ok());
    if kept.is_some_and(|kept| kept.still_serves(&wanted)) {
        return Ok(());
    }
    let config = Config::demonstration(folder, "127.0.0.1:0");
    for old in [folder, &config.keys, &config.checkpoint_lock].into_iter().filter(|old| old.exists()) {
        fs::remove_dir_all(old).with_context(|| format!("{} can't be removed", old.display()))?;
    }
    demo::sweep_unfinished(&config)?;
    let clock = Arc::new(demo::clock(folder)?);
    let opened = compose::open(&config, clock.clone()).await?;
    demo::load(&opened.app, &clock, folder).await?;
    fill(&opened.app, cases).await?;
    opened.app.close().await;
    fs::write(marked, serde_json::to_vec(&wanted)?)?;
    Ok(())
}

/// Fills a demonstration up to `cases`, and proves what came in.
async fn fill(app: &App, cases: usize) -> anyhow::Result<()> {
    let begun = Instant::now();
    let templates = templates(app).await?;
    let plan = plan(&templates, cases);
    let groups = groups(cases);
    app.register(copies::people_for(groups, cases / 5 + 200), &Actor::System).await?;
    let all = plan.len();
    let events: usize = plan.iter().map(|copy| templates[copy.template].events()).sum();
    eprintln!("{all} cases with {events} events are made of {} that were lived", templates.len());
    let mut copier = Copier::new(app, templates).await?;
    copier.make(&plan, &mut |done| eprint!("\r{done} / {all} cases, {} s ", begun.elapsed().as_secs())).await?;
    eprint!("\rproving {} events … ", app.ports().store.size(LogId::RECORD).await?);
    app.prove(LogId::RECORD).await?;
    // Nobody looks for words in what was copied; filling the index would go on beside what is measured.
    app.ports().pages.reach(app.ports().store.size(LogId::RECORD).await?).await?;
    eprintln!("{all} cases made in {} s", begun.elapsed().as_secs());
    Ok(())
}

/// Every case of the demonstration as a template.
pub async fn templates(app: &App) -> anyhow::Result<Vec<Template>> {
    let mut templates = vec![];
    for (name, case) in demo::cases(app.ports().clock.moment().today) {
        templates.push(Template::of(app, case, &name).await?);
    }
    Ok(templates)
}

/// The place of the template of this name.
pub fn named(templates: &[Template], name: &str) -> usize {
    templates.iter().position(|template| template.name == name).expect("the demonstration has this case")
}

fn groups(cases: usize) -> usize {
    (cases / CASES_EACH).max(FEWEST_GROUPS)
}

/// What the court holds: years of archived cases, the oldest first; then the open ones of each judge, in all
/// their stages; then applications that wait.
fn plan(templates: &[Template], cases: usize) -> Vec<Copy> {
    let place = |name: &str| named(templates, name);
    let archived = ["ex1", "ex6"].map(place);
    let open = ["filed", "served", "answered", "scheduled", "deliberating", "drafting"];
    let open = open.map(|name| place(&format!("young-{name}")));
    let waiting = ["young-submitted", "young-submitted-2", "young-correcting"].map(place);
    let groups = groups(cases);
    let opened = groups * OPEN_EACH;
    let history = cases.saturating_sub(opened + WAITING);
    let past = (0..history).map(|at| Copy {
        template: archived[at % archived.len()],
        days_back: (OLDEST_DAYS - at * (OLDEST_DAYS - 30) / history.max(1)) as i32,
        group: at % groups,
    });
    let now = |template, group| Copy { template, days_back: 0, group };
    let running = (0..opened).map(|at| now(open[at / groups % open.len()], at % groups));
    let new = (0..WAITING).map(|at| now(waiting[at % waiting.len()], 0));
    past.chain(running).chain(new).collect()
}

/// A fresh court without pages, for acts alone: the people, and `count` cases at their pretrial stage that one
/// judge has.
pub async fn for_acts(app: &App, templates: Vec<Template>, count: usize) -> anyhow::Result<Vec<CaseId>> {
    app.register(demo::people::staff(), &Actor::System).await?;
    app.register(copies::people_for(FEWEST_GROUPS, 200), &Actor::System).await?;
    let template = named(&templates, "young-answered");
    let plan = vec![Copy { template, days_back: 0, group: 0 }; count];
    let mut copier = Copier::new(app, templates).await?;
    copier.make(&plan, &mut |_| {}).await
}
