//! Between HTTP and the application: who asks, what they want back, what they sent, what went wrong.

pub mod came;
pub mod files;
pub mod input;
pub mod live;
pub mod me;
pub mod problem;
pub mod security;
pub mod showing;
pub mod throttle;
pub mod wants;

/// Everything a handler needs, for one `use`.
pub mod prelude {
    pub use super::files::FilesForm;
    pub use super::input::Input;
    pub use super::me::{Me, Visitor};
    pub use super::problem::{FieldError, Problem};
    pub use super::showing::{Showing, View};
    pub use super::wants::{Format, done, show};
    pub use crate::Web;
    pub use axum::{
        Router,
        extract::{Path, Query, State},
        response::{IntoResponse, Response},
        routing::{get, post},
    };
    pub use maud::{Markup, html};
    pub use serde::{Deserialize, Serialize};
    pub use xiezhi_app::{App, AppError};
}
