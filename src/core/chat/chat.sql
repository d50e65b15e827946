-- Timelines and who is in them.  Owner of: chat, chat_person.

-- one chat_select(corp I64, chat I64)
-- -> chat_row (chat I64, kind I64, last_seq I64, stamp I64, closed I64, created_ms I64)
SELECT chat, kind, last_seq, stamp, closed, created_ms FROM chat WHERE corp = $1 AND chat = $2;

-- one chat_select_by_key(corp I64, chat_key TEXT) -> chat_row
SELECT chat, kind, last_seq, stamp, closed, created_ms FROM chat
WHERE corp = $1 AND chat_key = $2;

-- exec chat_insert(corp I64, chat I64, kind I64, chat_key TEXT, stamp I64, created_ms I64)
INSERT INTO chat (corp, chat, kind, chat_key, last_seq, stamp, closed, created_ms)
VALUES ($1, $2, $3, $4, 0, $5, 0, $6);

-- many chat_select_to_add(corp I64, chat I64)
-- -> (chat_kind I64, closed I64, last_seq I64, kind I64, person I64, account I64)
-- A row for each person; whoever adds holds the chat's number from here to the commit.
SELECT c.kind, c.closed, c.last_seq, p.kind, p.person, p.account
FROM chat c JOIN chat_person p ON p.corp = c.corp AND p.chat = c.chat
WHERE c.corp = $1 AND c.chat = $2 LOCK_ROWS;

-- exec chat_set_last(corp I64, chat I64, last_seq I64, stamp I64)
UPDATE chat SET last_seq = $3, stamp = $4 WHERE corp = $1 AND chat = $2;

-- exec chat_touch(corp I64, chat I64, stamp I64)
UPDATE chat SET stamp = $3 WHERE corp = $1 AND chat = $2;

-- exec chat_set_closed(corp I64, chat I64, closed I64, stamp I64)
UPDATE chat SET closed = $3, stamp = $4 WHERE corp = $1 AND chat = $2 AND closed <> $3;

-- many chat_select_persons(corp I64, chat I64)
-- -> person_row (kind I64, person I64, account I64, read_seq I64, from_seq I64, joined_ms I64)
SELECT kind, person, account, read_seq, from_seq, joined_ms FROM chat_person
WHERE corp = $1 AND chat = $2 ORDER BY kind, person;

-- one chat_select_person(corp I64, chat I64, kind I64, person I64) -> person_row
SELECT kind, person, account, read_seq, from_seq, joined_ms FROM chat_person
WHERE corp = $1 AND chat = $2 AND kind = $3 AND person = $4;

-- exec chat_insert_person(corp I64, chat I64, kind I64, person I64, account I64, joined_ms I64)
INSERT INTO chat_person (corp, chat, kind, person, account, read_seq, joined_ms)
VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT DO NOTHING;

-- exec chat_join_person(corp I64, chat I64, kind I64, person I64, account I64, from_seq I64,
--     joined_ms I64)
INSERT INTO chat_person (corp, chat, kind, person, account, read_seq, from_seq, joined_ms)
VALUES ($1, $2, $3, $4, $5, $6, $6, $7) ON CONFLICT DO NOTHING;

-- exec chat_delete_person(corp I64, chat I64, kind I64, person I64)
DELETE FROM chat_person WHERE corp = $1 AND chat = $2 AND kind = $3 AND person = $4;

-- exec chat_move_mark(corp I64, chat I64, kind I64, person I64, seq I64)
UPDATE chat_person SET read_seq = $5
WHERE corp = $1 AND chat = $2 AND kind = $3 AND person = $4 AND read_seq < $5;

-- exec chat_replace_person(corp I64, chat I64, kind I64, person I64, successor I64, account I64,
--     now I64)
UPDATE chat_person SET person = $5, account = $6, joined_ms = $7
WHERE corp = $1 AND chat = $2 AND kind = $3 AND person = $4;

-- many chat_select_heads(corp I64, kind I64, person I64, after_stamp I64, before_stamp I64, n I64)
-- -> head_row (chat I64, kind I64, last_seq I64, stamp I64, closed I64, created_ms I64,
--     account I64, read_seq I64, from_seq I64, joined_ms I64)
-- The chats come from the index alone (mine), or SQLite would rather read all persons.
SELECT c.chat, c.kind, c.last_seq, c.stamp, c.closed, c.created_ms, p.account, p.read_seq,
	p.from_seq, p.joined_ms
FROM chat_person mine JOIN chat c ON c.corp = mine.corp AND c.chat = mine.chat
JOIN chat_person p ON p.corp = mine.corp AND p.chat = mine.chat AND p.kind = mine.kind
	AND p.person = mine.person
WHERE mine.corp = $1 AND mine.kind = $2 AND mine.person = $3 AND c.stamp > $4 AND c.stamp < $5
ORDER BY c.stamp DESC LIMIT $6;

-- many chat_doctor_page(corp I64, after I64, n I64) -> chat_row
SELECT chat, kind, last_seq, stamp, closed, created_ms FROM chat
WHERE corp = $1 AND chat > $2 ORDER BY chat LIMIT $3;
