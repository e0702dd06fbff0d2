//! Short messages by a carrier's signed HTTP interface (SendSms of 2017-05-25, signature ACS3-HMAC-SHA256). A carrier
//! sends only patterns that it approved beforehand: each pattern of the court names its counterpart there.

use std::{collections::BTreeMap, io, time::Duration};

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::{Delivery, Message, MessageError};

/// A carrier that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(15);
/// No answer of the interface is longer.
const MAX_ANSWER_LENGTH_BYTES: usize = 1 << 16;
const SEND: &str = "SendSms";
const ASK: &str = "QuerySendDetails";
/// The carrier counts days by this clock.
const CARRIERS_CLOCK: &str = "Asia/Shanghai";
const VERSION: &str = "2017-05-25";
const SIGNED: [&str; 6] =
    ["host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"];

/// The court's account with a carrier.
#[derive(Clone)]
pub struct TextsAccount {
    /// Where the interface answers: `https://dysmsapi.aliyuncs.com`.
    pub endpoint: String,
    /// Id of the key.
    pub key_id: String,
    /// The secret.
    pub secret: String,
    /// Signature under the messages (签名), as the carrier approved it.
    pub sign_name: String,
    /// The carrier's code of each pattern, by its id.
    pub patterns: BTreeMap<String, String>,
}

/// A carrier of short messages.
pub struct Texts {
    account: TextsAccount,
    host: String,
    client: reqwest::Client,
    now: Now,
}

/// Tells the time: a carrier refuses what was signed long ago.
pub type Now = Box<dyn Fn() -> Timestamp + Send + Sync>;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    biz_id: String,
}

/// What was sent to a number on a day.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Details {
    code: String,
    #[serde(default, rename = "SmsSendDetailDTOs")]
    sent: DetailList,
}

#[derive(Default, Deserialize)]
struct DetailList {
    #[serde(default, rename = "SmsSendDetailDTO")]
    list: Vec<Detail>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Detail {
    #[serde(default)]
    out_id: String,
    send_status: u8,
    #[serde(default)]
    err_code: String,
}

impl Detail {
    /// 1: no report yet; 2: it failed; 3: it reached the device.
    fn told(self) -> Delivery {
        match self.send_status {
            3 => Delivery::Delivered,
            2 => Delivery::Failed { reason: self.err_code },
            _ => Delivery::Accepted { reference: self.out_id },
        }
    }
}

impl Texts {
    /// Prepares the client. Nobody is spoken to yet.
    ///
    /// # Errors
    /// [`io::Error`]: the address is none, or this machine can't make connections.
    pub fn new(account: TextsAccount, now: Now) -> io::Result<Self> {
        let url = reqwest::Url::parse(&account.endpoint).map_err(io::Error::other)?;
        let host = url.host_str().ok_or_else(|| io::Error::other("the endpoint names no host"))?;
        let host = url.port().map_or(host.to_owned(), |port| format!("{host}:{port}"));
        let client = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none());
        Ok(Self { account, host, client: client.build().map_err(io::Error::other)?, now })
    }

    /// Hands a message over.
    ///
    /// # Errors
    /// [`MessageError::Unreachable`]: no connection came about, or the carrier would take nothing now.
    pub async fn send(&self, message: &Message) -> Result<Delivery, MessageError> {
        let pattern = message.pattern.as_ref();
        let code = pattern.and_then(|pattern| self.account.patterns.get(&pattern.id));
        let (Some(pattern), Some(code)) = (pattern, code) else {
            return Ok(Delivery::Failed { reason: "pattern-not-approved".to_owned() });
        };
        let slots = serde_json::to_string(&pattern.slots).map_err(io::Error::other)?;
        let query = BTreeMap::from([
            ("OutId", message.key.as_str()),
            ("PhoneNumbers", message.to.as_str()),
            ("SignName", self.account.sign_name.as_str()),
            ("TemplateCode", code.as_str()),
            ("TemplateParam", slots.as_str()),
        ]);
        let query = canonical_query(&query);
        let answer = match self.signed(SEND, &query, &message.key).send().await {
            Ok(answer) => answer,
            Err(fault) if fault.is_connect() => return Err(MessageError::Unreachable(io::Error::other(fault))),
            Err(_) => return Ok(Delivery::Unknown),
        };
        let status = answer.status();
        let Ok(body) = bounded(answer).await else { return Ok(Delivery::Unknown) };
        match serde_json::from_slice::<Answer>(&body) {
            Ok(answer) => told(answer),
            Err(_) if status.is_server_error() => Ok(Delivery::Unknown),
            Err(_) => Ok(Delivery::Failed { reason: format!("the carrier answered {status}") }),
        }
    }

    /// Asks what became of a message that was handed over at this moment. The carrier keeps what it sent to a number
    /// by days; ours is the one under our key.
    ///
    /// # Errors
    /// [`MessageError::Unreachable`]: the carrier does not answer.
    pub async fn outcome(&self, message: &Message, handed_over: Timestamp) -> Result<Delivery, MessageError> {
        let day = handed_over.in_tz(CARRIERS_CLOCK).map_err(io::Error::other)?.strftime("%Y%m%d").to_string();
        let query = canonical_query(&BTreeMap::from([
            ("CurrentPage", "1"),
            ("PageSize", "50"),
            ("PhoneNumber", message.to.as_str()),
            ("SendDate", day.as_str()),
        ]));
        let nonce = format!("{}-{}", message.key, (self.now)().as_microsecond());
        let answer = self.signed(ASK, &query, &nonce).send().await.map_err(io::Error::other)?;
        let body = bounded(answer).await?;
        let answer: Details = serde_json::from_slice(&body).map_err(io::Error::other)?;
        if answer.code != "OK" {
            return Err(MessageError::Unreachable(io::Error::other(answer.code)));
        }
        let ours = answer.sent.list.into_iter().find(|it| it.out_id == message.key);
        Ok(ours.map_or(Delivery::Unknown, Detail::told))
    }

    fn signed(&self, action: &str, query: &str, nonce: &str) -> reqwest::RequestBuilder {
        let empty = hex(&Sha256::digest(b""));
        let date = (self.now)().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let values = [self.host.as_str(), action, &empty, &date, nonce, VERSION];
        let signature = signature(&self.account.secret, query, &values);
        let signed = SIGNED.join(";");
        let scheme = "ACS3-HMAC-SHA256";
        let authorization =
            format!("{scheme} Credential={},SignedHeaders={signed},Signature={signature}", self.account.key_id);
        let url = format!("{}/?{query}", self.account.endpoint.trim_end_matches('/'));
        let request = self.client.post(url).header("Authorization", authorization);
        // The client writes the host by itself.
        SIGNED.iter().zip(values).skip(1).fold(request, |request, (name, value)| request.header(*name, value))
    }
}

async fn bounded(mut answer: reqwest::Response) -> Result<Vec<u8>, io::Error> {
    let mut body = vec![];
    while let Some(piece) = answer.chunk().await.map_err(io::Error::other)? {
        if body.len() + piece.len() > MAX_ANSWER_LENGTH_BYTES {
            return Err(io::Error::other("the answer is too long"));
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

/// What an answer means. A carrier that throttles took nothing.
fn told(answer: Answer) -> Result<Delivery, MessageError> {
    match answer.code.as_str() {
        "OK" => Ok(Delivery::Accepted { reference: answer.biz_id }),
        "isv.BUSINESS_LIMIT_CONTROL" | "Throttling" | "Throttling.User" | "isp.SYSTEM_ERROR" | "ServiceUnavailable" => {
            Err(MessageError::Unreachable(io::Error::other(answer.code)))
        }
        _ => Ok(Delivery::Failed { reason: format!("{} {}", answer.code, answer.message).trim().to_owned() }),
    }
}

/// The signature over a request without a body: `values` in the order of [`SIGNED`].
fn signature(secret: &str, query: &str, values: &[&str; 6]) -> String {
    let headers: String = SIGNED.iter().zip(values).map(|(name, value)| format!("{name}:{value}\n")).collect();
    let request = format!("POST\n/\n{query}\n{headers}\n{}\n{}", SIGNED.join(";"), values[2]);
    let to_sign = format!("ACS3-HMAC-SHA256\n{}", hex(&Sha256::digest(request.as_bytes())));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(to_sign.as_bytes());
    hex(&mac.finalize().into_bytes())
}

fn canonical_query(query: &BTreeMap<&str, &str>) -> String {
    let pairs: Vec<String> =
        query.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    pairs.join("&")
}

/// RFC 3986: all but letters, digits, `-`, `_`, `.` and `~`.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };

    use super::*;
    use crate::{Channel, Pattern};

    /// A carrier that gives this answer once and tells what it was asked.
    async fn carrier((status, body): (u16, &'static str)) -> (Texts, tokio::task::JoinHandle<String>) {
        let length = if body.ends_with('}') { body.len() } else { body.len() + 1 };
        let answer = format!("HTTP/1.1 {status} said\r\ncontent-length: {length}\r\n\r\n{body}");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let serving = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a client");
            let mut asked = vec![0; 8192];
            let read = stream.read(&mut asked).await.expect("a request");
            stream.write_all(answer.as_bytes()).await.expect("written");
            String::from_utf8_lossy(&asked[..read]).into_owned()
        });
        let account = TextsAccount {
            endpoint,
            key_id: "key".to_owned(),
            secret: "secret".to_owned(),
            sign_name: "开发区法院".to_owned(),
            patterns: [("e_served".to_owned(), "SMS_1".to_owned())].into(),
        };
        (Texts::new(account, Box::new(|| Timestamp::UNIX_EPOCH)).expect("a client"), serving)
    }

    fn message(pattern: &str) -> Message {
        Message {
            key: "m-1".to_owned(),
            channel: Channel::Sms,
            to: "13811112222".to_owned(),
            subject: String::new(),
            body: "开发区法院：文书已送达".to_owned(),
            pattern: Some(Pattern { id: pattern.to_owned(), slots: [("code".to_owned(), "208417".to_owned())].into() }),
        }
    }

    const TAKEN: (u16, &str) = (200, r#"{"Code":"OK","Message":"OK","BizId":"900^1"}"#);
    const REFUSED: (u16, &str) = (400, r#"{"Code":"isv.MOBILE_NUMBER_ILLEGAL","Message":"illegal number"}"#);
    const BUSY: (u16, &str) = (200, r#"{"Code":"isv.BUSINESS_LIMIT_CONTROL"}"#);

    #[tokio::test]
    async fn a_message_is_signed_and_taken_on_under_the_carriers_number() {
        let (texts, serving) = carrier(TAKEN).await;
        let sent = texts.send(&message("e_served")).await.expect("it answers");
        assert_eq!(sent, Delivery::Accepted { reference: "900^1".to_owned() });
        let asked = serving.await.expect("it was asked");
        assert!(asked.starts_with("POST /?OutId=m-1&PhoneNumbers=13811112222&SignName=%E5%BC%80"), "{asked}");
        assert!(asked.contains("TemplateParam=%7B%22code%22%3A%22208417%22%7D"), "{asked}");
        assert!(asked.contains("Credential=key,SignedHeaders=host;x-acs-action;"), "{asked}");
    }

    #[tokio::test]
    async fn a_number_the_carrier_refuses_fails_and_a_busy_carrier_took_nothing() {
        let (texts, _serving) = carrier(REFUSED).await;
        let failed = texts.send(&message("e_served")).await.expect("it answers");
        assert_eq!(failed, Delivery::Failed { reason: "isv.MOBILE_NUMBER_ILLEGAL illegal number".to_owned() });
        let (texts, _serving) = carrier(BUSY).await;
        assert_eq!(texts.send(&message("e_served")).await.expect_err("busy").code(), "message.unreachable");
    }

    #[tokio::test]
    async fn an_answer_that_breaks_off_leaves_the_outcome_unknown() {
        let (texts, _serving) = carrier((200, "{")).await;
        assert_eq!(texts.send(&message("e_served")).await.expect("it answers"), Delivery::Unknown);
    }

    #[tokio::test]
    async fn a_pattern_the_carrier_never_approved_is_not_sent() {
        let (texts, _serving) = carrier(TAKEN).await;
        let failed = texts.send(&message("hearing")).await.expect("it answers");
        assert_eq!(failed, Delivery::Failed { reason: "pattern-not-approved".to_owned() });
    }

    #[tokio::test]
    async fn the_carrier_is_asked_about_the_number_and_day_and_answers_for_the_key() {
        let status = |status: u8, key: &str| {
            let ours = format!(r#"{{"OutId":"{key}","SendStatus":{status},"ErrCode":"MOBILE_NOT_ON_SERVICE"}}"#);
            let other = r#"{"OutId":"other","SendStatus":3}"#;
            let body = format!(r#"{{"Code":"OK","SmsSendDetailDTOs":{{"SmsSendDetailDTO":[{other},{ours}]}}}}"#);
            (200, &*body.leak())
        };
        let failed = Delivery::Failed { reason: "MOBILE_NOT_ON_SERVICE".to_owned() };
        let waits = Delivery::Accepted { reference: "m-1".to_owned() };
        let cases =
            [(3, "m-1", Delivery::Delivered), (2, "m-1", failed), (1, "m-1", waits), (3, "m-2", Delivery::Unknown)];
        for (code, key, expected) in cases {
            let (texts, serving) = carrier(status(code, key)).await;
            // 17:00 in Greenwich is the next day in China.
            let at: Timestamp = "2026-03-02T17:00:00Z".parse().expect("a moment");
            assert_eq!(texts.outcome(&message("e_served"), at).await.expect("it answers"), expected);
            let asked = serving.await.expect("it was asked");
            assert!(asked.contains("PhoneNumber=13811112222&SendDate=20260303"), "{asked}");
        }
    }

    #[test]
    fn the_signature_is_what_openssl_makes_of_the_same_text() {
        // printf 'POST\n/\na=%%20\nhost:h\nx-acs-action:SendSms\n…' | openssl dgst -sha256, then -hmac secret
        let empty = hex(&Sha256::digest(b""));
        let values = ["h", SEND, empty.as_str(), "2026-03-02T01:00:00Z", "n", VERSION];
        assert_eq!(canonical_query(&BTreeMap::from([("a", " ")])), "a=%20");
        assert_eq!(signature("secret", "a=%20", &values), SIGNATURE);
    }

    const SIGNATURE: &str = "14660af9eccedfde033d972350ad39fbf6968e44b9ee53305dc396e36a4ad9a3";
}
