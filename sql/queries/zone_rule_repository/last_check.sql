-- why: meetings are compared again only when the rules are newer, or a day has passed
-- index: zone_rule_checks_pkey
-- returns: zone data and time of the last complete comparison, or no row
SELECT zone_data, checked_at
  FROM zone_rule_checks
