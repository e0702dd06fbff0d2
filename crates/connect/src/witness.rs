//! Witnesses (见证) of other operators, asked over HTTP to cosign what the court signed. What is asked and
//! what the answer means is the caller's; here texts are carried.

use std::time::Duration;

use async_trait::async_trait;

/// No answer of the protocol is longer.
const MAX_ANSWER_LENGTH_BYTES: usize = 1 << 16;
/// A witness that takes longer is asked again another time.
const PATIENCE: Duration = Duration::from_secs(4);

/// What a witness answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessAnswer {
    /// Status, as HTTP has it.
    pub status: u16,
    /// Text.
    pub body: String,
}

/// A witness did not answer.
#[derive(Debug, thiserror::Error)]
#[error("the witness cannot be reached")]
pub struct WitnessUnreachable(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Where witnesses are asked.
#[async_trait]
pub trait Witnesses: Send + Sync {
    /// Tells whether they are the court's own, for a demonstration: they prove nothing to anyone.
    fn is_demonstration(&self) -> bool;

    /// Sends `request` to `path` under `prefix`, the address of a witness. Sending it twice does no harm.
    ///
    /// # Errors
    /// [`WitnessUnreachable`].
    async fn post(&self, prefix: &str, path: &str, request: String) -> Result<WitnessAnswer, WitnessUnreachable>;

    /// Reads `path` under `prefix`.
    ///
    /// # Errors
    /// [`WitnessUnreachable`].
    async fn get(&self, prefix: &str, path: &str) -> Result<WitnessAnswer, WitnessUnreachable>;
}

/// Witnesses on the network.
pub struct HttpWitnesses(reqwest::Client);

impl HttpWitnesses {
    /// Prepares the client. Nobody is spoken to yet.
    ///
    /// # Errors
    /// [`WitnessUnreachable`]: this machine can't make connections.
    pub fn new() -> Result<Self, WitnessUnreachable> {
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("xiezhi (c2sp.org/tlog-witness)");
        client.build().map(Self).map_err(|fault| WitnessUnreachable(Box::new(fault)))
    }

    async fn answer(asked: reqwest::RequestBuilder) -> Result<WitnessAnswer, reqwest::Error> {
        let mut answer = asked.send().await?;
        let status = answer.status().as_u16();
        let mut bytes = vec![];
        while let Some(more) = answer.chunk().await? {
            bytes.extend_from_slice(&more[..more.len().min(MAX_ANSWER_LENGTH_BYTES - bytes.len())]);
            if bytes.len() == MAX_ANSWER_LENGTH_BYTES {
                break;
            }
        }
        Ok(WitnessAnswer { status, body: String::from_utf8_lossy(&bytes).into_owned() })
    }
}

fn place(prefix: &str, path: &str) -> String {
    format!("{}/{path}", prefix.trim_end_matches('/'))
}

#[async_trait]
impl Witnesses for HttpWitnesses {
    fn is_demonstration(&self) -> bool {
        false
    }

    async fn post(&self, prefix: &str, path: &str, request: String) -> Result<WitnessAnswer, WitnessUnreachable> {
        let asked = self.0.post(place(prefix, path)).body(request);
        Self::answer(asked).await.map_err(|fault| WitnessUnreachable(Box::new(fault)))
    }

    async fn get(&self, prefix: &str, path: &str) -> Result<WitnessAnswer, WitnessUnreachable> {
        Self::answer(self.0.get(place(prefix, path))).await.map_err(|fault| WitnessUnreachable(Box::new(fault)))
    }
}
