-- why: a member takes a break from a team, or comes back
-- index: page_members_pkey
-- returns: nothing
UPDATE page_members SET is_active = $3 WHERE scheduling_page_id = $1 AND user_id = $2 AND is_active <> $3
