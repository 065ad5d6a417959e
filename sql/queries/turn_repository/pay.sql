-- why: the new host of a meeting pays for it, as a candidate of its booking or without a credit
-- index: turn_entries_pkey
-- returns: nothing
INSERT INTO turn_entries (chain_id, user_id, scheduling_page_id, credit, is_paid, turn_number, is_standing)
VALUES ($1, $2, $3, 0, true, nextval('turn_number'), $4)
ON CONFLICT (chain_id, user_id) DO UPDATE SET is_paid = true, turn_number = excluded.turn_number
