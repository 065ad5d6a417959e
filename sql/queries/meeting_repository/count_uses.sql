-- why: what public bookings used up; ask under the locks of the keys
-- index: public_uses_key
-- returns: bookings and mails of each key, in the order asked for
SELECT sum(used.bookings)::bigint, sum(used.mails)::bigint
  FROM jsonb_to_recordset($1::jsonb) AS asked(place integer, key varchar, since timestamptz)
  CROSS JOIN LATERAL (SELECT COALESCE(sum(bookings), 0) AS bookings, COALESCE(sum(mails), 0) AS mails
                        FROM public_uses
                       WHERE key = asked.key AND used_at > asked.since AND used_at <= $2::timestamptz) AS used
 GROUP BY asked.place
 ORDER BY asked.place
