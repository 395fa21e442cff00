import { ApiProperty } from '@nestjs/swagger';

const FLAG_COUNTS = { type: 'object', additionalProperties: { type: 'integer' } } as const;
const FILES = ['instruments', 'quotes', 'underlyings', 'rates', 'dividends', 'futures'] as const;

export class FileCountDto {
  @ApiProperty({
    type: 'integer',
    description: 'Lines below the header that are not empty: taken, refused and repeated.',
  })
  rows!: number;

  @ApiProperty({ type: 'integer', description: 'Rows that are in the snapshot.' })
  taken!: number;

  @ApiProperty({ type: 'integer', description: 'Rows that are not, each for a stated reason.' })
  refused!: number;

  @ApiProperty({ type: 'integer', description: 'Identical to a row that is counted as taken.' })
  repeated!: number;
}

export class RemarkCountDto {
  @ApiProperty({ enum: FILES })
  file!: string;

  @ApiProperty({ type: String, example: 'CONTRADICTION' })
  code!: string;

  @ApiProperty({ type: 'integer', description: 'Rows.' })
  count!: number;
}

export class RowRemarkDto {
  @ApiProperty({ enum: FILES })
  file!: string;

  @ApiProperty({ type: 'integer', description: 'Of the file; the header is line 1.' })
  line!: number;

  @ApiProperty({ type: String, example: 'CONTRADICTION' })
  code!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The offending column; null: the row as a whole.' })
  column!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Null where the row gives none that could be one.' })
  symbol!: string | null;

  @ApiProperty({ type: String, description: 'For people.' })
  detail!: string;
}

export class UnderlyingTallyDto {
  @ApiProperty({ ...FLAG_COUNTS, description: 'Underlyings per product class.', example: { EQUITY: 261 } })
  productClasses!: Readonly<Partial<Record<string, number>>>;

  @ApiProperty({
    ...FLAG_COUNTS,
    description:
      'Underlyings per what decided their class: GIVEN by the source, SHARE (the type alone), INDEX_TABLE, ' +
      'SECTOR_TABLE, LEVERAGED_NAME, VOLATILITY_INDEX, or ASSUMED.',
    example: { SHARE: 261, INDEX_TABLE: 11 },
  })
  bases!: Readonly<Partial<Record<string, number>>>;

  @ApiProperty({
    type: [String],
    description: 'Symbols of which nothing is known: they have the widest range and a class group of their own.',
  })
  assumed!: readonly string[];
}

export class ImpliedForwardDto {
  @ApiProperty({ type: String, description: 'The underlying.', example: 'SPX' })
  symbol!: string;

  @ApiProperty({ type: String, description: 'Root of the options.', example: 'SPXW' })
  root!: string;

  @ApiProperty({ type: String, format: 'date' })
  expiry!: string;

  @ApiProperty({ type: 'number', description: 'What the underlying is worth then.', example: 7678.6 })
  forward!: number;

  @ApiProperty({ type: 'integer', description: 'Pairs of a call and a put that it was fitted to.', example: 22 })
  pairs!: number;
}

export class SnapshotReportDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/FileCountDto' },
    description: 'What became of the rows of each file.',
  })
  files!: Readonly<Partial<Record<string, FileCountDto>>>;

  @ApiProperty({ type: [RemarkCountDto], description: 'Rows that were not taken, by file and reason.' })
  refused!: readonly RemarkCountDto[];

  @ApiProperty({ type: [RowRemarkDto], description: 'The first 1,000 of them.' })
  refusedExamples!: readonly RowRemarkDto[];

  @ApiProperty({
    type: [RemarkCountDto],
    description: 'Rows that were taken, though not as they stood: assumed class, absent yield, rounded price …',
  })
  notes!: readonly RemarkCountDto[];

  @ApiProperty({ type: [RowRemarkDto], description: 'The first 1,000 of them.' })
  noteExamples!: readonly RowRemarkDto[];

  @ApiProperty({ type: UnderlyingTallyDto, required: false, description: 'How the underlyings were classified.' })
  underlyings?: UnderlyingTallyDto;

  @ApiProperty({
    type: [ImpliedForwardDto],
    required: false,
    description:
      'Forwards implied by European calls and puts, where no yield is known: their options are solved on them.',
  })
  impliedForwards?: readonly ImpliedForwardDto[];

  @ApiProperty({
    ...FLAG_COUNTS,
    description: 'Contracts per flag of their quote.',
    example: { NO_BID: 120, WIDE: 80 },
  })
  flags!: Readonly<Partial<Record<string, number>>>;

  @ApiProperty({ type: 'integer', description: 'Contracts with at least one flag.' })
  flaggedContracts!: number;

  @ApiProperty({
    ...FLAG_COUNTS,
    description:
      'Contracts per source of their implied volatility: SOLVED from the mark, GIVEN, or a stated substitute ' +
      '(NEIGHBOUR_STRIKE, PARITY_PARTNER, FLOOR) that a strict account refuses; NONE has none.',
    example: { SOLVED: 2400, NEIGHBOUR_STRIKE: 30, NONE: 12 },
  })
  volatilities!: Readonly<Partial<Record<string, number>>>;
}

export class SnapshotSummaryDto {
  @ApiProperty({ type: String, description: 'SHA-256 of the content, as of and feed included, in hex.' })
  id!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'When the prices were.' })
  asOf!: string;

  @ApiProperty({ type: String, example: 'main' })
  feed!: string;

  @ApiProperty({ type: String, description: 'Where the prices are from, for people.' })
  source!: string;

  @ApiProperty({ type: 'integer', description: 'Shares, funds and indices in it.' })
  underlyings!: number;

  @ApiProperty({ type: 'integer', description: 'Option contracts.' })
  contracts!: number;

  @ApiProperty({ type: 'integer', description: 'Futures in it.' })
  futures!: number;

  @ApiProperty({ type: 'integer', description: 'Rows of the source that were not taken.' })
  refused!: number;

  @ApiProperty({ type: 'integer', description: 'Contracts taken with at least one flag.' })
  flagged!: number;

  @ApiProperty({ type: String, format: 'date-time', description: 'When it was stored.' })
  createdAt!: string;
}

export class SnapshotDto extends SnapshotSummaryDto {
  @ApiProperty({ type: SnapshotReportDto })
  report!: SnapshotReportDto;
}

export class SnapshotListDto {
  @ApiProperty({ type: [SnapshotSummaryDto], description: 'The latest prices first.' })
  items!: readonly SnapshotSummaryDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Opaque: asks for the next page; null on the last.' })
  nextCursor!: string | null;
}
