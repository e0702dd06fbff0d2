//! Keys in a token (PKCS#11), those of the logs and those of signatures and seal: they are made there and never leave it;
//! this process asks for signatures.

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

use xiezhi_signing::{HeldKey, KeyToken};

use crate::config::Pkcs11 as Settings;

/// `PrintableString "edwards25519"`: how PKCS#11 names the curve.
const EDWARDS_25519: &[u8] = b"\x13\x0cedwards25519";

/// The object identifier of P-256 (prime256v1).
const P_256: &[u8] = &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

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
        self.make_pair(origin, &Mechanism::EccEdwardsKeyPairGen, EDWARDS_25519)
    }

    fn make_pair(&self, name: &str, how: &Mechanism<'_>, curve: &[u8]) -> Result<(), cryptoki::error::Error> {
        let label = Attribute::Label(name.as_bytes().to_vec());
        let public = [
            Attribute::Token(true),
            Attribute::Private(false),
            Attribute::Verify(true),
            Attribute::EcParams(curve.to_vec()),
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
        lock(&self.session).generate_key_pair(how, &public, &secret).map(drop)
    }

    fn find(&self, origin: &str) -> anyhow::Result<Option<SigningKey>> {
        let Some((key, point)) = self.pair(origin)? else { return Ok(None) };
        // An OCTET STRING around the point, as the standard says; some tokens show the point alone.
        let point = point.strip_prefix(&[0x04, 0x20]).unwrap_or(&point);
        let name = KeyName::new(origin).context("an origin has neither spaces nor plus signs")?;
        let verifier = VerifierKey::new(name, Algorithm::Ed25519, point)
            .with_context(|| format!("the public key of {origin} in the token is none of Ed25519"))?;
        Ok(Some(SigningKey::held(verifier, Arc::new(Held { session: Arc::clone(&self.session), key }))))
    }

    /// A private key, and the point of its public half as the token shows it.
    fn pair(&self, name: &str) -> anyhow::Result<Option<(ObjectHandle, Vec<u8>)>> {
        let (Some(key), Some(public)) =
            (self.object(ObjectClass::PRIVATE_KEY, name)?, self.object(ObjectClass::PUBLIC_KEY, name)?)
        else {
            return Ok(None);
        };
        let found = lock(&self.session).get_attributes(public, &[AttributeType::EcPoint])?;
        let Some(Attribute::EcPoint(point)) = found.into_iter().next() else {
            bail!("the token does not show the public key of {name}");
        };
        Ok(Some((key, point)))
    }

    /// A key of P-256; made in the token if it has none.
    fn ensure_p256(&self, name: &str) -> anyhow::Result<HeldP256> {
        if self.pair(name)?.is_none() {
            let made = self.make_pair(name, &Mechanism::EccKeyPairGen, P_256);
            made.with_context(|| format!("the token makes no key of P-256 for {name}"))?;
        }
        let (key, point) = self.pair(name)?.with_context(|| format!("the token does not show the key of {name}"))?;
        // An OCTET STRING around the point, as the standard says; some tokens show the point alone.
        let point = point.strip_prefix(&[0x04, 0x41]).unwrap_or(&point).to_vec();
        Ok(HeldP256 { held: Held { session: Arc::clone(&self.session), key }, point })
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

/// The keys of signatures and of the seal of one court, by their names in its token.
pub struct Seals {
    token: Arc<Token>,
    origin: String,
    keys: Mutex<HashMap<String, Arc<dyn HeldKey>>>,
}

/// A key of P-256 in the token.
struct HeldP256 {
    held: Held,
    point: Vec<u8>,
}

impl Seals {
    /// Of the court with this origin.
    pub fn of(token: &Arc<Token>, origin: &str) -> Self {
        Self { token: Arc::clone(token), origin: origin.to_owned(), keys: Mutex::default() }
    }
}

impl KeyToken for Seals {
    fn ensure(&self, name: &str) -> Option<Arc<dyn HeldKey>> {
        let mut keys = lock(&self.keys);
        if let Some(key) = keys.get(name) {
            return Some(Arc::clone(key));
        }
        match self.token.ensure_p256(&format!("{}/{name}", self.origin)) {
            Ok(key) => {
                let key: Arc<dyn HeldKey> = Arc::new(key);
                keys.insert(name.to_owned(), Arc::clone(&key));
                Some(key)
            }
            Err(fault) => {
                tracing::error!(fault = format!("{fault:#}"), "the token has no key");
                None
            }
        }
    }
}

impl HeldKey for HeldP256 {
    fn public_key(&self) -> Vec<u8> {
        self.point.clone()
    }

    fn sign_digest(&self, digest: &[u8; 32]) -> Option<[u8; 64]> {
        match lock(&self.held.session).sign(&Mechanism::Ecdsa, self.held.key, digest) {
            Ok(signature) => signature.try_into().ok(),
            Err(fault) => {
                tracing::error!(fault = &fault as &dyn std::error::Error, "the token does not sign");
                None
            }
        }
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
