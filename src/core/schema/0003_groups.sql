-- Groups: chats that people join and leave.

-- what stands up to here was said before he came and is not for him
ALTER TABLE chat_person ADD COLUMN from_seq I64 NOT NULL DEFAULT 0;
