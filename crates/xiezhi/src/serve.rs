//! Serving a court.

use std::{future::IntoFuture as _, net::SocketAddr, process::ExitCode, sync::Arc, time::Duration};

use anyhow::Context;
use axum::{Router, routing::get};
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::{sync::watch, task::JoinHandle};
use xiezhi_app::{App, moment::SystemClock, workers};
use xiezhi_store::LogId;
use xiezhi_web::WebConfig;

use crate::{
    compose,
    config::{Config, ConfigArgs, LogFormat},
};

/// Arguments of `serve`.
#[derive(clap::Args)]
pub struct ServeArgs {
    #[command(flatten)]
    config: ConfigArgs,
}

/// Serves the court of a configuration.
pub fn run(args: ServeArgs) -> anyhow::Result<ExitCode> {
    let config = Config::read(&args.config)?;
    config.check_for_serve()?;
    logs(&config);
    runtime()?.block_on(async {
        let opened = compose::open(&config, Arc::new(SystemClock)).await?;
        listen(opened.app, &config, || {}).await
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The runtime everything runs on.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no runtime")
}

/// Logs as the configuration says.
pub fn logs(config: &Config) {
    init_logs(config.log == LogFormat::Json);
}

/// Logs for a collector, or for a terminal; beside what a command answers.
pub fn init_logs(json: bool) {
    use tracing_subscriber::{EnvFilter, fmt};
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    if json {
        fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    } else {
        fmt().with_env_filter(filter).compact().with_writer(std::io::stderr).init();
    }
}

/// Requests under way are given this long to end. A page that listens for hints never ends by itself.
const PATIENCE: Duration = Duration::from_secs(5);

async fn turns_true(mut watched: watch::Receiver<bool>) {
    // Whoever would say so is gone: then it is over too.
    let _ = watched.wait_for(|turned| *turned).await;
}

/// Serves pages and runs the workers until told to stop; then finishes what is begun.
pub async fn listen(app: App, config: &Config, ready: impl FnOnce()) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(&config.listen)
        .await
        .with_context(|| format!("{} is in use; choose another with --listen", config.listen))?;
    let (stop, stopped) = watch::channel(false);
    let working = tokio::spawn(workers::run(app.clone(), stopped));
    let web = WebConfig {
        secure: config.secure_cookies,
        requests_per_minute: config.requests_per_minute,
        proxies: config.proxies.clone(),
    };
    let router = xiezhi_web::router(app.clone(), web);
    let measuring = match &config.metrics_listen {
        Some(address) => Some(measure_at(address, metrics(app.clone())?).await?),
        None => None,
    };
    tell_of_reading(&app).await;
    tracing::info!(listen = config.listen, "the court is open");
    ready();
    let (leave, leaving) = watch::channel(false);
    let served = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(turns_true(leaving));
    tokio::select! {
        served = served => served.context("serving failed")?,
        () = async {
            told_to_stop().await;
            leave.send_replace(true);
            tokio::time::sleep(PATIENCE).await;
        } => tracing::info!("some readers are still connected: the court closes without them"),
    }
    if let Some(measuring) = measuring {
        measuring.abort();
    }
    stop.send_replace(true);
    working.await.context("a worker failed")?;
    app.close().await;
    for log in LogId::ALL {
        if let Err(fault) = app.prove(log).await {
            tracing::error!(fault = &fault as &dyn std::error::Error, "the last checkpoint was not signed");
        }
    }
    tracing::info!("the court is closed");
    Ok(())
}

/// Says at the start what `/health` says from then on: whether files from outside are read as they should be.
async fn tell_of_reading(app: &App) {
    match app.ports().reading.unconfined().await {
        Ok(unconfined) => unconfined.into_iter().for_each(|what| {
            tracing::error!(what, "the kernel does not confine the process that reads uploaded files");
        }),
        Err(fault) => {
            tracing::error!(fault = &fault as &dyn std::error::Error, "no process starts that reads uploaded files");
        }
    }
}

/// Answers a collector at an address of its own: what a court counts is not for everyone who reads its pages.
async fn measure_at(address: &str, router: Router) -> anyhow::Result<JoinHandle<std::io::Result<()>>> {
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("{address} is in use; choose another `metrics_listen`"))?;
    Ok(tokio::spawn(axum::serve(listener, router).into_future()))
}

/// `/metrics` is for a collector.
fn metrics(app: App) -> anyhow::Result<Router> {
    let metrics = PrometheusBuilder::new().install_recorder().context("metrics can't be gathered")?;
    metrics::describe_gauge!("xiezhi_record_events", "Events in the record");
    metrics::describe_gauge!("xiezhi_record_proven_events", "Events under the newest signed checkpoint");
    metrics::describe_gauge!("xiezhi_record_witnessed_events", "Events that a quorum of witnesses vouches for");
    metrics::describe_gauge!("xiezhi_record_stamped_events", "Events under the newest time stamp");
    metrics::describe_gauge!("xiezhi_record_stamped_seconds", "Time of the newest time stamp, seconds since 1970");
    metrics::describe_gauge!("xiezhi_audit_differences", "Differences that the last check of everything found");
    metrics::describe_gauge!("xiezhi_audit_ended_seconds", "When it ended, seconds since 1970");
    let rendered = move || {
        let (app, metrics) = (app.clone(), metrics.clone());
        async move {
            measure(&app).await;
            metrics.render()
        }
    };
    Ok(Router::new().route("/metrics", get(rendered)))
}

/// What a collector wants to know of the record: a gap between the numbers means that nobody signs,
/// or nobody cosigns; and whether the record agrees with itself.
async fn measure(app: &App) {
    if let Ok(size) = app.ports().store.size(LogId::RECORD).await {
        metrics::gauge!("xiezhi_record_events").set(size as f64);
    }
    if let Ok(reach) = app.reach(LogId::RECORD).await {
        metrics::gauge!("xiezhi_record_proven_events").set(reach.signed as f64);
        metrics::gauge!("xiezhi_record_witnessed_events").set(reach.witnessed as f64);
    }
    if let Ok(Some(last)) = app.stamp_standing().await.map(|standing| standing.and_then(|standing| standing.last)) {
        metrics::gauge!("xiezhi_record_stamped_events").set(last.size as f64);
        metrics::gauge!("xiezhi_record_stamped_seconds").set(last.at.as_second() as f64);
    }
    if let Ok(Some(audited)) = app.audited().await {
        let found = audited.checked.differences.len() as u64 + audited.checked.more;
        metrics::gauge!("xiezhi_audit_differences").set(found as f64);
        metrics::gauge!("xiezhi_audit_ended_seconds").set((audited.ended_us / 1_000_000) as f64);
    }
}

/// Returns when the program is told to stop.
pub async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).expect("signals can be waited for");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
