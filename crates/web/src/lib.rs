//! Routes, views and pages. One URL, one view, one permission check: a browser gets the page, a program
//! the JSON. Knows nothing of storage; decides nothing.

pub mod assets;
pub mod capability;
pub mod document;
pub mod frame;
pub mod gallery;
pub mod http;
pub mod messages;

use std::sync::Arc;

use axum::{Router, middleware};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};
use xiezhi_app::App;

use http::routes::Routes;

/// Settings of the web layer.
#[derive(Clone, Debug, Default)]
pub struct WebConfig {
    /// Whether cookies carry `Secure` and the `__Host-` prefix: everywhere but on plain local HTTP.
    pub secure: bool,
    /// Requests a minute that one session or address may send before it is asked to slow down.
    pub requests_per_minute: u32,
    /// Proxies of the court: only they are believed for whom they ask.
    pub proxies: Vec<std::net::IpAddr>,
}

/// What every handler is given.
#[derive(Clone)]
pub struct Web {
    /// The application.
    pub app: App,
    /// Settings.
    pub config: Arc<WebConfig>,
    /// How often each session or address has asked lately.
    pub(crate) throttle: Arc<http::throttle::Throttle>,
    /// How many streams each person has open.
    pub(crate) streams: http::streams::Streams,
}

impl axum::extract::FromRef<Web> for App {
    fn from_ref(web: &Web) -> App {
        web.app.clone()
    }
}

/// All routes of the court.
pub fn routes() -> Routes {
    negotiated().and(plain())
}

/// Routes of pages and of their data.
fn negotiated() -> Routes {
    capability::routes()
        .and(gallery::routes().of("frame"))
        .and(frame::look::routes().of("frame"))
        .and(http::live::routes().of("frame"))
}

/// Routes that know no reader.
fn plain() -> Routes {
    assets::routes().of("frame").and(http::health::routes().of("frame"))
}

/// The router of all routes.
pub fn router(app: App, config: WebConfig) -> Router {
    let throttle = Arc::new(http::throttle::Throttle::new(config.requests_per_minute));
    let web = Web { app, config: Arc::new(config), throttle, streams: http::streams::Streams::default() };
    let pages = negotiated()
        .into_router()
        .fallback(http::problem::not_found)
        .method_not_allowed_fallback(http::problem::wrong_method)
        .layer(middleware::from_fn_with_state(web.clone(), http::looking::note))
        .layer(middleware::from_fn(http::security::of_letters))
        .layer(middleware::from_fn(http::security::same_origin))
        .layer(middleware::from_fn_with_state(web.clone(), http::throttle::limit))
        .layer(CatchPanicLayer::custom(http::problem::broken))
        .layer(middleware::from_fn_with_state(web.clone(), http::problem::negotiate))
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new().compress_when(http::security::compressible()));
    pages
        .merge(plain().into_router())
        .layer(middleware::from_fn_with_state(web.clone(), http::security::headers))
        .with_state(web)
}
