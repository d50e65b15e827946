-- The customer's own side: whom he shuts out, what he reports, how he is found again, where
-- he is told of messages, and whose cards he passes on.

-- his language, as his page says it: "zh", "en" or empty
ALTER TABLE consumer ADD COLUMN language TEXT NOT NULL DEFAULT '';

-- Whom a consumer has shut out: a member, or with member 0 the whole corp.
-- consumer-keyed
CREATE TABLE consumer_block (
	consumer I64 NOT NULL,
	corp I64 NOT NULL,
	member I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (consumer, corp, member)
) CLUSTERED;

-- Whom a member has shut out, for the whole corp; by consumer, so that it outlives the customer.
CREATE TABLE customer_block (
	corp I64 NOT NULL,
	consumer I64 NOT NULL,
	member I64 NOT NULL,
	customer I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, consumer, member)
) CLUSTERED;

CREATE TABLE report (
	corp I64 NOT NULL,
	report I64 NOT NULL,            -- grows
	customer I64 NOT NULL,
	member I64 NOT NULL,
	chat I64 NOT NULL,
	reason TEXT NOT NULL,           -- spam fraud harassment illegal privacy other
	words TEXT NOT NULL,
	messages TEXT NOT NULL,         -- JSON list: as they were when he reported them
	closed_ms I64 NOT NULL,         -- 0: open
	closed_by TEXT NOT NULL,        -- "member:admin"
	note TEXT NOT NULL,             -- what came of it
	PRIMARY KEY (corp, report)
);
CREATE INDEX report_open ON report (corp, report) WHERE closed_ms = 0;

-- A customer passes a member's card on; code is the end of ?by=.
CREATE TABLE card_share (
	corp I64 NOT NULL,
	code TEXT NOT NULL,
	customer I64 NOT NULL,
	member I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, code)
) CLUSTERED;
CREATE UNIQUE INDEX card_share_by_customer ON card_share (corp, customer, member);

-- Who passed the card by which a customer came.
CREATE TABLE card_share_use (
	corp I64 NOT NULL,
	member I64 NOT NULL,
	customer I64 NOT NULL,
	by_customer I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, member, customer)
) CLUSTERED;

-- How a consumer is found again ------------------------------------------------

-- consumer-keyed
CREATE TABLE consumer_email (
	consumer I64 NOT NULL,
	email TEXT NOT NULL,
	email_folded TEXT NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (consumer)
) CLUSTERED;
-- global: finds the account of an address
CREATE UNIQUE INDEX consumer_email_by_address ON consumer_email (email_folded);

-- consumer-keyed
CREATE TABLE passkey (
	consumer I64 NOT NULL,
	passkey I64 NOT NULL,
	credential BYTES NOT NULL,      -- its id
	public_key BYTES NOT NULL,      -- SubjectPublicKeyInfo, DER
	algorithm I64 NOT NULL,         -- COSE: -7 ES256, -257 RS256
	counter I64 NOT NULL,
	name TEXT NOT NULL,
	created_ms I64 NOT NULL,
	used_ms I64 NOT NULL,
	PRIMARY KEY (consumer, passkey)
) CLUSTERED;
-- global: finds the account of a credential
CREATE UNIQUE INDEX passkey_by_credential ON passkey (credential);

-- A code by mail, or a passkey's challenge, that is still good once.
-- global: before it is used nobody knows whose it is
CREATE TABLE proof (
	proof I64 NOT NULL,
	kind I64 NOT NULL,              -- enum proof_kind
	consumer I64 NOT NULL,          -- who asked, 0 nobody yet
	subject TEXT NOT NULL,          -- the address
	hash BYTES NOT NULL,            -- of the code or challenge
	tries I64 NOT NULL,
	expires_ms I64 NOT NULL,
	PRIMARY KEY (proof)
) CLUSTERED;
-- global: for the sweep
CREATE INDEX proof_by_expiry ON proof (expires_ms, proof);
-- global: how many codes an address was sent lately
CREATE INDEX proof_by_subject ON proof (subject, proof) WHERE subject <> '';

-- Web Push ---------------------------------------------------------------------

-- consumer-keyed
CREATE TABLE push_subscription (
	consumer I64 NOT NULL,
	subscription I64 NOT NULL,
	endpoint TEXT NOT NULL,
	public_key BYTES NOT NULL,      -- p256dh
	auth BYTES NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (consumer, subscription)
) CLUSTERED;
-- consumer-keyed
CREATE UNIQUE INDEX push_subscription_by_endpoint ON push_subscription (consumer, endpoint);

-- Up to which message he was told; once told, not again until he has read.
-- consumer-keyed
CREATE TABLE push_mark (
	consumer I64 NOT NULL,
	corp I64 NOT NULL,
	chat I64 NOT NULL,
	seq I64 NOT NULL,
	PRIMARY KEY (consumer, corp, chat)
) CLUSTERED;
