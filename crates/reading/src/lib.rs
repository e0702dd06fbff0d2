//! Uploaded files in, pages out.
//!
//! A file from outside is opened only in a process of its own: the same binary, executed again with the
//! one argument `reading`, under limits of memory, processor time and open files, unable to read any file but
//! those it was given, to write any, to start a program or to reach a network, without the environment of its parent.
//! It answers on its standard output and dies. Whatever a
//! file does to it (a bomb, a loop, a crash) comes back as a [`ReadingProblem`].
//!
//! [`Reader`] is the side of the caller, [`serve_worker`] the side of the confined process. Nothing here
//! knows about cases, blobs or readers' rights.

mod alike;
mod ask;
mod bind;
mod client;
mod compose;
mod confine;
mod examine;
mod flow;
mod fonts;
mod heic;
mod jpeg;
mod kind;
mod lasting;
mod letters;
mod mark;
mod ocr;
mod office;
mod ole;
mod outline;
mod pdf;
mod picture;
mod problem;
#[cfg(test)]
mod properties;
mod redact;
mod sheets;
mod sniff;
mod tesseract;
mod text;
mod tiff;
mod watermark;
mod worker;
mod zip;

pub use alike::Look;
pub use ask::{Binding, Blot, Code, Examined, Heading, Inspection, Leaf, Letters, Link, PageSize, PageText, TextRun};
pub use client::{Reader, ReadingError, Recogniser};
pub use confine::{Confinement, Limits};
pub use kind::Kind;
pub use lasting::Rule;
pub use ocr::ScannedPage;
pub use office::words::{Tracked, WordLine, Words};
pub use problem::ReadingProblem;
pub use sniff::sniff;
pub use worker::serve_worker;
