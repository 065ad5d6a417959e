-- why: connections whose calendars are to be read now; what a clock that jumped back left far ahead is due too
-- index: calendar_connections_due
-- returns: ids, the most overdue first
SELECT id FROM calendar_connections
 WHERE is_active AND account <> '' AND (next_sync_at <= $1::timestamptz OR next_sync_at > $2::timestamptz)
 ORDER BY next_sync_at
 LIMIT $3
