//! Electronic mail by SMTP. A relay that took a message on has it; one that refused it has not; when the line breaks in
//! between, nobody knows, and that is what is answered: the message is not sent again on a guess.

use std::{io, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{Error as SmtpError, authentication::Credentials, client::TlsParameters},
};

use crate::{Delivery, Message, MessageError};

/// A relay that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where mail is handed over.
#[derive(Clone, Debug)]
pub struct MailRelay {
    /// Name of the host.
    pub host: String,
    /// Port: 465 speaks TLS from the first byte, others turn to it by STARTTLS.
    pub port: u16,
    /// Whether the line is encrypted. Only a relay on this machine or in the court's own network goes without.
    pub encrypted: bool,
    /// User and password, if the relay asks for them.
    pub login: Option<(String, String)>,
    /// From whom: `法院 <noreply@court.example>`.
    pub from: String,
}

/// A relay that cannot be used as it is set.
#[derive(Debug, thiserror::Error)]
pub enum MailSetting {
    /// The sender is no address.
    #[error("the sender is no mail address")]
    Sender(#[source] lettre::address::AddressError),
    /// No encrypted line can be made to this host.
    #[error("no encrypted line can be made to the relay")]
    Encryption(#[source] SmtpError),
}

/// A carrier of mail.
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
}

impl Mail {
    /// Prepares the line. Nobody is spoken to yet.
    ///
    /// # Errors
    /// [`MailSetting`].
    pub fn new(relay: &MailRelay) -> Result<Self, MailSetting> {
        use lettre::transport::smtp::client::Tls;
        let from: Mailbox = relay.from.parse().map_err(MailSetting::Sender)?;
        let tls = match (relay.encrypted, relay.port) {
            (false, _) => Tls::None,
            (true, port) => {
                let parameters = TlsParameters::new(relay.host.clone()).map_err(MailSetting::Encryption)?;
                if port == 465 { Tls::Wrapper(parameters) } else { Tls::Required(parameters) }
            }
        };
        let line = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&relay.host);
        let line = line.port(relay.port).tls(tls).timeout(Some(PATIENCE));
        let line = match &relay.login {
            Some((user, password)) => line.credentials(Credentials::new(user.clone(), password.clone())),
            None => line,
        };
        Ok(Self { transport: line.build(), from, host: relay.host.clone() })
    }

    /// Hands a message over.
    ///
    /// # Errors
    /// [`MessageError::Unreachable`]: the relay was not there or would not take anything now; nothing was sent.
    pub async fn send(&self, message: &Message) -> Result<Delivery, MessageError> {
        let Ok(to) = message.to.parse::<lettre::Address>() else {
            return Ok(Delivery::Failed { reason: "address-malformed".to_owned() });
        };
        let id = format!("<{}@{}>", message.key, self.host);
        let letter = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(message.subject.clone())
            .message_id(Some(id.clone()))
            .header(ContentType::TEXT_PLAIN)
            .body(message.body.clone());
        let letter = letter.map_err(|fault| MessageError::Unreachable(io::Error::other(fault)))?;
        // The line is tried first: what fails after that may have reached the relay.
        match self.transport.test_connection().await {
            Ok(true) => {}
            Ok(false) => return Err(MessageError::Unreachable(io::Error::other("the relay does not answer"))),
            Err(fault) => return Err(MessageError::Unreachable(io::Error::other(fault))),
        }
        match self.transport.send(letter).await {
            Ok(answer) => {
                let said = answer.message().next().unwrap_or_default().to_owned();
                Ok(Delivery::Accepted { reference: if said.is_empty() { id } else { said } })
            }
            Err(fault) if fault.is_permanent() => Ok(Delivery::Failed { reason: fault.to_string() }),
            Err(fault) if fault.is_transient() => Err(MessageError::Unreachable(io::Error::other(fault))),
            Err(_) => Ok(Delivery::Unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
        net::TcpListener,
    };

    use super::*;
    use crate::Channel;

    /// What the relay does with a recipient, and with the end of a letter.
    #[derive(Clone, Copy)]
    struct Manner {
        recipient: &'static str,
        end: Option<&'static str>,
    }

    /// A relay that speaks SMTP on a real line; answers the letters it took.
    async fn relay(manner: Manner) -> (Mail, tokio::task::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let serving = tokio::spawn(async move {
            let mut letters = vec![];
            for _ in 0..2 {
                let (stream, _) = listener.accept().await.expect("a client");
                let (read, mut write) = stream.into_split();
                let mut lines = BufReader::new(read).lines();
                write.write_all(b"220 relay ESMTP\r\n").await.expect("written");
                while let Ok(Some(line)) = lines.next_line().await {
                    let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
                    let answer = match verb.as_str() {
                        "EHLO" => "250-relay\r\n250 SMTPUTF8",
                        "RCPT" => manner.recipient,
                        "DATA" => {
                            write.write_all(b"354 go on\r\n").await.expect("written");
                            let mut letter = vec![];
                            while let Ok(Some(line)) = lines.next_line().await {
                                if line == "." {
                                    break;
                                }
                                letter.push(line);
                            }
                            letters.push(letter.join("\n"));
                            match manner.end {
                                Some(answer) => answer,
                                None => return letters,
                            }
                        }
                        "QUIT" => "221 bye",
                        _ => "250 ok",
                    };
                    if write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() || verb == "QUIT" {
                        break;
                    }
                }
            }
            letters
        });
        let setting = MailRelay {
            host: "127.0.0.1".to_owned(),
            port,
            encrypted: false,
            login: None,
            from: "法院 <noreply@court.example>".to_owned(),
        };
        (Mail::new(&setting).expect("a relay"), serving)
    }

    fn message(to: &str) -> Message {
        Message {
            key: "m-1".to_owned(),
            channel: Channel::Mail,
            to: to.to_owned(),
            subject: "送达提示".to_owned(),
            body: "有材料待您签收。".to_owned(),
            pattern: None,
        }
    }

    const TAKES: Manner = Manner { recipient: "250 ok", end: Some("250 2.0.0 queued as 4711") };

    #[tokio::test]
    async fn what_the_relay_takes_is_accepted_under_its_number() {
        let (mail, serving) = relay(TAKES).await;
        let sent = mail.send(&message("zhou@mail.example")).await.expect("it answers");
        assert_eq!(sent, Delivery::Accepted { reference: "2.0.0 queued as 4711".to_owned() });
        let letters = serving.await.expect("the relay ended");
        assert!(letters[0].contains("Message-ID: <m-1@127.0.0.1>") && letters[0].contains("To: zhou@mail.example"));
    }

    #[tokio::test]
    async fn an_address_the_relay_does_not_know_fails_for_good() {
        let (mail, _serving) = relay(Manner { recipient: "550 5.1.1 no such user", ..TAKES }).await;
        assert!(matches!(mail.send(&message("nobody@mail.example")).await, Ok(Delivery::Failed { .. })));
        let malformed = mail.send(&message("nobody")).await.expect("it answers");
        assert_eq!(malformed, Delivery::Failed { reason: "address-malformed".to_owned() });
    }

    #[tokio::test]
    async fn a_relay_that_is_busy_took_nothing() {
        let (mail, _serving) = relay(Manner { recipient: "451 4.7.1 try again later", ..TAKES }).await;
        let fault = mail.send(&message("zhou@mail.example")).await.expect_err("nothing was sent");
        assert_eq!(fault.code(), "message.unreachable");
    }

    #[tokio::test]
    async fn when_the_line_breaks_after_the_letter_nobody_knows() {
        let (mail, _serving) = relay(Manner { end: None, ..TAKES }).await;
        assert_eq!(mail.send(&message("zhou@mail.example")).await.expect("it answers"), Delivery::Unknown);
    }
}
