//! Sound and film, played in their place (录音录像): sent by ranges, so that one can go to any moment of a long hearing
//! and nothing is held in memory.

use std::ops::Range;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
};
use futures::StreamExt;
use xiezhi_app::{looks::Seen, posters};
use xiezhi_domain::{
    access::{Act, Denial, Reader},
    ids::{CaseId, MaterialId},
    material::{FileRef, Material, Place, Submitter},
};

use super::{ReaderView, seen};
use crate::{
    capability::annotation::{NoteView, clock},
    frame::prelude::*,
    http::{me::Me, prelude::*},
    messages::{material::Key, t},
};

/// What browsers play; of containers with sound alone, too.
const PLAYED: [&str; 3] = ["video/mp4", "audio/mpeg", "audio/wav"];

/// Whether a file can be played.
pub(super) fn is_played(media: &str) -> bool {
    PLAYED.contains(&media)
}

/// A part of a recording, or all of it. Whoever may read the paper may play it: that is how it is read. That it was
/// begun is a look; what a player asks for on its way is the same one.
pub(super) async fn play(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path((case, material)): Path<(CaseId, MaterialId)>,
) -> Result<Sent<AnyFile>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, rule) = seen(&state, &reader, material)?;
    if !is_played(&paper.file.media) {
        return Err(Problem::not_found());
    }
    let asked = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let part = match asked.map(|asked| range(asked, paper.file.size_bytes)) {
        None => None,
        Some(Some(part)) => Some(part),
        Some(None) => return Ok(unsatisfied(paper.file.size_bytes).into()),
    };
    let seen = Seen { post: me.person.post, case, material: Some(paper.id), rule: rule.to_owned() };
    app.look(me.person.id, seen, 1);
    send(&app, &paper.file, part).await
}

async fn send(app: &App, file: &FileRef, part: Option<Range<u64>>) -> Result<Sent<AnyFile>, Problem> {
    app.refuse_infected(&file.sha256).await?;
    let digest = file.sha256.parse().map_err(|_| Problem::not_found())?;
    let bytes = app.ports().blobs.open(digest, part.clone()).await.map_err(AppError::from)?;
    let mut response = Body::from_stream(bytes.map(|piece| piece.map_err(std::io::Error::other))).into_response();
    let whole = 0..file.size_bytes;
    let sent = part.as_ref().unwrap_or(&whole);
    let mut put = |name, value: &str| {
        response.headers_mut().insert(name, HeaderValue::from_str(value).expect("digits and plain words"));
    };
    put(header::CONTENT_TYPE, &file.media);
    put(header::CONTENT_LENGTH, &(sent.end - sent.start).to_string());
    put(header::ACCEPT_RANGES, "bytes");
    put(header::CACHE_CONTROL, "private, no-store");
    put(header::CONTENT_DISPOSITION, "inline");
    put(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
    if let Some(part) = part {
        put(header::CONTENT_RANGE, &format!("bytes {}-{}/{}", part.start, part.end - 1, file.size_bytes));
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response.into())
}

fn unsatisfied(size_bytes: u64) -> axum::response::Response {
    let told = format!("bytes */{size_bytes}");
    (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, told)]).into_response()
}

/// The one range that is asked for; several at once are no range here.
///
/// Source: RFC 9110, 14.2.
fn range(asked: &str, size_bytes: u64) -> Option<Range<u64>> {
    let (from, until) = asked.strip_prefix("bytes=")?.trim().split_once('-')?;
    let range = match (from.trim(), until.trim()) {
        ("", last) => size_bytes.saturating_sub(last.parse().ok()?)..size_bytes,
        (from, "") => from.parse().ok()?..size_bytes,
        (from, until) => from.parse().ok()?..until.parse::<u64>().ok()?.checked_add(1)?.min(size_bytes),
    };
    (range.start < range.end).then_some(range)
}

/// A recording as its page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Recording {
    /// Whether it has a picture.
    pub has_picture: bool,
    /// Whether the browser of the reader may take one.
    pub may_take_picture: bool,
    /// Where it is to begin, in seconds.
    pub at_seconds: Option<u32>,
}

/// Whoever may take a picture of a recording: the court's team, and the side that hands it in while it lies in staging.
pub(super) fn may_take_picture(reader: &Reader, paper: &Material) -> bool {
    let own = reader.party.is_some_and(|party| paper.by == Submitter::Party { party });
    posters::has_picture(&paper.file) && (reader.is_team() || (own && paper.place == Place::Staged))
}

/// A frame that the browser took of a recording while it played. A side takes one where there is none; what shows
/// something else is taken anew by the court's team.
pub(super) async fn take_picture(
    State(app): State<App>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    picture: Bytes,
) -> Result<NoContent, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, _) = seen(&state, &reader, material)?;
    let again = reader.is_team() || app.poster_of(&state, paper).await?.is_none();
    if !may_take_picture(&reader, paper) || !again {
        return Err(AppError::Denied(Denial::NotAllowed { act: Act::KeepFile }).into());
    }
    app.keep_poster(case, &paper.file, picture.into()).await?;
    Ok(NoContent)
}

/// The picture of a recording.
pub(super) async fn picture(
    State(app): State<App>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
) -> Result<Sent<Jpeg>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, _) = seen(&state, &reader, material)?;
    let picture = app.poster_of(&state, paper).await?.ok_or_else(Problem::not_found)?;
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, picture).into_response().into())
}

/// The player, beside which everything else of the paper stands, and the chapters of what it plays.
pub(super) fn player(to: &Showing, view: &ReaderView) -> Markup {
    let lang = to.lang();
    let (own, recording) = (view.own(), &view.recording);
    let from = recording.at_seconds.map(|at| format!("#t={at}")).unwrap_or_default();
    let src = format!("{own}/play{from}");
    let picture = format!("{own}/poster.jpg");
    let send = recording.may_take_picture.then(|| format!("{own}/poster"));
    html! {
        xz-player data-picture=[send.as_deref()] data-wanted[!recording.has_picture] data-taken=(t(lang, Key::PictureTaken)) {
            figure.player {
                @if view.media.starts_with("audio/") { audio controls preload="metadata" src=(src) aria-label=(view.title) {} }
                @else { video controls preload="metadata" playsinline src=(src) poster=[recording.has_picture.then_some(picture.as_str())] aria-label=(view.title) {} }
                figcaption.faint.small { (t(lang, Key::PlayNote)) }
            }
            (chapters(to, view))
            p.help.on-desk { (t(lang, Key::PlayKeys)) }
            @if send.is_some() { button.btn type="button" hidden data-take-picture { (Icon::Camera) (t(lang, Key::TakePicture)) } }
            p role="status" data-said {}
        }
    }
}

/// What was noted at moments of it, in their order; each leads to its moment.
fn chapters(to: &Showing, view: &ReaderView) -> Markup {
    let lang = to.lang();
    let own = view.own();
    let notes = view.notes.notes.iter().filter(|note| !note.withdrawn);
    let chapters: Vec<(u32, &NoteView)> = notes.filter_map(|note| Some((note.at_seconds?, note))).collect();
    html! {
        nav.chapters #chapters data-live=(case_topic(view.case)) aria-label=(t(lang, Key::Chapters)) {
            @if !chapters.is_empty() {
                h2 { (t(lang, Key::Chapters)) }
                ol { @for (at, note) in chapters { li { a href={ (own) "?at=" (at) } data-seek=(at) { span.number { (clock(at)) } span lang="zh-CN" { (note.words) } } @if !note.mine { span.faint.small { (note.by) } } } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_taken_as_it_is_asked_for() {
        assert_eq!(range("bytes=0-99", 1000), Some(0..100));
        assert_eq!(range("bytes=900-", 1000), Some(900..1000));
        assert_eq!(range("bytes=-100", 1000), Some(900..1000));
        assert_eq!(range("bytes=-5000", 1000), Some(0..1000));
        assert_eq!(range("bytes=900-5000", 1000), Some(900..1000));
    }

    #[test]
    fn what_is_no_range_or_lies_outside_cannot_be_had() {
        let bad = ["bytes=1000-", "bytes=5-4", "bytes=a-b", "bytes=0-1,5-6", "lines=0-1", "bytes=0-18446744073709551615", "bytes=-0"];
        assert_eq!(bad.map(|asked| range(asked, 1000)), [const { None::<Range<u64>> }; 7]);
    }
}
