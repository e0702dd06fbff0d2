//! Archive packages at the command line: taking one out, taking one over.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, bail};
use futures::StreamExt;
use xiezhi_app::{
    App,
    moment::SystemClock,
    package::{Facts, Packed},
};
use xiezhi_domain::{
    ids::CaseId,
    people::{Actor, Person, Post},
};
use xiezhi_ledger::Policy;
use xiezhi_package::{files, layout::INDEX};
use xiezhi_store::blob::ByteStream;

use crate::{
    compose,
    config::{Config, ConfigArgs},
    serve::{logs, runtime},
};

/// Arguments of `package`.
#[derive(clap::Args)]
#[command(after_help = "\
Writes the whole file of an archived case, both volumes, with every act and its proof: a BagIt bag that is read with
a browser (index.html) and checked without the court (`xiezhi verify --policy policy PACKAGE`). A name that ends in
.zip becomes one file, any other a folder. That it was taken out is recorded under the archivist's name before
anything is written.

example:   xiezhi package （2026）鲁0691民初1号 -o file.zip")]
pub struct PackageArgs {
    #[command(flatten)]
    config: ConfigArgs,
    /// Number or identifier of the case
    case: String,
    /// Where to: a new folder, or a .zip
    #[arg(short, long)]
    output: PathBuf,
    /// Name of the archivist who answers for it; needed where the court has several
    #[arg(long)]
    by: Option<String>,
}

/// Writes a package.
pub fn package(args: &PackageArgs) -> anyhow::Result<ExitCode> {
    let config = Config::read(&args.config)?;
    logs(&config);
    if args.output.exists() {
        bail!("{} is there already", args.output.display());
    }
    runtime()?.block_on(async {
        let opened = compose::open(&config, Arc::new(SystemClock)).await?;
        let written = take_out(&opened.app, args).await;
        opened.app.close().await;
        println!("{}", written?);
        Ok(ExitCode::SUCCESS)
    })
}

async fn take_out(app: &App, args: &PackageArgs) -> anyhow::Result<String> {
    let people = app.directory().await?;
    let archivist = archivist(people.on(Post::Archivist), args.by.as_deref())?;
    let actor = Actor::Person { id: archivist.id, post: archivist.post, token: None };
    let case: CaseId = match args.case.parse() {
        Ok(id) => id,
        Err(_) => {
            let row = app.case_numbered(&actor, &args.case).await?;
            row.with_context(|| format!("no closed case goes by {}", args.case))?.case_id.parse()?
        }
    };
    let pages = |facts: &Facts| xiezhi_web::capability::archive::package::pages(facts, &people);
    let packed = app.take_out(case, &actor, pages).await.context("the package can't be made")?;
    let told = format!("{}: {} files", packed.name, packed.items.len());
    match args.output.extension().is_some_and(|extension| extension == "zip") {
        true => write(&args.output, app.zipped(packed).1).await?,
        false => lay_out(app, &args.output, packed).await?,
    }
    Ok(told)
}

/// The archivist who answers for it.
fn archivist<'a>(all: impl Iterator<Item = &'a Person>, name: Option<&str>) -> anyhow::Result<&'a Person> {
    let found: Vec<&Person> = all.filter(|person| name.is_none_or(|name| person.name == name)).collect();
    match found[..] {
        [one] => Ok(one),
        [] => bail!("the court has no such archivist"),
        _ => bail!("the court has several archivists: name one with --by"),
    }
}

/// Half a file never has the whole one's name.
async fn write(path: &Path, mut bytes: ByteStream<'static>) -> anyhow::Result<()> {
    let partial = PathBuf::from(format!("{}.partial", path.display()));
    let mut file = fs::File::create(&partial).with_context(|| format!("{} can't be made", partial.display()))?;
    while let Some(piece) = bytes.next().await {
        file.write_all(&piece.context("a file can't be read")?)?;
    }
    file.sync_all()?;
    fs::rename(&partial, path).with_context(|| format!("{} can't be named", path.display()))
}

/// The page a person begins with is written last: a folder without it is not whole.
async fn lay_out(app: &App, folder: &Path, packed: Packed) -> anyhow::Result<()> {
    let mut items = packed.items;
    items.sort_by_key(|item| item.path == INDEX);
    for item in items {
        let path = folder.join(&item.path);
        fs::create_dir_all(path.parent().expect("it lies in the folder"))?;
        write(&path, app.content(&item.content).await?).await?;
    }
    Ok(())
}

/// Arguments of `import`.
#[derive(clap::Args)]
#[command(after_help = "\
Takes an archived case over from a package, into a court that does not know it: the same events, byte for byte, and
every file. The package is checked first, against the policy of the court it comes from; if one thing does not hold,
nothing is taken over. Its proofs stay those of that court's log, and the package is kept as it came; what this
court's own log proves is that it took it over. People become known by their names alone: nobody comes to a post.

example:   xiezhi import file.zip --policy policy-of-the-other-court")]
pub struct ImportArgs {
    #[command(flatten)]
    config: ConfigArgs,
    /// The package: a folder or a .zip
    package: PathBuf,
    /// The policy of the court it comes from
    #[arg(long)]
    policy: PathBuf,
}

/// Takes a case over.
pub fn import(args: &ImportArgs) -> anyhow::Result<ExitCode> {
    let config = Config::read(&args.config)?;
    logs(&config);
    let text = fs::read_to_string(&args.policy).with_context(|| format!("{} can't be read", args.policy.display()))?;
    let policy: Policy = text.parse().with_context(|| format!("{} is not a policy", args.policy.display()))?;
    let mut files = files::open(&args.package).with_context(|| format!("{} is no package", args.package.display()))?;
    runtime()?.block_on(async {
        let opened = compose::open(&config, Arc::new(SystemClock)).await?;
        let taken = opened.app.take_over(&mut *files, &policy).await;
        opened.app.close().await;
        let taken = taken.with_context(|| format!("{} is not taken over", args.package.display()))?;
        let number = taken.number.unwrap_or_default();
        println!("{}\t{number}\t{} events, {} files", taken.case, taken.events, taken.files);
        Ok(ExitCode::SUCCESS)
    })
}
