-- why: tokens are sealed for their row, so its id is known before it is written
-- index: none
-- returns: the id
SELECT nextval('calendar_connections_id_seq')
