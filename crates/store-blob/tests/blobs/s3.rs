//! Blobs on S3: a server in the same process, which checks signatures.

use std::path::Path;

use bytes::Bytes;
use futures::stream::{self, StreamExt};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder as Connections;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tokio::net::TcpListener;
use xiezhi_store::blob::{Blobs, ByteStream, Digest};
use xiezhi_store_blob::{S3Blobs, S3Files, S3Settings};

use crate::folder::{Folder, count_files};

const KEY_ID: &str = "court";
const SECRET: &str = "a secret of this test alone";

xiezhi_store::blob_conformance!(async {
    let house = House::open().await;
    (house.blobs(), house)
});

/// A server with one bucket, and a spool.
struct House {
    endpoint: String,
    served: Folder,
    spool: Folder,
}

impl House {
    async fn open() -> Self {
        let (served, spool) = (Folder::new(), Folder::new());
        std::fs::create_dir(served.path().join("files")).expect("the bucket is made");
        let endpoint = serve(served.path()).await;
        Self { endpoint, served, spool }
    }

    fn settings(&self) -> S3Settings {
        S3Settings {
            endpoint: Some(self.endpoint.clone()),
            region: "cn-east-1".into(),
            bucket: "files".into(),
            prefix: "blobs".into(),
            access_key_id: KEY_ID.into(),
            secret_access_key: SECRET.into(),
            allow_http: true,
            spool: self.spool.path().into(),
        }
    }

    fn blobs(&self) -> S3Blobs {
        S3Blobs::open(self.settings()).expect("the settings can be used")
    }

    fn bucket(&self) -> std::path::PathBuf {
        self.served.path().join("files")
    }
}

async fn serve(root: &Path) -> String {
    let mut builder = S3ServiceBuilder::new(FileSystem::new(root).expect("the server has its folder"));
    builder.set_auth(SimpleAuth::from_single(KEY_ID, SECRET));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let address = listener.local_addr().expect("the port has a number");
    tokio::spawn(answer(listener, builder.build()));
    format!("http://{address}")
}

async fn answer(listener: TcpListener, service: S3Service) {
    while let Ok((socket, _)) = listener.accept().await {
        let connections = Connections::new(TokioExecutor::new());
        let service = service.clone();
        tokio::spawn(async move {
            // A client that hangs up is no fault of the server.
            let _ = connections.serve_connection(TokioIo::new(socket), service).await;
        });
    }
}

fn whole(bytes: &'static [u8]) -> ByteStream<'static> {
    stream::iter([Ok(Bytes::from_static(bytes))]).boxed()
}

#[tokio::test]
async fn a_blob_stands_under_its_name_in_the_bucket() {
    let house = House::open().await;
    house.blobs().put(whole(b"a lease"), 100).await.expect("it is kept");
    let name = Digest::of(b"a lease").to_string();
    let path = house.bucket().join("blobs").join(&name[..2]).join(&name[2..4]).join(&name);
    assert_eq!(std::fs::read(path).expect("the object is there"), b"a lease");
}

#[tokio::test]
async fn a_refused_upload_reaches_neither_bucket_nor_spool() {
    let house = House::open().await;
    house.blobs().put(whole(b"too long"), 3).await.expect_err("it is refused");
    assert_eq!((count_files(&house.bucket()), count_files(house.spool.path())), (0, 0));
}

#[tokio::test]
async fn a_wrong_key_is_an_error_of_the_storage() {
    let house = House::open().await;
    let settings = S3Settings { secret_access_key: "wrong".into(), ..house.settings() };
    let blobs = S3Blobs::open(settings).expect("the settings look usable");
    let refused = blobs.put(whole(b"a lease"), 100).await.expect_err("the server refuses");
    assert_eq!(refused.code(), "blob.storage");
}

#[tokio::test]
async fn a_file_of_a_log_is_read_as_it_was_written_last() {
    let house = House::open().await;
    let files =
        S3Files::open(S3Settings { prefix: "logs".into(), ..house.settings() }).expect("the settings can be used");

    assert_eq!(files.get("record/checkpoint").await.expect("the server answers"), None);
    files.put("record/checkpoint", b"one".to_vec()).await.expect("written");
    files.put("record/checkpoint", b"two".to_vec()).await.expect("written again");
    files.put("record/tile/0/x001/234", vec![7; 8192]).await.expect("a tile is written");

    assert_eq!(files.get("record/checkpoint").await.expect("the server answers"), Some(b"two".to_vec()));
    assert_eq!(files.get("record/tile/0/x001/234").await.expect("the server answers"), Some(vec![7; 8192]));
    assert!(
        house.bucket().join("logs/record/tile/0/x001/234").exists(),
        "the name in the bucket is the name of the log"
    );
}
