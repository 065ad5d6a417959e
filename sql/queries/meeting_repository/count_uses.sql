-- why: what public bookings used up; ask under the locks of the keys
-- index: public_uses_key
-- returns: for each key its place among those asked for, from 1, and its bookings and mails of the last `age` seconds
SELECT asked.place, used.bookings, used.mails
  FROM unnest($1::text[], $2::integer[]) WITH ORDINALITY AS asked(key, age, place)
  CROSS JOIN LATERAL (SELECT COALESCE(sum(bookings), 0)::bigint AS bookings, COALESCE(sum(mails), 0)::bigint AS mails
                        FROM public_uses
                       WHERE key = hashtextextended(asked.key, 0) AND used_at <= $3::timestamptz
                         AND used_at > $3::timestamptz - asked.age * interval '1 second') AS used
