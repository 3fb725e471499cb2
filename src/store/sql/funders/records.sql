SELECT t.id, t.funder, t.name, t.lang, t.dialect, t.level, t.suppress_below, t.rate_min_denominator, t.people
FROM funder t
