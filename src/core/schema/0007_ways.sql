-- What codes lead to, and who comes by them: routing, limits, requests, temporary chats,
-- acquisition links.

-- enum way_kind: 0 made by an app, 1 a member's own, 2 made in the console, 3 of a link
ALTER TABLE contact_way ADD COLUMN kind I64 NOT NULL DEFAULT 0;
UPDATE contact_way SET kind = 1 WHERE owner <> 0;
ALTER TABLE contact_way ADD COLUMN link I64 NOT NULL DEFAULT 0;          -- acquisition link, 0 none
ALTER TABLE contact_way ADD COLUMN disabled I64 NOT NULL DEFAULT 0;
ALTER TABLE contact_way ADD COLUMN routing I64 NOT NULL DEFAULT 0;       -- enum way_routing
ALTER TABLE contact_way ADD COLUMN keeps_member I64 NOT NULL DEFAULT 0;  -- who served him before comes first
ALTER TABLE contact_way ADD COLUMN off_duty I64 NOT NULL DEFAULT 0;      -- 1: outside the shifts nobody is added
ALTER TABLE contact_way ADD COLUMN max_customers I64 NOT NULL DEFAULT 0; -- 0 no bound
ALTER TABLE contact_way ADD COLUMN max_a_day I64 NOT NULL DEFAULT 0;     -- of each member; 0 no bound
ALTER TABLE contact_way ADD COLUMN added I64 NOT NULL DEFAULT 0;         -- customers so far
CREATE INDEX contact_way_by_kind ON contact_way (corp, kind, way);
CREATE INDEX contact_way_by_link ON contact_way (corp, link) WHERE link <> 0;

-- when who is on duty, of ways routed by it
CREATE TABLE contact_way_shift (
	corp I64 NOT NULL,
	way I64 NOT NULL,
	position I64 NOT NULL,
	kind I64 NOT NULL,              -- 1 member, 2 department
	target I64 NOT NULL,
	days I64 NOT NULL,              -- bit 0 Monday … bit 6 Sunday
	from_min I64 NOT NULL,          -- minutes of the day, by the server's clock
	to_min I64 NOT NULL,            -- before from_min: over midnight
	PRIMARY KEY (corp, way, position)
) CLUSTERED;

-- how many each member got by a way
CREATE TABLE contact_way_load (
	corp I64 NOT NULL,
	way I64 NOT NULL,
	member I64 NOT NULL,
	day I64 NOT NULL,               -- days since 1970 by the server's clock
	today I64 NOT NULL,             -- on that day
	total I64 NOT NULL,
	PRIMARY KEY (corp, way, member)
) CLUSTERED;

-- who asked to add a member and waits for his answer
CREATE TABLE add_request (
	corp I64 NOT NULL,
	request I64 NOT NULL,
	way I64 NOT NULL,
	member I64 NOT NULL,
	customer I64 NOT NULL,
	consumer I64 NOT NULL,
	state TEXT NOT NULL,            -- of the way, or the channel of a link
	words TEXT NOT NULL,            -- what the customer said of himself
	status I64 NOT NULL,            -- enum request_status: 1 waiting, 2 accepted, 3 refused, 4 withdrawn
	created_ms I64 NOT NULL,
	done_ms I64 NOT NULL,
	PRIMARY KEY (corp, request)
) CLUSTERED;
CREATE INDEX add_request_by_member ON add_request (corp, member, status, request);
CREATE INDEX add_request_by_customer ON add_request (corp, customer, request);

-- what he asked for, until it is accepted or withdrawn
-- consumer-keyed
CREATE TABLE consumer_request (
	consumer I64 NOT NULL,
	corp I64 NOT NULL,
	request I64 NOT NULL,
	PRIMARY KEY (consumer, corp, request)
) CLUSTERED;

-- chats begun by a temporary way
CREATE TABLE temp_chat (
	corp I64 NOT NULL,
	chat I64 NOT NULL,
	member I64 NOT NULL,
	customer I64 NOT NULL,
	way I64 NOT NULL,
	conclusions TEXT NOT NULL,      -- of the way, as it was
	ends_ms I64 NOT NULL,
	PRIMARY KEY (corp, chat)
) CLUSTERED;
CREATE INDEX temp_chat_due ON temp_chat (corp, ends_ms, chat);

-- acquisition ----------------------------------------------------------------

CREATE TABLE acq_link (
	corp I64 NOT NULL,
	link I64 NOT NULL,
	app I64 NOT NULL,               -- whose it is; 0: made in the console
	name TEXT NOT NULL,
	priority_type I64 NOT NULL,     -- 0 none, 1 whole corp, 2 given members
	priority TEXT NOT NULL,         -- JSON list of members' numbers
	unavailable I64 NOT NULL,       -- its apps have been told so
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, link)
) CLUSTERED;
CREATE INDEX acq_link_by_app ON acq_link (corp, app, link);

-- who came by a link
CREATE TABLE acq_customer (
	corp I64 NOT NULL,
	link I64 NOT NULL,
	entry I64 NOT NULL,
	member I64 NOT NULL,
	external_userid TEXT NOT NULL,
	chat I64 NOT NULL,
	state TEXT NOT NULL,            -- the channel he came by
	said I64 NOT NULL,              -- messages of his, as far as they are counted
	started I64 NOT NULL,           -- 1: somebody has written
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, link, entry)
) CLUSTERED;
CREATE INDEX acq_customer_by_chat ON acq_customer (corp, chat, entry);

-- keys for get_chat_info
CREATE TABLE acq_chat_key (
	corp I64 NOT NULL,
	key TEXT NOT NULL,
	link I64 NOT NULL,
	entry I64 NOT NULL,
	said I64 NOT NULL,
	until_ms I64 NOT NULL,
	PRIMARY KEY (corp, key)
) CLUSTERED;
CREATE INDEX acq_chat_key_due ON acq_chat_key (corp, until_ms);

-- of each day: who looked at a link, counted once, and how many came by it
CREATE TABLE acq_click (
	corp I64 NOT NULL,
	link I64 NOT NULL,
	day I64 NOT NULL,
	visitor BYTES NOT NULL,         -- keyed hash of account or address and browser
	PRIMARY KEY (corp, link, day, visitor)
) CLUSTERED;
CREATE TABLE acq_day (
	corp I64 NOT NULL,
	link I64 NOT NULL,
	day I64 NOT NULL,
	clicks I64 NOT NULL,
	adds I64 NOT NULL,
	PRIMARY KEY (corp, link, day)
) CLUSTERED;

-- how many customers may be added by links; without a row there is no bound
CREATE TABLE acq_quota (
	corp I64 NOT NULL,
	quota I64 NOT NULL,
	total I64 NOT NULL,
	balance I64 NOT NULL,
	expires_ms I64 NOT NULL,
	told_days I64 NOT NULL,         -- the last warning: so many days before the end
	PRIMARY KEY (corp, quota)
) CLUSTERED;
