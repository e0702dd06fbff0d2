//! Short messages and mail: hints that something waits, never the service (送达) itself.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    CameBack,
    keep::{Keep, Kept},
};

/// The way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// A short message to a telephone (短信).
    Sms,
    /// Electronic mail (电子邮件).
    Mail,
}

/// A message to one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Names the message for ever; the same key is never sent twice.
    pub key: String,
    /// The way it goes.
    pub channel: Channel,
    /// Telephone number or mail address.
    pub to: String,
    /// Title of a mail.
    pub subject: String,
    /// What the person reads.
    pub body: String,
    /// The pattern it was filled from, of a short message: carriers send none but those they know beforehand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Pattern>,
}

/// The pattern of a short message and what fills it (短信模板).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// Stable id of the pattern.
    pub id: String,
    /// What stands in each slot.
    pub slots: BTreeMap<String, String>,
}

/// What the carrier knows of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "delivery", rename_all = "kebab-case")]
pub enum Delivery {
    /// The carrier took it on (已受理); whether it was read is another fact.
    Accepted {
        /// What the carrier calls it.
        reference: String,
    },
    /// The carrier says that it reached the device (已送达终端).
    Delivered,
    /// The carrier will not deliver it, or could not (发送失败).
    Failed {
        /// The carrier's reason.
        reason: String,
    },
    /// The carrier does not say; ask again, then ask a person.
    Unknown,
}

/// Why a message was not handed over.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// The key names another message.
    #[error("the key already names another message")]
    KeyReused,
    /// The carrier cannot be reached; nothing is known.
    #[error("the carrier cannot be reached")]
    Unreachable(#[from] io::Error),
}

impl MessageError {
    /// Returns the stable name of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::KeyReused => "message.key-reused",
            Self::Unreachable(_) => "message.unreachable",
        }
    }
}

/// A carrier of messages.
#[async_trait]
pub trait Messages: Send + Sync {
    /// Tells whether nothing leaves the house.
    fn is_demonstration(&self) -> bool;

    /// Whether handing the same message over again under the same key is harmless this way. Where it is not, and
    /// nobody knows what became of the first, a person decides.
    fn takes_a_key(&self, channel: Channel) -> bool;

    /// Hands a message over, or answers what became of it if its key was handed over before.
    ///
    /// # Errors
    /// [`MessageError`].
    async fn send(&self, message: &Message) -> Result<Delivery, MessageError>;

    /// Whether the carrier tells afterwards if a message it took on reached the device (状态报告).
    fn reports(&self, _channel: Channel) -> bool {
        false
    }

    /// Asks what became of a message that was handed over at this moment.
    ///
    /// # Errors
    /// [`MessageError::Unreachable`].
    async fn outcome(&self, message: &Message, handed_over: Timestamp) -> Result<Delivery, MessageError>;

    /// Messages that came back after they had been taken on. Each is told until it is put away.
    ///
    /// # Errors
    /// [`MessageError::Unreachable`].
    async fn came_back(&self) -> Result<Vec<CameBack>, MessageError> {
        Ok(vec![])
    }

    /// A notice was taken into the record, or is about nothing known: it is not told again.
    ///
    /// # Errors
    /// [`MessageError::Unreachable`].
    async fn put_away(&self, _notice: &str) -> Result<(), MessageError> {
        Ok(())
    }
}

/// What the demonstration carrier remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbox {
    /// Messages by key.
    pub sent: BTreeMap<String, SentMessage>,
}

/// A message in the outbox of the demonstration carrier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentMessage {
    /// The message as it came.
    pub message: Message,
    /// What became of it.
    pub delivery: Delivery,
}

/// A carrier that keeps messages where one can read them, and fails for the addresses it is told.
pub struct DemonstrationMessages {
    outbox: Kept<Outbox>,
    unreachable: BTreeSet<String>,
}

impl DemonstrationMessages {
    /// Goes on from an outbox, keeps it by `keep` before it acknowledges, and delivers nothing to the
    /// addresses in `unreachable`.
    pub fn new(outbox: Outbox, keep: Keep<Outbox>, unreachable: BTreeSet<String>) -> Self {
        Self { outbox: Kept::new(outbox, keep), unreachable }
    }

    /// Returns the outbox as it stands.
    pub fn outbox(&self) -> Outbox {
        self.outbox.read().clone()
    }

    fn deliver(&self, number: usize, to: &str) -> Delivery {
        match self.unreachable.contains(to) {
            true => Delivery::Failed { reason: "address-unreachable".into() },
            false => Delivery::Accepted { reference: format!("demo-{number}") },
        }
    }
}

#[async_trait]
impl Messages for DemonstrationMessages {
    fn is_demonstration(&self) -> bool {
        true
    }

    fn takes_a_key(&self, _: Channel) -> bool {
        true
    }

    async fn send(&self, message: &Message) -> Result<Delivery, MessageError> {
        self.outbox.change(|outbox| {
            let number = outbox.sent.len() + 1;
            let new = || SentMessage { message: message.clone(), delivery: self.deliver(number, &message.to) };
            let sent = outbox.sent.entry(message.key.clone()).or_insert_with(new);
            match sent.message == *message {
                true => Ok(sent.delivery.clone()),
                false => Err(MessageError::KeyReused),
            }
        })
    }

    async fn outcome(&self, message: &Message, _: Timestamp) -> Result<Delivery, MessageError> {
        let outbox = self.outbox.read();
        Ok(outbox.sent.get(&message.key).map_or(Delivery::Unknown, |sent| sent.delivery.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::in_memory;

    const NOWHERE: &str = "13800000000";

    fn carrier() -> DemonstrationMessages {
        DemonstrationMessages::new(Outbox::default(), in_memory(), [NOWHERE.to_owned()].into())
    }

    fn message(to: &str, body: &str) -> Message {
        Message {
            key: "hint-1".into(),
            channel: Channel::Sms,
            to: to.into(),
            subject: "送达提示".into(),
            body: body.into(),
            pattern: None,
        }
    }

    #[tokio::test]
    async fn a_message_is_sent_once_however_often_it_is_tried() {
        let carrier = carrier();
        let first = carrier.send(&message("13900000000", "您有一份文书")).await.expect("it goes");
        let second = carrier.send(&message("13900000000", "您有一份文书")).await.expect("it went");
        assert_eq!(first, second);
        assert_eq!(carrier.outbox().sent.len(), 1);
    }

    #[tokio::test]
    async fn a_key_names_one_message() {
        let carrier = carrier();
        carrier.send(&message("13900000000", "您有一份文书")).await.expect("it goes");
        let refused = carrier.send(&message("13900000000", "另一条")).await.expect_err("another body");
        assert_eq!(refused.code(), "message.key-reused");
    }

    #[tokio::test]
    async fn a_failure_is_told_and_stays_told() {
        let carrier = carrier();
        let failed = Delivery::Failed { reason: "address-unreachable".into() };
        let message = message(NOWHERE, "您有一份文书");
        assert_eq!(carrier.send(&message).await.expect("it answers"), failed);
        assert_eq!(carrier.outcome(&message, Timestamp::UNIX_EPOCH).await.expect("it answers"), failed);
    }

    #[tokio::test]
    async fn what_was_never_sent_is_unknown() {
        let never = carrier().outcome(&message(NOWHERE, "您有一份文书"), Timestamp::UNIX_EPOCH).await;
        assert_eq!(never.expect("it answers"), Delivery::Unknown);
    }
}
