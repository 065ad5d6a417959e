-- why: groups are read by name; what was archived since keeps its name
-- index: scheduling_pages_pkey, meeting_types_pkey
-- returns: key, name
SELECT p.id::text, p.name FROM scheduling_pages p WHERE $1::text = 'page' AND p.id = ANY ($2::integer[])
UNION ALL
SELECT t.id::text, t.name FROM meeting_types t WHERE $1::text = 'meeting_type' AND t.id = ANY ($2::integer[])
