//! What a scope carries beside facts: the funder's profile and the settings that change figures.

use crate::domain::Lang;
use crate::domain::facts::{BpfHours, DurableMin, FunderFact, Settings};
use crate::store::file::open::Store;
use crate::store::rows::rows;
use anyhow::{Context, Result, bail, ensure};
use rusqlite::named_params;

impl Store {
    /// The profile of the funder of a code.
    pub fn funder_fact(&self, code: &str) -> Result<Option<FunderFact>> {
        let sql = include_str!("../sql/facts/funder.sql");
        let params = named_params! { ":funder": code };
        let mut found = rows!(self.conn, sql, params, |id,
                                                       code,
                                                       name,
                                                       lang,
                                                       dialect,
                                                       level,
                                                       suppress_below,
                                                       rate_min_denominator,
                                                       people,
                                                       secret| {
            let (lang, secret): (String, String) = (lang, secret);
            FunderFact {
                id,
                code,
                name,
                lang: language(&lang)?,
                dialect,
                level,
                suppress_below,
                rate_min_denominator,
                people,
                secret: bytes(&secret)?,
            }
        });
        Ok(found.pop())
    }

    /// The settings that change figures; those that the school never set have their defaults.
    pub fn settings_fact(&self) -> Result<Settings> {
        let sql = include_str!("../sql/facts/settings.sql");
        let rows: Vec<(String, String)> = rows!(self.conn, sql, [], |key, value| (key, value));
        let mut settings = Settings::default();
        for (key, value) in rows {
            set(&mut settings, &key, &value).with_context(|| format!("setting {key}"))?;
        }
        Ok(settings)
    }

    /// The codes of the cohorts that a funder's grants name.
    pub fn cohorts_of_funder(&self, funder: &str) -> Result<Vec<String>> {
        Ok(rows!(self.conn, include_str!("../sql/funders/cohorts.sql"), [funder], |cohort| cohort))
    }
}

fn set(settings: &mut Settings, key: &str, value: &str) -> Result<()> {
    match (key, value) {
        ("durable_min", "6m") => settings.durable_min = DurableMin::SixMonths,
        ("durable_min", "over-6m") => settings.durable_min = DurableMin::OverSixMonths,
        ("bpf_hours", "centre") => settings.bpf_hours = BpfHours::Centre,
        ("bpf_hours", "all") => settings.bpf_hours = BpfHours::All,
        ("ltu_months", months) => settings.ltu_months = months.parse()?,
        ("ltu_under25", months) => settings.ltu_under25 = months.parse()?,
        _ => bail!("unknown value"),
    }
    Ok(())
}

fn language(code: &str) -> Result<Lang> {
    match [Lang::Fr, Lang::En].into_iter().find(|l| l.code() == code) {
        Some(lang) => Ok(lang),
        None => bail!("unknown language of a funder"),
    }
}

/// The bytes that hexadecimal digits write.
fn bytes(hex: &str) -> Result<Vec<u8>> {
    ensure!(hex.is_ascii() && hex.len().is_multiple_of(2), "a funder's key is damaged");
    let pairs = (0..hex.len()).step_by(2);
    pairs.map(|at| u8::from_str_radix(&hex[at..at + 2], 16).context("a funder's key is damaged")).collect()
}
