/** What a house may tighten. */
export const HOUSE_PARAMETERS = ['priceMove.down', 'priceMove.up', 'minimumCharge'] as const;
export type HouseParameter = (typeof HOUSE_PARAMETERS)[number];

export interface ParameterDefinition {
  readonly unit: string;
  /** Inclusive bounds of the value. */
  readonly least: number;
  readonly most: number;
  /** +1 where a larger number asks for more margin, −1 where a smaller one does. */
  readonly stricter: 1 | -1;
  readonly meaning: string;
}

export const PARAMETER_DEFINITIONS: Readonly<Record<HouseParameter, ParameterDefinition>> = {
  'priceMove.down': {
    unit: 'fraction of the underlying price',
    least: -1,
    most: 0,
    stricter: -1,
    meaning: 'lowest valuation point; −0.2 is 20 % down',
  },
  'priceMove.up': {
    unit: 'fraction of the underlying price',
    least: 0,
    most: 10,
    stricter: 1,
    meaning: 'highest valuation point; 0.2 is 20 % up',
  },
  minimumCharge: {
    unit: 'dollars per share of each option or future contract',
    least: 0,
    most: 10_000,
    stricter: 1,
    meaning: 'least charge: times the multiplier, times contracts',
  },
};

/** The stricter of two values of one parameter. */
export function stricterValue(parameter: HouseParameter, a: number, b: number): number {
  return PARAMETER_DEFINITIONS[parameter].stricter > 0 ? Math.max(a, b) : Math.min(a, b);
}
