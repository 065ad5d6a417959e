-- why: whether what is known about hosts in memory still holds; ask under the host's lock to book
-- index: host_versions_pkey
-- returns: user_id, calendar_version, page_version; no row for a host about whom nothing was ever written
SELECT user_id, calendar_version, page_version FROM host_versions WHERE user_id = ANY ($1::integer[])
