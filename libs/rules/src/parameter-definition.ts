/** What a parameter is a number of: the whole account, what one class group is margined with, or a single symbol. */
export type ParameterLevel = 'ACCOUNT' | 'CLASS_GROUP' | 'SYMBOL';

/** One number of a house rule's value. */
export interface NumberDefinition {
  readonly unit: string;
  /** Inclusive bounds. */
  readonly least: number;
  readonly most: number;
  /** +1 where a larger number asks for more, −1 where a smaller one does, 0 where it only says which rule is meant. */
  readonly stricter: 1 | -1 | 0;
  /** Only these values, where they are few. */
  readonly choices?: readonly number[];
  readonly whole?: true;
  /** May be absent, which is the loosest. */
  readonly optional?: true;
}

interface Described {
  readonly level: ParameterLevel;
  /** What holds where no rule sets it. */
  readonly default: string;
  /** One sentence. */
  readonly doc: string;
  /** Who publishes such a rule, or what it comes from. */
  readonly citation: string;
}

export interface NumberParameter extends Described {
  readonly kind: 'NUMBER';
  readonly number: NumberDefinition;
}

export interface FlagParameter extends Described {
  readonly kind: 'FLAG';
  /** The value that asks for more. */
  readonly stricter: boolean;
}

export interface RecordParameter extends Described {
  readonly kind: 'RECORD';
  readonly fields: Readonly<Record<string, NumberDefinition>>;
  /** Rules that differ in these stand side by side; rules alike in them compete. Empty: all compete. */
  readonly key: readonly string[];
  /** At least one of these optional fields is needed. */
  readonly oneOf?: readonly string[];
}

export type ParameterDefinition = NumberParameter | FlagParameter | RecordParameter;
