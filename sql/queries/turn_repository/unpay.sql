-- why: a meeting that changes hands takes the payment along; a booking without entries gets none
-- index: turn_entries_pkey, page_members_pkey
-- returns: page_id and whether it stands, of the entry that paid; whether the new host is a member of that page
UPDATE turn_entries entry
   SET is_paid = false, turn_number = NULL
 WHERE entry.chain_id = $1 AND entry.is_paid
RETURNING entry.scheduling_page_id, entry.is_standing,
          EXISTS (SELECT FROM page_members member
                   WHERE member.scheduling_page_id = entry.scheduling_page_id AND member.user_id = $2)
