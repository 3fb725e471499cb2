//! Files in: decoded, sniffed, their headers mapped, their rows turned into the same requests as the command line.

pub mod cell;
