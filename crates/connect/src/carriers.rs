//! The carriers of an installation: one for short messages, one for mail, either of which may be missing.

use async_trait::async_trait;

use crate::{Channel, Delivery, Mail, Message, MessageError, Messages, Texts};

/// Carries each message by the carrier of its channel; without one it says so at once, and the papers go another way.
#[derive(Default)]
pub struct Carriers {
    /// Who carries short messages.
    pub texts: Option<Texts>,
    /// Who carries mail.
    pub mail: Option<Mail>,
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

    async fn outcome(&self, _: &str) -> Result<Delivery, MessageError> {
        Ok(Delivery::Unknown)
    }
}
