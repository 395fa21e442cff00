import type { Line } from '@app/reg-t';

export declare function smallBooks(seed: number, count: number, most: (series: number) => number): Line[][];
export declare function largeBook(seed: number, count: number): Line[];
