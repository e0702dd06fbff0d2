//! Who carries messages: a relay for mail and a carrier of short messages, as the configuration names them.

use std::{fs, path::Path, sync::Arc};

use anyhow::Context as _;
use xiezhi_app::moment::Clock;
use xiezhi_connect::{Carriers, Mail, MailRelay, Maildir, Messages, Texts, TextsAccount};

use crate::config::Config;

/// The carriers of an installation; without any, each message says at once that it can't go.
pub fn open(config: &Config, clock: &Arc<dyn Clock>) -> anyhow::Result<Arc<dyn Messages>> {
    let mail = match &config.mail {
        Some(it) => {
            let password = it.password.as_deref().map(secret).transpose()?;
            let relay = MailRelay {
                host: it.host.clone(),
                port: it.port,
                encrypted: it.encrypted,
                login: it.user.clone().zip(password),
                from: it.from.clone(),
            };
            Some(Mail::new(&relay).context("[mail] can't be used")?)
        }
        None => None,
    };
    let texts = match &config.texts {
        Some(it) => {
            let account = TextsAccount {
                endpoint: it.endpoint.clone(),
                key_id: it.key_id.clone(),
                secret: secret(&it.secret)?,
                sign_name: it.sign_name.clone(),
                patterns: it.patterns.clone(),
            };
            let clock = clock.clone();
            Some(Texts::new(account, Box::new(move || clock.now())).context("[texts] can't be used")?)
        }
        None => None,
    };
    let bounces = config.mail.as_ref().and_then(|it| it.returned.clone()).map(Maildir::new);
    Ok(Arc::new(Carriers { texts, mail, bounces }))
}

fn secret(path: &Path) -> anyhow::Result<String> {
    let text = fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
    Ok(text.trim_end().to_owned())
}
