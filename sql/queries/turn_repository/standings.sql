-- why: the turn's balances, and who has waited longest
-- index: page_members_pkey, turn_balances_pkey, turn_entries_last
-- returns: per member of the page, by user id: user_id, credits, meetings, eligible, the number of the last assignment
--          that still stands (0: none)
SELECT member.user_id, COALESCE(balance.credits, 0), COALESCE(balance.meetings, 0), COALESCE(balance.eligible, 0),
       COALESCE((SELECT entry.turn_number FROM turn_entries entry
                  WHERE entry.scheduling_page_id = $1 AND entry.user_id = member.user_id AND entry.is_paid
                    AND entry.is_standing AND entry.turn_number IS NOT NULL
                  ORDER BY entry.turn_number DESC LIMIT 1), 0)
  FROM page_members member
  LEFT JOIN turn_balances balance ON balance.scheduling_page_id = $1 AND balance.user_id = member.user_id
 WHERE member.scheduling_page_id = $1
 ORDER BY member.user_id
