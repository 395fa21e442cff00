import { osiSymbol } from '@app/market';
import type { Prisma } from './generated/client.js';

/**
 * Makes sure that every symbol exists as an instrument, so that positions may be held before any snapshot prices
 * them: a symbol that parses as an option is one, anything else an underlying. What is there already stays.
 */
export async function registerInstruments(
  transaction: Prisma.TransactionClient,
  symbols: readonly string[],
): Promise<void> {
  // In symbol order, so that two transactions never wait for each other in a circle.
  const data = [...new Set(symbols)].sort().map(instrumentRow);
  await transaction.instrument.createMany({ data, skipDuplicates: true });
}

function instrumentRow(symbol: string): Prisma.InstrumentCreateManyInput {
  const option = osiSymbol(symbol);
  if (option === undefined) return { symbol, kind: 'UNDERLYING' };
  const { root, expiry, right, strike } = option;
  return { symbol, kind: 'OPTION', root, expiry: new Date(expiry), right, strike };
}
