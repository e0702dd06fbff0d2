//! The stream of whoever follows a presenter: which page they show, and where they point. Where they are is asked of
//! the store each second, too, so that a presenter on another node is followed and one who left is not.

use std::{convert::Infallible, time::Duration};

use axum::{
    http::HeaderMap,
    response::sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, stream};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Interval, MissedTickBehavior, interval},
};
use xiezhi_app::{
    live::Hint,
    together::{Gesture, Presenting},
};
use xiezhi_domain::{
    access::{self, Reader},
    annotation::Circle,
    ids::CaseId,
};

use super::{inside, shown};
use crate::http::{
    me::{Me, Staying},
    prelude::*,
    streams::Held,
};

/// Whom to follow.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(super) struct Followed {
    circle: Circle,
}

struct Following {
    web: Web,
    me: Me,
    case: CaseId,
    circle: Circle,
    hints: Receiver<Hint>,
    gestures: Receiver<Gesture>,
    seconds: Interval,
    staying: Staying,
    /// What was told last; nothing told yet.
    told: Option<Option<Presenting>>,
    _held: Held,
}

/// Streams what the presenter to a circle shows, to whoever is in it.
pub(super) async fn follow(
    State(web): State<Web>,
    me: Me,
    headers: HeaderMap,
    Path(case): Path<CaseId>,
    Query(followed): Query<Followed>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let circle = followed.circle;
    let (state, reader) = inside(&web.app, &me, case).await?;
    if !access::is_in(&reader, &state, circle) {
        return Err(Problem::not_found());
    }
    let held = web.streams.hold(me.person.id)?;
    let (hints, gestures) = (web.app.hub().listen(), web.app.hub().watch());
    let mut seconds = interval(Duration::from_secs(1));
    seconds.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let staying = Staying::new(&me, headers);
    let following = Following { web, me, case, circle, hints, gestures, seconds, staying, told: None, _held: held };
    let events = stream::unfold(following, |mut following| async move {
        let event = following.next().await?;
        Some((Ok(event), following))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

/// What woke a follower.
enum Woke {
    Look,
    Shown(Gesture),
    Nothing,
    Over,
}

impl Following {
    /// The next thing to tell; nothing once the stream is over, or its follower no longer signed in.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let woke = self.woken().await;
            if !self.staying.is_signed_in(&self.web).await {
                return None;
            }
            let event = match woke {
                Woke::Look => self.look().await?,
                Woke::Shown(gesture) => self.pointer(gesture).await,
                Woke::Nothing => None,
                Woke::Over => return None,
            };
            if event.is_some() {
                return event;
            }
        }
    }

    async fn woken(&mut self) -> Woke {
        tokio::select! {
            _ = self.seconds.tick() => Woke::Look,
            hint = self.hints.recv() => match hint {
                Ok(Hint::Together { case, circle }) if (case, circle) == (self.case, self.circle) => Woke::Look,
                Ok(_) => Woke::Nothing,
                Err(RecvError::Lagged(_)) => Woke::Look,
                Err(RecvError::Closed) => Woke::Over,
            },
            gesture = self.gestures.recv() => match gesture {
                Ok(gesture) if (gesture.case, gesture.circle) == (self.case, self.circle) => Woke::Shown(gesture),
                Ok(_) | Err(RecvError::Lagged(_)) => Woke::Nothing,
                Err(RecvError::Closed) => Woke::Over,
            },
        }
    }

    /// Which page is shown, if it is another than was told. Whoever may not be told any more hears nothing further.
    async fn look(&mut self) -> Option<Option<Event>> {
        let (case, reader) = inside(&self.web.app, &self.me, self.case).await.ok()?;
        if !access::is_in(&reader, &case, self.circle) {
            return None;
        }
        let Ok(presenting) = self.web.app.presenting(self.case, self.circle).await else { return Some(None) };
        let now = presenting.filter(|presenting| shown(&case, &reader, presenting).is_some());
        if self.told.as_ref() == Some(&now) {
            return Some(None);
        }
        let event = match &now {
            Some(Presenting { person, material, page, zoom, .. }) => {
                let by = self.me.showing.name(*person);
                let data = serde_json::json!({ "by": by, "material": material, "page": page, "zoom": zoom });
                Event::default().event("shown").data(data.to_string())
            }
            None => Event::default().event("ended").data("{}"),
        };
        self.told = Some(now);
        Some(Some(event))
    }

    /// Where the presenter points, on the paper that was told of.
    async fn pointer(&self, gesture: Gesture) -> Option<Event> {
        let told = self.told.as_ref()?.as_ref().filter(|told| told.material == gesture.material)?;
        let case = self.web.app.load_at(self.case, 0).await.ok()?;
        shown(&case, &Reader::of(&self.me.actor, &case), told)?;
        let data = serde_json::to_string(&gesture.at).expect("a place is plain data");
        Some(Event::default().event("pointer").data(data))
    }
}
