-- What was counted of days that are over.
-- Owner of: insight_day, insight_member, insight_channel, insight_group.

-- one insight_day_select(corp I64, day_ms I64) -> (made_ms I64)
SELECT made_ms FROM insight_day WHERE corp = $1 AND day_ms = $2;

-- one insight_day_last(corp I64) -> (day_ms I64)
SELECT day_ms FROM insight_day WHERE corp = $1 ORDER BY day_ms DESC LIMIT 1;

-- exec insight_day_insert(corp I64, day_ms I64, made_ms I64)
INSERT INTO insight_day (corp, day_ms, made_ms) VALUES ($1, $2, $3);

-- many insight_member_select(corp I64, day_ms I64)
-- -> insight_member_row (member I64, applies I64, contacts I64, lost I64, chats I64,
--     messages I64, asked I64, replied I64, reply_ms I64)
SELECT member, applies, contacts, lost, chats, messages, asked, replied, reply_ms
FROM insight_member WHERE corp = $1 AND day_ms = $2 ORDER BY member;

-- exec insight_member_insert(corp I64, day_ms I64, member I64, applies I64, contacts I64,
--     lost I64, chats I64, messages I64, asked I64, replied I64, reply_ms I64)
INSERT INTO insight_member (corp, day_ms, member, applies, contacts, lost, chats, messages,
	asked, replied, reply_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- many insight_channel_select(corp I64, day_ms I64)
-- -> insight_channel_row (channel TEXT, added I64, talked I64)
SELECT channel, added, talked FROM insight_channel
WHERE corp = $1 AND day_ms = $2 ORDER BY channel;

-- exec insight_channel_insert(corp I64, day_ms I64, channel TEXT, added I64, talked I64)
INSERT INTO insight_channel (corp, day_ms, channel, added, talked)
VALUES ($1, $2, $3, $4, $5);

-- many insight_group_select(corp I64, day_ms I64)
-- -> insight_group_row (chat I64, messages I64, talkers I64)
SELECT chat, messages, talkers FROM insight_group
WHERE corp = $1 AND day_ms = $2 ORDER BY chat;

-- exec insight_group_insert(corp I64, day_ms I64, chat I64, messages I64, talkers I64)
INSERT INTO insight_group (corp, day_ms, chat, messages, talkers)
VALUES ($1, $2, $3, $4, $5);
