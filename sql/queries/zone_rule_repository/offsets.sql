-- why: whether the database counts time as we do, for every zone at once; a name it does not know must not fail the rest
-- index: none; it reads its own zone files
-- returns: zone and its offsets in seconds, in the instants' order; NULL for a zone that the database does not know
SELECT asked.name,
       CASE WHEN known.name IS NOT NULL THEN (
         SELECT string_agg(extract(epoch FROM (probe.at AT TIME ZONE asked.name) - (probe.at AT TIME ZONE 'UTC'))::integer::text,
                           ' ' ORDER BY probe.number)
           FROM unnest($2::timestamptz[]) WITH ORDINALITY AS probe(at, number)) END
  FROM unnest($1::text[]) AS asked(name)
  LEFT JOIN pg_timezone_names known ON known.name = asked.name
