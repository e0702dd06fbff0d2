//! Documents: from the click to the draft on the screen, and the processor time of a judgment beside a template
//! (docxtpl) turned into a PDF by LibreOffice.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, ensure};
use serde_json::json;
use xiezhi_app::moment::{self, Clock as _, SystemClock};
use xiezhi_documents::{
    facts::CaseFacts,
    kinds::{DocumentKind, Inputs, fill},
    structure::Document,
};
use xiezhi_domain::ids::{CommandId, DocumentId, IdSource};
use xiezhi_typeset::Typesetter;

use super::{
    http::Connection,
    processor::{self, Whose},
    served::Served,
    verdict::{Line, percentile},
};
use crate::compose;

/// A judgment of a summary case, with parties, evidence, reasoning, orders, fees, annex.
const FACTS: &str = include_str!("../../../../examples/ex1_private_lending.json");
/// Judgments printed warm.
const PRINTED: u32 = 40;
/// Judgments that the peer makes in one go, to be told beside: the longer it runs, the less its start weighs.
const MANY_BY_PEER: u32 = 10;
/// Drafts begun by a click.
const CLICKS: usize = 40;
/// Who drafts.
const JUDGE: &str = "甄明理";
/// A template of paragraphs, filled and written as often as told.
const TEMPLATE: &str = include_str!("by_template.py");

/// Measures drafts in the court in `court`, and papers in `folder`.
pub async fn measure(court: &Path, folder: &Path) -> anyhow::Result<Vec<Line>> {
    let mut lines = vec![clicks(court).await?];
    lines.extend(tokio::task::block_in_place(|| against_an_office(folder))?);
    Ok(lines)
}

/// From the click that drafts a judgment to the page with the draft.
async fn clicks(court: &Path) -> anyhow::Result<Line> {
    let served = Served::start(court).await?;
    let readers = served.sign_in_all(&[JUDGE]).await?;
    let judge = &readers[0];
    let mut connection = Connection::open(served.address).await?;
    let mut able = vec![];
    for page in 1.. {
        let list = connection.data(&format!("/cases?page={page}"), &judge.token).await?.json()?;
        let rows = list["rows"].as_array().filter(|rows| !rows.is_empty());
        let Some(rows) = rows else { break };
        let at_drafting = rows.iter().filter(|row| row["stage"] == "drafting");
        able.extend(at_drafting.filter_map(|row| row["case_id"].as_str()).map(str::to_owned));
    }
    ensure!(!able.is_empty(), "{JUDGE} has no case that can be judged");
    let mut times = vec![];
    for case in able.iter().cycle().take(CLICKS) {
        let command = CommandId(moment::new_id(SystemClock.now()));
        let document = DocumentId(IdSource::of(command).next());
        let (form, begun) = (json!({ "kind": "civil_judgment" }), Instant::now());
        let begin = format!("/cases/{case}/documents");
        let answer = connection.act(&begin, &judge.token, &command.to_string(), &form).await?;
        ensure!(answer.status < 400, "drafting answers {}", answer.status);
        let draft = connection.page(&format!("{begin}/{document}"), &judge.token).await?;
        ensure!(draft.status == 200, "the draft answers {}", draft.status);
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    served.stop().await?;
    let what = format!("from the click to the draft, p95 of {}", times.len());
    Ok(Line::at_most(what, percentile(&mut times, 0.95), 300.0, "ms", "300 ms"))
}

/// The same judgment under another number each time: nothing is taken from the time before.
fn judgment(no: u32) -> anyhow::Result<Document> {
    let facts = FACTS.replace("0691民初", &format!("0691民初{no}"));
    let facts =
        CaseFacts::from_example(&facts).map_err(|fault| anyhow::anyhow!("the example can't be read: {fault}"))?;
    let kind = DocumentKind::from_id("civil_judgment_first_summary").context("the kind is known")?;
    Ok(fill(kind, &facts, &Inputs::given(kind, &facts)))
}

fn against_an_office(folder: &Path) -> anyhow::Result<Vec<Line>> {
    let press = Typesetter::new(&compose::fonts(None)?).context("the fonts can't be read; run ./setup.sh fonts")?;
    let papers: Vec<Document> = (0..=PRINTED).map(judgment).collect::<anyhow::Result<_>>()?;
    let print =
        |paper: &Document| press.print(paper).map_err(|fault| anyhow::anyhow!("a judgment is not printed: {fault}"));
    print(&papers[0])?;
    let begun = processor::seconds(Whose::Own)?;
    for paper in &papers[1..] {
        print(paper)?;
    }
    let own_ms = (processor::seconds(Whose::Own)? - begun) * 1_000.0 / f64::from(PRINTED);
    let mut lines = vec![Line::at_most("a judgment as PDF, warm, processor time", own_ms, 60.0, "ms", "60 ms")];
    match by_office(folder, &papers[0], 1)? {
        Some(seconds) => {
            let times = seconds * 1_000.0 / own_ms;
            if let Some(each) = by_office(folder, &papers[0], MANY_BY_PEER)? {
                let kinder = each * 1_000.0 / own_ms;
                println!(
                    "{MANY_BY_PEER} in one go of LibreOffice: {each:.2} s each, {kinder:.1} times the processor time"
                );
            }
            lines.push(Line::at_least(
                "the same by docxtpl and LibreOffice, times the processor time",
                times,
                30.0,
                "×",
                format!("{seconds:.1} s for one judgment"),
            ));
        }
        None => println!("./setup.sh office has brought no docxtpl or LibreOffice: judgments are held against nothing"),
    }
    Ok(lines)
}

/// Processor seconds of the peer for one judgment of `count` in one go; nothing where it is not there.
fn by_office(folder: &Path, paper: &Document, count: u32) -> anyhow::Result<Option<f64>> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let text = paper.plain_text();
    let paragraphs: Vec<&str> = [paper.court.as_str(), &paper.title].into_iter().chain(text.lines()).collect();
    fs::write(folder.join("judgment.json"), serde_json::to_vec(&paragraphs)?)?;
    fs::write(folder.join("by_template.py"), TEMPLATE)?;
    let begun = processor::seconds(Whose::Children)?;
    let mut python = Command::new("python3");
    python.arg("by_template.py").arg(count.to_string()).env("PYTHONPATH", super::cache().join("docxtpl"));
    if !done(python.current_dir(folder)) {
        return Ok(None);
    }
    let written: Vec<PathBuf> = (0..count).map(|no| folder.join(format!("judgment-{no}.docx"))).collect();
    let mut office = Command::new("soffice");
    office.arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()));
    office.args(["--headless", "--convert-to", "pdf"]).args(&written);
    if !done(office.current_dir(folder)) {
        return Ok(None);
    }
    let seconds = processor::seconds(Whose::Children)? - begun;
    ensure!(written.iter().all(|docx| docx.with_extension("pdf").is_file()), "LibreOffice wrote too few PDFs");
    Ok(Some(seconds / f64::from(count)))
}

fn done(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
