-- why: where the next reading goes on; horizon NULL: as it was
-- index: connected_calendars_pkey
-- returns: nothing
UPDATE connected_calendars SET sync_token = $2, horizon_end = COALESCE($3, horizon_end) WHERE id = $1
