import { batched } from './batched.js';

/** Runs batches one at a time, when it is told to. */
function stepped() {
  const batches: string[][] = [];
  let release: (() => void) | undefined;
  const run = async (keys: readonly string[]): Promise<readonly string[]> => {
    batches.push([...keys]);
    await new Promise<void>((resolve) => (release = resolve));
    if (keys.includes('bad')) throw new Error('refused');
    return keys.map((key) => key.toUpperCase());
  };
  const next = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    release?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { batches, run, next };
}

/** Statements that end when they are told to. */
function held() {
  const begun: string[][] = [];
  const ends: (() => void)[] = [];
  const run = async (keys: readonly string[]): Promise<readonly string[]> => {
    begun.push([...keys]);
    await new Promise<void>((resolve) => ends.push(resolve));
    return keys;
  };
  return { begun, ends, run };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('batched', () => {
  it('gathers what is asked in one turn, and what is asked while a batch runs', async () => {
    const { batches, run, next } = stepped();
    const ask = batched(run, { most: 10 });
    const first = [ask('a'), ask('b')];
    await next();
    const second = [ask('c'), ask('d'), ask('e')];
    expect(await Promise.all(first)).toEqual(['A', 'B']);
    await next();
    expect(await Promise.all(second)).toEqual(['C', 'D', 'E']);
    expect(batches).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
  });

  it('takes no more than the limit at once, in order', async () => {
    const { batches, run, next } = stepped();
    const ask = batched(run, { most: 2 });
    const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map(ask));
    for (let step = 0; step < 3; step++) await next();
    expect(await all).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(batches.map(({ length }) => length)).toEqual([2, 2, 1]);
  });

  it('gives the error of a batch to its own callers, and goes on', async () => {
    const { run, next } = stepped();
    const ask = batched(run, { most: 2 });
    const outcomes = Promise.allSettled(['a', 'bad', 'c'].map(ask));
    for (let step = 0; step < 2; step++) await next();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });

  it('runs again after it has been idle', async () => {
    const { run, next } = stepped();
    const ask = batched(run, { most: 2 });
    for (const key of ['a', 'b']) {
      const answer = ask(key);
      await next();
      expect(await answer).toBe(key.toUpperCase());
    }
  });

  it('weighs who waits, where some cost more than others', async () => {
    const { begun, ends, run } = held();
    const weight = (key: string): number => key.length;
    const ask = batched(run, { most: 9, atOnce: 2, crowd: 6, heaviest: 6, weight });
    const answers = [ask('a')];
    await turn();
    answers.push(ask('bb'), ask('ccc'));
    await turn();
    expect(begun).toEqual([['a']]);
    answers.push(ask('dd'), ask('ee'));
    await turn();
    expect(begun).toEqual([['a'], ['bb', 'ccc', 'dd']]);
    ends[0]();
    await turn();
    expect(begun).toEqual([['a'], ['bb', 'ccc', 'dd']]);
    ends[1]();
    await turn();
    expect(begun).toEqual([['a'], ['bb', 'ccc', 'dd'], ['ee']]);
    ends[2]();
    expect(await Promise.all(answers)).toEqual(['a', 'bb', 'ccc', 'dd', 'ee']);
  });

  it('begins a statement beside another only where a crowd waits, and never more than allowed', async () => {
    const { begun, ends, run } = held();
    const ask = batched(run, { most: 3, atOnce: 2, crowd: 3 });
    const answers = [ask('a')];
    await turn();
    answers.push(ask('b'), ask('c'));
    await turn();
    expect(begun).toEqual([['a']]);
    answers.push(ask('d'), ask('e'), ask('f'), ask('g'));
    await turn();
    expect(begun).toEqual([['a'], ['b', 'c', 'd']]);
    answers.push(ask('h'));
    ends[1]();
    await turn();
    expect(begun).toEqual([['a'], ['b', 'c', 'd'], ['e', 'f', 'g']]);
    ends[0]();
    ends[2]();
    await turn();
    ends[3]();
    expect(await Promise.all(answers)).toEqual([...'abcdefgh']);
  });
});
