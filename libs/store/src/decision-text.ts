/** A part of many decisions: a block has it once. */
export class CommonText {
  constructor(readonly text: string) {}
}

/** A JSON text in parts: constants, the same objects each time, with a value between each two of them. */
export interface DecisionText {
  readonly constants: readonly string[];
  readonly values: readonly (string | CommonText)[];
}

// JSON escapes control characters: no text holds one of these.
/** Stands between the parts of a decision, and of its constants. */
const MARK = '\u0002';
/** Stands for the decision's id. */
const ID = '\u0003';
/** Before the place of a common text. */
const COMMON = '\u0004';

const TEMPLATES = new WeakMap<TemplateStringsArray, readonly string[]>();

/** A template's text, as a tag of it. Line breaks, which JSON never holds in a text, are the template's own. */
export function decisionText(
  template: TemplateStringsArray,
  ...values: readonly (string | CommonText)[]
): DecisionText {
  let constants = TEMPLATES.get(template);
  if (constants === undefined) {
    constants = template.map((part) => part.replace(/\n\s*/g, ''));
    TEMPLATES.set(template, constants);
  }
  return { constants, values };
}

const NO_CONSTANTS = ['', ''];

/** A text that has nothing in common with others. */
export function singularText(text: string): DecisionText {
  return { constants: NO_CONSTANTS, values: [text] };
}

export function wholeText({ constants, values }: DecisionText): string {
  let text = constants[0];
  values.forEach((value, index) => {
    text += (typeof value === 'string' ? value : value.text) + constants[index + 1];
  });
  return text;
}

/** Abridges the decisions of a block; `decision_part` in the database makes them whole again. */
export class DecisionTexts {
  readonly common: string[] = [];
  private readonly places = new Map<string, number>();

  /** `headers`: JSON, with the id between each two parts. */
  kept(id: string, headers: readonly string[], { constants, values }: DecisionText): string {
    let rest = '';
    for (const value of values) rest += MARK + (typeof value === 'string' ? value : COMMON + this.placeOf(value.text));
    const head = this.placeOf(headersOf(headers));
    return `${head}${MARK}${this.placeOf(skeletonOf(constants))}${rest.replaceAll(id, ID)}`;
  }

  private placeOf(text: string): number {
    const known = this.places.get(text);
    if (known !== undefined) return known;
    this.places.set(text, this.common.length);
    return this.common.push(text) - 1;
  }
}

const headersOf = joinedBy(ID);
const skeletonOf = joinedBy(MARK);

/** The same parts are joined once. */
function joinedBy(mark: string): (parts: readonly string[]) => string {
  const known = new WeakMap<readonly string[], string>();
  return (parts) => {
    let text = known.get(parts);
    if (text === undefined) known.set(parts, (text = parts.join(mark)));
    return text;
  };
}
