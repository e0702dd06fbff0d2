//! Whether the court answers, for whoever keeps it running.

use axum::http::StatusCode;
use xiezhi_app::AppError;

use super::{
    prelude::*,
    routes::{Sketch, Tells, page},
};

/// The route of it.
pub fn routes() -> Routes {
    Routes::new().get("/health", Op::ShowHealth, health)
}

/// `ok` and how many events the record has, once the store answers; where nothing is signed any more; and what the
/// kernel does not keep the process from that reads uploaded files. That is no reason to send readers elsewhere: acts
/// go on.
struct Health(StatusCode, String);

async fn health(State(app): State<App>) -> Health {
    match app.recorded().await {
        Ok(size) => {
            let stopped = app.stopped().await.into_iter();
            let stopped: String =
                stopped.map(|one| format!("not signed: {} {}: {}\n", one.log, one.code, one.why)).collect();
            let reading = reading(app.ports().reading.unconfined().await.as_deref());
            Health(StatusCode::OK, format!("ok {size}\n{stopped}{reading}"))
        }
        Err(_) => Health(StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n".to_owned()),
    }
}

/// What is wrong with the process that reads uploaded files, a line for each.
fn reading(unconfined: Result<&[&str], &AppError>) -> String {
    match unconfined {
        Ok(unconfined) => unconfined.iter().map(|what| format!("not confined: reading {what}\n")).collect(),
        Err(_) => "not read: no process starts that reads uploaded files\n".to_owned(),
    }
}

impl IntoResponse for Health {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

impl Tells for Health {
    fn tell(sketch: &mut Sketch) {
        sketch.gives("200", "The court answers.", [("text/plain", page())]);
        sketch.gives("503", "The store does not answer.", [("text/plain", page())]);
    }
}
