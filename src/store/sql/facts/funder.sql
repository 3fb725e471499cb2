SELECT id, funder AS code, name, lang, dialect, level, suppress_below, rate_min_denominator, people, secret
FROM funder
WHERE funder = :funder
ORDER BY id
