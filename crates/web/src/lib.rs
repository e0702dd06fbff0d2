//! Routes, views and pages
