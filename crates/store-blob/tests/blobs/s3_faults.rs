//! S3 on a bad day: it answers 503 and has done nothing, or answers 503 and has done what it was asked.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use futures::stream::{self, StreamExt};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder as Connections;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tokio::net::TcpListener;
use xiezhi_store::blob::{Blobs as _, Digest};
use xiezhi_store_blob::{S3Blobs, S3Files, S3Settings};

use crate::folder::{Folder, count_files};

/// What a bad day is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    /// Requests are turned away undone.
    Undone,
    /// Requests are done, and the answer is 503 all the same.
    Done,
}

/// A server that answers so many writes with 503.
struct House {
    settings: S3Settings,
    served: Folder,
    _spool: Folder,
    left: Arc<AtomicU32>,
}

impl House {
    async fn on(day: Day, bad_answers: u32) -> Self {
        let (served, spool) = (Folder::new(), Folder::new());
        std::fs::create_dir(served.path().join("files")).expect("the bucket is made");
        let left = Arc::new(AtomicU32::new(bad_answers));
        let mut builder = S3ServiceBuilder::new(FileSystem::new(served.path()).expect("the server has its folder"));
        builder.set_auth(SimpleAuth::from_single("court", "a secret"));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
        let address = listener.local_addr().expect("the port has a number");
        tokio::spawn(answer(listener, builder.build(), day, left.clone()));
        let settings = S3Settings {
            endpoint: Some(format!("http://{address}")),
            region: "cn-east-1".into(),
            bucket: "files".into(),
            prefix: String::new(),
            access_key_id: "court".into(),
            secret_access_key: "a secret".into(),
            allow_http: true,
            spool: spool.path().into(),
        };
        Self { settings, served, _spool: spool, left }
    }

    fn bad_answers_left(&self) -> u32 {
        self.left.load(Ordering::SeqCst)
    }
}

async fn answer(listener: TcpListener, service: S3Service, day: Day, left: Arc<AtomicU32>) {
    while let Ok((socket, _)) = listener.accept().await {
        let (service, left) = (service.clone(), left.clone());
        tokio::spawn(async move {
            let one = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
                let (service, left) = (service.clone(), left.clone());
                async move {
                    let writes = request.method() == hyper::Method::PUT;
                    let take = |left: u32| left.checked_sub(1);
                    let bad = writes && left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take).is_ok();
                    let busy = || {
                        let answer = hyper::Response::builder().status(503).body(s3s::Body::empty());
                        answer.expect("a good answer")
                    };
                    if bad && day == Day::Undone {
                        return Ok::<_, Infallible>(busy());
                    }
                    let done = hyper::service::Service::call(&service, request).await;
                    Ok(match done {
                        Ok(done) if !bad => done,
                        _ => busy(),
                    })
                }
            });
            // A client that hangs up is no fault of the server.
            let _ = Connections::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), one).await;
        });
    }
}

#[tokio::test]
async fn a_busy_server_is_asked_again_and_the_blob_is_there_once() {
    for day in [Day::Undone, Day::Done] {
        let house = House::on(day, 2).await;
        let blobs = S3Blobs::open(house.settings.clone()).expect("the settings can be used");
        let kept = blobs.put(stream::iter([Ok(Bytes::from_static(b"a lease"))]).boxed(), 100).await;
        assert_eq!(kept.expect("it is kept").digest, Digest::of(b"a lease"), "{day:?}");
        blobs.verify(Digest::of(b"a lease")).await.expect("it is whole");
        assert_eq!((house.bad_answers_left(), count_files(&house.served.path().join("files"))), (0, 1), "{day:?}");
    }
}

#[tokio::test]
async fn a_busy_server_takes_a_file_of_a_log_in_the_end() {
    for day in [Day::Undone, Day::Done] {
        let house = House::on(day, 2).await;
        let files = S3Files::open(S3Settings { prefix: "log".into(), ..house.settings.clone() }).expect("usable");
        files.put("record/checkpoint", b"one".to_vec()).await.expect("it is taken");
        assert_eq!(files.get("record/checkpoint").await.expect("it answers"), Some(b"one".to_vec()));
        assert_eq!(house.bad_answers_left(), 0);
    }
}
