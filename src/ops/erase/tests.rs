//! Erasing on a scratch file.
