-- Groups: chats that people join and leave.

-- what stands up to here was said before he came and is not for him
ALTER TABLE chat_person ADD COLUMN from_seq I64 NOT NULL DEFAULT 0;

-- customer groups -------------------------------------------------------------

CREATE TABLE customer_group (
	corp I64 NOT NULL,
	customer_group I64 NOT NULL,
	chat_id TEXT NOT NULL,          -- wr + 30
	opengid TEXT NOT NULL,          -- how a page inside the group names it, random
	chat I64 NOT NULL,
	name TEXT NOT NULL,
	notice TEXT NOT NULL,
	notice_ms I64 NOT NULL,         -- when the notice was written, 0 never
	owner I64 NOT NULL,             -- member; when he has left, the group waits for a new one
	inherited I64 NOT NULL,         -- 1: its owner followed one who had left
	dismissed I64 NOT NULL,
	welcome I64 NOT NULL,           -- group_welcome a new customer is sent, 0 none
	version I64 NOT NULL,           -- id of the last change of who is in it
	persons I64 NOT NULL,           -- how many are in it, and of them customers
	customers I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, customer_group)
) CLUSTERED;
CREATE UNIQUE INDEX customer_group_by_chat_id ON customer_group (corp, chat_id);
CREATE UNIQUE INDEX customer_group_by_opengid ON customer_group (corp, opengid);
CREATE UNIQUE INDEX customer_group_by_chat ON customer_group (corp, chat);
CREATE INDEX customer_group_by_owner ON customer_group (corp, owner, customer_group);

CREATE TABLE group_person (
	corp I64 NOT NULL,
	customer_group I64 NOT NULL,
	kind I64 NOT NULL,              -- enum person_kind: 1 member, 2 customer
	person I64 NOT NULL,
	account I64 NOT NULL,           -- the consumer behind a customer, else 0
	scene I64 NOT NULL,             -- 1 invited, 2 by an invitation's link, 3 by a code
	invitor I64 NOT NULL,           -- member, 0 none
	way I64 NOT NULL,               -- group_way he came by, 0 none
	state TEXT NOT NULL,            -- of that way
	nickname TEXT NOT NULL,         -- his name in this group, empty for none
	admin I64 NOT NULL,
	joined_ms I64 NOT NULL,
	PRIMARY KEY (corp, customer_group, kind, person)
) CLUSTERED;
CREATE INDEX group_person_by_person ON group_person (corp, kind, person, customer_group);

-- who came and went, and when: for statistics
CREATE TABLE group_step (
	corp I64 NOT NULL,
	step I64 NOT NULL,              -- grows; tells the time
	customer_group I64 NOT NULL,
	owner I64 NOT NULL,             -- of the group at that time
	verb I64 NOT NULL,              -- enum group_verb: 1 made, 2 came, 3 went, 4 was removed, 5 dismissed
	kind I64 NOT NULL,
	person I64 NOT NULL,
	at_ms I64 NOT NULL,
	PRIMARY KEY (corp, step)
) CLUSTERED;
CREATE INDEX group_step_by_owner ON group_step (corp, owner, at_ms, step);
CREATE INDEX group_step_by_group ON group_step (corp, customer_group, at_ms, step);

-- owners that followed others
CREATE TABLE group_move (
	corp I64 NOT NULL,
	move I64 NOT NULL,              -- grows; tells the time
	customer_group I64 NOT NULL,
	kind I64 NOT NULL,              -- 1 in service, 2 after the owner had left
	from_member I64 NOT NULL,
	to_member I64 NOT NULL,
	PRIMARY KEY (corp, move)
) CLUSTERED;
CREATE INDEX group_move_by_group ON group_move (corp, customer_group, move);
CREATE INDEX group_move_by_owner ON group_move (corp, from_member, move);

-- codes that lead into groups
CREATE TABLE group_way (
	corp I64 NOT NULL,
	way I64 NOT NULL,
	config_id TEXT NOT NULL,        -- 32 hex
	code TEXT NOT NULL,             -- the end of /c/CODE: the corp's number, "_", random
	scene I64 NOT NULL,             -- 1 mini program, 2 QR code
	remark TEXT NOT NULL,
	auto_create I64 NOT NULL,       -- a new group when all are full
	base_name TEXT NOT NULL,
	base_id I64 NOT NULL,           -- number of the next new group
	state TEXT NOT NULL,
	mark_source I64 NOT NULL,
	own_group I64 NOT NULL,         -- the group whose own code it is, 0: made by API
	expires_ms I64 NOT NULL,        -- a group's own code; 0 never
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, way)
) CLUSTERED;
CREATE UNIQUE INDEX group_way_by_config ON group_way (corp, config_id);
CREATE UNIQUE INDEX group_way_by_code ON group_way (corp, code);
CREATE INDEX group_way_by_group ON group_way (corp, own_group, way);

CREATE TABLE group_way_target (
	corp I64 NOT NULL,
	way I64 NOT NULL,
	position I64 NOT NULL,
	customer_group I64 NOT NULL,
	made I64 NOT NULL,              -- 1: made when the others were full
	PRIMARY KEY (corp, way, position)
) CLUSTERED;

-- what a customer who comes is sent
CREATE TABLE group_welcome (
	corp I64 NOT NULL,
	welcome I64 NOT NULL,
	template_id TEXT NOT NULL,
	app I64 NOT NULL,               -- whose it is; 0: made by an administrator or an owner
	agentid I64 NOT NULL,           -- as the app gave it, 0 none
	text TEXT NOT NULL,
	attachment TEXT NOT NULL,       -- JSON, empty for none
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, welcome)
) CLUSTERED;
CREATE UNIQUE INDEX group_welcome_by_template ON group_welcome (corp, template_id);
