-- why: who knows the id before the meeting is written needs no answer from writing it
-- index: none
-- returns: an id for one meeting
SELECT nextval('scheduled_meetings_id_seq')
