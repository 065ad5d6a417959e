-- why: a team is exactly who its owner names; whether somebody left the CRM is not the owner's to say
-- index: page_members_pkey
-- returns: nothing
WITH gone AS (
  DELETE FROM page_members WHERE scheduling_page_id = $1 AND user_id <> ALL ($2::integer[])
)
INSERT INTO page_members AS known (scheduling_page_id, user_id, weight, priority, is_active)
SELECT $1, member.user_id, member.weight, member.priority, member.is_active
  FROM unnest($2::integer[], $3::integer[], $4::integer[], $5::boolean[]) AS member(user_id, weight, priority, is_active)
ON CONFLICT (scheduling_page_id, user_id) DO UPDATE
   SET weight = excluded.weight, priority = excluded.priority, is_active = excluded.is_active
 WHERE (known.weight, known.priority, known.is_active) <> (excluded.weight, excluded.priority, excluded.is_active)
