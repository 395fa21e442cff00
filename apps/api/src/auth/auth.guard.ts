import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { HandlerMemo } from '../handler-memo.js';
import { forbidden, unauthenticated } from '../problems.js';
import { bearerSecret } from './bearer-secret.js';
import { type AuthenticatedRequest, callerOf, PUBLIC, ROLES } from './caller.js';
import { KeyCache } from './key-cache.js';
import type { ApiKey, Role } from './key-store.js';

interface Access {
  /** No key needed. */
  readonly open: boolean;
  /** Undefined: any. */
  readonly roles: ReadonlySet<Role> | undefined;
}

/** Every handler that is not `@Public()` needs a bearer key, and one of the roles its `@Roles()` names. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly accesses: HandlerMemo<Access>;

  constructor(
    @Inject(KeyCache) private readonly keys: KeyCache,
    @Inject(Reflector) reflector: Reflector,
  ) {
    this.accesses = new HandlerMemo((context) => {
      const targets = [context.getHandler(), context.getClass()];
      return {
        open: reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets) === true,
        roles: reflector.getAllAndOverride<ReadonlySet<Role> | undefined>(ROLES, targets),
      };
    });
  }

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { open, roles } = this.accesses.of(context);
    if (open) return true;
    const request = context.switchToHttp().getRequest<Request & AuthenticatedRequest>();
    const secret = bearerSecret(request.headers.authorization);
    if (secret === undefined) throw unauthenticated('Send Authorization: Bearer <key>.');
    const key = this.keys.find(secret);
    // A cached key is answered without waiting: no turn of the event loop on the hot path.
    return key instanceof Promise ? key.then((found) => admit(request, found, roles)) : admit(request, key, roles);
  }
}

function admit(request: AuthenticatedRequest, key: ApiKey | undefined, roles: ReadonlySet<Role> | undefined): boolean {
  if (key === undefined) throw unauthenticated('The key is unknown or revoked.');
  if (roles !== undefined && !roles.has(key.role)) throw forbidden();
  request.caller = callerOf(key);
  return true;
}
