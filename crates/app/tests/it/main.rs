//! What the shell promises, over every store: one case lived from filing to archive, and what must hold
//! whatever happens beside it.

#[allow(dead_code, reason = "the domain's own cast: not every member has a part here")]
#[path = "../../../domain/tests/it/cast.rs"]
mod cast;
#[allow(dead_code, reason = "the domain's own reading of the examples: not every line is read here")]
#[path = "../../../domain/tests/it/example.rs"]
mod example;

/// Each promise is kept over every store, by a court of its own.
macro_rules! over_each_store {
    ($($promise:ident),* $(,)?) => {
        mod in_memory {
            $(#[tokio::test]
            async fn $promise() {
                super::$promise(crate::court::Court::in_memory("2026-02-27").await).await;
            })*
        }
        mod on_sqlite {
            $(#[tokio::test]
            async fn $promise() {
                super::$promise(crate::court::Court::on_sqlite("2026-02-27").await).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test]
            async fn $promise() {
                super::$promise(crate::court::Court::on_postgres("2026-02-27").await).await;
            })*
        }
    };
}

mod annotation;
mod backup;
mod borrowing;
mod bundle;
mod clock;
mod committee;
mod copies;
mod correcting;
mod counter;
mod court;
mod damage;
mod deletions;
mod extract;
mod faults;
mod files;
mod lingering;
mod lists;
mod live;
mod log_keys;
mod looks;
mod mediation;
mod notices;
mod once;
mod outbox;
mod package;
mod past;
mod ports;
mod posters;
mod proofs;
mod rebuild;
mod receipts;
mod redaction;
mod restricted;
mod sameness;
mod scanning;
mod scans;
mod scheduling;
mod screening;
mod searching;
mod series;
mod sessions;
mod shadow;
mod sharing;
mod signature;
mod signing;
mod snippets;
mod staging;
mod stamped;
mod stamps;
mod steps;
mod story;
mod sweeping;
mod tampering;
mod together;
mod tokens;
mod traces;
mod unchanged;
mod unusual;
mod verify;
mod witnessed;
mod witnesses;
mod workers;
