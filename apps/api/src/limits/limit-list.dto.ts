import { CursorField, LimitField } from '../fields/page-fields.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export class LimitListQueryDto {
  @LimitField('Limits')
  limit?: string;

  @CursorField((text) => (UUID.test(text) ? text : undefined))
  cursor?: string;
}
