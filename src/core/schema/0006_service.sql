-- Customer service accounts: who serves, who waits, what was said and how it went.

CREATE TABLE service_account (
	corp I64 NOT NULL,
	account I64 NOT NULL,
	open_kfid TEXT NOT NULL,        -- wk…
	name TEXT NOT NULL,
	avatar TEXT NOT NULL,           -- media key
	deleted I64 NOT NULL,           -- kept, so that old chats have a name
	first_answer I64 NOT NULL,             -- who answers first: enum service_first
	routing I64 NOT NULL,           -- enum service_routing
	prefers_last I64 NOT NULL,      -- who served him before goes first
	max_sessions I64 NOT NULL,      -- of one servicer at once, 0: no bound
	silence_s I64 NOT NULL,         -- a customer's silence that ends a session, 0: 48 hours only
	hours TEXT NOT NULL,            -- JSON, empty: always
	welcome TEXT NOT NULL,
	away_words TEXT NOT NULL,       -- outside the hours
	end_words TEXT NOT NULL,
	asks_rating I64 NOT NULL,
	threshold I64 NOT NULL,         -- of the bot's answers, percent
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, account)
) CLUSTERED;
CREATE UNIQUE INDEX service_account_by_open ON service_account (corp, open_kfid);

-- Which apps may manage an account and read and send its messages.
CREATE TABLE service_grant (
	corp I64 NOT NULL,
	account I64 NOT NULL,
	app I64 NOT NULL,
	PRIMARY KEY (corp, account, app)
) CLUSTERED;

-- Links to an account, one a scene.
CREATE TABLE service_way (
	corp I64 NOT NULL,
	account I64 NOT NULL,
	scene TEXT NOT NULL,            -- empty: the plain link
	code TEXT NOT NULL,             -- the end of /k/CODE; carries the corp's number
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, account, scene)
) CLUSTERED;
CREATE UNIQUE INDEX service_way_by_code ON service_way (corp, code);

CREATE TABLE servicer (
	corp I64 NOT NULL,
	account I64 NOT NULL,
	kind I64 NOT NULL,              -- 1 member, 2 department
	target I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, account, kind, target)
) CLUSTERED;

-- What a member says of himself at an account; without a row he receives.
CREATE TABLE servicer_status (
	corp I64 NOT NULL,
	account I64 NOT NULL,
	member I64 NOT NULL,
	stopped I64 NOT NULL,           -- 0 receiving, 1 stopped
	stop_type I64 NOT NULL,         -- 0 stopped, 1 suspended
	given I64 NOT NULL,             -- id_next() of when he last got a session: whose turn it is
	changed_ms I64 NOT NULL,
	PRIMARY KEY (corp, account, member)
) CLUSTERED;

-- A customer at an account: his one chat, and the session as it stands.
CREATE TABLE service_customer (
	corp I64 NOT NULL,
	account I64 NOT NULL,
	customer I64 NOT NULL,
	consumer I64 NOT NULL,
	chat I64 NOT NULL,
	state I64 NOT NULL,             -- enum service_state
	session I64 NOT NULL,           -- the current one, or the last; 0 never
	servicer I64 NOT NULL,          -- in state 3, else 0
	last_servicer I64 NOT NULL,     -- who served him before, 0 nobody
	since_ms I64 NOT NULL,          -- of the state: the queue's order
	due_ms I64 NOT NULL,            -- when the clock must look, 0 never
	entered_ms I64 NOT NULL,
	said_ms I64 NOT NULL,           -- his last message, 0 never
	welcomed_ms I64 NOT NULL,
	app_sent I64 NOT NULL,          -- by the API since his last message
	rejected I64 NOT NULL,          -- his messages are refused
	refuses I64 NOT NULL,           -- he wants no messages of apps
	scene TEXT NOT NULL,            -- of the last coming
	scene_param TEXT NOT NULL,
	upgrade TEXT NOT NULL,          -- JSON of what was recommended, empty for nothing
	PRIMARY KEY (corp, account, customer)
) CLUSTERED;
CREATE UNIQUE INDEX service_customer_by_chat ON service_customer (corp, chat);
CREATE INDEX service_customer_by_state ON service_customer (corp, account, state, since_ms);
CREATE INDEX service_customer_by_servicer ON service_customer (corp, servicer, since_ms);
CREATE INDEX service_customer_due ON service_customer (corp, due_ms);
CREATE INDEX service_customer_by_customer ON service_customer (corp, customer, account);

-- One consultation: from the first words to the end.
CREATE TABLE service_session (
	corp I64 NOT NULL,
	session I64 NOT NULL,
	account I64 NOT NULL,
	customer I64 NOT NULL,
	servicer I64 NOT NULL,          -- the last one who served, 0 nobody
	began_ms I64 NOT NULL,
	queued_ms I64 NOT NULL,
	served_ms I64 NOT NULL,         -- the first servicer took it
	replied_ms I64 NOT NULL,        -- his first words
	ended_ms I64 NOT NULL,          -- 0: it goes on
	customer_messages I64 NOT NULL,
	servicer_messages I64 NOT NULL,
	bot_asked I64 NOT NULL,
	bot_answered I64 NOT NULL,
	bot_passed I64 NOT NULL,        -- from the bot to people
	rejected I64 NOT NULL,
	upgraded I64 NOT NULL,          -- 1 a member, 2 a group was recommended
	upgraded_to I64 NOT NULL,       -- the member recommended
	rating_asked I64 NOT NULL,
	rating I64 NOT NULL,            -- 1 to 5, 0 none
	rating_words TEXT NOT NULL,
	PRIMARY KEY (corp, session)
) CLUSTERED;
CREATE INDEX service_session_by_account ON service_session (corp, account, began_ms);
CREATE INDEX service_session_by_servicer ON service_session (corp, servicer, began_ms);

-- To whom customers may be passed on: 1 member, 2 department, 3 customer group (by name).
CREATE TABLE service_upgrade (
	corp I64 NOT NULL,
	kind I64 NOT NULL,
	target I64 NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (corp, kind, target, name)
) CLUSTERED;

-- What sync_msg gives, in order: a message of the chat, or an event's JSON.
CREATE TABLE service_item (
	corp I64 NOT NULL,
	account I64 NOT NULL,
	item I64 NOT NULL,
	chat I64 NOT NULL,              -- 0: an event
	seq I64 NOT NULL,
	customer I64 NOT NULL,
	event TEXT NOT NULL,            -- JSON
	PRIMARY KEY (corp, account, item)
) CLUSTERED;

-- Codes that answer an event, once each.
CREATE TABLE service_code (
	corp I64 NOT NULL,
	code TEXT NOT NULL,
	kind I64 NOT NULL,              -- enum service_code_kind
	account I64 NOT NULL,
	customer I64 NOT NULL,
	used I64 NOT NULL,
	expires_ms I64 NOT NULL,
	PRIMARY KEY (corp, code)
) CLUSTERED;
CREATE INDEX service_code_by_kind ON service_code (corp, kind, used, expires_ms);

CREATE TABLE knowledge_group (
	corp I64 NOT NULL,
	kgroup I64 NOT NULL,
	name TEXT NOT NULL,
	is_default I64 NOT NULL,
	PRIMARY KEY (corp, kgroup)
) CLUSTERED;

CREATE TABLE knowledge_intent (
	corp I64 NOT NULL,
	intent I64 NOT NULL,
	kgroup I64 NOT NULL,
	question TEXT NOT NULL,
	question_folded TEXT NOT NULL,  -- one of a text, across all groups
	similars TEXT NOT NULL,         -- JSON list of texts
	answer TEXT NOT NULL,
	attachments TEXT NOT NULL,      -- JSON list
	PRIMARY KEY (corp, intent)
) CLUSTERED;
CREATE INDEX knowledge_intent_by_group ON knowledge_intent (corp, kgroup, intent);
CREATE UNIQUE INDEX knowledge_intent_by_question ON knowledge_intent (corp, question_folded);

-- The words of each question and similar question, for the bot.
CREATE TABLE knowledge_word (
	corp I64 NOT NULL,
	word TEXT NOT NULL,
	intent I64 NOT NULL,
	phrase I64 NOT NULL,            -- 0 the question, 1… the similar ones
	phrase_words I64 NOT NULL,      -- how many the phrase has
	PRIMARY KEY (corp, word, intent, phrase)
) CLUSTERED;
CREATE INDEX knowledge_word_by_intent ON knowledge_word (corp, intent);
