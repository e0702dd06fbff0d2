//! Between HTTP and the application: who asks, what they want back, what they sent, what went wrong.

pub mod ask;
pub mod came;
pub mod files;
pub mod health;
pub mod input;
pub mod live;
pub mod looking;
pub mod me;
pub mod openapi;
pub mod problem;
mod proxies;
pub mod routes;
pub mod security;
pub mod showing;
pub mod streams;
pub mod throttle;
pub mod wants;

/// Everything a handler needs, for one `use`.
pub mod prelude {
    pub use super::ask::{Path, Query};
    pub use super::files::{FieldsAndFiles, File, Files, FilesForm};
    pub use super::input::{Fields, Input, Nothing};
    pub use super::me::{Me, Visitor};
    pub use super::problem::{FieldError, Problem};
    pub use super::routes::Routes;
    pub use super::showing::{Showing, View};
    pub use super::wants::{AnyFile, Done, Format, Jpeg, PlainText, Sent, Shown, Xlsx, Zip, done, show};
    pub use crate::Web;
    pub use crate::messages::routes::Key as Op;
    pub use axum::{
        extract::State,
        response::{IntoResponse, NoContent, Response},
    };
    pub use maud::{Markup, html};
    pub use serde::{Deserialize, Serialize};
    pub use utoipa::ToSchema;
    pub use xiezhi_app::{App, AppError};
}
