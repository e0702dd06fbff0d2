//! Calculators for files: fees, periods, case numbers; and texts of the law brought along.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::Subcommand;
use xiezhi_domain::law::{
    case_number::CaseNumber,
    fee,
    instrument::{Instrument, TextFault},
    period,
};

use crate::{
    compose::statutes,
    config::{Config, ConfigArgs},
};

/// What to compute.
#[derive(Subcommand)]
pub enum LawCommand {
    /// Court fees: a CSV file with the header kind,amount_yuan,halved; rows come back with fee_yuan
    #[command(
        after_help = "kinds: property divorce personality labour administrative preservation enforcement payment_order\nexample:  xiezhi law fee --batch fees.csv > with-fees.csv"
    )]
    Fee {
        /// The CSV file
        #[arg(long)]
        batch: PathBuf,
    },
    /// Time limits: a CSV file with the header starts_on,length,unit,rolls; rows come back with last_on
    #[command(
        after_help = "unit: day workday month year; rolls: true false\nexample:  xiezhi law period --batch periods.csv > with-ends.csv"
    )]
    Period {
        /// The CSV file
        #[arg(long)]
        batch: PathBuf,
    },
    /// Brings texts of laws along, for searching and citing them while drafting
    #[command(after_help = "\
Takes every .txt and .md file in the folder (UTF-8). Its first line is the name of the instrument; each article begins a
line with its number and a space (第一条 …); a line such as 2021年1月1日 施行 before the first article says from when it is
in force. The books of a code may lie in several files of one name. Bring a new form along when a law is amended: each
day has the form that was in force. An open court takes new texts up within seconds.

It says what became of each file, and exits with 1 if one of them is no such text; the others are taken.

example:   xiezhi law import texts/
           xiezhi law import texts/ --into data/demo/statutes")]
    Import {
        /// The folder of texts
        folder: PathBuf,
        /// Where they go; by default where the configuration says
        #[arg(long)]
        into: Option<PathBuf>,
        #[command(flatten)]
        config: ConfigArgs,
    },
    /// Parses case numbers and explains their parts
    #[command(after_help = "example:  xiezhi law case-number '（2026）鲁0691民初101号'")]
    CaseNumber {
        /// Case numbers
        #[arg(required = true)]
        text: Vec<String>,
    },
}

/// Computes.
pub fn run(command: LawCommand) -> anyhow::Result<ExitCode> {
    match command {
        LawCommand::Fee { batch } => rows(&batch, &["kind", "amount_yuan", "halved"], "fee_yuan", |row| {
            let working = fee::batch_row(&row[0], &row[1], &row[2]).map_err(|refusal| refusal.code().to_owned())?;
            Ok(working.total.plain())
        }),
        LawCommand::Period { batch } => rows(&batch, &["starts_on", "length", "unit", "rolls"], "last_on", |row| {
            let working =
                period::batch_row(&row[0], &row[1], &row[2], &row[3]).map_err(|refusal| refusal.code().to_owned())?;
            Ok(working.last_on.to_string())
        }),
        LawCommand::CaseNumber { text } => numbers(&text),
        LawCommand::Import { folder, into, config } => {
            let into = into.map_or_else(|| Config::read(&config).map(|config| config.statutes()), Ok)?;
            import(&folder, &into)
        }
    }
}

/// Takes every text of a folder, and says what became of each.
fn import(folder: &Path, into: &Path) -> anyhow::Result<ExitCode> {
    let mut texts = vec![];
    gather(folder, &mut texts).with_context(|| format!("{} can't be read", folder.display()))?;
    if texts.is_empty() {
        bail!("{} holds no .txt or .md file", folder.display());
    }
    let mut library = statutes::library(into)?;
    let mut faults = 0;
    for path in texts {
        let told = fs::read_to_string(&path)
            .map_err(|fault| format!("it can't be read as UTF-8 text ({fault})"))
            .and_then(|text| Instrument::read(&text).map_err(|fault| in_words(&fault)));
        match told {
            Ok(read) => {
                let from = read.in_force_from.map_or("an unknown day".to_owned(), |day| day.to_string());
                println!(
                    "{}: 《{}》, {} articles, in force from {from}",
                    path.display(),
                    read.name,
                    read.articles.len()
                );
                library.add(read);
            }
            Err(why) => {
                faults += 1;
                println!("{}: not taken: {why}", path.display());
            }
        }
    }
    statutes::write(into, &library)?;
    println!("{} instruments in {}", library.instruments().len(), into.display());
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn gather(folder: &Path, texts: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    for path in paths {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        if path.is_dir() {
            gather(&path, texts)?;
        } else if ["txt", "md"].contains(&ending.as_str()) {
            texts.push(path);
        }
    }
    Ok(())
}

fn in_words(fault: &TextFault) -> String {
    match fault {
        TextFault::NoName => "it has no first line to be the name of the instrument".to_owned(),
        TextFault::NoArticle => "no line begins with the number of an article and a space (第一条 …)".to_owned(),
        TextFault::Twice(title) => format!("{title} stands there twice"),
    }
}

/// A row and the value computed for it.
type Computed = (csv::StringRecord, String);

/// Every row is computed before any is written, so that what comes out is whole.
fn rows(
    path: &Path,
    columns: &[&str],
    result: &str,
    compute: impl Fn(&csv::StringRecord) -> Result<String, String>,
) -> anyhow::Result<ExitCode> {
    let read = fs::read_to_string(path).with_context(|| format!("{} can't be read as UTF-8 text", path.display()))?;
    let text = read.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().context("the header can't be read")?.clone();
    if header != *columns {
        bail!("the header must be {}, not {}", columns.join(","), header.iter().collect::<Vec<_>>().join(","));
    }
    let mut done = vec![];
    let mut faults = 0;
    for row in reader.records() {
        let row = row.with_context(|| format!("{} can't be read as CSV", path.display()))?;
        let line = line_of(&row, text);
        match computed(row, columns.len(), &compute) {
            Ok(computed) => done.push(computed),
            Err(said) => {
                faults += 1;
                eprintln!("line {line}: {said}");
            }
        }
    }
    if faults > 0 {
        eprintln!("xiezhi: {faults} rows can't be computed; nothing was written");
        return Ok(ExitCode::from(2));
    }
    write(columns, result, &done)
}

/// The line a row begins on; empty lines before it are counted, though they are no rows.
fn line_of(row: &csv::StringRecord, text: &str) -> usize {
    let byte = row.position().map_or(0, csv::Position::byte);
    let (before, after) = text.split_at(usize::try_from(byte).expect("the text is in memory"));
    let empty = &after[..after.len() - after.trim_start_matches(['\r', '\n']).len()];
    [before, empty].iter().map(|part| part.matches('\n').count()).sum::<usize>() + 1
}

fn computed(
    row: csv::StringRecord,
    width: usize,
    compute: impl Fn(&csv::StringRecord) -> Result<String, String>,
) -> Result<Computed, String> {
    let value = if row.len() == width { compute(&row) } else { Err("csv.wrong_number_of_fields".to_owned()) };
    value
        .map(|value| (row.clone(), value))
        .map_err(|code| format!("{code}: {}", row.iter().collect::<Vec<_>>().join(",")))
}

fn write(columns: &[&str], result: &str, done: &[Computed]) -> anyhow::Result<ExitCode> {
    let mut writer = csv::Writer::from_writer(std::io::stdout().lock());
    writer.write_record(columns.iter().copied().chain([result]))?;
    for (row, value) in done {
        writer.write_record(row.iter().chain([value.as_str()]))?;
    }
    writer.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn numbers(texts: &[String]) -> anyhow::Result<ExitCode> {
    let mut faults = 0;
    for text in texts {
        match text.parse::<CaseNumber>() {
            Ok(number) => explain(&number),
            Err(problem) => {
                faults += 1;
                eprintln!("{text}: {}", problem.code());
            }
        }
    }
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn explain(number: &CaseNumber) {
    let parts = number.explain();
    println!("{}", parts.canonical);
    println!("  收案年度 year    {}", parts.filing_year);
    let court =
        parts.court.map_or_else(|| format!("{} (not in the table)", number.court_code), |court| court.name_zh.clone());
    println!("  法院 court       {court}");
    let case_type = parts
        .case_type
        .map_or_else(|| format!("{} (not in the table)", number.type_code), |known| known.name_zh.clone());
    println!("  类型 type        {case_type}");
    println!("  编号 serial      {}", parts.serial);
    if let Some(suffix) = parts.suffix {
        println!("  之 suffix        {suffix}");
    }
}
