import { AccountIdField } from '../fields/account-id.js';
import { InstantField } from '../fields/date-fields.js';
import { TextField } from '../fields/text-fields.js';
import { InlineMarketDto } from '../what-if/market.dto.js';

export const DEFAULT_FEED = 'main';
export const DEFAULT_SOURCE = 'uploaded';

const FEED = {
  optional: true,
  description: `The market feed it belongs to. Default ${DEFAULT_FEED}.`,
  example: 'main',
};
const SOURCE = { optional: true, maxLength: 200, description: 'Where the prices are from, for people.' };

/** A market stated in JSON, to be kept. */
export class NewSnapshotDto extends InlineMarketDto {
  @AccountIdField(FEED)
  feed?: string;

  @TextField(SOURCE)
  source?: string;
}

/** The fields beside the files of a form. */
export class SnapshotFormDto {
  @AccountIdField(FEED)
  feed?: string;

  @TextField(SOURCE)
  source?: string;

  @InstantField({
    optional: true,
    description: 'When the prices were. Default: the close of the exchanges on the date of the rates.',
  })
  asOf?: string;
}
