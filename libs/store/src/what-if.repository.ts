import { LRUCache } from 'lru-cache';
import { type AccountStanding, accountStanding, STANDINGS_OF_ASKED, type StandingRow } from './account-standing.js';
import { batched } from './batched.js';
import type { Database } from './database.js';
import { type BlockReply, joined, type KeptText, replyBlock, SEPARATOR, wholeReply } from './what-if-block.js';
import { blockId, blockOf, slotId } from './what-if-id.js';

/** An answer as it was given, byte for byte. */
export interface StoredWhatIf {
  readonly id: string;
  readonly accountId: string;
  /** The desk that may read it. */
  readonly desk: string;
  /** JSON as it was sent. */
  readonly request: string;
  /** In UTF-8 exactly the bytes the caller got. */
  readonly reply: string;
  readonly snapshotId: string;
}

/** An answer and what it was judged on. */
export interface ReplayableWhatIf extends StoredWhatIf {
  /** Texts in the order they were stored; empty where they were not kept. */
  readonly inputs: readonly string[];
}

/** An answer that is to be given if nothing has changed meanwhile. */
export interface JudgedWhatIf extends BlockReply {
  /** What it was judged on. */
  readonly standing: AccountStanding;
  /** Stored as it was judged, whatever has changed since its standing was read. */
  readonly isFinal: boolean;
  /** JSON as it was sent. */
  readonly request: Buffer;
  /** What it followed from, beside the request and the snapshot. */
  readonly inputs: readonly KeptText[];
}

/** What was stored; or, where it would have been out of date, nothing, and how the account stands now. */
export type SavedWhatIf =
  | { readonly id: string; readonly reply: Buffer }
  | { readonly id: null; readonly standing: AccountStanding | undefined };

/** Answers of one commit at most: their number is a byte of their ids. */
const SAVED_AT_ONCE = 256;

/** Bytes written, or nearly, after which a commit takes no further answer. */
const HEAVY_BLOCK = 1_000_000;

/**
 * While one commit waits for the disk another is written, where so many bytes are worth its own costs: a commit of one
 * answer costs half of what one of thirty does.
 */
const COMMITS_AT_ONCE = 2;
const WORTH_A_COMMIT = 32_000;

/**
 * What the answers were judged on is read again and compared where they are stored. If all of it has changed, nothing is
 * stored. What has is given as one column: nearly always there is none, and what columns there are is told every time.
 */
const SAVE = `
  WITH asked AS (
    SELECT id, judged, is_final, place
    FROM unnest($2::text[], $3::text[], $4::boolean[]) WITH ORDINALITY AS asked (id, judged, is_final, place)
  ), found AS MATERIALIZED (${STANDINGS_OF_ASKED}),
  compared AS (SELECT *, account_id IS NOT NULL AND (is_final OR standing = judged) AS is_fresh FROM found),
  kept AS (
    INSERT INTO judged_inputs (digest, content)
    SELECT * FROM unnest($12::text[], string_to_array($13, E'\\x01')) ON CONFLICT DO NOTHING
  ), saved AS (
    INSERT INTO what_if_blocks (id, account_ids, desks, snapshot_ids, standings, is_fresh, judged_on, requests, replies,
                                inputs, shared)
    SELECT $1, $2, $5, $6, $3, array_agg(is_fresh ORDER BY place), $7, $8, $9, $10, $11
    FROM compared HAVING bool_or(is_fresh)
  )
  SELECT place, row_to_json(compared) AS changed FROM compared WHERE NOT is_fresh`;

const keptTexts = (digests: string): string => `ARRAY(
    SELECT content FROM unnest(${digests}) WITH ORDINALITY AS kept (digest, place)
    JOIN judged_inputs USING (digest) ORDER BY kept.place)`;

const found = (more: string): string => `
  SELECT account_ids[state] AS "accountId", desks[state] AS desk, snapshot_ids[state] AS "snapshotId",
         split_part(requests, E'\\x01', place) AS request, split_part(replies, E'\\x01', place) AS reply,
         shared IS NULL AS whole, ${keptTexts('shared')} AS shared${more}
  FROM what_if_blocks, LATERAL (SELECT $2::int - first_slot + 1 AS place) p, LATERAL (SELECT judged_on[place] AS state) s
  WHERE id = $1 AND is_fresh[state]`;
const FIND = found('');
const FIND_WITH_INPUTS = found(`, ${keptTexts("string_to_array(inputs[state], ' ')")} AS inputs`);

type FoundRow<T> = Omit<T, 'id'> & {
  readonly reply: string;
  readonly whole: boolean;
  readonly shared: readonly string[];
};

/** Texts known to be stored: they are not sent again. */
const KEPT_AT_MOST = 50_000;

export class WhatIfRepository {
  /** Resolves once the answer is on disk; answers waiting together share a commit. */
  readonly save: (answer: JudgedWhatIf) => Promise<SavedWhatIf>;

  private readonly kept = new LRUCache<string, true>({ max: KEPT_AT_MOST });

  constructor(private readonly database: Database) {
    this.save = batched((answers) => this.saveBlock(answers), {
      most: SAVED_AT_ONCE,
      atOnce: COMMITS_AT_ONCE,
      crowd: WORTH_A_COMMIT,
      heaviest: HEAVY_BLOCK,
      weight: (answer) => this.newBytes(answer),
    });
  }

  find(id: string): Promise<StoredWhatIf | undefined> {
    return this.ask<StoredWhatIf>('find-what-if', FIND, id);
  }

  /** With what it was judged on. */
  findWithInputs(id: string): Promise<ReplayableWhatIf | undefined> {
    return this.ask<ReplayableWhatIf>('find-what-if-with-inputs', FIND_WITH_INPUTS, id);
  }

  /** What is written of an answer, or nearly. */
  private newBytes({ request, reply, inputs }: JudgedWhatIf): number {
    let bytes = request.length;
    for (const piece of reply) bytes += typeof piece === 'string' ? piece.length : this.unkeptBytes(piece);
    for (const input of inputs) bytes += this.unkeptBytes(input);
    return bytes;
  }

  private unkeptBytes({ digest, text }: KeptText): number {
    return this.kept.has(digest) ? 0 : text.length;
  }

  private async ask<T extends StoredWhatIf>(name: string, text: string, id: string): Promise<T | undefined> {
    const { block, slot } = blockOf(id);
    const { rows } = await this.database.pool.query<FoundRow<T>>({ name, text, values: [block, slot] });
    if (rows.length === 0) return undefined;
    const { whole, shared, ...found } = rows[0];
    return { id, ...found, reply: whole ? found.reply : wholeReply(id, found.reply, shared) } as unknown as T;
  }

  /** In one order whoever writes them: two commits that wait for each other's rows would never end. */
  private unkept(texts: readonly KeptText[]): readonly KeptText[] {
    const distinct = new Map(texts.map((kept) => [kept.digest, kept]));
    return [...distinct.values()]
      .filter(({ digest }) => !this.kept.has(digest))
      .sort((a, b) => (a.digest < b.digest ? -1 : 1));
  }

  private async saveBlock(answers: readonly JudgedWhatIf[]): Promise<readonly SavedWhatIf[]> {
    const { states, judgedOn } = judgedStates(answers);
    const id = blockId(Date.now());
    const { given, stored, shared } = replyBlock(id, answers);
    const unkept = this.unkept([...states.flatMap(({ inputs }) => inputs), ...shared]);
    const { rows } = await this.database.pool.query<{ readonly place: string; readonly changed: StandingRow }>({
      name: 'save-what-ifs',
      text: SAVE,
      values: [
        id,
        states.map(({ standing }) => standing.id),
        states.map(({ standing }) => standing.text),
        states.map(({ isFinal }) => isFinal),
        states.map(({ standing }) => standing.desk),
        states.map(({ standing }) => standing.snapshot?.id),
        judgedOn,
        joined(answers.map(({ request }) => request)),
        stored,
        states.map(({ inputs }) => inputs.map(({ digest }) => digest).join(' ')),
        shared.map(({ digest }) => digest),
        unkept.map(({ digest }) => digest),
        unkept.map(({ text }) => text).join(SEPARATOR),
      ],
    });
    unkept.forEach(({ digest }) => this.kept.set(digest, true));
    const stale = new Map(rows.map(({ place, changed }) => [Number(place), accountStanding(changed)]));
    return given.map((reply, slot) =>
      stale.has(judgedOn[slot]) ? { id: null, standing: stale.get(judgedOn[slot]) } : { id: slotId(id, slot), reply },
    );
  }
}

/**
 * Each standing with its inputs once, and for each answer the place of its own, from 1. Who asks about an account that does
 * not change hands in the same objects each time, and only objects are compared: the same state twice does no harm.
 */
function judgedStates(answers: readonly JudgedWhatIf[]) {
  const places = new Map<AccountStanding, number[]>();
  const states: JudgedWhatIf[] = [];
  const judgedOn = answers.map((answer) => {
    const ofStanding = places.get(answer.standing) ?? [];
    const known = ofStanding.find((place) => isSameState(states[place - 1], answer));
    if (known !== undefined) return known;
    const place = states.push(answer);
    places.set(answer.standing, [...ofStanding, place]);
    return place;
  });
  return { states, judgedOn };
}

function isSameState(a: JudgedWhatIf, b: JudgedWhatIf): boolean {
  return (
    a.isFinal === b.isFinal &&
    a.inputs.length === b.inputs.length &&
    a.inputs.every((input, i) => input === b.inputs[i])
  );
}
