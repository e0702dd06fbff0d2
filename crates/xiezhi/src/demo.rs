//! The demonstration court (演示法庭): an embedded store, invented people, six example cases, a few younger ones and
//! some that are alike, all lived again through the commands that people use.

mod alike;
mod example;
pub mod people;
mod replay;

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, bail};
use jiff::{Span, civil::Date};
use xiezhi_app::{App, moment::DemonstrationClock};
use xiezhi_domain::{
    ids::{CaseId, PersonId},
    people::{Actor, Person},
};
use xiezhi_store::LogId;

use self::{
    example::{Example, example},
    replay::Replay,
};
use crate::{compose, config::Config, serve};

/// Arguments of `demo`.
#[derive(clap::Args)]
pub struct DemoArgs {
    /// Folder of the demonstration; a second start keeps what was done
    #[arg(long, default_value = "data/demo")]
    data: PathBuf,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
    /// Load the cases and stop
    #[arg(long)]
    load_only: bool,
}

/// Opens the demonstration court.
pub fn run(args: DemoArgs) -> anyhow::Result<ExitCode> {
    let config = Config::demonstration(&args.data, &args.listen);
    serve::logs(&config);
    sweep_unfinished(&config)?;
    serve::runtime()?.block_on(async {
        let clock = Arc::new(clock(&args.data)?);
        let opened = compose::open(&config, clock.clone()).await?;
        load(&opened.app, &clock, &args.data).await?;
        if args.load_only {
            show(&opened.app).await?;
            opened.app.close().await;
            return Ok(());
        }
        let address = format!("http://{}", args.listen);
        let open = !args.no_open;
        serve::listen(opened.app, &config, move || {
            eprintln!("\n  演示法庭已开门 The demonstration court is open:  {address}\n");
            if open {
                open_browser(&address);
            }
        })
        .await
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The clock goes on where its calendar was left: the record knows days that the machine does not.
pub fn clock(data: &Path) -> anyhow::Result<DemonstrationClock> {
    let path = data.join("days-ahead");
    let ahead_days = match fs::read_to_string(&path) {
        Ok(text) => text.trim().parse().with_context(|| format!("{} holds no number of days", path.display()))?,
        Err(_) => 0,
    };
    let keep = move |days: &i64| {
        let next = path.with_extension("next");
        let mut file = fs::File::create(&next)?;
        writeln!(file, "{days}")?;
        file.sync_all()?;
        fs::rename(next, &path)
    };
    Ok(DemonstrationClock::new(ahead_days, Box::new(keep)))
}

fn loaded_mark(data: &Path) -> PathBuf {
    data.join("loaded")
}

/// Says that nothing is to be loaded into the folder any more.
pub fn mark_loaded(data: &Path) -> anyhow::Result<()> {
    Ok(fs::File::create(loaded_mark(data))?.sync_all()?)
}

/// Says that the folder is a demonstration's, and that it is being loaded.
fn loading_mark(data: &Path) -> PathBuf {
    data.join("loading")
}

/// A loading that broke off is begun anew: nobody has worked in it yet. A folder with anything else in it
/// is left alone.
pub fn sweep_unfinished(config: &Config) -> anyhow::Result<()> {
    let data = &config.data;
    if loaded_mark(data).exists() {
        return Ok(());
    }
    if loading_mark(data).exists() {
        let _locked = compose::lock_folder(data)?;
        for folder in [data, &config.checkpoint_lock].into_iter().filter(|folder| folder.exists()) {
            fs::remove_dir_all(folder).with_context(|| format!("{} can't be removed", folder.display()))?;
        }
    }
    fs::create_dir_all(data).with_context(|| format!("{} can't be made", data.display()))?;
    if fs::read_dir(data)?.next().is_some() {
        bail!("{} holds something else than a demonstration; choose another folder with --data", data.display());
    }
    fs::File::create(loading_mark(data))?.sync_all()?;
    Ok(())
}

fn open_browser(address: &str) {
    // A machine without a desktop has no such program; the address stands in the terminal.
    let _ = std::process::Command::new("xdg-open")
        .arg(address)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
}

/// Loads people and cases, once.
pub async fn load(app: &App, clock: &Arc<DemonstrationClock>, data: &Path) -> anyhow::Result<()> {
    if loaded_mark(data).exists() {
        return Ok(());
    }
    let today = app.ports().clock.moment().today;
    let tales = tales(today);
    let opened_on = date(1, 4).min(today.yesterday().expect("within the calendar"));
    clock.set(Some(xiezhi_domain::moment::instant(opened_on, 9, 0)));
    app.register(everyone(tales.iter().map(|(told, _)| told)), &Actor::System).await?;
    let all = tales.len();
    for (done, (told, until)) in tales.into_iter().enumerate() {
        eprint!("\r正在装入演示案件 Loading the demonstration: {} / {all} ", done + 1);
        let name = told.name.clone();
        live(app, clock, today, told, until)
            .await
            .with_context(|| format!("the example {name} can't be lived again"))?;
    }
    eprintln!();
    clock.set(None);
    app.run_clock(today).await?;
    app.run_outbox().await?;
    for log in LogId::ALL {
        app.prove(log).await?;
        app.ask_witnesses(log).await?;
    }
    fs::rename(loading_mark(data), loaded_mark(data))?;
    fs::File::open(data)?.sync_all()?;
    Ok(())
}

/// Shows how far each case has come.
async fn show(app: &App) -> anyhow::Result<()> {
    for (told, _) in tales(app.ports().clock.moment().today) {
        let Ok(case) = app.load(told.case()).await else { continue };
        let number = case.number.as_ref().map(ToString::to_string).unwrap_or_default();
        println!("{}\t{:?}\t{number}", told.name, case.stage);
    }
    Ok(())
}

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Until {
    Submitted,
    Correcting,
    Filed,
    Served,
    Answered,
    Scheduled,
    /// The day of its hearing has come.
    Called,
    Heard,
    Deliberating,
    /// The panel asks that the adjudication committee discuss it.
    Referring,
    Drafted,
    Pronounced,
    Served2,
    Transferred,
    HandedOver,
    Archived,
}

/// The days of a case.
#[derive(Clone, Copy, Debug)]
struct Days {
    submitted: Date,
    filed: Date,
    served: Date,
    answered: Date,
    hearing: Date,
    hour: i8,
    decided: Date,
    served_decision: Date,
    archived: Date,
}

fn date(month: i8, day: i8) -> Date {
    jiff::civil::date(2026, month, day)
}

fn days(days: [(i8, i8); 8], hour: i8) -> Days {
    let [submitted, filed, served, answered, hearing, decided, served_decision, archived] =
        days.map(|(month, day)| date(month, day));
    Days { submitted, filed, served, answered, hearing, hour, decided, served_decision, archived }
}

/// Days of a young case: it was filed `age` working days before `today`, its hearing comes after it.
fn young(today: Date, age: i64, hour: i8) -> Days {
    let back = |days: i64| workday(today.checked_sub(Span::new().days(days)).expect("within the calendar"));
    let ahead = |days: i64| next_workday(today.checked_add(Span::new().days(days)).expect("within the calendar"));
    Days {
        submitted: back(age + 2),
        filed: back(age),
        served: back(age - 1),
        answered: back(age - 8),
        hearing: if age > 30 { back(5) } else { ahead(4) },
        hour,
        decided: back(3),
        served_decision: back(2),
        archived: back(1),
    }
}

/// The working day on or before `day`.
fn workday(mut day: Date) -> Date {
    let calendar = xiezhi_domain::law::calendar::Calendar::embedded();
    while calendar.is_rest_day(day) {
        day = day.yesterday().expect("within the calendar");
    }
    day
}

/// The working day on or after `day`.
fn next_workday(mut day: Date) -> Date {
    let calendar = xiezhi_domain::law::calendar::Calendar::embedded();
    while calendar.is_rest_day(day) {
        day = day.tomorrow().expect("within the calendar");
    }
    day
}

/// The cases of the demonstration by name, in the order of their filing.
pub fn cases(today: Date) -> Vec<(String, CaseId)> {
    tales(today).into_iter().map(|(told, _)| (told.name.clone(), told.case())).collect()
}

/// The cases of the demonstration, in the order of their filing, each as far as it has come.
fn tales(today: Date) -> Vec<(Example, (Days, Until))> {
    let mut tales = vec![
        (
            example(2),
            (days([(1, 8), (1, 12), (1, 14), (1, 30), (4, 21), (4, 29), (5, 6), (6, 8)], 14), Until::Transferred),
        ),
        (
            example(5),
            (days([(1, 16), (1, 20), (1, 21), (1, 28), (2, 9), (2, 12), (2, 12), (5, 20)], 9), Until::Served2),
        ),
        (example(1), (days([(2, 27), (3, 2), (3, 4), (3, 12), (3, 27), (4, 3), (4, 15), (5, 20)], 9), Until::Archived)),
        (
            example(6),
            (days([(4, 3), (4, 8), (4, 10), (4, 15), (4, 27), (4, 27), (4, 29), (5, 25)], 9), Until::Archived),
        ),
        (
            example(3),
            (days([(4, 10), (4, 13), (4, 15), (4, 28), (5, 11), (5, 11), (5, 13), (6, 10)], 14), Until::Served2),
        ),
        (
            example(4),
            (days([(5, 12), (5, 18), (5, 20), (5, 27), (6, 10), (6, 15), (6, 16), (7, 20)], 14), Until::Pronounced),
        ),
    ];
    let loan = |name: &str, a, b, c| {
        example(1).between(name, &[(a, "19860315", 11), (b, "19890706", 22), (c, "19910102", 33)])
    };
    let home = |name: &str, a, b| example(6).between(name, &[(a, "", 0), (b, "19840208", 44)]);
    let work = |name: &str, a, b| example(5).between(name, &[(a, "19930521", 55), (b, "", 0)]);
    let sale = |name: &str, a, b| example(2).between(name, &[(a, "", 0), (b, "", 0)]);
    let wood = sale("young-referring", "烟台虚设木业有限公司", "烟台空想家具有限公司");
    tales.push((wood, (young(today, 75, 14), Until::Referring)));
    tales.extend([
        (
            sale("young-deliberating", "烟台虚拟钢构有限公司", "烟台设想机电有限公司"),
            (young(today, 60, 16), Until::Deliberating),
        ),
        (loan("young-drafting", "钱有余", "周转难", "保证人"), (young(today, 45, 11), Until::Drafted)),
    ]);
    // Heard on one day, one after another.
    let hours = [9, 11, 14, 16];
    let alike = alike::cases().into_iter().zip(hours).zip(40..);
    tales.extend(alike.map(|((told, hour), age)| (told, (young(today, age, hour), Until::Heard))));
    tales.extend([
        (work("young-scheduled", "工时长", "烟台想象电器有限公司"), (young(today, 24, 16), Until::Scheduled)),
        (
            loan("young-called", "本利清", "款未还", "保还钱"),
            (Days { hearing: workday(today), ..young(today, 26, 9) }, Until::Called),
        ),
        (loan("young-answered", "贷出款", "借未还", "担保书"), (young(today, 12, 14), Until::Answered)),
        (home("young-served", "烟台如真物业服务有限公司", "房未住"), (young(today, 6, 9), Until::Served)),
        (loan("young-filed", "金出手", "银未归", "连带责").number_unknown(1), (young(today, 3, 9), Until::Filed)),
        (home("young-submitted", "烟台若有物业服务有限公司", "费没交"), (young(today, 1, 9), Until::Submitted)),
        (loan("young-correcting", "款已付", "债未清", "保其人"), (young(today, 2, 9), Until::Correcting)),
        (work("young-submitted-2", "薪未发", "烟台虚构食品有限公司"), (young(today, 1, 9), Until::Submitted)),
    ]);
    tales
}

/// Lives a case again up to where it has come, but never beyond yesterday.
async fn live(
    app: &App,
    clock: &Arc<DemonstrationClock>,
    today: Date,
    told: Example,
    (days, until): (Days, Until),
) -> anyhow::Result<()> {
    let mediated = told.text("outcome.manner") == "调解";
    let panel = told.text("tribunal.form") == "合议庭";
    let mut case = Replay::new(app, clock, told, today);
    if !case.on(days.submitted).await? {
        return Ok(());
    }
    case.submit().await?;
    if until == Until::Submitted {
        return Ok(());
    }
    if until == Until::Correcting {
        if !case.on(days.filed).await? {
            return Ok(());
        }
        return case.ask_for_correction().await;
    }
    if !case.on(days.filed).await? {
        return Ok(());
    }
    case.file().await?;
    if until == Until::Filed {
        return case.send_by_hand().await;
    }
    if !case.on(days.served).await? {
        return Ok(());
    }
    case.pay().await?;
    case.link().await?;
    case.serve_all().await?;
    if until == Until::Served {
        return Ok(());
    }
    if !case.on(days.answered).await? {
        return Ok(());
    }
    case.answer().await?;
    if until == Until::Answered {
        return Ok(());
    }
    case.exchange().await?;
    case.schedule(days.hearing, days.hour).await?;
    case.serve_all().await?;
    if matches!(until, Until::Scheduled | Until::Called) {
        return Ok(());
    }
    if !case.on(days.hearing).await? {
        return Ok(());
    }
    case.hear().await?;
    if until == Until::Heard {
        return Ok(());
    }
    if !case.on(days.decided).await? {
        return Ok(());
    }
    match (mediated, until) {
        (true, _) => case.mediate().await?,
        (false, Until::Deliberating) => return case.open_deliberation().await,
        (false, Until::Referring) => {
            case.deliberate().await?;
            return case.ask_for_committee().await;
        }
        (false, Until::Drafted) => return case.draft().await.map(drop),
        (false, _) => {
            if panel {
                case.deliberate().await?;
            }
            case.judge_case().await?;
        }
    }
    if until == Until::Pronounced {
        return Ok(());
    }
    if !case.on(days.served_decision).await? {
        return Ok(());
    }
    case.serve_all().await?;
    case.sign_for_all().await?;
    if until == Until::Served2 {
        return Ok(());
    }
    if until == Until::Transferred {
        return case.appeal(days.archived).await;
    }
    if !case.on(days.archived).await? {
        return Ok(());
    }
    case.hand_over().await?;
    match until {
        Until::HandedOver => Ok(()),
        _ => case.accept().await,
    }
}

/// A new court in which the first example is lived again, with so many more lines in each of its exhibits, until its
/// file is handed over to the archive.
pub async fn handed_over(app: &App, clock: &Arc<DemonstrationClock>, exhibit_lines: usize) -> anyhow::Result<CaseId> {
    let today = app.ports().clock.moment().today;
    let (mut told, (days, _)) =
        tales(today).into_iter().find(|(told, _)| told.name == "ex1").expect("the first example is told");
    told.exhibit_lines = exhibit_lines;
    let case = told.case();
    clock.set(Some(xiezhi_domain::moment::instant(date(1, 4), 9, 0)));
    app.register(everyone([&told]), &Actor::System).await?;
    live(app, clock, today, told, (days, Until::HandedOver)).await?;
    Ok(case)
}

/// A case in which evidence may still be handed in, beside the others of a court. Gives it, and one of its parties who
/// acts on line.
pub async fn under_way(app: &App, clock: &Arc<DemonstrationClock>) -> anyhow::Result<(CaseId, PersonId)> {
    let today = app.ports().clock.moment().today;
    let (told, days) =
        tales(today).into_iter().find(|(told, _)| told.name == "young-answered").expect("such a case is told");
    let (case, party) = (told.case(), told.account(0).id);
    app.register(everyone([&told]), &Actor::System).await?;
    live(app, clock, today, told, days).await?;
    Ok((case, party))
}

/// The people of the court, and those of these cases.
fn everyone<'a>(tales: impl IntoIterator<Item = &'a Example>) -> Vec<Person> {
    let mut known = people::staff();
    for told in tales {
        known.extend((0..told.parties()).map(|place| told.account(place)));
        known.extend(told.agent_accounts());
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_any_day_of_the_year_the_young_cases_run_forward_and_their_hearings_lie_right() {
        let mut today = date(1, 1);
        while today.year() == 2026 {
            for (told, (days, until)) in tales(today) {
                let told = told.name;
                assert!(days.submitted <= days.filed && days.filed <= days.served, "{told} on {today}");
                if !told.starts_with("ex") && until >= Until::Scheduled {
                    assert!(days.answered < days.hearing, "{told} on {today}");
                    assert_eq!(days.hearing > today, until == Until::Scheduled, "{told} on {today}");
                }
            }
            today = today.tomorrow().expect("within the calendar");
        }
    }

    #[test]
    fn on_no_day_of_the_year_are_two_young_cases_heard_in_one_hour_in_one_room_or_by_one_judge() {
        let mut today = date(1, 1);
        while today.year() == 2026 {
            let mut heard = std::collections::BTreeSet::new();
            let young = tales(today).into_iter().filter(|(told, _)| !told.name.starts_with("ex"));
            for (told, (days, _)) in young.filter(|(_, (_, until))| *until >= Until::Scheduled) {
                for taken in ["hearing.place", "tribunal.judge", "tribunal.clerk"] {
                    let taken = (days.hearing, days.hour, told.text(taken).to_owned());
                    assert!(heard.insert(taken), "{} on {today}", told.name);
                }
            }
            today = today.tomorrow().expect("within the calendar");
        }
    }
}
