//! The record (留痕): how the logs stand, for the audit administrator; and the published files of the logs,
//! for anyone who wants to check them.

pub(crate) mod audited;
mod public;
pub(crate) mod samples;

use axum::http::{HeaderValue, header};
use xiezhi_app::{logs::LogStanding, recorder::Stopped, shadow::ShadowStanding, stamping::StampStanding, witnessing::Reach};
use xiezhi_domain::people::Post;

use self::audited::AuditView;
use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*},
    messages::{
        Lang, moment_exact,
        record::{Key, stamped_upto},
        t,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/record", Op::ShowRecord, record)
        .get("/log", Op::ShowLog, public::log)
        .get("/log/policy", Op::ReadPolicy, public::policy)
        .get("/log/{log}/{*path}", Op::ReadLog, published)
}

/// How the record stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecordView {
    /// The logs.
    pub logs: Vec<LogStanding>,
    /// Where signing has stopped, and why.
    pub stopped: Vec<Stopped>,
    /// What the check of everything found.
    pub audit: AuditView,
    /// Whether the lists agree with the record.
    pub lists_are_current: bool,
    /// Promises given up: channel and reason.
    pub given_up: Vec<(String, String)>,
}

async fn record(State(app): State<App>, me: Me) -> Result<Shown<RecordView>, Problem> {
    if me.person.post != Post::AuditAdmin {
        return Err(Problem::not_found());
    }
    let view = RecordView {
        logs: app.logs().await?,
        stopped: app.stopped().await,
        audit: AuditView::now(&app).await?,
        lists_are_current: app.lists_are_current().await?,
        given_up: app.given_up().await?,
    };
    Ok(show(&me.showing, &view))
}

/// A tile that is full never changes; a part of one gives way to the next, and the checkpoint moves.
fn kept_for(path: &str) -> &'static str {
    if matches!(path, "checkpoint" | "witnessed" | "stamps" | "sm3") || path.contains(".p/") {
        "public, max-age=5"
    } else if path.starts_with("stamps/") {
        // It stays as it is as long as the log keeps its name.
        "public, max-age=86400"
    } else {
        "public, max-age=31536000, immutable"
    }
}

fn media_of(path: &str) -> &'static str {
    match path {
        path if path.ends_with(".tsr") => "application/timestamp-reply",
        path if path.starts_with("tile/") => "application/octet-stream",
        _ => "text/plain; charset=utf-8",
    }
}

async fn published(State(app): State<App>, Path((log, path)): Path<(String, String)>) -> Result<Sent<AnyFile>, Problem> {
    let bytes = app.published_file(&log, &path).await?.ok_or_else(Problem::not_found)?;
    let media = media_of(&path);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept_for(&path)));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok(response.into())
}

impl View for RecordView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        to.page(title, html! {
            (page_head(title, t(lang, Key::Words), html! {}))
            (stack(html! {
                (signing_stopped(to, &self.stopped))
                @for log in &self.logs { (log_sheet(to, log)) }
                (self.audit.sheet(to))
                (Sheet::new(t(lang, Key::Lists)).body(html! {
                    @if self.lists_are_current { (tag(Standing::Done, t(lang, Key::Current))) }
                    @else { (tag(Standing::Overdue, t(lang, Key::Stale))) }
                }))
                (self.given_up(to))
            }))
        })
    }
}

impl RecordView {
    fn given_up(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let sheet = Sheet::new(t(lang, Key::GivenUp));
        if self.given_up.is_empty() {
            return sheet.body(html! { p.muted { (t(lang, Key::NoneGivenUp)) } });
        }
        let shown: Vec<Line<'_>> = self
            .given_up
            .iter()
            .map(|(channel, why)| Line { kind: Some(kind(channel)), ..Line::new(html! { (why) }) })
            .collect();
        sheet.flush(lines(&shown))
    }
}

/// Says plainly that nothing is signed any more, wherever someone who can act on it looks.
pub fn signing_stopped(to: &Showing, stopped: &[Stopped]) -> Markup {
    let lang = to.lang();
    html! {
        @if !stopped.is_empty() {
            (say(Standing::Overdue, "", t(lang, Key::Stopped), html! {
                p { (t(lang, Key::StoppedWords)) }
                @for one in stopped { p { (log_name(lang, one.log)) ": " (t(lang, why_stopped(one.code))) } p.help { (t(lang, Key::ToOperator)) code { (one.code) } " " span lang="en" { (one.why) } } }
            }))
        }
    }
}

fn why_stopped(code: &str) -> Key {
    match code {
        "recorder.rolled_back" => Key::RolledBack,
        "recorder.forked" => Key::Forked,
        "recorder.copy_lost" => Key::CopyLost,
        "recorder.other_key" => Key::OtherKey,
        "recorder.origin_changed" => Key::OriginChanged,
        _ => Key::OtherReason,
    }
}

/// How a log is called.
fn log_name(lang: Lang, log: &str) -> &'static str {
    t(lang, if log == "access" { Key::Looks } else { Key::Acts })
}

/// How far a quorum of witnesses vouches, in words.
fn witnessed_words(lang: Lang, reach: &Reach) -> Markup {
    match reach.proof(0) {
        proof @ Proof::Witnessed { .. } => html! { (reach.witnessed) " " (proof_mark(lang, proof)) },
        _ => html! { span.muted { (t(lang, Key::NotWitnessed)) } },
    }
}

/// The newest time stamp and what is in its way, in words.
fn stamped_words(lang: Lang, stamps: Option<&StampStanding>) -> Markup {
    let Some(stamps) = stamps else { return html! { span.muted { (t(lang, Key::NoStamps)) } } };
    html! {
        @match &stamps.last {
            Some(last) => (stamped_upto(lang, last.size, &moment_exact(last.at), &last.authority)),
            None => span.muted { (t(lang, Key::NotStamped)) },
        }
        @if stamps.demonstration { " " (t(lang, Key::StampsInPlay)) }
        @if let Some(fault) = stamps.fault { " " (tag(Standing::Soon, t(lang, stamp_fault_words(fault)))) }
    }
}

/// How far the shadow in SM3 is signed, and by which key.
fn shadow_words(lang: Lang, shadow: &ShadowStanding) -> Markup {
    html! {
        p {
            @match shadow.size {
                Some(size) => { (t(lang, Key::SignedUpto)) " " (size) " · " a href="/log/record/sm3" { "/log/record/sm3" } },
                None => span.muted { (t(lang, Key::NoShadowYet)) },
            }
            @if shadow.forked { " " (tag(Standing::Overdue, t(lang, Key::ShadowForked))) }
        }
        p { code.hash { (shadow.verifier) } }
    }
}

fn stamp_fault_words(code: &str) -> Key {
    match code {
        "stamp.unreachable" => Key::AuthorityUnreachable,
        "stamp.refused" => Key::AuthorityRefuses,
        "stamp.expired" => Key::AuthorityExpired,
        "stamp.not_kept" => Key::StampNotKept,
        _ => Key::AuthorityWrong,
    }
}

fn log_sheet(to: &Showing, log: &LogStanding) -> Markup {
    let lang = to.lang();
    let behind = log.size.saturating_sub(log.proven);
    let checkpoint_at = format!("/log/{}/checkpoint", log.log);
    let mut facts = vec![
            (t(lang, Key::Size), html! { b { (log.size) } }),
            (t(lang, Key::Proven), html! {
                (log.proven) " "
                @if behind == 0 { (tag(Standing::Done, t(lang, Key::AllProven))) } @else { span.muted { (t(lang, Key::Behind)) " " (behind) } }
            }),
            (t(lang, Key::WitnessedUpto), witnessed_words(lang, &log.reach)),
            (t(lang, Key::CheckKey), html! { code.hash { (log.verifier) } }),
            (t(lang, Key::Published), html! { a href=(checkpoint_at) { (checkpoint_at) } }),
    ];
    if log.log == "record" {
        facts.push((t(lang, Key::Stamps), stamped_words(lang, log.stamps.as_ref())));
    }
    if let Some(shadow) = &log.shadow {
        facts.push((t(lang, Key::Shadow), shadow_words(lang, shadow)));
    }
    Sheet::new(log_name(lang, log.log)).body(html! {
        (pairs(&facts))
        @match &log.checkpoint {
            Some(note) => (explain(t(lang, Key::Checkpoint), html! { pre.code { (note) } })),
            None => p.muted { (t(lang, Key::NoCheckpoint)) },
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_never_changes_is_kept_for_ever() {
        assert!(kept_for("tile/0/000").contains("immutable"));
        assert!(!kept_for("tile/0/001.p/7").contains("immutable"));
        assert!(!kept_for("checkpoint").contains("immutable"));
        assert!(!kept_for("stamps/5.tsr").contains("immutable"));
    }
}
