-- why: what a booking gives to its candidates, and what the chosen one pays
-- index: turn_entries_pkey
-- returns: nothing
INSERT INTO turn_entries (chain_id, user_id, scheduling_page_id, credit, is_paid, turn_number)
SELECT $1, entry.user_id, $2, entry.credit, entry.is_paid, CASE WHEN entry.is_paid THEN nextval('turn_number') END
  FROM unnest($3::integer[], $4::double precision[], $5::boolean[]) AS entry(user_id, credit, is_paid)
