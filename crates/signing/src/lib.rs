//! Signatures and seals in PDF: PAdES, CMS, certificates; time stamps
//!
//! Knows bytes, keys and pages; knows no case and no clock. Every moment and every random byte comes in as
//! an argument, so that the same call gives the same bytes.

mod algorithms;
mod appearance;
pub mod authority;
mod cms_message;
mod fields;
mod key;
mod outline;
mod pades;
mod pdf_text;
mod signer;
pub mod stamp;
mod verify;

pub use appearance::{Appearance, Mark, Rect, Stroke};
pub use key::{HeldKey, KeyToken};
pub use outline::{Face, NotAFont};
pub use pades::{SignError, Signing, Unstamped, begin_signing, sign_pdf};
pub use signer::{KeyError, Signer, TrustRoot};
pub use stamp::{Stamp, StampFault, StampQuestion, verify_stamp};
pub use verify::{CertificateState, SignatureReport, Standing, Unreadable, verify_detached, verify_pdf};
