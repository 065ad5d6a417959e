-- why: which hosts changed since we last asked. The mark is the oldest transaction that was still running then:
--      what it and later ones write is seen by this or a later call, whenever they commit
-- index: host_versions_changed
-- returns: the next mark and the database in which it counts, and per changed host its id and versions; one row with
--          NULLs when none changed
SELECT pg_snapshot_xmin(pg_current_snapshot())::text, database_epoch(), changed.user_id,
       changed.calendar_version, changed.page_version
  FROM (SELECT) AS always
  LEFT JOIN host_versions AS changed ON changed.changed_by >= $1::text::xid8
