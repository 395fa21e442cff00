import type { StoredAccount } from '@app/store';
import type { Decimal } from 'decimal.js';
import type { AccountDto } from './account.dto.js';
import type { PositionsDto } from './positions.dto.js';

/** An account in the contract's form. */
export function accountReply(account: Omit<StoredAccount, 'positions'>): AccountDto {
  const { id, name, desk, type, methodology, strictVolatility, feed, version } = account;
  return {
    id,
    name,
    desk,
    type,
    methodology,
    cash: cashText(account.cash),
    strictVolatility,
    feed,
    version,
    createdAt: account.createdAt.toISOString(),
    updatedAt: account.updatedAt.toISOString(),
  };
}

export function positionsReply({
  id,
  version,
  cash,
  positions,
}: Pick<StoredAccount, 'id' | 'version' | 'cash' | 'positions'>): PositionsDto {
  return {
    accountId: id,
    version,
    cash: cashText(cash),
    positions: positions.map(({ symbol, quantity }) => ({ symbol, quantity: quantity.toFixed() })),
  };
}

/** Money has two decimals; a balance that has more keeps them, since nothing stored is rounded. */
function cashText(cash: Decimal): string {
  return cash.toFixed(Math.max(2, cash.decimalPlaces()));
}

/** A strong validator: equal tags, equal positions, cash and settings. */
export function etag(version: number): string {
  return `"${version}"`;
}
