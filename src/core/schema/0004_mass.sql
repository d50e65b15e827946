-- Sensitive words and mass messages.

-- word: words that members may not say to customers, and what was said in spite of a warning

CREATE TABLE word_rule (
	corp I64 NOT NULL,
	rule I64 NOT NULL,
	app I64 NOT NULL,               -- agentid of the maker, 0: the console
	name TEXT NOT NULL,
	words TEXT NOT NULL,            -- one a line
	semantics I64 NOT NULL,         -- bits: 1 << 1 mobile, 1 << 2 e-mail, 1 << 3 red packet
	intercept I64 NOT NULL,         -- 1 stop, 2 warn
	deleted I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, rule)
) CLUSTERED;
CREATE INDEX word_rule_live ON word_rule (corp, rule) WHERE deleted = 0;

CREATE TABLE word_rule_range (
	corp I64 NOT NULL,
	rule I64 NOT NULL,
	kind I64 NOT NULL,              -- 1 member, 2 department
	target I64 NOT NULL,
	PRIMARY KEY (corp, rule, kind, target)
) CLUSTERED;

CREATE TABLE word_hit (
	corp I64 NOT NULL,
	hit I64 NOT NULL,
	rule I64 NOT NULL,
	member I64 NOT NULL,
	chat I64 NOT NULL,
	seq I64 NOT NULL,               -- the message that was sent all the same
	word TEXT NOT NULL,
	PRIMARY KEY (corp, hit)
) CLUSTERED;

-- mass: one message to many customers
CREATE TABLE mass (
	corp I64 NOT NULL,
	mass I64 NOT NULL,
	kind I64 NOT NULL,              -- 1 to customers, 2 to customer groups
	personal I64 NOT NULL,          -- 1: a member's own, 0: the corp's
	app I64 NOT NULL,               -- agentid of the maker, 0: a person
	creator I64 NOT NULL,           -- the member who made it, 0: an app
	allow_select I64 NOT NULL,      -- members may leave customers out
	direct I64 NOT NULL,            -- sent without their confirmation
	state I64 NOT NULL,             -- enum mass_state: 1 preparing, 2 open, 3 paused, 4 cancelled, 5 done
	text TEXT NOT NULL,
	attachments TEXT NOT NULL,      -- JSON list
	wanted TEXT NOT NULL,           -- to whom, as it was asked for (JSON)
	place TEXT NOT NULL,            -- how far the preparing is
	targets I64 NOT NULL,
	sent I64 NOT NULL,
	failed I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, mass)
) CLUSTERED;
CREATE INDEX mass_by_time ON mass (corp, kind, created_ms, mass);
CREATE INDEX mass_preparing ON mass (corp, mass) WHERE state = 1;

CREATE TABLE mass_task (
	corp I64 NOT NULL,
	mass I64 NOT NULL,
	member I64 NOT NULL,
	state I64 NOT NULL,             -- 0 to be confirmed, 1 sending, 2 sent, 3 ignored
	place I64 NOT NULL,             -- the last target that was looked at
	targets I64 NOT NULL,
	sent I64 NOT NULL,
	failed I64 NOT NULL,
	reminded_ms I64 NOT NULL,
	decided_ms I64 NOT NULL,        -- confirmed or ignored
	done_ms I64 NOT NULL,
	PRIMARY KEY (corp, mass, member)
) CLUSTERED;
CREATE INDEX mass_task_by_member ON mass_task (corp, member, mass);
CREATE INDEX mass_task_due ON mass_task (corp, mass, member) WHERE state = 1;

CREATE TABLE mass_target (
	corp I64 NOT NULL,
	mass I64 NOT NULL,
	member I64 NOT NULL,
	target I64 NOT NULL,            -- customer; the group's chat of kind 2
	status I64 NOT NULL,            -- WeCom's: 0 unsent, 1 sent, 2 no friend, 3 has got others; 4 left out by the member
	sent_ms I64 NOT NULL,
	chat I64 NOT NULL,
	seq I64 NOT NULL,               -- of its first message, when sent
	PRIMARY KEY (corp, mass, member, target)
) CLUSTERED;
-- whoever serves him, a customer gets one message of a mass
CREATE UNIQUE INDEX mass_target_once ON mass_target (corp, mass, target) WHERE status = 1;

-- how many a customer or group has got in the month and on the day of the last one
CREATE TABLE mass_got (
	corp I64 NOT NULL,
	kind I64 NOT NULL,
	target I64 NOT NULL,
	month I64 NOT NULL,             -- 202611
	month_n I64 NOT NULL,
	day I64 NOT NULL,               -- 20261122
	day_n I64 NOT NULL,
	PRIMARY KEY (corp, kind, target)
) CLUSTERED;

CREATE TABLE mass_reminder (
	corp I64 NOT NULL,
	mass I64 NOT NULL,
	reminder I64 NOT NULL,
	PRIMARY KEY (corp, mass, reminder)
) CLUSTERED;
