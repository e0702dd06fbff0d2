//! The carriers of an installation: one for short messages, one for mail, either of which may be missing.

use std::io;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{CameBack, Channel, Delivery, Mail, Maildir, Message, MessageError, Messages, Texts};

/// Carries each message by the carrier of its channel; without one it says so at once, and the papers go another way.
#[derive(Default)]
pub struct Carriers {
    /// Who carries short messages.
    pub texts: Option<Texts>,
    /// Who carries mail.
    pub mail: Option<Mail>,
    /// Where mail for the court's sender arrives.
    pub bounces: Option<Maildir>,
}

#[async_trait]
impl Messages for Carriers {
    fn is_demonstration(&self) -> bool {
        false
    }

    fn takes_a_key(&self, channel: Channel) -> bool {
        // Neither SMTP nor the carriers of short messages know a message again by a key.
        match channel {
            Channel::Sms => self.texts.is_none(),
            Channel::Mail => self.mail.is_none(),
        }
    }

    async fn send(&self, message: &Message) -> Result<Delivery, MessageError> {
        match (message.channel, &self.texts, &self.mail) {
            (Channel::Sms, Some(texts), _) => texts.send(message).await,
            (Channel::Mail, _, Some(mail)) => mail.send(message).await,
            _ => Ok(Delivery::Failed { reason: "this installation has no carrier for it".to_owned() }),
        }
    }

    fn reports(&self, channel: Channel) -> bool {
        channel == Channel::Sms && self.texts.is_some()
    }

    async fn outcome(&self, message: &Message, handed_over: Timestamp) -> Result<Delivery, MessageError> {
        match (message.channel, &self.texts) {
            (Channel::Sms, Some(texts)) => texts.outcome(message, handed_over).await,
            // No relay knows a letter again.
            _ => Ok(Delivery::Unknown),
        }
    }

    async fn came_back(&self) -> Result<Vec<CameBack>, MessageError> {
        let Some(folder) = self.bounces.clone() else { return Ok(vec![]) };
        Ok(tokio::task::spawn_blocking(move || folder.came_back()).await.map_err(io::Error::other)??)
    }

    async fn put_away(&self, notice: &str) -> Result<(), MessageError> {
        let Some(folder) = self.bounces.clone() else { return Ok(()) };
        let notice = notice.to_owned();
        Ok(tokio::task::spawn_blocking(move || folder.put_away(&notice)).await.map_err(io::Error::other)??)
    }
}
