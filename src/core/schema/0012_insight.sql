-- Numbers of days that are over, made from messages and the ledger (core/insight).

-- which days have been counted
CREATE TABLE insight_day (
	corp I64 NOT NULL,
	day_ms I64 NOT NULL,            -- when it began
	made_ms I64 NOT NULL,
	PRIMARY KEY (corp, day_ms)
) CLUSTERED;

CREATE TABLE insight_member (
	corp I64 NOT NULL,
	day_ms I64 NOT NULL,
	member I64 NOT NULL,
	applies I64 NOT NULL,           -- customers given to him by a handover
	contacts I64 NOT NULL,          -- new customers
	lost I64 NOT NULL,              -- customers who deleted him
	chats I64 NOT NULL,             -- chats with a customer in which he wrote
	messages I64 NOT NULL,          -- what he wrote there
	asked I64 NOT NULL,             -- chats that the customer began that day
	replied I64 NOT NULL,           -- of them, those he answered that day
	reply_ms I64 NOT NULL,          -- until the first answer, all of them together
	PRIMARY KEY (corp, day_ms, member)
) CLUSTERED;

-- By where customers came from: the config_id of a contact way, or the source in words.
CREATE TABLE insight_channel (
	corp I64 NOT NULL,
	day_ms I64 NOT NULL,
	channel TEXT NOT NULL,
	added I64 NOT NULL,
	talked I64 NOT NULL,            -- of them, those who wrote on the same day
	PRIMARY KEY (corp, day_ms, channel)
) CLUSTERED;

CREATE TABLE insight_group (
	corp I64 NOT NULL,
	day_ms I64 NOT NULL,
	chat I64 NOT NULL,
	messages I64 NOT NULL,
	talkers I64 NOT NULL,           -- people who wrote
	PRIMARY KEY (corp, day_ms, chat)
) CLUSTERED;
