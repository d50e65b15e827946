-- The first schema.  Times are Unix milliseconds; flags 0 or 1; ids come from
-- base/ids.h.  Every table starts with the corp, and so does every key and index;
-- the consumer's own account is the exception (consumer-keyed).

-- directory ------------------------------------------------------------------

CREATE TABLE corp (
	corp I64 NOT NULL,              -- small number, 1, 2, …
	corpid TEXT NOT NULL,           -- ww + 16 hex
	name TEXT NOT NULL,
	verified I64 NOT NULL,
	welcome TEXT NOT NULL,          -- the corp's own welcome text, empty for none
	allow_private_callbacks I64 NOT NULL,
	sync_reads_ids I64 NOT NULL,    -- the contact-sync secret reads ids only
	directory_version I64 NOT NULL, -- id_next() of the last change of a department
	next_member_number I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp)
) CLUSTERED;
-- global: finds the corp of a corpid
CREATE UNIQUE INDEX corp_by_corpid ON corp (corpid);

CREATE TABLE department (
	corp I64 NOT NULL,
	department I64 NOT NULL,        -- WeCom's id; the root is 1
	parent I64 NOT NULL,            -- 0 for the root
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	sort_order I64 NOT NULL,
	PRIMARY KEY (corp, department)
) CLUSTERED;

CREATE TABLE member (
	corp I64 NOT NULL,
	member I64 NOT NULL,
	number I64 NOT NULL,            -- dense, for bitmaps
	userid TEXT NOT NULL,
	userid_folded TEXT NOT NULL,
	name TEXT NOT NULL,
	name_folded TEXT NOT NULL,
	alias TEXT NOT NULL,
	position TEXT NOT NULL,
	mobile TEXT NOT NULL,
	email TEXT NOT NULL,
	email_folded TEXT NOT NULL,
	biz_mail TEXT NOT NULL,
	telephone TEXT NOT NULL,
	address TEXT NOT NULL,
	gender I64 NOT NULL,            -- 0 unknown, 1 male, 2 female
	avatar TEXT NOT NULL,           -- media key, empty for none
	external_position TEXT NOT NULL,
	external_profile TEXT NOT NULL, -- JSON, empty for none
	extattr TEXT NOT NULL,          -- JSON, empty for none
	main_department I64 NOT NULL,
	direct_leader TEXT NOT NULL,    -- userid, empty for none
	status I64 NOT NULL,            -- 1 active, 2 disabled, 4 not activated, 5 left
	admin I64 NOT NULL,
	serves_customers I64 NOT NULL,  -- may do customer contact
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, member)
) CLUSTERED;
CREATE UNIQUE INDEX member_by_userid ON member (corp, userid_folded);
CREATE UNIQUE INDEX member_by_number ON member (corp, number);
CREATE UNIQUE INDEX member_by_mobile ON member (corp, mobile) WHERE mobile <> '';
CREATE UNIQUE INDEX member_by_email ON member (corp, email_folded) WHERE email_folded <> '';

CREATE TABLE member_department (
	corp I64 NOT NULL,
	member I64 NOT NULL,
	department I64 NOT NULL,
	sort_order I64 NOT NULL,
	is_leader I64 NOT NULL,
	PRIMARY KEY (corp, member, department)
) CLUSTERED;
CREATE INDEX member_department_by_department
	ON member_department (corp, department, is_leader, member);

-- account --------------------------------------------------------------------

CREATE TABLE credential (
	corp I64 NOT NULL,
	member I64 NOT NULL,
	hash TEXT NOT NULL,             -- Argon2id, as libsodium writes it
	must_change I64 NOT NULL,
	changed_ms I64 NOT NULL,
	PRIMARY KEY (corp, member)
) CLUSTERED;

CREATE TABLE member_session (
	corp I64 NOT NULL,
	session I64 NOT NULL,
	member I64 NOT NULL,
	hash BYTES NOT NULL,            -- SHA-256 of the token's secret part
	device TEXT NOT NULL,
	created_ms I64 NOT NULL,
	seen_ms I64 NOT NULL,
	expires_ms I64 NOT NULL,
	PRIMARY KEY (corp, session)
) CLUSTERED;
CREATE INDEX member_session_by_member ON member_session (corp, member, session);

CREATE TABLE audit (
	corp I64 NOT NULL,
	entry I64 NOT NULL,
	actor TEXT NOT NULL,            -- "member:admin", "operator"
	verb TEXT NOT NULL,
	object TEXT NOT NULL,
	detail TEXT NOT NULL,
	PRIMARY KEY (corp, entry)
) CLUSTERED;

-- app ------------------------------------------------------------------------

CREATE TABLE app (
	corp I64 NOT NULL,
	app I64 NOT NULL,               -- agentid; 1 contact sync, 2 customer contact
	kind I64 NOT NULL,              -- enum app_kind
	name TEXT NOT NULL,
	description TEXT NOT NULL,
	logo TEXT NOT NULL,             -- media key
	home_url TEXT NOT NULL,
	redirect_domain TEXT NOT NULL,
	closed I64 NOT NULL,
	scopes I64 NOT NULL,
	sends_welcome I64 NOT NULL,
	secret_hash BYTES NOT NULL,     -- SHA-256; finds and checks
	secret_sealed BYTES NOT NULL,   -- to show it again to administrators
	token_issued_ms I64 NOT NULL,   -- of the newest token
	callback_url TEXT NOT NULL,
	callback_token TEXT NOT NULL,
	callback_key_sealed BYTES NOT NULL, -- EncodingAESKey
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, app)
) CLUSTERED;
CREATE UNIQUE INDEX app_by_secret ON app (corp, secret_hash);

CREATE TABLE app_range (
	corp I64 NOT NULL,
	app I64 NOT NULL,
	kind I64 NOT NULL,              -- 1 member, 2 department
	target I64 NOT NULL,
	PRIMARY KEY (corp, app, kind, target)
) CLUSTERED;

-- media ----------------------------------------------------------------------

CREATE TABLE media (
	corp I64 NOT NULL,
	media I64 NOT NULL,
	media_key TEXT NOT NULL,        -- media_id: random, so it cannot be guessed
	kind TEXT NOT NULL,             -- image voice video file avatar
	name TEXT NOT NULL,
	mime TEXT NOT NULL,
	sha256 TEXT NOT NULL,           -- the file under media/
	size I64 NOT NULL,
	width I64 NOT NULL,
	height I64 NOT NULL,
	created_ms I64 NOT NULL,
	expires_ms I64 NOT NULL,        -- 0: kept while something refers to it
	PRIMARY KEY (corp, media)
) CLUSTERED;
CREATE UNIQUE INDEX media_by_key ON media (corp, media_key);
CREATE INDEX media_by_expiry ON media (corp, expires_ms, media);
CREATE INDEX media_by_file ON media (corp, sha256, media);

-- chat -----------------------------------------------------------------------

CREATE TABLE chat (
	corp I64 NOT NULL,
	chat I64 NOT NULL,
	kind I64 NOT NULL,              -- enum chat_kind
	chat_key TEXT NOT NULL,         -- who is in it, for chats there is one of: "app/1000002/MEMBER"
	last_seq I64 NOT NULL,
	stamp I64 NOT NULL,             -- id of the last change
	closed I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, chat)
) CLUSTERED;
CREATE UNIQUE INDEX chat_by_key ON chat (corp, chat_key);

CREATE TABLE chat_person (
	corp I64 NOT NULL,
	chat I64 NOT NULL,
	kind I64 NOT NULL,              -- enum person_kind
	person I64 NOT NULL,            -- member, customer or agentid
	account I64 NOT NULL,           -- the consumer behind a customer, else 0
	read_seq I64 NOT NULL,
	joined_ms I64 NOT NULL,
	PRIMARY KEY (corp, chat, kind, person)
) CLUSTERED;
CREATE INDEX chat_person_by_person ON chat_person (corp, kind, person, chat);

CREATE TABLE message (
	corp I64 NOT NULL,
	message I64 NOT NULL,           -- grows, so rows are appended
	chat I64 NOT NULL,
	seq I64 NOT NULL,               -- dense within the chat, from 1
	sender_kind I64 NOT NULL,
	sender I64 NOT NULL,
	nonce TEXT NOT NULL,            -- the sender's, for retries; the server's own are "=" + id
	sent_ms I64 NOT NULL,
	type TEXT NOT NULL,
	body TEXT NOT NULL,             -- JSON by the type's shape
	PRIMARY KEY (corp, message)
) CLUSTERED;
CREATE UNIQUE INDEX message_by_seq ON message (corp, chat, seq);
CREATE UNIQUE INDEX message_by_nonce ON message (corp, chat, sender_kind, sender, nonce);

-- message/send's duplicate check, and recall later
CREATE TABLE app_send (
	corp I64 NOT NULL,
	app I64 NOT NULL,
	content_hash BYTES NOT NULL,
	until_ms I64 NOT NULL,
	PRIMARY KEY (corp, app, content_hash)
) CLUSTERED;

-- customer -------------------------------------------------------------------

-- consumer-keyed
CREATE TABLE consumer (
	consumer I64 NOT NULL,
	name TEXT NOT NULL,
	avatar TEXT NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (consumer)
) CLUSTERED;

-- consumer-keyed
CREATE TABLE consumer_session (
	consumer I64 NOT NULL,
	session I64 NOT NULL,
	hash BYTES NOT NULL,
	device TEXT NOT NULL,
	created_ms I64 NOT NULL,
	seen_ms I64 NOT NULL,
	PRIMARY KEY (consumer, session)
) CLUSTERED;

-- consumer-keyed
CREATE TABLE consumer_chat (
	consumer I64 NOT NULL,
	corp I64 NOT NULL,
	chat I64 NOT NULL,
	customer I64 NOT NULL,
	PRIMARY KEY (consumer, corp, chat)
) CLUSTERED;

CREATE TABLE customer (
	corp I64 NOT NULL,
	customer I64 NOT NULL,
	external_userid TEXT NOT NULL,  -- wm + 30
	consumer I64 NOT NULL,
	name TEXT NOT NULL,
	avatar TEXT NOT NULL,
	gender I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, customer)
) CLUSTERED;
CREATE UNIQUE INDEX customer_by_external_userid ON customer (corp, external_userid);
CREATE UNIQUE INDEX customer_by_consumer ON customer (corp, consumer);

CREATE TABLE follow (
	corp I64 NOT NULL,
	member I64 NOT NULL,
	customer I64 NOT NULL,
	status I64 NOT NULL,            -- enum follow_status: 1 active, 2 deleted by the member, 3 by the customer
	remark TEXT NOT NULL,
	description TEXT NOT NULL,
	remark_company TEXT NOT NULL,
	remark_mobiles TEXT NOT NULL,   -- JSON list
	add_way I64 NOT NULL,
	state TEXT NOT NULL,
	way I64 NOT NULL,               -- contact way, 0 none
	oper_userid TEXT NOT NULL,
	chat I64 NOT NULL,
	created_ms I64 NOT NULL,
	changed_ms I64 NOT NULL,
	PRIMARY KEY (corp, member, customer)
) CLUSTERED;
CREATE INDEX follow_by_customer ON follow (corp, customer, member);
CREATE INDEX follow_by_time ON follow (corp, member, created_ms, customer);
CREATE UNIQUE INDEX follow_by_chat ON follow (corp, chat);

CREATE TABLE tag_group (
	corp I64 NOT NULL,
	tag_group I64 NOT NULL,
	name TEXT NOT NULL,
	sort_order I64 NOT NULL,
	deleted I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, tag_group)
) CLUSTERED;

CREATE TABLE tag (
	corp I64 NOT NULL,
	tag I64 NOT NULL,
	tag_group I64 NOT NULL,
	name TEXT NOT NULL,
	sort_order I64 NOT NULL,
	deleted I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, tag)
) CLUSTERED;
CREATE INDEX tag_by_group ON tag (corp, tag_group, tag);

CREATE TABLE follow_tag (
	corp I64 NOT NULL,
	member I64 NOT NULL,
	customer I64 NOT NULL,
	tag I64 NOT NULL,
	PRIMARY KEY (corp, member, customer, tag)
) CLUSTERED;
CREATE INDEX follow_tag_by_tag ON follow_tag (corp, tag, member, customer);

CREATE TABLE contact_way (
	corp I64 NOT NULL,
	way I64 NOT NULL,
	config_id TEXT NOT NULL,        -- 32 hex
	code TEXT NOT NULL,             -- the end of /c/CODE; begins with the corp's number
	type I64 NOT NULL,              -- 1 single, 2 multi
	scene I64 NOT NULL,             -- 1 mini program, 2 QR code
	style I64 NOT NULL,
	remark TEXT NOT NULL,
	skip_verify I64 NOT NULL,
	state TEXT NOT NULL,
	is_temp I64 NOT NULL,
	expires_ms I64 NOT NULL,        -- temporary ways; 0 never
	chat_expires_s I64 NOT NULL,
	unionid TEXT NOT NULL,
	is_exclusive I64 NOT NULL,
	mark_source I64 NOT NULL,
	conclusions TEXT NOT NULL,      -- JSON, empty for none
	owner I64 NOT NULL,             -- the member whose own code it is, 0: made by API
	next_turn I64 NOT NULL,         -- round robin among several members
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, way)
) CLUSTERED;
CREATE UNIQUE INDEX contact_way_by_config ON contact_way (corp, config_id);
CREATE UNIQUE INDEX contact_way_by_code ON contact_way (corp, code);
CREATE INDEX contact_way_by_time ON contact_way (corp, created_ms, way);
CREATE INDEX contact_way_by_owner ON contact_way (corp, owner, way);

CREATE TABLE contact_way_range (
	corp I64 NOT NULL,
	way I64 NOT NULL,
	kind I64 NOT NULL,              -- 1 member, 2 department
	target I64 NOT NULL,
	position I64 NOT NULL,
	PRIMARY KEY (corp, way, kind, target)
) CLUSTERED;

CREATE TABLE welcome (
	corp I64 NOT NULL,
	welcome I64 NOT NULL,
	code TEXT NOT NULL,             -- WelcomeCode
	member I64 NOT NULL,
	customer I64 NOT NULL,
	chat I64 NOT NULL,
	state I64 NOT NULL,             -- 1 waiting for an app, 2 sent by an app, 3 sent by the corp, 4 nothing to send
	expires_ms I64 NOT NULL,
	PRIMARY KEY (corp, welcome)
) CLUSTERED;
CREATE UNIQUE INDEX welcome_by_code ON welcome (corp, code);
CREATE INDEX welcome_due ON welcome (corp, state, expires_ms, welcome);

-- callback -------------------------------------------------------------------

CREATE TABLE outbox (
	corp I64 NOT NULL,
	event I64 NOT NULL,             -- in order; X-Liaison-Event
	app I64 NOT NULL,
	name TEXT NOT NULL,             -- "change_external_contact", "text"
	change TEXT NOT NULL,           -- "add_external_contact" or empty
	fields TEXT NOT NULL,           -- the plain callback as JSON, in order
	chat I64 NOT NULL,              -- where a passive reply goes, 0 nowhere
	status I64 NOT NULL,            -- enum outbox_status: 1 waiting, 2 delivered, 3 parked, 4 expired
	tries I64 NOT NULL,
	next_ms I64 NOT NULL,
	expires_ms I64 NOT NULL,        -- 0 never
	http_status I64 NOT NULL,
	error TEXT NOT NULL,
	done_ms I64 NOT NULL,
	PRIMARY KEY (corp, event)
) CLUSTERED;
CREATE INDEX outbox_due ON outbox (corp, status, app, event);
CREATE INDEX outbox_by_app ON outbox (corp, app, event);
