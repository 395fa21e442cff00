-- Replies hold long texts that are the same in answer after answer: rules, flags, provenance. They are stored once, and a
-- reply names them. Of blocks stored before, "shared" is null: their replies are whole.
ALTER TABLE "what_if_blocks" ADD COLUMN     "shared" TEXT[];

ALTER TABLE "what_if_blocks"
  ADD CONSTRAINT "what_if_blocks_shared" CHECK (array_position("shared", NULL) IS NULL);
