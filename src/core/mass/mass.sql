-- Mass messages.  Owner of: mass, mass_task, mass_target, mass_got, mass_reminder.

-- one mass_select(corp I64, mass I64)
-- -> mass_row (mass I64, kind I64, personal I64, app I64, creator I64, allow_select I64,
--     direct I64, state I64, text TEXT, attachments TEXT, wanted TEXT, place TEXT,
--     targets I64, sent I64, failed I64, created_ms I64)
SELECT mass, kind, personal, app, creator, allow_select, direct, state, text, attachments, wanted,
	place, targets, sent, failed, created_ms
FROM mass WHERE corp = $1 AND mass = $2;

-- The newest first; everyone's when personal or creator is -1.
-- many mass_select_page(corp I64, kind I64, from_ms I64, to_ms I64, before_ms I64,
--     before_mass I64, personal I64, creator I64, n I64) -> mass_row
SELECT mass, kind, personal, app, creator, allow_select, direct, state, text, attachments, wanted,
	place, targets, sent, failed, created_ms
FROM mass
WHERE corp = $1 AND kind = $2 AND created_ms >= $3 AND created_ms <= $4
	AND (created_ms, mass) < ($5, $6) AND ($7 = -1 OR personal = $7)
	AND ($8 = -1 OR creator = $8)
ORDER BY created_ms DESC, mass DESC LIMIT $9;

-- many mass_select_preparing(corp I64, n I64) -> (mass I64)
SELECT mass FROM mass WHERE corp = $1 AND state = 1 ORDER BY mass LIMIT $2;

-- exec mass_insert(corp I64, mass I64, kind I64, personal I64, app I64, creator I64,
--     allow_select I64, direct I64, text TEXT, attachments TEXT, wanted TEXT, created_ms I64)
INSERT INTO mass (corp, mass, kind, personal, app, creator, allow_select, direct, state, text,
	attachments, wanted, place, targets, sent, failed, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11, '', 0, 0, 0, $12);

-- exec mass_set_place(corp I64, mass I64, place TEXT, targets I64)
UPDATE mass SET place = $3, targets = targets + $4 WHERE corp = $1 AND mass = $2;

-- exec mass_set_state(corp I64, mass I64, state I64)
UPDATE mass SET state = $3 WHERE corp = $1 AND mass = $2;

-- exec mass_count_results(corp I64, mass I64, targets I64, sent I64, failed I64)
UPDATE mass SET targets = targets + $3, sent = sent + $4, failed = failed + $5
WHERE corp = $1 AND mass = $2;

-- exec mass_delete(corp I64, mass I64)
DELETE FROM mass WHERE corp = $1 AND mass = $2;

-- one mass_task_select(corp I64, mass I64, member I64)
-- -> mass_task_row (mass I64, member I64, state I64, place I64, targets I64, sent I64,
--     failed I64, reminded_ms I64, decided_ms I64, done_ms I64)
SELECT mass, member, state, place, targets, sent, failed, reminded_ms, decided_ms, done_ms
FROM mass_task WHERE corp = $1 AND mass = $2 AND member = $3;

-- many mass_task_select_page(corp I64, mass I64, after I64, n I64) -> mass_task_row
SELECT mass, member, state, place, targets, sent, failed, reminded_ms, decided_ms, done_ms
FROM mass_task WHERE corp = $1 AND mass = $2 AND member > $3 ORDER BY member LIMIT $4;

-- many mass_task_select_of_member(corp I64, member I64, before I64, n I64) -> mass_task_row
SELECT mass, member, state, place, targets, sent, failed, reminded_ms, decided_ms, done_ms
FROM mass_task WHERE corp = $1 AND member = $2 AND mass < $3 ORDER BY mass DESC LIMIT $4;

-- one mass_task_select_due(corp I64) -> (mass I64, member I64, place I64)
SELECT t.mass, t.member, t.place FROM mass_task t
JOIN mass m ON m.corp = t.corp AND m.mass = t.mass
WHERE t.corp = $1 AND t.state = 1 AND m.state = 2 ORDER BY t.mass, t.member LIMIT 1;

-- many mass_task_select_unsent(corp I64, mass I64, n I64) -> (member I64)
SELECT member FROM mass_task WHERE corp = $1 AND mass = $2 AND state = 0
ORDER BY member LIMIT $3;

-- one mass_task_select_open(corp I64, mass I64) -> (member I64)
SELECT member FROM mass_task WHERE corp = $1 AND mass = $2 AND state IN (0, 1) LIMIT 1;

-- exec mass_task_insert(corp I64, mass I64, member I64)
INSERT INTO mass_task (corp, mass, member, state, place, targets, sent, failed, reminded_ms,
	decided_ms, done_ms)
VALUES ($1, $2, $3, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING;

-- exec mass_task_count(corp I64, mass I64, member I64, targets I64, sent I64, failed I64)
UPDATE mass_task SET targets = targets + $4, sent = sent + $5, failed = failed + $6
WHERE corp = $1 AND mass = $2 AND member = $3;

-- exec mass_task_set_place(corp I64, mass I64, member I64, place I64)
UPDATE mass_task SET place = $4 WHERE corp = $1 AND mass = $2 AND member = $3;

-- exec mass_task_decide(corp I64, mass I64, member I64, state I64, now I64)
UPDATE mass_task SET state = $4, decided_ms = $5 WHERE corp = $1 AND mass = $2 AND member = $3;

-- exec mass_task_decide_all(corp I64, mass I64, now I64)
UPDATE mass_task SET state = 1, decided_ms = $3 WHERE corp = $1 AND mass = $2 AND state = 0;

-- exec mass_task_finish(corp I64, mass I64, member I64, now I64)
UPDATE mass_task SET state = 2, done_ms = $4 WHERE corp = $1 AND mass = $2 AND member = $3;

-- exec mass_task_remind(corp I64, mass I64, now I64)
UPDATE mass_task SET reminded_ms = $3 WHERE corp = $1 AND mass = $2 AND state = 0;

-- exec mass_task_delete(corp I64, mass I64)
DELETE FROM mass_task WHERE corp = $1 AND mass = $2;

-- exec mass_target_insert(corp I64, mass I64, member I64, target I64, chat I64)
INSERT INTO mass_target (corp, mass, member, target, status, sent_ms, chat, seq)
VALUES ($1, $2, $3, $4, 0, 0, $5, 0) ON CONFLICT DO NOTHING;

-- many mass_target_select_page(corp I64, mass I64, member I64, after I64, n I64)
-- -> mass_target_row (member I64, target I64, status I64, sent_ms I64, chat I64, seq I64)
SELECT member, target, status, sent_ms, chat, seq FROM mass_target
WHERE corp = $1 AND mass = $2 AND member = $3 AND target > $4 ORDER BY target LIMIT $5;

-- many mass_target_select_all(corp I64, mass I64, member I64, target I64, n I64)
-- -> mass_target_row
SELECT member, target, status, sent_ms, chat, seq FROM mass_target
WHERE corp = $1 AND mass = $2 AND (member, target) > ($3, $4) ORDER BY member, target LIMIT $5;

-- one mass_target_select_sent(corp I64, mass I64, target I64) -> (member I64)
SELECT member FROM mass_target WHERE corp = $1 AND mass = $2 AND target = $3 AND status = 1;

-- exec mass_target_set(corp I64, mass I64, member I64, target I64, status I64, sent_ms I64,
--     chat I64, seq I64)
UPDATE mass_target SET status = $5, sent_ms = $6, chat = $7, seq = $8
WHERE corp = $1 AND mass = $2 AND member = $3 AND target = $4;

-- exec mass_target_leave_out(corp I64, mass I64, member I64, target I64)
UPDATE mass_target SET status = 4
WHERE corp = $1 AND mass = $2 AND member = $3 AND target = $4 AND status = 0;

-- exec mass_target_delete(corp I64, mass I64)
DELETE FROM mass_target WHERE corp = $1 AND mass = $2;

-- one mass_got_select(corp I64, kind I64, target I64)
-- -> (month I64, month_n I64, day I64, day_n I64)
SELECT month, month_n, day, day_n FROM mass_got WHERE corp = $1 AND kind = $2 AND target = $3;

-- exec mass_got_add(corp I64, kind I64, target I64, month I64, day I64)
INSERT INTO mass_got (corp, kind, target, month, month_n, day, day_n)
VALUES ($1, $2, $3, $4, 1, $5, 1)
ON CONFLICT (corp, kind, target) DO UPDATE SET
	month_n = CASE WHEN mass_got.month = excluded.month THEN mass_got.month_n + 1 ELSE 1 END,
	day_n = CASE WHEN mass_got.day = excluded.day THEN mass_got.day_n + 1 ELSE 1 END,
	month = excluded.month, day = excluded.day;

-- exec mass_reminder_insert(corp I64, mass I64, reminder I64)
INSERT INTO mass_reminder (corp, mass, reminder) VALUES ($1, $2, $3);

-- one mass_reminder_count(corp I64, mass I64, since I64) -> (n I64)
SELECT count(*) FROM mass_reminder WHERE corp = $1 AND mass = $2 AND reminder >= $3;

-- one mass_doctor_counts(corp I64, mass I64) -> (targets I64, sent I64, failed I64)
SELECT count(CASE WHEN status <> 4 THEN 1 END), count(CASE WHEN status = 1 THEN 1 END),
	count(CASE WHEN status IN (2, 3) THEN 1 END)
FROM mass_target WHERE corp = $1 AND mass = $2;

-- many mass_doctor_page(corp I64, after I64, n I64) -> mass_row
SELECT mass, kind, personal, app, creator, allow_select, direct, state, text, attachments, wanted,
	place, targets, sent, failed, created_ms
FROM mass WHERE corp = $1 AND mass > $2 ORDER BY mass LIMIT $3;
