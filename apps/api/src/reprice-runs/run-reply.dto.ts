import { ApiProperty } from '@nestjs/swagger';
import { CursorField, cursorOf, cursorText, LimitField, pageLimit } from '../fields/page-fields.js';
import { money } from '../what-if/money-change.dto.js';
import type { RunPage } from '@app/store';

const STATES = ['REQUESTED', 'PREPARING', 'RUNNING', 'DONE', 'PARTIAL', 'CANCELLED', 'FAILED'];
const AT = { type: String, format: 'date-time', nullable: true } as const;

export class RunProgressDto {
  @ApiProperty({ type: 'integer', nullable: true, description: 'Accounts in scope; null until they are counted.' })
  accounts!: number | null;

  @ApiProperty({ type: 'integer', description: 'Of these, accounts of chunks that are done.' })
  done!: number;

  @ApiProperty({ type: 'integer', description: 'Pieces the accounts are divided into.' })
  chunks!: number;

  @ApiProperty({ type: 'integer', description: 'Pieces that are done.' })
  chunksDone!: number;
}

export class RunTotalsDto {
  @ApiProperty({ type: 'integer', description: 'Accounts with a result.' })
  accounts!: number;

  @ApiProperty({ type: 'integer', description: 'Accounts that could not be margined: see dead-letters.' })
  deadLetters!: number;

  @ApiProperty({ type: 'integer', description: 'Accounts whose equity is below their requirement.' })
  deficits!: number;

  @ApiProperty(money('What these lack together, in dollars.'))
  shortfall!: string;

  @ApiProperty(money('Sum over the accounts, house rules included, in dollars.'))
  requirement!: string;

  @ApiProperty(money('The same by the rule book alone.'))
  regulatoryRequirement!: string;

  @ApiProperty(money('Sum over the accounts, in dollars.'))
  equity!: string;
}

export class RunDto {
  @ApiProperty({ type: String, format: 'uuid' })
  id!: string;

  @ApiProperty({
    enum: STATES,
    description:
      'REQUESTED, PREPARING (risk arrays), RUNNING (accounts); then DONE, or PARTIAL where an account has no result, ' +
      'CANCELLED, or FAILED.',
  })
  state!: string;

  @ApiProperty({ type: String, description: 'The snapshot repriced on.' })
  snapshotId!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'When its prices were.' })
  asOf!: string;

  @ApiProperty({ type: String, description: 'Of the snapshot; accounts pinned to another feed are not in scope.' })
  feed!: string;

  @ApiProperty({ type: 'integer', description: 'Number of the last change of the house-rule book that counts.' })
  ruleBookSequence!: number;

  @ApiProperty({ enum: ['ALL', 'DESK', 'LIST'] })
  scope!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The desk of a DESK run.' })
  desk!: string | null;

  @ApiProperty({ type: [String], description: 'The accounts of a LIST run.' })
  accountIds!: readonly string[];

  @ApiProperty({ type: 'integer', description: 'Higher goes first.' })
  priority!: number;

  @ApiProperty({ enum: ['CALL', 'SCHEDULE', 'SNAPSHOT'], description: 'Who asked for it.' })
  origin!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The finished run it is compared with.' })
  previousId!: string | null;

  @ApiProperty({ type: RunProgressDto })
  progress!: RunProgressDto;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty(AT)
  startedAt!: string | null;

  @ApiProperty(AT)
  finishedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it FAILED.' })
  failure!: string | null;
}

export class RunWithTotalsDto extends RunDto {
  @ApiProperty({ type: RunTotalsDto, description: 'Of the results there are so far.' })
  totals!: RunTotalsDto;
}

export class RunListDto {
  @ApiProperty({ type: [RunDto], description: 'Latest first.' })
  items!: readonly RunDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Opaque: asks for the next page; null on the last.' })
  nextCursor!: string | null;
}

export class RunListQueryDto {
  @LimitField('Runs')
  limit?: string;

  @CursorField(placeOf)
  cursor?: string;
}

export function runPage({ limit, cursor }: RunListQueryDto): RunPage {
  return { limit: pageLimit(limit), after: cursor === undefined ? undefined : placeOf(cursorText(cursor)) };
}

export function cursorOfRun({ createdAt, id }: { readonly createdAt: Date; readonly id: string }): string {
  return cursorOf(`${createdAt.getTime()} ${id}`);
}

function placeOf(text: string): RunPage['after'] {
  const [, time, id] = /^(\d{1,14}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text) ?? [];
  return time === undefined ? undefined : { createdAt: new Date(Number(time)), id };
}
