-- why: whoever is refused is told when to come back
-- index: public_uses_key
-- returns: when the newest of those bookings was made whose end lets the count fall below $4; no row when it is below
SELECT made.used_at
  FROM (SELECT used_at, sum(bookings) OVER (ORDER BY used_at DESC) AS newer
          FROM public_uses
         WHERE key = hashtextextended($1, 0) AND used_at > $2::timestamptz AND used_at <= $3::timestamptz AND bookings > 0) AS made
 WHERE made.newer >= $4
 ORDER BY made.used_at DESC
 LIMIT 1
