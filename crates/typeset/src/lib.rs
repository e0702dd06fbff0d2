//! Document structures to PDF, with the same bytes for the same facts
