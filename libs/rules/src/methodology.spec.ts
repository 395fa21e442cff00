import { readFileSync } from 'node:fs';
import type { NumberDefinition } from './parameter-definition.js';
import { HOUSE_PARAMETERS, type HouseParameter, PARAMETER_DEFINITIONS } from './parameter-definitions.js';

const methodology = readFileSync('METHODOLOGY.md', 'utf8');
/** Rows of tables by their first cell, without the padding that lines columns up. */
const rows = new Map(
  methodology
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => [cells[1], cells.slice(2, -1)]),
);

/** ↑: a larger number is stricter, ↓: a smaller one; none: it says which rule is meant. */
const STRICTER = { '1': ' ↑', '-1': ' ↓', '0': '' };

const numberText = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: 6 }).replace('-', '−');

function boundsText({ least, most, choices, stricter, optional }: NumberDefinition): string {
  const values = choices === undefined ? `${numberText(least)} … ${numberText(most)}` : choices.join(', ');
  return `${values}${STRICTER[`${stricter}`]}${optional ? ' or absent' : ''}`;
}

function valueText(parameter: HouseParameter): string {
  const definition = PARAMETER_DEFINITIONS[parameter];
  if (definition.kind === 'FLAG') return `yes or no, ${definition.stricter ? 'yes' : 'no'} is stricter`;
  if (definition.kind === 'NUMBER') return boundsText(definition.number);
  return Object.entries(definition.fields)
    .map(([field, number]) => `\`${field}\` ${boundsText(number)}`)
    .join(', ');
}

const LEVELS = { ACCOUNT: 'account', CLASS_GROUP: 'class group', SYMBOL: 'symbol' };

it.each(HOUSE_PARAMETERS)('METHODOLOGY has %s as it is defined', (parameter) => {
  const { level, default: unset, doc, citation } = PARAMETER_DEFINITIONS[parameter];
  expect(rows.get(`\`${parameter}\``)).toEqual([LEVELS[level], valueText(parameter), unset, doc, citation]);
});
