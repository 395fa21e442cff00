-- An account with a hundred positions is a text of four kilobytes: it stands whole in its row, which takes one insert in
-- place of one for every two kilobytes.
ALTER TABLE "judged_inputs" SET (toast_tuple_target = 8160);
