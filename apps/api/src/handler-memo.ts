import type { ExecutionContext } from '@nestjs/common';

/**
 * What is read from the decorators of a handler, read once instead of on every call. By class and method: a method that
 * two controllers inherit is one function, but their own decorators may differ.
 */
export class HandlerMemo<T extends object | null> {
  private readonly byClass = new WeakMap<object, WeakMap<object, T>>();

  constructor(private readonly read: (context: ExecutionContext) => T) {}

  of(context: ExecutionContext): T {
    const controller = context.getClass();
    const handler = context.getHandler();
    let byHandler = this.byClass.get(controller);
    if (byHandler === undefined) this.byClass.set(controller, (byHandler = new WeakMap()));
    let value = byHandler.get(handler);
    if (value === undefined) byHandler.set(handler, (value = this.read(context)));
    return value;
  }
}
