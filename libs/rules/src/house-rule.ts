import type { CalendarDate, ProductClass } from '@app/market';
import { type HouseParameter, PARAMETER_DEFINITIONS } from './parameter-definitions.js';

/** What a house rule sets: a number, a yes or no, or several numbers by name, as the parameter's definition says. */
export type HouseValue = number | boolean | Readonly<Record<string, number>>;

export const HOUSE_RULE_SCOPES = ['FIRM', 'GROUP', 'ACCOUNT'] as const;
export type HouseRuleScope = (typeof HOUSE_RULE_SCOPES)[number];

/** A number a firm sets above the rule book: for a symbol, else a class group, else a product class, else everything. */
export interface HouseRule {
  readonly ruleId: string;
  /** FIRM binds every account, GROUP those of a group of accounts, ACCOUNT the one it was read for. */
  readonly scope: HouseRuleScope;
  readonly productClass: ProductClass | null;
  readonly classGroup: string | null;
  /** Of a parameter of class groups, the symbol stands for the class group it is in. */
  readonly symbol: string | null;
  readonly parameter: HouseParameter;
  readonly value: HouseValue;
  readonly effectiveFrom: CalendarDate;
  /** Last day, inclusive; null is open-ended. */
  readonly effectiveTo: CalendarDate | null;
  /** The example pack it was taken from. */
  readonly pack: string | null;
}

/** The number a rule sets: rules of one slot compete, others stand side by side. */
export function slotOf({ parameter, value }: Pick<HouseRule, 'parameter' | 'value'>): string {
  const definition = PARAMETER_DEFINITIONS[parameter];
  if (definition.kind !== 'RECORD' || typeof value !== 'object') return parameter;
  return [parameter, ...definition.key.map((field) => value[field])].join(' ');
}

/** Narrower is larger: the target decides, and for one target the account's rule before its group's and the firm's. */
export function narrowness({ symbol, classGroup, productClass, scope }: HouseRule): number {
  const target = (symbol === null ? 0 : 4) + (classGroup === null ? 0 : 2) + (productClass === null ? 0 : 1);
  return target * HOUSE_RULE_SCOPES.length + HOUSE_RULE_SCOPES.indexOf(scope);
}

export function isInForce({ effectiveFrom, effectiveTo }: HouseRule, date: CalendarDate): boolean {
  return effectiveFrom <= date && (effectiveTo === null || date <= effectiveTo);
}

/** Whether there is a day both are in force. */
export function overlap(a: HouseRule, b: HouseRule): boolean {
  return (
    (b.effectiveTo === null || a.effectiveFrom <= b.effectiveTo) &&
    (a.effectiveTo === null || b.effectiveFrom <= a.effectiveTo)
  );
}
