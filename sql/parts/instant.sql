-- why: documents that the database writes have instants as all others do
-- takes: at
to_char({{at}} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
