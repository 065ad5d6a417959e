-- why: who left the CRM takes no turn, and who came back does again
-- index: page_members_user
-- returns: nothing
UPDATE page_members SET has_left = $2 WHERE user_id = $1 AND has_left <> $2
