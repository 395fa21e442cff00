import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

export interface RequestWithBytes {
  bodyBytes?: Buffer;
}

/** The body as it was sent, decompressed: beside `@Body()`, whose value it was read as. */
export const BodyBytes = createParamDecorator((_data: unknown, context: ExecutionContext): Buffer => {
  const { bodyBytes } = context.switchToHttp().getRequest<RequestWithBytes>();
  if (bodyBytes === undefined) throw new Error('the bytes of a body that was not read');
  return bodyBytes;
});
