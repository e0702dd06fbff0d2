//! Keys of the logs in a token (PKCS#11): they are made there and never leave it; this process asks for signatures.

use std::{
    collections::HashMap,
    fs,
    sync::{Arc, Mutex, MutexGuard},
};

use anyhow::{Context, bail};
use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    mechanism::{
        Mechanism,
        eddsa::{EddsaParams, EddsaSignatureScheme},
    },
    object::{Attribute, AttributeType, ObjectClass, ObjectHandle},
    session::{Session, UserType},
    types::AuthPin,
};
use xiezhi_app::court::LogToken;
use xiezhi_ledger::{
    KeyName, SigningKey, VerifierKey,
    key::{Algorithm, Signs},
};

use crate::config::Pkcs11 as Settings;

/// `PrintableString "edwards25519"`: how PKCS#11 names the curve.
const EDWARDS_25519: &[u8] = b"\x13\x0cedwards25519";

/// A token with an open session. One at a time speaks to it.
pub struct Token {
    session: Arc<Mutex<Session>>,
    keys: Mutex<HashMap<String, SigningKey>>,
}

/// A key in the token.
struct Held {
    session: Arc<Mutex<Session>>,
    key: ObjectHandle,
}

fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whoever panicked left nothing half done in here.
    held.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

impl Token {
    /// Opens the token that the settings name, as its user.
    pub fn open(settings: &Settings) -> anyhow::Result<Self> {
        let module = settings.module.display();
        let pkcs11 = Pkcs11::new(&settings.module).with_context(|| format!("the module {module} can't be loaded"))?;
        pkcs11
            .initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK))
            .context("the module does not start")?;
        let mut slots = pkcs11.get_slots_with_token().context("the module has no slots")?.into_iter();
        let is_it = |info: cryptoki::slot::TokenInfo| info.label().trim_end() == settings.token;
        let slot = slots.find(|slot| pkcs11.get_token_info(*slot).is_ok_and(is_it));
        let slot = slot.with_context(|| format!("no token is called {}", settings.token))?;
        let pin = fs::read_to_string(&settings.pin)
            .with_context(|| format!("the PIN {} can't be read", settings.pin.display()))?;
        let session = pkcs11.open_rw_session(slot).context("the token opens no session")?;
        let pin = AuthPin::new(pin.trim_end().to_owned().into());
        session.login(UserType::User, Some(&pin)).context("the token refuses the PIN")?;
        Ok(Self { session: Arc::new(Mutex::new(session)), keys: Mutex::default() })
    }

    /// The key of a log; made in the token if it has none.
    pub fn ensure(&self, origin: &str) -> anyhow::Result<()> {
        if self.find(origin)?.is_none() {
            self.make(origin).with_context(|| format!("the token makes no key of Ed25519 for {origin}"))?;
        }
        let found = self.find(origin)?.with_context(|| format!("the token does not show the key of {origin}"))?;
        // What a token can't do is told at the start, not when something is to be signed.
        if found.sign_text("xiezhi tries the key\n").is_err() {
            bail!("the key of {origin} in the token signs nothing, or is another than it shows");
        }
        lock(&self.keys).insert(origin.to_owned(), found);
        Ok(())
    }

    fn make(&self, origin: &str) -> Result<(), cryptoki::error::Error> {
        let label = Attribute::Label(origin.as_bytes().to_vec());
        let public = [
            Attribute::Token(true),
            Attribute::Private(false),
            Attribute::Verify(true),
            Attribute::EcParams(EDWARDS_25519.to_vec()),
            label.clone(),
        ];
        let secret = [
            Attribute::Token(true),
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::Sign(true),
            label,
        ];
        lock(&self.session).generate_key_pair(&Mechanism::EccEdwardsKeyPairGen, &public, &secret).map(drop)
    }

    fn find(&self, origin: &str) -> anyhow::Result<Option<SigningKey>> {
        let (Some(key), Some(public)) =
            (self.object(ObjectClass::PRIVATE_KEY, origin)?, self.object(ObjectClass::PUBLIC_KEY, origin)?)
        else {
            return Ok(None);
        };
        let found = lock(&self.session).get_attributes(public, &[AttributeType::EcPoint])?;
        let Some(Attribute::EcPoint(point)) = found.into_iter().next() else {
            bail!("the token does not show the public key of {origin}");
        };
        // An OCTET STRING around the point, as the standard says; some tokens show the point alone.
        let point = point.strip_prefix(&[0x04, 0x20]).unwrap_or(&point);
        let name = KeyName::new(origin).context("an origin has neither spaces nor plus signs")?;
        let verifier = VerifierKey::new(name, Algorithm::Ed25519, point)
            .with_context(|| format!("the public key of {origin} in the token is none of Ed25519"))?;
        Ok(Some(SigningKey::held(verifier, Arc::new(Held { session: Arc::clone(&self.session), key }))))
    }

    fn object(&self, class: ObjectClass, origin: &str) -> anyhow::Result<Option<ObjectHandle>> {
        let template = [Attribute::Class(class), Attribute::Label(origin.as_bytes().to_vec())];
        let mut found = lock(&self.session).find_objects(&template).context("the token can't be searched")?;
        if found.len() > 1 {
            bail!("the token has two keys called {origin}: nobody can tell which one signs");
        }
        Ok(found.pop())
    }
}

impl LogToken for Token {
    fn key(&self, origin: &str) -> Option<SigningKey> {
        if let Some(key) = lock(&self.keys).get(origin) {
            return Some(key.clone());
        }
        let found = self.find(origin).ok()??;
        lock(&self.keys).insert(origin.to_owned(), found.clone());
        Some(found)
    }
}

impl Signs for Held {
    fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let mechanism = Mechanism::Eddsa(EddsaParams::new(EddsaSignatureScheme::Pure));
        match lock(&self.session).sign(&mechanism, self.key, message) {
            Ok(signature) => Some(signature),
            Err(fault) => {
                tracing::error!(fault = &fault as &dyn std::error::Error, "the token does not sign");
                None
            }
        }
    }
}
