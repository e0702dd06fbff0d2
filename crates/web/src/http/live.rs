//! The event stream: hints only. A page that hears one asks again and is authorised again.

use std::convert::Infallible;

use axum::{
    http::HeaderMap,
    response::sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, stream};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use xiezhi_app::live::Hint;
use xiezhi_domain::{
    access::{self, Reader},
    annotation::Circle,
    ids::CaseId,
};

use super::{me::Staying, prelude::*, streams::Held};

/// The route of the stream.
pub fn routes() -> Routes {
    Routes::new().get("/live", Op::Listen, listen)
}

/// Streams hints to whoever is signed in, for as long as they are.
async fn listen(
    State(web): State<Web>,
    me: Me,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let held = web.streams.hold(me.person.id)?;
    let staying = Staying::new(&me, headers);
    let listener = Listener { receiver: web.app.hub().listen(), web, me, staying, _held: held };
    let hints = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    });
    Ok(Sse::new(hints).keep_alive(KeepAlive::default()))
}

struct Listener {
    web: Web,
    me: Me,
    staying: Staying,
    receiver: Receiver<Hint>,
    _held: Held,
}

impl Listener {
    /// The next hint for the listener; none once they are no longer signed in.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let heard = self.receiver.recv().await;
            if !self.staying.is_signed_in(&self.web).await {
                return None;
            }
            match heard {
                Ok(hint) => {
                    if let Some(event) = event(&self.web, &self.me, hint).await {
                        return Some(event);
                    }
                }
                Err(RecvError::Lagged(_)) => return Some(Event::default().event("resync").data("")),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

/// A hint of a case goes to those who may know of the case; nobody learns of others even that they move, and
/// nobody outside hears the court at work between the hearing and the pronouncement.
async fn event(web: &Web, me: &Me, hint: Hint) -> Option<Event> {
    let (case, pos, rev) = match hint {
        Hint::Changed { case, pos, rev } => (case, pos, rev),
        Hint::Together { case, circle } => return together(web, me, case, circle).await,
    };
    let state = web.app.load_at(case, rev).await.ok()?;
    access::may(&Reader::of(&me.actor, &state), access::Act::ViewCase, state.stage).ok()?;
    // Whoever shares no annotations with the court's team hears nothing where only these moved.
    let reader = Reader::of(&me.actor, &state);
    if state.told_rev < rev && access::may(&reader, access::Act::TeamNotes, state.stage).is_err() {
        return None;
    }
    if me.actor.is_outside() && state.stage.told_outside() != state.stage {
        return None;
    }
    let data = serde_json::json!({ "topic": format!("case:{case}"), "position": pos });
    Some(Event::default().id(pos.to_string()).data(data.to_string()))
}

/// That someone reads or presents goes to their circle alone.
async fn together(web: &Web, me: &Me, case: CaseId, circle: Circle) -> Option<Event> {
    let state = web.app.load_at(case, 0).await.ok()?;
    if me.actor.is_outside() || !access::is_in(&Reader::of(&me.actor, &state), &state, circle) {
        return None;
    }
    let data = serde_json::json!({ "topic": format!("together:{case}") });
    Some(Event::default().data(data.to_string()))
}
