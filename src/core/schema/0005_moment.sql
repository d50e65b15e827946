-- Published pictures, the product album, moments.

CREATE INDEX media_published ON media (corp, created_ms) WHERE kind = 'uploadimg';

CREATE TABLE product (
	corp I64 NOT NULL,
	product I64 NOT NULL,
	description TEXT NOT NULL,
	price I64 NOT NULL,             -- fen
	product_sn TEXT NOT NULL,
	pictures TEXT NOT NULL,         -- JSON list of media keys
	app I64 NOT NULL,               -- agentid of the one that added it, 0: the console
	deleted I64 NOT NULL,           -- 1: kept to tell that it was there
	created_ms I64 NOT NULL,
	changed_ms I64 NOT NULL,
	PRIMARY KEY (corp, product)
) CLUSTERED;

CREATE TABLE moment (
	corp I64 NOT NULL,
	moment I64 NOT NULL,
	kind I64 NOT NULL,              -- enum moment_kind: 0 the corp's, 1 a member's own
	creator I64 NOT NULL,           -- the member, 0: an app
	app I64 NOT NULL,               -- the app's agentid, 0: a member
	content TEXT NOT NULL,          -- JSON of shape moment_content
	tags TEXT NOT NULL,             -- JSON list of tags, whose customers may see it; [] all
	state I64 NOT NULL,             -- enum moment_state
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, moment)
) CLUSTERED;
CREATE INDEX moment_by_time ON moment (corp, created_ms, moment);

-- Giving a corp's moment to its members: in steps, by the clock.
CREATE TABLE moment_job (
	corp I64 NOT NULL,
	job I64 NOT NULL,
	moment I64 NOT NULL,
	app I64 NOT NULL,               -- who may ask, 0: the console
	senders TEXT NOT NULL,          -- JSON of shape moment_range
	state I64 NOT NULL,             -- WeCom's: 1 started, 2 running, 3 done
	phase I64 NOT NULL,             -- 0 members, 1 departments, 2 tags
	place I64 NOT NULL,             -- in the list of that phase
	after I64 NOT NULL,             -- the last member of the department or tag
	given I64 NOT NULL,             -- members who have it
	errcode I64 NOT NULL,
	refused TEXT NOT NULL,          -- JSON of shape moment_range: what named nobody
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, job)
) CLUSTERED;
CREATE INDEX moment_job_by_state ON moment_job (corp, state, job);

-- A moment with a member: to be published by him, or published.  Who sees it is computed
-- from his customers and the moment's tags.
CREATE TABLE moment_post (
	corp I64 NOT NULL,
	moment I64 NOT NULL,
	member I64 NOT NULL,
	status I64 NOT NULL,            -- enum post_status: 0 waits, 1 published, 2 deleted
	published_ms I64 NOT NULL,
	PRIMARY KEY (corp, moment, member)
) CLUSTERED;
CREATE INDEX moment_post_by_member ON moment_post (corp, member, status, published_ms, moment);

CREATE TABLE moment_like (
	corp I64 NOT NULL,
	moment I64 NOT NULL,
	member I64 NOT NULL,
	person_kind I64 NOT NULL,       -- enum person_kind
	person I64 NOT NULL,
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, moment, member, person_kind, person)
) CLUSTERED;

CREATE TABLE moment_comment (
	corp I64 NOT NULL,
	moment I64 NOT NULL,
	member I64 NOT NULL,
	comment I64 NOT NULL,
	person_kind I64 NOT NULL,
	person I64 NOT NULL,
	words TEXT NOT NULL,
	reply_to I64 NOT NULL,          -- the comment it answers, 0: none
	created_ms I64 NOT NULL,
	PRIMARY KEY (corp, moment, member, comment)
) CLUSTERED;
