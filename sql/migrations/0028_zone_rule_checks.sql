-- Why: comparing all upcoming meetings is work for newer zone rules, not for every hour and every host. One row
-- says which rules have seen them all.
CREATE TABLE zone_rule_checks (
    is_only BOOLEAN PRIMARY KEY DEFAULT true CHECK (is_only),
    zone_data VARCHAR(40) NOT NULL,
    checked_at TIMESTAMPTZ NOT NULL
);
