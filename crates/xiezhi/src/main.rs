//! Xiezhi (獬豸): a paperless court in one program. The composition root: everything is linked here and
//! nowhere else.

mod backup;
mod bench;
mod compose;
mod config;
mod demo;
mod document;
mod keys;
mod law;
mod maintain;
mod package;
mod read;
mod redact;
mod restore;
mod serve;
mod verify;
mod witness;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// A paperless court in one program.
#[derive(Parser)]
#[command(
    version,
    about,
    after_help = "Start with:  xiezhi demo\nThen open http://127.0.0.1:8080 and sign in as anyone."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// An act makes and frees thousands of small pieces: with the allocator of the C library a third of its time went
/// there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Subcommand)]
enum Command {
    /// Opens a demonstration court with six example cases, on an embedded store
    Demo(demo::DemoArgs),
    /// Serves a court as its configuration says
    Serve(serve::ServeArgs),
    /// Writes a court document from the facts of a case
    Document(document::DocumentArgs),
    /// Reads files as an upload does: page images, text, recognised text
    Read(read::ReadArgs),
    /// Writes a copy without what must not leave: words, personal data, boxes
    Redact(redact::RedactArgs),
    /// Computes fees and periods, explains case numbers
    #[command(subcommand)]
    Law(law::LawCommand),
    /// Computes the read model anew from the record
    Rebuild(config::ConfigArgs),
    /// Checks the record against its proofs, files and read model
    Audit(maintain::AuditArgs),
    /// Copies a court, which may be running, to a folder: only what is new since the last time
    Backup(backup::BackupArgs),
    /// Brings a backup back into an empty installation, and compares it with everyone who remembers more
    Restore(restore::RestoreArgs),
    /// Writes the whole file of an archived case as a package that is checked without the court
    Package(package::PackageArgs),
    /// Takes an archived case over from a package
    Import(package::ImportArgs),
    /// Begins to sign under a new name, after an old backup or two histories; puts the break on the record
    NewOrigin(maintain::NewOriginArgs),
    /// Begins to sign the logs with a new key beside the one before
    RotateKey(keys::RotateKeyArgs),
    /// Retires the key before, once everyone knows the new one
    RetireKey(keys::RetireKeyArgs),
    /// Cosigns the checkpoints of courts, for an operator who is not the court
    Witness(witness::WitnessArgs),
    /// Checks proofs, signed papers and whole archive packages off line
    Verify(verify::VerifyArgs),
    /// Measures what the court reaches on this machine; or loads and kills it, and checks that nothing is lost
    Bench(bench::BenchArgs),
    /// Prints the configuration file with every setting and its default
    Config,
    /// Reads one uploaded file in confinement (started by the server itself)
    #[command(hide = true)]
    Reading,
}

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("reading") {
        return xiezhi_reading::serve_worker();
    }
    let cli = Cli::parse();
    let result = match cli.command {
        Command::Demo(args) => demo::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Document(args) => document::run(&args),
        Command::Read(args) => read::run(args),
        Command::Redact(args) => redact::run(args),
        Command::Law(command) => law::run(command),
        Command::Rebuild(args) => maintain::rebuild(&args),
        Command::Audit(args) => maintain::audit(&args),
        Command::Backup(args) => backup::run(&args),
        Command::Restore(args) => restore::run(&args),
        Command::Package(args) => package::package(&args),
        Command::Import(args) => package::import(&args),
        Command::NewOrigin(args) => maintain::new_origin(&args),
        Command::RotateKey(args) => keys::rotate(&args),
        Command::RetireKey(args) => keys::retire(&args),
        Command::Witness(args) => witness::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Bench(args) => bench::run(args),
        Command::Config => {
            print!("{}", config::DOCUMENTED);
            Ok(ExitCode::SUCCESS)
        }
        Command::Reading => Ok(xiezhi_reading::serve_worker()),
    };
    result.unwrap_or_else(|fault| {
        eprintln!("xiezhi: {fault:#}");
        ExitCode::FAILURE
    })
}
