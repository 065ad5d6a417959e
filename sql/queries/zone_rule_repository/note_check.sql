-- why: so that the next run, on any host, knows that there is nothing to do
-- index: zone_rule_checks_pkey
-- returns: nothing
INSERT INTO zone_rule_checks (zone_data, checked_at)
VALUES ($1, $2)
ON CONFLICT (is_only) DO UPDATE SET zone_data = excluded.zone_data, checked_at = excluded.checked_at
