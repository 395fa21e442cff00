import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

export interface TextRequest {
  bodyText?: string;
}

/** The body as it was sent, decompressed: beside `@Body()`, whose value it was read as. */
export const BodyText = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { bodyText } = context.switchToHttp().getRequest<TextRequest>();
  if (bodyText === undefined) throw new Error('the text of a body that was not read');
  return bodyText;
});
