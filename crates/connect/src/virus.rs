//! A scanner for viruses (查毒), asked over the protocol of clamd: the bytes go over in pieces (`INSTREAM`), a line
//! comes back. Nothing is written on this side, and the scanner needs no access to the court's files.

use std::{io, path::PathBuf, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use futures::{StreamExt, stream::BoxStream};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    time::timeout,
};

/// A file takes so long at most; a large archive is unpacked meanwhile.
const PATIENCE: Duration = Duration::from_secs(120);
/// Whoever does not take a connection in this time is down.
const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
/// No answer of the protocol is longer.
const ANSWER_BYTES: u64 = 4 * 1024;
/// How an answer begins about a file of more bytes than the scanner is set to take (`StreamMaxLength`).
const TOO_LARGE: &str = "INSTREAM size limit exceeded";
const COMMAND: &[u8] = b"zINSTREAM\0";

/// What a scanner found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanned {
    /// Nothing.
    Clean,
    /// What it calls this.
    Infected(String),
    /// Nobody knows: the file is larger than it takes.
    TooLarge,
}

/// The scanner did not answer, or not what the protocol says: nothing is known of the file.
#[derive(Debug, thiserror::Error)]
#[error("the virus scanner gives no answer")]
pub struct ScannerDown(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Looks for viruses.
#[async_trait]
pub trait VirusScanner: Send + Sync {
    /// Looks through a file.
    ///
    /// # Errors
    /// [`ScannerDown`].
    async fn scan(&self, bytes: BoxStream<'static, io::Result<Bytes>>) -> Result<Scanned, ScannerDown>;
}

/// clamd, or whatever speaks as it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clamd {
    /// At an address: `127.0.0.1:3310`.
    Tcp(String),
    /// At a socket of this machine: `/run/clamav/clamd.ctl`.
    Unix(PathBuf),
}

impl Clamd {
    /// Where it is, as a configuration says it: `tcp://address:port` or `unix:///path`.
    pub fn at(told: &str) -> Option<Self> {
        match told.split_once("://")? {
            ("tcp", address) if address.contains(':') => Some(Self::Tcp(address.to_owned())),
            ("unix", path) if path.starts_with('/') => Some(Self::Unix(path.into())),
            _ => None,
        }
    }

    async fn ask(&self, bytes: BoxStream<'static, io::Result<Bytes>>) -> io::Result<String> {
        let late = |_| io::Error::from(io::ErrorKind::TimedOut);
        let answer = match self {
            Self::Tcp(address) => {
                let stream = timeout(CONNECT_PATIENCE, TcpStream::connect(address)).await.map_err(late)??;
                timeout(PATIENCE, talk(stream, bytes)).await
            }
            Self::Unix(path) => {
                let stream = timeout(CONNECT_PATIENCE, UnixStream::connect(path)).await.map_err(late)??;
                timeout(PATIENCE, talk(stream, bytes)).await
            }
        };
        answer.map_err(late)?
    }
}

/// Sends a file over and hears the answer. A scanner that has heard enough answers before the end and hangs up.
async fn talk<S: AsyncRead + AsyncWrite>(
    stream: S,
    bytes: BoxStream<'static, io::Result<Bytes>>,
) -> io::Result<String> {
    let (hears, mut says) = tokio::io::split(stream);
    let mut hears = hears.take(ANSWER_BYTES);
    let told = async {
        says.write_all(COMMAND).await?;
        let mut bytes = bytes;
        while let Some(piece) = bytes.next().await {
            let piece = piece?;
            if !piece.is_empty() {
                let length = u32::try_from(piece.len()).map_err(io::Error::other)?;
                says.write_all(&length.to_be_bytes()).await?;
                says.write_all(&piece).await?;
            }
        }
        says.write_all(&0_u32.to_be_bytes()).await?;
        says.flush().await
    };
    let mut heard = vec![];
    let (told, hearing) = tokio::join!(told, hears.read_to_end(&mut heard));
    // Whoever hangs up while more is sent breaks the line: what was heard before counts.
    if heard.is_empty() {
        told?;
        hearing?;
    }
    Ok(String::from_utf8_lossy(&heard).trim_end_matches(['\0', '\n']).to_owned())
}

#[async_trait]
impl VirusScanner for Clamd {
    async fn scan(&self, bytes: BoxStream<'static, io::Result<Bytes>>) -> Result<Scanned, ScannerDown> {
        let answer = self.ask(bytes).await.map_err(|fault| ScannerDown(Box::new(fault)))?;
        understood(&answer).ok_or_else(|| ScannerDown(format!("it answers {answer:?}").into()))
    }
}

/// What an answer means; nothing where it says neither yes nor no.
fn understood(answer: &str) -> Option<Scanned> {
    if answer.starts_with(TOO_LARGE) {
        return Some(Scanned::TooLarge);
    }
    let said = answer.strip_prefix("stream: ")?;
    match said.strip_suffix(" FOUND") {
        Some(name) => Some(Scanned::Infected(name.to_owned())),
        None => (said == "OK").then_some(Scanned::Clean),
    }
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use futures::stream;
    use tokio::net::TcpListener;

    use super::*;

    /// A harmless text that every scanner calls by a name (EICAR), written so that this file is none.
    fn eicar() -> Vec<u8> {
        [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat().into_bytes()
    }

    fn pieces(bytes: &[u8]) -> BoxStream<'static, io::Result<Bytes>> {
        let pieces: Vec<_> = bytes.chunks(7).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        stream::iter(pieces).boxed()
    }

    /// A scanner that speaks the protocol, finds EICAR, and takes no more than a kilobyte.
    async fn speaking() -> Clamd {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has one").to_string();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut command = [0; COMMAND.len()];
                stream.read_exact(&mut command).await.expect("a command comes");
                assert_eq!(command, COMMAND);
                let mut whole = vec![];
                let answer: &[u8] = loop {
                    let length = stream.read_u32().await.expect("a length comes") as usize;
                    let from = whole.len();
                    whole.resize(from + length, 0);
                    stream.read_exact(&mut whole[from..]).await.expect("a piece comes");
                    match length {
                        0 if whole == eicar() => break b"stream: Eicar-Test-Signature FOUND\0",
                        0 => break b"stream: OK\0",
                        _ if whole.len() > 1024 => break b"INSTREAM size limit exceeded. ERROR\0",
                        _ => {}
                    }
                };
                stream.write_all(answer).await.expect("it hears");
            }
        });
        Clamd::Tcp(address)
    }

    #[tokio::test]
    async fn clean_and_infected_files_are_told_apart_however_they_are_cut() {
        let scanner = speaking().await;
        assert_eq!(scanner.scan(pieces(b"a loan")).await.expect("it answers"), Scanned::Clean);
        let found = scanner.scan(pieces(&eicar())).await.expect("it answers");
        assert_eq!(found, Scanned::Infected("Eicar-Test-Signature".to_owned()));
    }

    #[tokio::test]
    async fn a_file_that_the_scanner_did_not_take_whole_is_not_clean() {
        assert_eq!(speaking().await.scan(pieces(&[7; 2000])).await.expect("it answers"), Scanned::TooLarge);
    }

    #[tokio::test]
    async fn a_scanner_that_is_not_there_is_down() {
        assert!(Clamd::Unix("/there/is/no/socket".into()).scan(pieces(b"a loan")).await.is_err());
        assert!(Clamd::Tcp("127.0.0.1:1".to_owned()).scan(pieces(b"a loan")).await.is_err());
    }

    #[test]
    fn an_answer_that_says_neither_yes_nor_no_is_none() {
        assert_eq!(understood("stream: OK"), Some(Scanned::Clean));
        assert_eq!(understood("stream: A FOUND in it FOUND"), Some(Scanned::Infected("A FOUND in it".to_owned())));
        assert_eq!(understood("INSTREAM size limit exceeded. ERROR"), Some(Scanned::TooLarge));
        for none in ["", "OK", "stream: ", "stream: x ERROR"] {
            assert_eq!(understood(none), None, "{none}");
        }
    }

    #[test]
    fn a_scanner_is_named_as_the_configuration_says() {
        assert_eq!(Clamd::at("tcp://127.0.0.1:3310"), Some(Clamd::Tcp("127.0.0.1:3310".to_owned())));
        assert_eq!(Clamd::at("unix:///run/clamd.ctl"), Some(Clamd::Unix("/run/clamd.ctl".into())));
        assert!(Clamd::at("/run/clamd.ctl").is_none() && Clamd::at("tcp://host").is_none());
    }

    /// The real one, where it is installed, with a signature of our own: nothing is fetched.
    #[tokio::test]
    async fn clamd_itself_finds_it() {
        let folder = std::env::temp_dir().join(format!("xiezhi-clamd-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        let hex: String = eicar().iter().map(|byte| format!("{byte:02x}")).collect();
        std::fs::write(folder.join("own.ndb"), format!("Xiezhi.Test:0:*:{hex}\n")).expect("it is written");
        let socket = folder.join("clamd.ctl");
        let settings = format!(
            "LocalSocket {}\nDatabaseDirectory {}\nForeground yes\nLogFile {}\n",
            socket.display(),
            folder.display(),
            folder.join("log").display()
        );
        std::fs::write(folder.join("clamd.conf"), settings).expect("it is written");
        let mut clamd = Command::new("clamd");
        clamd.arg("--config-file").arg(folder.join("clamd.conf")).stdout(Stdio::null()).stderr(Stdio::null());
        let Ok(mut clamd) = clamd.spawn() else {
            println!("clamd is not installed; nothing was tried");
            return;
        };
        for _ in 0..200 {
            if socket.exists() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let scanner = Clamd::Unix(socket);
        let (clean, found) = (scanner.scan(pieces(b"a loan")).await, scanner.scan(pieces(&eicar())).await);
        clamd.kill().expect("it runs");
        clamd.wait().expect("it ends");
        let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        std::fs::remove_dir_all(&folder).expect("it goes");
        assert_eq!(clean.expect(&log), Scanned::Clean);
        assert_eq!(found.expect(&log), Scanned::Infected("Xiezhi.Test.UNOFFICIAL".to_owned()));
    }
}
