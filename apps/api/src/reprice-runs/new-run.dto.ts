import { AccountIdField } from '../fields/account-id.js';
import { ChoiceField } from '../fields/choice-field.js';
import { field } from '../fields/field.js';
import { NumberField } from '../fields/number-field.js';

const SNAPSHOT_ID = '^[0-9a-f]{64}$';
const SNAPSHOT_FORM = new RegExp(SNAPSHOT_ID);

/** Error code `field.snapshot_id`. */
function SnapshotIdField(description: string): PropertyDecorator {
  return field('snapshot_id', { optional: true, description }, { type: 'string', pattern: SNAPSHOT_ID }, (value) =>
    typeof value === 'string' && SNAPSHOT_FORM.test(value) ? undefined : 'must be 64 hexadecimal digits',
  );
}

export class NewRunDto {
  @SnapshotIdField('The snapshot to reprice on; absent: the latest, of `feed` or of any.')
  snapshotId?: string;

  @AccountIdField({
    optional: true,
    description: 'The latest snapshot of this feed; not with snapshotId.',
    example: 'demo',
  })
  feed?: string;

  @AccountIdField({ optional: true, description: 'Only the accounts of this desk.', example: 'demo' })
  desk?: string;

  @AccountIdField({
    optional: true,
    description: 'Only these accounts; not with desk.',
    list: { minItems: 1, maxItems: 5_000 },
    example: ['demo-in-deficit', 'demo-long-stock'],
  })
  accountIds?: readonly string[];

  @NumberField({
    optional: true,
    min: 1,
    max: 100_000,
    integer: true,
    description: 'Accounts a worker takes at a time. Default 250.',
  })
  chunkSize?: number;

  @ChoiceField({
    optional: true,
    choices: ['NIGHTLY', 'INTRADAY'],
    description: 'INTRADAY runs go before NIGHTLY ones. Default INTRADAY.',
  })
  priority?: 'NIGHTLY' | 'INTRADAY';
}

export class RunChangeDto {
  @ChoiceField({ choices: ['CANCELLED', 'REQUESTED'], description: 'CANCELLED stops the run, REQUESTED resumes it.' })
  state!: 'CANCELLED' | 'REQUESTED';
}
