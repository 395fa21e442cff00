import type { FieldError } from '../problem.js';
import { invalidFields } from '../problems.js';

/** What is wrong with a request beyond its shape, gathered so that the caller learns all of it at once. */
export class FieldFaults {
  private readonly errors: FieldError[] = [];

  add(pointer: string, code: string, detail: string): void {
    this.errors.push({ pointer, code, detail });
  }

  /** A fault at every item whose key came before. */
  unique<T>(pointer: string, items: readonly T[], key: (item: T) => string | number, member: string): void {
    const seen = new Set<string | number>();
    items.forEach((item, index) => {
      if (seen.has(key(item))) {
        this.add(`${pointer}/${index}/${member}`, 'field.duplicate', `The same ${member} stands earlier in the list.`);
      }
      seen.add(key(item));
    });
  }

  /** @throws Problem 400 with everything added, if anything was. */
  throwIfAny(): void {
    if (this.errors.length > 0) throw invalidFields(this.errors);
  }
}
