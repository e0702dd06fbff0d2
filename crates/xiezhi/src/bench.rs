//! The bench (`make bench`): what the court must reach, measured against the machine it runs on. It prints a
//! table and writes JSON; it is no test, for a test never holds time against a clock on the wall.

mod acts;
mod arriving;
mod batch;
mod copies;
mod courts;
mod documents;
mod http;
mod live;
mod pages;
mod probe;
mod processor;
mod readers;
mod reading;
mod record;
mod scans;
mod sealing;
mod search;
mod served;
mod soak;
mod template;
mod upload;
mod verdict;
mod weight;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::Instant,
};

use anyhow::Context;
use serde::Serialize;
use xiezhi_app::moment::SystemClock;

use self::{template::Template, verdict::Line};
use crate::{compose, config::Config, serve};

/// Cases of the court that the large one is held against.
const SMALL: usize = 1_000;

/// Arguments of `bench`.
#[derive(clap::Args)]
#[command(after_help = "example: xiezhi bench --cases 10000 --only pages,live")]
pub struct BenchArgs {
    /// Folder of the courts that are measured; the next run uses them again
    #[arg(long, default_value = "data/bench")]
    data: PathBuf,
    /// Cases of the large court
    #[arg(long, default_value_t = 100_000)]
    cases: usize,
    /// An empty PostgreSQL database, to be measured too
    #[arg(long)]
    postgres: Option<String>,
    /// Where the figures go, as JSON; beside the courts if not told
    #[arg(long)]
    json: Option<PathBuf>,
    /// Parts to measure: acts, batch, record, pages, weight, live, documents, reading, search, upload, readers, arriving
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "acts,batch,record,pages,weight,live,documents,reading,search,upload,readers,arriving"
    )]
    only: Vec<String>,
    /// Folder of documents as people send them, for the part `reading`
    #[arg(long)]
    documents: Option<PathBuf>,
    /// Pages of text that are searched
    #[arg(long, default_value_t = 1_000_000)]
    search_pages: u64,
    /// Seconds of each slice of load
    #[arg(long, default_value_t = 3)]
    seconds: u32,
    /// Make the courts and stop
    #[arg(long)]
    prepare: bool,
    /// Load and kill a court for so many seconds instead, and check that nothing was lost
    #[arg(long)]
    soak: Option<u64>,
}

/// What is written as JSON.
#[derive(Serialize)]
struct Figures<'a> {
    cases: usize,
    processors: usize,
    took_seconds: u64,
    lines: &'a [Line],
}

/// Measures, or soaks.
pub fn run(args: BenchArgs) -> anyhow::Result<ExitCode> {
    fs::create_dir_all(&args.data).with_context(|| format!("{} can't be made", args.data.display()))?;
    let data = args.data.canonicalize()?;
    serve::runtime()?.block_on(async {
        if let Some(seconds) = args.soak {
            return soak::run(&data.join("soak"), seconds).await.map(|()| ExitCode::SUCCESS);
        }
        let begun = Instant::now();
        let (small, large) = (data.join(format!("court-{SMALL}")), data.join(format!("court-{}", args.cases)));
        // Reading asks no court; readers, and what arrives beside them, have one of their own.
        if args.prepare || args.only.iter().any(|part| !["reading", "readers", "arriving"].contains(&part.as_str())) {
            courts::prepare(&small, SMALL).await?;
        }
        if args.prepare || args.measures("record") || args.measures("pages") || args.measures("live") {
            courts::prepare(&large, args.cases).await?;
        }
        if args.prepare {
            return Ok(ExitCode::SUCCESS);
        }
        let lines = measure(&args, &data, &small, &large).await?;
        print!("{}", verdict::table(&lines));
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let figures = Figures { cases: args.cases, processors, took_seconds: begun.elapsed().as_secs(), lines: &lines };
        let json = args.json.clone().unwrap_or_else(|| data.join("figures.json"));
        fs::write(&json, serde_json::to_vec_pretty(&figures)?)?;
        println!("{} of {} reached; {}", lines.iter().filter(|line| line.reached).count(), lines.len(), json.display());
        Ok(ExitCode::SUCCESS)
    })
}

impl BenchArgs {
    fn measures(&self, part: &str) -> bool {
        self.only.iter().any(|known| known == part)
    }
}

async fn measure(args: &BenchArgs, data: &Path, small: &Path, large: &Path) -> anyhow::Result<Vec<Line>> {
    let mut lines = vec![];
    // Told as they come: whatever breaks later takes nothing away.
    let mut tell = |part: Vec<Line>| {
        eprint!("{}", verdict::table(&part));
        lines.extend(part);
    };
    if args.measures("acts") {
        let templates = templates_of(small).await?;
        let seconds = f64::from(args.seconds);
        let rates = acts::measure(&data.join("acts-sqlite"), None, templates.clone(), seconds).await?;
        tell(acts::of_sqlite(&rates));
        if let Some(url) = &args.postgres {
            let rates = acts::measure(&data.join("acts-postgres"), Some(url), templates, seconds).await?;
            tell(acts::of_postgres(&rates));
        }
    }
    if args.measures("batch") {
        tell(vec![batch::measure(&data.join("batch"), templates_of(small).await?).await?]);
    }
    if args.measures("record") {
        let templates = templates_of(small).await?;
        tell(record::measure(small, large, data, templates, f64::from(args.seconds)).await?);
        tell(sealing::measure(&data.join("sealing")).await?);
    }
    if args.measures("pages") {
        tell(pages::measure(small, large, args.cases, args.seconds).await?);
    }
    if args.measures("weight") {
        tell(weight::measure(small).await?);
    }
    if args.measures("live") {
        tell(live::measure(large).await?);
    }
    if args.measures("documents") {
        tell(documents::measure(small, &data.join("documents")).await?);
    }
    if args.measures("reading") {
        let documents = reading::documents(args.documents.as_deref());
        tell(reading::measure(documents.as_deref(), &data.join("reading")).await?);
    }
    if args.measures("upload") {
        tell(upload::measure(small, &data.join("upload")).await?);
    }
    if args.measures("readers") {
        tell(readers::measure(&data.join("readers")).await?);
    }
    if args.measures("arriving") {
        tell(arriving::measure(&data.join("arriving")).await?);
    }
    if args.measures("search") {
        tell(search::measure(small, &data.join("search"), None, args.search_pages).await?);
        if let Some(url) = &args.postgres {
            tell(search::measure(small, &data.join("search"), Some(url), args.search_pages).await?);
        }
    }
    Ok(lines)
}

/// The cases of the demonstration that a court began with.
async fn templates_of(folder: &Path) -> anyhow::Result<Vec<Template>> {
    let opened = compose::open(&Config::demonstration(folder, "127.0.0.1:0"), Arc::new(SystemClock)).await?;
    let templates = courts::templates(&opened.app).await?;
    opened.app.close().await;
    Ok(templates)
}

/// Where the set-up keeps what it brings.
fn cache() -> PathBuf {
    let told = std::env::var_os("XIEZHI_CACHE").map(PathBuf::from);
    told.unwrap_or_else(|| std::env::home_dir().unwrap_or_default().join(".cache/xiezhi"))
}
