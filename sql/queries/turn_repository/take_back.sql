-- why: a meeting that leaves the team leaves its ledger, for everybody who was a candidate of it
-- index: turn_entries_pkey
-- returns: nothing
DELETE FROM turn_entries WHERE chain_id = $1
