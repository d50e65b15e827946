-- What a chat writes, as core's schema has it.
CREATE TABLE chat (
	corp I64 NOT NULL,
	chat I64 NOT NULL,
	last_seq I64 NOT NULL,
	stamp I64 NOT NULL,
	PRIMARY KEY (corp, chat)
) CLUSTERED;

CREATE TABLE message (
	corp I64 NOT NULL,
	message I64 NOT NULL,
	chat I64 NOT NULL,
	seq I64 NOT NULL,
	sender_kind I64 NOT NULL,
	sender I64 NOT NULL,
	nonce TEXT NOT NULL,
	sent_ms I64 NOT NULL,
	type TEXT NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (corp, message)
) CLUSTERED;
CREATE UNIQUE INDEX message_by_seq ON message (corp, chat, seq);
CREATE UNIQUE INDEX message_by_nonce ON message (corp, chat, sender_kind, sender, nonce);
