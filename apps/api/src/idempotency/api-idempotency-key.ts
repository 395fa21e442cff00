import { ApiHeader } from '@nestjs/swagger';

/** Documents the key that every write takes. */
export const ApiIdempotencyKey = (): MethodDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'The caller’s own key for this write. Sent again with the same request it gets the same answer, byte for byte, and ' +
      'nothing happens twice; with another request 422; while the first is under way 409.',
    example: 'order-7-attempt',
  });
