-- Questions and answers.  Owner of: knowledge_group, knowledge_intent, knowledge_word.

-- many kgroup_all(corp I64) -> kgroup_row (kgroup I64, name TEXT, is_default I64)
SELECT kgroup, name, is_default FROM knowledge_group WHERE corp = $1 ORDER BY kgroup LIMIT 1000;

-- exec kgroup_insert(corp I64, kgroup I64, name TEXT, is_default I64)
INSERT INTO knowledge_group (corp, kgroup, name, is_default) VALUES ($1, $2, $3, $4);

-- exec kgroup_rename(corp I64, kgroup I64, name TEXT)
UPDATE knowledge_group SET name = $3 WHERE corp = $1 AND kgroup = $2;

-- exec kgroup_delete(corp I64, kgroup I64)
DELETE FROM knowledge_group WHERE corp = $1 AND kgroup = $2;

-- one intent_select(corp I64, intent I64)
-- -> intent_row (intent I64, kgroup I64, question TEXT, similars TEXT, answer TEXT,
--     attachments TEXT)
SELECT intent, kgroup, question, similars, answer, attachments FROM knowledge_intent
WHERE corp = $1 AND intent = $2;

-- one intent_select_by_question(corp I64, folded TEXT) -> intent_row
SELECT intent, kgroup, question, similars, answer, attachments FROM knowledge_intent
WHERE corp = $1 AND question_folded = $2;

-- many intent_page(corp I64, after I64, n I64) -> intent_row
SELECT intent, kgroup, question, similars, answer, attachments FROM knowledge_intent
WHERE corp = $1 AND intent > $2 ORDER BY intent LIMIT $3;

-- many intent_page_of_group(corp I64, kgroup I64, after I64, n I64) -> intent_row
SELECT intent, kgroup, question, similars, answer, attachments FROM knowledge_intent
WHERE corp = $1 AND kgroup = $2 AND intent > $3 ORDER BY intent LIMIT $4;

-- one intent_count(corp I64, kgroup I64) -> (n I64)
SELECT count(*) FROM knowledge_intent WHERE corp = $1 AND kgroup = $2;

-- exec intent_insert(corp I64, intent I64, kgroup I64, question TEXT, folded TEXT,
--     similars TEXT, answer TEXT, attachments TEXT)
INSERT INTO knowledge_intent (corp, intent, kgroup, question, question_folded, similars, answer,
	attachments)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- exec intent_update(corp I64, intent I64, question TEXT, folded TEXT, similars TEXT,
--     answer TEXT, attachments TEXT)
UPDATE knowledge_intent SET question = $3, question_folded = $4, similars = $5, answer = $6,
	attachments = $7
WHERE corp = $1 AND intent = $2;

-- exec intent_delete(corp I64, intent I64)
DELETE FROM knowledge_intent WHERE corp = $1 AND intent = $2;

-- exec kword_insert(corp I64, word TEXT, intent I64, phrase I64, phrase_words I64)
INSERT INTO knowledge_word (corp, word, intent, phrase, phrase_words)
VALUES ($1, $2, $3, $4, $5);

-- exec kword_delete(corp I64, intent I64)
DELETE FROM knowledge_word WHERE corp = $1 AND intent = $2;

-- many kword_find(corp I64, word TEXT) -> kword_row (intent I64, phrase I64, phrase_words I64)
SELECT intent, phrase, phrase_words FROM knowledge_word WHERE corp = $1 AND word = $2
ORDER BY intent, phrase LIMIT 2000;
