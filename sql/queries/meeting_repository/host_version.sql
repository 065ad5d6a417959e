-- why: whether what is known about hosts in memory still holds; ask under the host's lock to book
-- index: host_versions_pkey
-- returns: for each host user_id, calendar_version, page_version (zeros for one about whom nothing was ever written), and
--          the database in which they count
SELECT host.user_id, COALESCE(known.calendar_version, 0), COALESCE(known.page_version, 0), database_epoch()
  FROM unnest($1::integer[]) AS host(user_id)
  LEFT JOIN host_versions known ON known.user_id = host.user_id
