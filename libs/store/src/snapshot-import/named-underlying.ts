import type { ClassificationBasis, Underlying } from '@app/market';

/** An underlying with what an import knows of it beyond its price and place. */
export interface NamedUnderlying {
  readonly underlying: Underlying;
  readonly name: string;
  /** What decided its class; GIVEN where it was stated. */
  readonly basis: ClassificationBasis | 'GIVEN';
  /** True where its European chains, or its futures, have to say what carries it to an expiry. */
  readonly impliesForwards: boolean;
}
