import { Decimal } from 'decimal.js';

/*
 * Digits that decimals keep. A quantity or price has at most 28 (18 before the point, 10 after), and a cash change is
 * the product of an order's quantity, a leg's, a price and a multiplier: at this many none of them is ever rounded, so
 * that what is bought and sold again leaves no trace. The library's own 20 would drop the fractions of large positions.
 */
Decimal.set({ precision: 128 });
