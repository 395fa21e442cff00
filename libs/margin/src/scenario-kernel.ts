import { type SharedMemory, webAssembly } from './web-assembly.js';

/*
 * The inner loop of `fillScenarioSums` in WebAssembly: two points to an instruction (SIMD-128), which JavaScript has no
 * words for. Products and sums are rounded one by one, as JavaScript rounds them: the same bits. Written down as the
 * instructions of the WebAssembly core specification 2.0; tested against the loop in JavaScript.
 */

/** Points of a pass over an account's positions: eight vectors of two, as many as processors have registers for. */
export const KERNEL_BLOCK = 16;
const VECTORS = KERNEL_BLOCK / 2;
const VECTOR_BYTES = 16;

/** All addresses and `stride` in bytes; accounts `from` up to, not including, `to`. */
export type ScenarioKernel = (
  starts: number,
  rows: number,
  units: number,
  values: number,
  sums: number,
  from: number,
  to: number,
  stride: number,
) => void;

const I32 = 0x7f;
const V128 = 0x7b;
const NO_VALUE = 0x40;

/** Parameters and locals by number. */
const [STARTS, ROWS, UNITS, VALUES, SUMS, ACCOUNT, TO, STRIDE] = [0, 1, 2, 3, 4, 5, 6, 7];
const [BLOCK, ROW, END, UNIT, ADDRESS] = [8, 9, 10, 11, 12];
const SUM = 13;
const FACTOR = SUM + VECTORS;

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const integer = (value: number): number[] => [0x41, ...signed(value)];
const loadInteger = (offset = 0): number[] => [0x28, 2, offset];
const LOAD_NUMBER = [0x2b, 3, 0];
const ADD = [0x6a];
const MULTIPLY = [0x6c];
const SHIFT_LEFT = [0x74];
const LESS = [0x48];
const NOT_LESS = [0x4e];
const loop = (...body: number[][]): number[] => [0x03, NO_VALUE, ...body.flat(), 0x0b];
const block = (...body: number[][]): number[] => [0x02, NO_VALUE, ...body.flat(), 0x0b];
const branch = (depth: number): number[] => [0x0c, depth];
const branchIf = (depth: number): number[] => [0x0d, depth];
const loadVector = (offset: number): number[] => [0xfd, 0x00, 3, ...unsigned(offset)];
const storeVector = (offset: number): number[] => [0xfd, 0x0b, 3, ...unsigned(offset)];
const ZERO_VECTOR = [0xfd, 0x0c, ...new Array<number>(VECTOR_BYTES).fill(0)];
const SPLAT = [0xfd, 0x14];
const ADD_VECTORS = [0xfd, 0xf0, 0x01];
const MULTIPLY_VECTORS = [0xfd, 0xf2, 0x01];

/** Numbers in seven bits a byte, least first (LEB128). */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

const vectors = (each: (k: number) => number[][]): number[] =>
  Array.from({ length: VECTORS }, (_, k) => each(k).flat()).flat();

/** Adds one position: FACTOR = its units twice, ADDRESS = its row's block, every SUM += FACTOR × two points. */
const position = [
  [...get(UNIT), ...LOAD_NUMBER, ...SPLAT, ...set(FACTOR)],
  [...get(ROW), ...loadInteger(), ...get(STRIDE), ...MULTIPLY, ...get(VALUES), ...ADD, ...get(BLOCK), ...ADD],
  set(ADDRESS),
  vectors((k) => [
    [...get(SUM + k), ...get(FACTOR), ...get(ADDRESS), ...loadVector(k * VECTOR_BYTES)],
    [...MULTIPLY_VECTORS, ...ADD_VECTORS, ...set(SUM + k)],
  ]),
  [...get(ROW), ...integer(4), ...ADD, ...set(ROW)],
  [...get(UNIT), ...integer(8), ...ADD, ...set(UNIT)],
];

/** Address of an account's first position among numbers of 2^shift bytes, or with `offset` 4 of the next account's. */
const positionAddress = (base: number, shift: number, offset = 0): number[] => [
  ...[...get(STARTS), ...get(ACCOUNT), ...integer(2), ...SHIFT_LEFT, ...ADD, ...loadInteger(offset)],
  ...[...integer(shift), ...SHIFT_LEFT, ...get(base), ...ADD],
];

const accountBlock = [
  vectors((k) => [ZERO_VECTOR, set(SUM + k)]),
  [...positionAddress(ROWS, 2), ...set(ROW)],
  [...positionAddress(ROWS, 2, 4), ...set(END)],
  [...positionAddress(UNITS, 3), ...set(UNIT)],
  block(loop([...get(ROW), ...get(END), ...NOT_LESS, ...branchIf(1)], ...position, branch(0))),
  [...get(SUMS), ...get(ACCOUNT), ...get(STRIDE), ...MULTIPLY, ...ADD, ...get(BLOCK), ...ADD, ...set(ADDRESS)],
  vectors((k) => [[...get(ADDRESS), ...get(SUM + k), ...storeVector(k * VECTOR_BYTES)]]),
  [...get(BLOCK), ...integer(KERNEL_BLOCK * 8), ...ADD, ...set(BLOCK)],
  [...get(BLOCK), ...get(STRIDE), ...LESS, ...branchIf(0)],
];

const body = block(
  loop(
    [...get(ACCOUNT), ...get(TO), ...NOT_LESS, ...branchIf(1)],
    [...integer(0), ...set(BLOCK)],
    loop(...accountBlock),
    [...get(ACCOUNT), ...integer(1), ...ADD, ...set(ACCOUNT)],
    branch(0),
  ),
);

const named = (name: string): number[] => [name.length, ...Array.from(name, (letter) => letter.charCodeAt(0))];
const section = (id: number, ...content: number[][]): number[] => {
  const bytes = content.flat();
  return [id, ...unsigned(bytes.length), ...bytes];
};

/** Pages of 64 KiB of the shared memory at most: 2 GiB, what addresses of signed 32 bits reach. */
export const LARGEST_PAGES = 32_767;

function moduleBytes(): Uint8Array<ArrayBuffer> {
  const locals = [2, 5, I32, VECTORS + 1, V128];
  const code = [...locals, ...body, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 8, ...new Array<number>(8).fill(I32), 0]),
    ...section(2, [1], named('book'), named('memory'), [0x02, 0x03, 1, ...unsigned(LARGEST_PAGES)]),
    ...section(3, [1, 0]),
    ...section(7, [1], named('sum'), [0x00, 0]),
    ...section(10, [1, ...unsigned(code.length)], code),
  ]);
}

/** The kernel on a shared memory whose maximum is `LARGEST_PAGES` or less. */
export function scenarioKernel(memory: SharedMemory): ScenarioKernel {
  const module = new webAssembly.Module(moduleBytes());
  return new webAssembly.Instance(module, { book: { memory } }).exports.sum as ScenarioKernel;
}
