// One thread of bench:aggregation: prepares its task, then runs it at every message and answers a check sum.
import { parentPort, workerData } from 'node:worker_threads';
import { bookSums, fillScenarioSums, worstProfit, worstProfitAfter } from '../../dist/libs/margin/src/index.js';

const { task, tables, from, to } = workerData;
const { table, positions, sums } = tables;
const { points, stride, values } = table;

/** Each account's least profit, of sums that are there. */
function worst(of) {
  let check = 0;
  for (let account = from; account < to; account++) check += worstProfit(table, of, account);
  return check;
}

/** The loop in JavaScript, into sums of its own. */
function loop() {
  const own = new Float64Array(sums.length);
  return () => {
    fillScenarioSums(table, positions, from, to, own);
    return worst(own);
  };
}

function kernel() {
  const fill = bookSums(tables);
  return () => {
    fill(from, to);
    return worst(sums);
  };
}

/** Accounts as lists of positions, risk arrays by symbol, a new array of sums for each account. */
function objects() {
  const arrays = new Map();
  for (let row = 0; row < values.length / stride; row++) {
    arrays.set(`I${row}`, { symbol: `I${row}`, pnl: Array.from(values.subarray(row * stride, row * stride + points)) });
  }
  const accounts = [];
  for (let account = from; account < to; account++) {
    const held = [];
    for (let i = positions.starts[account]; i < positions.starts[account + 1]; i++) {
      held.push({ symbol: `I${positions.rows[i]}`, units: positions.units[i] });
    }
    accounts.push({ id: `A${account}`, positions: held });
  }
  return () => {
    let check = 0;
    for (const account of accounts) {
      const scenarios = new Array(points).fill(0);
      for (const position of account.positions) {
        const { pnl } = arrays.get(position.symbol);
        for (let point = 0; point < points; point++) scenarios[point] += position.units * pnl[point];
      }
      check += Math.min(0, ...scenarios);
    }
    return check;
  };
}

/** One order for each account, added to the sums that are there. */
function whatIf() {
  const own = new Float64Array(sums.length);
  fillScenarioSums(table, positions, from, to, own);
  return () => {
    let check = 0;
    for (let account = from; account < to; account++) {
      check += worstProfitAfter(table, own, account, positions.rows[account], positions.units[account]);
    }
    return check;
  };
}

const run = { objects, loop, kernel, whatIf }[task]();
parentPort.on('message', () => parentPort.postMessage(run()));
parentPort.postMessage(0);
