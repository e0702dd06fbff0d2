//! One click writes the document (文书), from the command line: facts of a case in, a paper out.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use jiff::civil::Date;
use serde_json::json;
use xiezhi_documents::{
    facts::CaseFacts,
    kinds::{DocumentKind, Inputs, fill},
    proofread::proofread,
    structure::Document,
};
use xiezhi_typeset::{PrintError, Typesetter, docx};

use crate::compose;

/// Arguments of `document`.
#[derive(clap::Args)]
#[command(after_help = "\
Facts are a JSON file in the form that --schema prints; examples/ holds six. Whom the paper goes to, its day, the
sitting and the rows of service are taken from the facts; --to, --dated-on and --inputs say otherwise.
What is missing stands in the paper as a named gap, in red, and is told; nothing is invented.
Without -o or --check the words of the paper are printed.

exit code: 0 written (gaps are told), or nothing found by --check; 1 it can't be done; 2 --check found something
example:   xiezhi document civil_judgment_first_summary --facts examples/ex1_private_lending.json -o judgment.pdf")]
pub struct DocumentArgs {
    /// The kind of paper; --list names them
    #[arg(required_unless_present_any = ["list", "schema"])]
    kind: Option<String>,
    /// The facts of the case (JSON)
    #[arg(long, required_unless_present_any = ["list", "schema"])]
    facts: Option<PathBuf>,
    /// What this paper needs beside them (JSON), such as {"extra":{"for":"payment","due_on":"2026-03-09"}}
    #[arg(long)]
    inputs: Option<PathBuf>,
    /// Whom it goes to, or who writes it
    #[arg(long)]
    to: Option<String>,
    /// The day under it
    #[arg(long)]
    dated_on: Option<Date>,
    /// Where to write it; the ending says how: .pdf, .ofd, .docx, .json (its structure with the source of each fact), .txt
    #[arg(short, long)]
    out: Option<PathBuf>,
    /// Tells gaps and what proofreading finds as JSON, and writes no paper
    #[arg(long, conflicts_with = "out")]
    check: bool,
    /// Lists the kinds as JSON
    #[arg(long)]
    list: bool,
    /// Prints the JSON Schema of the facts
    #[arg(long)]
    schema: bool,
    /// The folder of the court's fonts, where it is not where the set-up puts it
    #[arg(long)]
    fonts: Option<PathBuf>,
}

/// Writes a paper, or tells of it.
pub fn run(args: &DocumentArgs) -> anyhow::Result<ExitCode> {
    if args.list {
        return list();
    }
    if args.schema {
        print!("{}", xiezhi_documents::facts::SCHEMA);
        return Ok(ExitCode::SUCCESS);
    }
    let (Some(kind), Some(path)) = (&args.kind, &args.facts) else { unreachable!("clap asks for both") };
    let kind = DocumentKind::from_id(kind)
        .with_context(|| format!("there is no kind of paper called {kind}; --list names them"))?;
    let facts = facts(path)?;
    let paper = fill(kind, &facts, &inputs(args, kind, &facts)?);
    if args.check {
        return check(&paper, &facts);
    }
    match &args.out {
        None => println!("{}", words(&paper)),
        Some(out) => write(&paper, out, args.fonts.as_deref())?,
    }
    for gap in paper.gaps() {
        eprintln!("gap: {gap}");
    }
    Ok(ExitCode::SUCCESS)
}

fn list() -> anyhow::Result<ExitCode> {
    let kind = |kind: DocumentKind| {
        json!({
            "kind": kind.id(), "name": kind.name_zh(), "title": kind.title(), "volume": kind.volume(),
            "catalogue_place": kind.catalogue_key(), "issued_by": kind.issued_by(), "layout": kind.layout(),
        })
    };
    let kinds: Vec<_> = DocumentKind::ALL.into_iter().map(kind).collect();
    println!("{}", serde_json::to_string_pretty(&kinds)?);
    Ok(ExitCode::SUCCESS)
}

fn facts(path: &Path) -> anyhow::Result<CaseFacts> {
    let text = fs::read_to_string(path).with_context(|| format!("{} can't be read as UTF-8 text", path.display()))?;
    let text = text.trim_start_matches('\u{feff}');
    CaseFacts::from_example(text).map_err(|fault| anyhow::anyhow!("{} does not hold facts: {fault}", path.display()))
}

fn inputs(args: &DocumentArgs, kind: DocumentKind, facts: &CaseFacts) -> anyhow::Result<Inputs> {
    let given = Inputs::given(kind, facts);
    let told = match &args.inputs {
        None => given,
        Some(path) => {
            let text = fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
            let own: Inputs =
                serde_json::from_str(&text).with_context(|| format!("{} holds no inputs", path.display()))?;
            own.or(given)
        }
    };
    Ok(Inputs {
        addressee: args.to.clone().or(told.addressee.clone()),
        dated_on: args.dated_on.or(told.dated_on),
        ..told
    })
}

fn check(paper: &Document, facts: &CaseFacts) -> anyhow::Result<ExitCode> {
    let (gaps, findings) = (paper.gaps(), proofread(paper, facts));
    let told = json!({ "kind": paper.kind, "complete": gaps.is_empty(), "gaps": gaps, "findings": findings });
    println!("{}", serde_json::to_string_pretty(&told)?);
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn words(paper: &Document) -> String {
    let head = [Some(paper.court.as_str()), Some(&paper.title), paper.number.as_deref()];
    let head = head.into_iter().flatten().filter(|line| !line.is_empty());
    head.chain([paper.plain_text().as_str()]).collect::<Vec<_>>().join("\n")
}

fn write(paper: &Document, out: &Path, font_folder: Option<&Path>) -> anyhow::Result<()> {
    let bytes = match out.extension().and_then(|ending| ending.to_str()) {
        Some("pdf") => pages(font_folder, |press| press.print(paper).map(|printed| printed.pdf))?,
        Some("ofd") => pages(font_folder, |press| press.ofd(paper))?,
        Some("docx") => docx::write(paper),
        Some("json") => serde_json::to_vec_pretty(paper)?,
        Some("txt") => words(paper).into_bytes(),
        _ => bail!("{} must end in .pdf, .ofd, .docx, .json or .txt", out.display()),
    };
    fs::write(out, bytes).with_context(|| format!("{} can't be written", out.display()))
}

fn pages(
    font_folder: Option<&Path>,
    press: impl FnOnce(&Typesetter) -> Result<Vec<u8>, PrintError>,
) -> anyhow::Result<Vec<u8>> {
    let opened = Typesetter::new(&compose::fonts(font_folder)?);
    match press(&opened.context("the fonts can't be read; run ./setup.sh fonts")?) {
        Ok(bytes) => Ok(bytes),
        Err(PrintError::MissingGlyphs { characters }) => {
            bail!("no font has the characters {characters}: the paper would print boxes, so it was not written")
        }
        Err(fault) => Err(fault).context("the paper can't be laid out"),
    }
}
