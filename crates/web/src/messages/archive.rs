//! Words of: Archive: readiness, handing over, the archivist's desk (归档).

crate::messages! {}
