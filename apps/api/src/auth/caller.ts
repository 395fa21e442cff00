import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { ApiKey, Role } from './key-store.js';

/** Who is calling. */
export interface Caller {
  readonly keyId: string;
  /** Whom the key was given to. */
  readonly keyName: string;
  readonly role: Role;
  /** The desk whose accounts a DESK key sees; null for keys that see all. */
  readonly desk: string | null;
}

export function callerOf({ id, name, role, desk }: ApiKey): Caller {
  return { keyId: id, keyName: name, role, desk };
}

export interface AuthenticatedRequest {
  caller?: Caller;
}

/** The caller, as a parameter of a handler that is not public. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (caller === undefined) throw new Error('a public handler has no caller');
  return caller;
});

export const PUBLIC = 'marginal:public';
export const ROLES = 'marginal:roles';

/** Answers without a key. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);

/** Which roles may call; admin always may. Without it, every key may. On a handler it replaces the controller's. */
export const Roles = (...roles: readonly Lowercase<Role>[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ROLES, new Set<Role>([...roles.map((role) => role.toUpperCase() as Role), 'ADMIN']));
