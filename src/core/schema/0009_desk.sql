-- The desk: search and filters, a customer's timeline, cards, personal tags.

-- What a follow is found by: name, remark, company, description and numbers, folded.
ALTER TABLE follow ADD COLUMN words TEXT NOT NULL DEFAULT '';
CREATE INDEX follow_by_added ON follow (corp, created_ms, customer, member);

-- When the follow was added: by tag and time without a look at the follow.
ALTER TABLE follow_tag ADD COLUMN created_ms I64 NOT NULL DEFAULT 0;
DROP INDEX follow_tag_by_tag;
CREATE INDEX follow_tag_by_tag ON follow_tag (corp, tag, created_ms, customer, member);

-- How a message came to be sent: enum message_via; 0 by hand
ALTER TABLE message ADD COLUMN via I64 NOT NULL DEFAULT 0;

-- What happened to a customer, besides the ledger's steps.
CREATE TABLE customer_event (
	corp I64 NOT NULL,
	customer I64 NOT NULL,
	event I64 NOT NULL,             -- grows with time
	member I64 NOT NULL,            -- whose follow it concerns, 0 the corp's
	time_ms I64 NOT NULL,
	kind TEXT NOT NULL,
	actor TEXT NOT NULL,            -- "member:admin", "app:1000002", "consumer", "system"
	detail TEXT NOT NULL,           -- JSON by kind
	PRIMARY KEY (corp, customer, event)
) CLUSTERED;

-- A member's own labels; the name is the label.
CREATE TABLE personal_tag (
	corp I64 NOT NULL,
	member I64 NOT NULL,
	customer I64 NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (corp, member, customer, name)
) CLUSTERED;
CREATE INDEX personal_tag_by_name ON personal_tag (corp, member, name, customer);

-- What apps show of a customer on the desk: an order, a membership …
CREATE TABLE customer_card (
	corp I64 NOT NULL,
	customer I64 NOT NULL,
	app I64 NOT NULL,
	card_id TEXT NOT NULL,          -- the app's own name for it
	title TEXT NOT NULL,
	fields TEXT NOT NULL,           -- JSON: [{"name":…,"value":…}]
	status TEXT NOT NULL,           -- a word, empty for none
	color TEXT NOT NULL,            -- gray, blue, green, orange, red
	url TEXT NOT NULL,
	created_ms I64 NOT NULL,
	changed_ms I64 NOT NULL,
	PRIMARY KEY (corp, customer, app, card_id)
) CLUSTERED;

-- First words by rule; the most specific one that fits wins.
CREATE TABLE welcome_rule (
	corp I64 NOT NULL,
	rule I64 NOT NULL,
	owner I64 NOT NULL,             -- the member whose own it is, 0: an administrator's
	name TEXT NOT NULL,
	days I64 NOT NULL,              -- bits, Monday is 1; 127 every day
	from_min I64 NOT NULL,          -- of the day, by the corp's clock; from = until: all day
	until_min I64 NOT NULL,
	content TEXT NOT NULL,
	attachments TEXT NOT NULL,      -- JSON
	enabled I64 NOT NULL,
	changed_ms I64 NOT NULL,
	PRIMARY KEY (corp, rule)
) CLUSTERED;
CREATE INDEX welcome_rule_by_owner ON welcome_rule (corp, owner, rule);

-- For whom; a rule without a row is for everybody.
CREATE TABLE welcome_rule_range (
	corp I64 NOT NULL,
	rule I64 NOT NULL,
	kind I64 NOT NULL,              -- 1 member, 2 department
	target I64 NOT NULL,
	PRIMARY KEY (corp, rule, kind, target)
) CLUSTERED;

-- Texts that are sent again and again.
CREATE TABLE quick_reply (
	corp I64 NOT NULL,
	owner I64 NOT NULL,             -- the member whose own it is, 0: the corp's
	reply I64 NOT NULL,
	group_name TEXT NOT NULL,
	title TEXT NOT NULL,
	content TEXT NOT NULL,
	attachments TEXT NOT NULL,      -- JSON
	changed_ms I64 NOT NULL,
	PRIMARY KEY (corp, owner, reply)
) CLUSTERED;
