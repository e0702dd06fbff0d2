//! An S3 server of the tests, on a folder.

use std::path::Path;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder as Connections;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tokio::net::TcpListener;

const KEY_ID: &str = "court";
const SECRET: &str = "a secret of this test alone";

/// The section of a configuration for the bucket `files`.
pub fn settings(endpoint: &str) -> String {
    format!(
        "[s3]\nendpoint = \"{endpoint}\"\nregion = \"cn-east-1\"\nbucket = \"files\"\naccess_key_id = \"{KEY_ID}\"\n\
         secret_access_key = \"{SECRET}\"\nallow_http = true\n"
    )
}

/// Serves the buckets in `root`, as long as the runtime lives.
pub async fn serve(root: &Path) -> String {
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
