-- Customers at accounts, and their consultations.  Owner of: service_customer,
-- service_session.

-- one visit_select(corp I64, account I64, customer I64)
-- -> visit_row (account I64, customer I64, consumer I64, chat I64, state I64, session I64,
--     servicer I64, last_servicer I64, since_ms I64, due_ms I64, entered_ms I64, said_ms I64,
--     welcomed_ms I64, app_sent I64, rejected I64, refuses I64, scene TEXT, scene_param TEXT,
--     upgrade TEXT)
SELECT account, customer, consumer, chat, state, session, servicer, last_servicer, since_ms,
	due_ms, entered_ms, said_ms, welcomed_ms, app_sent, rejected, refuses, scene, scene_param,
	upgrade
FROM service_customer WHERE corp = $1 AND account = $2 AND customer = $3;

-- one visit_select_by_chat(corp I64, chat I64) -> visit_row
SELECT account, customer, consumer, chat, state, session, servicer, last_servicer, since_ms,
	due_ms, entered_ms, said_ms, welcomed_ms, app_sent, rejected, refuses, scene, scene_param,
	upgrade
FROM service_customer WHERE corp = $1 AND chat = $2;

-- many visit_select_state(corp I64, account I64, state I64, n I64) -> visit_row
SELECT account, customer, consumer, chat, state, session, servicer, last_servicer, since_ms,
	due_ms, entered_ms, said_ms, welcomed_ms, app_sent, rejected, refuses, scene, scene_param,
	upgrade
FROM service_customer WHERE corp = $1 AND account = $2 AND state = $3
ORDER BY since_ms, customer LIMIT $4;

-- many visit_select_served(corp I64, servicer I64, n I64) -> visit_row
SELECT account, customer, consumer, chat, state, session, servicer, last_servicer, since_ms,
	due_ms, entered_ms, said_ms, welcomed_ms, app_sent, rejected, refuses, scene, scene_param,
	upgrade
FROM service_customer WHERE corp = $1 AND servicer = $2 ORDER BY since_ms LIMIT $3;

-- many visit_select_due(corp I64, until_ms I64, n I64) -> visit_row
SELECT account, customer, consumer, chat, state, session, servicer, last_servicer, since_ms,
	due_ms, entered_ms, said_ms, welcomed_ms, app_sent, rejected, refuses, scene, scene_param,
	upgrade
FROM service_customer WHERE corp = $1 AND due_ms > 0 AND due_ms <= $2
ORDER BY due_ms LIMIT $3;

-- many visit_select_of_customer(corp I64, customer I64) -> visit_row
SELECT account, customer, consumer, chat, state, session, servicer, last_servicer, since_ms,
	due_ms, entered_ms, said_ms, welcomed_ms, app_sent, rejected, refuses, scene, scene_param,
	upgrade
FROM service_customer WHERE corp = $1 AND customer = $2 ORDER BY account LIMIT 1000;

-- one visit_next_due(corp I64) -> (due_ms I64)
SELECT due_ms FROM service_customer WHERE corp = $1 AND due_ms > 0
ORDER BY due_ms LIMIT 1;

-- one visit_count_before(corp I64, account I64, since_ms I64, customer I64) -> (n I64)
SELECT count(*) FROM service_customer
WHERE corp = $1 AND account = $2 AND state = 2 AND since_ms <= $3
	AND (since_ms < $3 OR customer < $4);

-- many visit_loads(corp I64, account I64) -> (servicer I64, n I64)
-- scan: the sessions that go on at one account
SELECT servicer, count(*) FROM service_customer
WHERE corp = $1 AND account = $2 AND state = 3 GROUP BY servicer;

-- exec visit_insert(corp I64, account I64, customer I64, consumer I64, chat I64, state I64,
--     now_ms I64)
INSERT INTO service_customer (corp, account, customer, consumer, chat, state, session, servicer,
	last_servicer, since_ms, due_ms, entered_ms, said_ms, welcomed_ms, app_sent, rejected,
	refuses, scene, scene_param, upgrade)
VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, $7, 0, $7, 0, 0, 0, 0, 0, '', '', '');

-- exec visit_update(corp I64, account I64, customer I64, state I64, session I64, servicer I64,
--     last_servicer I64, since_ms I64, due_ms I64, entered_ms I64, said_ms I64,
--     welcomed_ms I64, app_sent I64, rejected I64, refuses I64, scene TEXT, scene_param TEXT,
--     upgrade TEXT)
UPDATE service_customer SET state = $4, session = $5, servicer = $6, last_servicer = $7,
	since_ms = $8, due_ms = $9, entered_ms = $10, said_ms = $11, welcomed_ms = $12,
	app_sent = $13, rejected = $14, refuses = $15, scene = $16, scene_param = $17,
	upgrade = $18
WHERE corp = $1 AND account = $2 AND customer = $3;

-- many visit_doctor_page(corp I64, account I64, after I64, n I64) -> visit_row
SELECT account, customer, consumer, chat, state, session, servicer, last_servicer, since_ms,
	due_ms, entered_ms, said_ms, welcomed_ms, app_sent, rejected, refuses, scene, scene_param,
	upgrade
FROM service_customer WHERE corp = $1 AND account = $2 AND customer > $3
ORDER BY customer LIMIT $4;

-- one session_select(corp I64, session I64)
-- -> session_row (session I64, account I64, customer I64, servicer I64, began_ms I64,
--     queued_ms I64, served_ms I64, replied_ms I64, ended_ms I64, customer_messages I64,
--     servicer_messages I64, bot_asked I64, bot_answered I64, bot_passed I64, rejected I64,
--     upgraded I64, upgraded_to I64, rating_asked I64, rating I64, rating_words TEXT)
SELECT session, account, customer, servicer, began_ms, queued_ms, served_ms, replied_ms,
	ended_ms, customer_messages, servicer_messages, bot_asked, bot_answered, bot_passed,
	rejected, upgraded, upgraded_to, rating_asked, rating, rating_words
FROM service_session WHERE corp = $1 AND session = $2;

-- each session_between(corp I64, account I64, from_ms I64, to_ms I64) -> session_row
SELECT session, account, customer, servicer, began_ms, queued_ms, served_ms, replied_ms,
	ended_ms, customer_messages, servicer_messages, bot_asked, bot_answered, bot_passed,
	rejected, upgraded, upgraded_to, rating_asked, rating, rating_words
FROM service_session WHERE corp = $1 AND account = $2 AND began_ms >= $3 AND began_ms < $4;

-- many session_last(corp I64, account I64, n I64) -> session_row
SELECT session, account, customer, servicer, began_ms, queued_ms, served_ms, replied_ms,
	ended_ms, customer_messages, servicer_messages, bot_asked, bot_answered, bot_passed,
	rejected, upgraded, upgraded_to, rating_asked, rating, rating_words
FROM service_session WHERE corp = $1 AND account = $2 ORDER BY began_ms DESC LIMIT $3;

-- many session_of_servicer(corp I64, servicer I64, before_ms I64, n I64) -> session_row
SELECT session, account, customer, servicer, began_ms, queued_ms, served_ms, replied_ms,
	ended_ms, customer_messages, servicer_messages, bot_asked, bot_answered, bot_passed,
	rejected, upgraded, upgraded_to, rating_asked, rating, rating_words
FROM service_session WHERE corp = $1 AND servicer = $2 AND began_ms < $3
ORDER BY began_ms DESC LIMIT $4;

-- exec session_insert(corp I64, session I64, account I64, customer I64, began_ms I64)
INSERT INTO service_session (corp, session, account, customer, servicer, began_ms, queued_ms,
	served_ms, replied_ms, ended_ms, customer_messages, servicer_messages, bot_asked,
	bot_answered, bot_passed, rejected, upgraded, upgraded_to, rating_asked, rating,
	rating_words)
VALUES ($1, $2, $3, $4, 0, $5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '');

-- exec session_update(corp I64, session I64, servicer I64, queued_ms I64, served_ms I64,
--     replied_ms I64, ended_ms I64, customer_messages I64, servicer_messages I64,
--     bot_asked I64, bot_answered I64, bot_passed I64, rejected I64, upgraded I64,
--     upgraded_to I64, rating_asked I64, rating I64, rating_words TEXT)
UPDATE service_session SET servicer = $3, queued_ms = $4, served_ms = $5, replied_ms = $6,
	ended_ms = $7, customer_messages = $8, servicer_messages = $9, bot_asked = $10,
	bot_answered = $11, bot_passed = $12, rejected = $13, upgraded = $14,
	upgraded_to = $15, rating_asked = $16, rating = $17, rating_words = $18
WHERE corp = $1 AND session = $2;
