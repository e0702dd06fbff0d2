//! A plain HTTP client on one kept connection: enough to load a court and to listen to its hints.

use std::{io, net::SocketAddr};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// What a browser asks for, and takes compressed.
const PAGE: &str = "Accept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\n";
const DATA: &str = "Accept: application/json\r\n";

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Body, compressed as it came.
    pub body: Vec<u8>,
    /// Whether it is a page.
    pub is_html: bool,
    length: Option<usize>,
    chunked: bool,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> anyhow::Result<serde_json::Value> {
        anyhow::ensure!(self.status < 300, "status {}: {}", self.status, String::from_utf8_lossy(&self.body));
        Ok(serde_json::from_slice(&self.body)?)
    }
}

/// A kept connection.
pub struct Connection {
    stream: BufReader<TcpStream>,
}

impl Connection {
    /// Connects.
    pub async fn open(to: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::with_capacity(64 * 1024, stream) })
    }

    /// Asks for a page as a browser does.
    pub async fn page(&mut self, path: &str, token: &str) -> io::Result<Answer> {
        self.ask(&format!("GET {path} HTTP/1.1\r\n{PAGE}"), token, b"").await
    }

    /// Asks for a page and has it in plain.
    pub async fn plain(&mut self, path: &str, token: &str) -> io::Result<Answer> {
        self.ask(&format!("GET {path} HTTP/1.1\r\nAccept: text/html\r\n"), token, b"").await
    }

    /// Asks for data as a program does.
    pub async fn data(&mut self, path: &str, token: &str) -> io::Result<Answer> {
        self.ask(&format!("GET {path} HTTP/1.1\r\n{DATA}"), token, b"").await
    }

    /// Acts, under the command `key`.
    pub async fn act(&mut self, path: &str, token: &str, key: &str, body: &serde_json::Value) -> io::Result<Answer> {
        let head =
            format!("POST {path} HTTP/1.1\r\n{DATA}Content-Type: application/json\r\nIdempotency-Key: {key}\r\n");
        self.ask(&head, token, body.to_string().as_bytes()).await
    }

    /// Sends a form as a browser sends one with files.
    pub async fn form(&mut self, path: &str, token: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        const BETWEEN: &str = "between-fields-of-the-bench";
        let field = |(name, value): &(&str, &str)| {
            format!("--{BETWEEN}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let body = format!("{}--{BETWEEN}--\r\n", fields.iter().map(field).collect::<String>());
        let head = format!("POST {path} HTTP/1.1\r\n{DATA}Content-Type: multipart/form-data; boundary={BETWEEN}\r\n");
        self.ask(&head, token, body.as_bytes()).await
    }

    /// Sends bytes to a place.
    pub async fn put(&mut self, path: &str, token: &str, bytes: &[u8]) -> io::Result<Answer> {
        let head = format!("PUT {path} HTTP/1.1\r\n{DATA}Content-Type: application/octet-stream\r\n");
        self.ask(&head, token, bytes).await
    }

    /// Asks for hints; they are then read line by line.
    pub async fn listen(&mut self, token: &str) -> io::Result<()> {
        self.send("GET /live HTTP/1.1\r\nAccept: text/event-stream\r\n", token, b"").await?;
        match self.head().await?.status {
            200 => Ok(()),
            status => Err(io::Error::other(format!("/live answers {status}"))),
        }
    }

    /// The next line of what is listened to.
    pub async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.stream.read_line(&mut line).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(line),
        }
    }

    async fn ask(&mut self, head: &str, token: &str, body: &[u8]) -> io::Result<Answer> {
        self.send(head, token, body).await?;
        let mut answer = self.head().await?;
        answer.body = match (answer.chunked, answer.length) {
            (true, _) => self.chunks().await?,
            (false, length) => self.exactly(length.unwrap_or(0)).await?,
        };
        Ok(answer)
    }

    async fn send(&mut self, head: &str, token: &str, body: &[u8]) -> io::Result<()> {
        let length = body.len();
        // Whoever is not signed in yet has no session to name.
        let session = if token.is_empty() { String::new() } else { format!("Cookie: sid={token}\r\n") };
        let mut bytes = format!("{head}Host: court\r\n{session}Content-Length: {length}\r\n\r\n").into_bytes();
        bytes.extend_from_slice(body);
        self.stream.get_mut().write_all(&bytes).await
    }

    async fn head(&mut self) -> io::Result<Answer> {
        let first = self.line().await?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
        let mut answer = Answer { status, body: vec![], is_html: false, length: None, chunked: false };
        loop {
            let line = self.line().await?.to_ascii_lowercase();
            let Some((name, value)) = line.split_once(':') else { return Ok(answer) };
            match name {
                "content-length" => answer.length = value.trim().parse().ok(),
                "content-type" => answer.is_html = value.contains("text/html"),
                "transfer-encoding" => answer.chunked = value.contains("chunked"),
                _ => {}
            }
        }
    }

    async fn exactly(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok(body)
    }

    async fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = vec![];
        loop {
            let size = self.line().await?;
            let size = usize::from_str_radix(size.trim(), 16).map_err(|_| io::ErrorKind::InvalidData)?;
            body.extend(self.exactly(size).await?);
            self.line().await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }
}
