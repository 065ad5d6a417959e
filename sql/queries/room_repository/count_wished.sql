-- why: Zoom lets a user make a hundred meetings a day
-- index: meeting_rooms_user
-- returns: how many rooms of that user were wished for since then
SELECT count(*) FROM meeting_rooms WHERE user_id = $1 AND wished_at > $2
