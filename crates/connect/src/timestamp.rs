//! Time-stamp authorities (时间戳服务机构), asked over HTTP as RFC 3161 says. What is asked and what the answer
//! means is the caller's; here bytes are carried.

use std::time::Duration;

use async_trait::async_trait;

/// No answer of the protocol is longer.
const MAX_ANSWER_LENGTH_BYTES: usize = 1 << 16;
/// An authority that takes longer is asked again another time.
const PATIENCE: Duration = Duration::from_secs(10);
const QUESTION: &str = "application/timestamp-query";
const ANSWER: &str = "application/timestamp-reply";

/// An authority did not answer.
#[derive(Debug, thiserror::Error)]
#[error("the time-stamp authority cannot be reached")]
pub struct AuthorityUnreachable(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Where an authority is asked.
#[async_trait]
pub trait TimeStamps: Send + Sync {
    /// Tells whether it is the court's own, for a demonstration: it proves nothing to anyone.
    fn is_demonstration(&self) -> bool;

    /// Sends a question. Asking twice gives two answers, both good.
    ///
    /// # Errors
    /// [`AuthorityUnreachable`].
    async fn ask(&self, question: Vec<u8>) -> Result<Vec<u8>, AuthorityUnreachable>;
}

/// An authority on the network.
pub struct HttpTimeStamps {
    url: String,
    client: reqwest::Client,
}

impl HttpTimeStamps {
    /// Prepares the client. Nobody is spoken to yet.
    ///
    /// # Errors
    /// [`AuthorityUnreachable`]: this machine can't make connections.
    pub fn new(url: &str) -> Result<Self, AuthorityUnreachable> {
        Self::with_patience(url, PATIENCE)
    }

    fn with_patience(url: &str, patience: Duration) -> Result<Self, AuthorityUnreachable> {
        let client = reqwest::Client::builder()
            .timeout(patience)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("xiezhi (RFC 3161)");
        let client = client.build().map_err(|fault| AuthorityUnreachable(Box::new(fault)))?;
        Ok(Self { url: url.to_owned(), client })
    }

    async fn answer(&self, question: Vec<u8>) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
        let asked = self.client.post(&self.url).header("Content-Type", QUESTION).header("Accept", ANSWER);
        let mut answer = asked.body(question).send().await?;
        if !answer.status().is_success() {
            return Err(format!("it answers {}", answer.status()).into());
        }
        let mut bytes = vec![];
        while let Some(more) = answer.chunk().await? {
            bytes.extend_from_slice(&more[..more.len().min(MAX_ANSWER_LENGTH_BYTES - bytes.len())]);
            if bytes.len() == MAX_ANSWER_LENGTH_BYTES {
                break;
            }
        }
        Ok(bytes)
    }
}

#[async_trait]
impl TimeStamps for HttpTimeStamps {
    fn is_demonstration(&self) -> bool {
        false
    }

    async fn ask(&self, question: Vec<u8>) -> Result<Vec<u8>, AuthorityUnreachable> {
        self.answer(question).await.map_err(AuthorityUnreachable)
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    /// An authority that reads a question and says this; what it read comes back.
    async fn that_says(said: Vec<u8>) -> (String, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/stamp", listener.local_addr().expect("it has an address"));
        let heard = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("somebody asks");
            let mut heard = vec![0; 4_096];
            let length = stream.read(&mut heard).await.expect("a question");
            stream.write_all(&said).await.expect("it is sent");
            String::from_utf8_lossy(&heard[..length]).into_owned()
        });
        (url, heard)
    }

    #[tokio::test]
    async fn a_question_goes_out_as_the_protocol_says_and_its_answer_comes_back_as_it_is() {
        let (url, heard) = that_says(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes".to_vec()).await;
        let answer = HttpTimeStamps::new(&url).expect("a client").ask(b"when?".to_vec()).await.expect("it answers");
        let heard = heard.await.expect("it heard").to_ascii_lowercase();
        assert_eq!(answer, b"yes");
        assert!(heard.starts_with("post /stamp ") && heard.contains("content-type: application/timestamp-query"));
    }

    #[tokio::test]
    async fn an_authority_that_is_down_slow_or_sends_elsewhere_is_not_reached() {
        let unreachable = async |url: &str| {
            let client = HttpTimeStamps::with_patience(url, Duration::from_millis(200)).expect("a client");
            client.ask(b"when?".to_vec()).await.is_err()
        };
        assert!(unreachable("http://127.0.0.1:1/").await, "nobody listens there");
        let silent = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/", silent.local_addr().expect("it has an address"));
        assert!(unreachable(&url).await, "it never answers");
        for said in ["503 Busy", "302 Found\r\nLocation: http://127.0.0.1:1/"] {
            let (url, _heard) = that_says(format!("HTTP/1.1 {said}\r\nContent-Length: 0\r\n\r\n").into_bytes()).await;
            assert!(unreachable(&url).await, "{said}");
        }
    }
}
