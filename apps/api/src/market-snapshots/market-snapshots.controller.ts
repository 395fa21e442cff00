import { Controller, Get, Param, Post, Query, Req, Res, UseGuards, UseInterceptors } from '@nestjs/common';
import { FileFieldsInterceptor } from '@nestjs/platform-express';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Roles } from '../auth/caller.js';
import { ApiProblems } from '../console/api-problems.js';
import { ApiIdempotencyKey } from '../idempotency/api-idempotency-key.js';
import { MarketSnapshots, type StoredNow } from './market-snapshots.js';
import { NewSnapshotDto, SnapshotFormDto } from './new-snapshot.dto.js';
import { newPrices } from './new-prices.js';
import { NEW_SNAPSHOT_BODY } from './new-snapshot-body.js';
import { SnapshotListQueryDto } from './snapshot-list.dto.js';
import { FileCountDto, SnapshotDto, SnapshotListDto } from './snapshot-reply.dto.js';
import { statedMarket } from './stated-market.js';
import { isForm, removeUploads, UPLOAD_BYTES_MAX, UPLOAD_FILES, uploadedFiles, UploadGuard } from './upload.js';
import { validated } from '../validation/dto.pipe.js';

const FORM = FileFieldsInterceptor(
  UPLOAD_FILES.map((name) => ({ name, maxCount: 1 })),
  { limits: { fileSize: UPLOAD_BYTES_MAX, fieldSize: 1_024, fields: 8, parts: 16, fieldNameSize: 64 } },
);
const LOCATION = { Location: { description: 'Of the snapshot.', schema: { type: 'string' as const } } };

@ApiTags('market')
@ApiBearerAuth()
@Controller('v1/market-snapshots')
export class MarketSnapshotsController {
  constructor(private readonly snapshots: MarketSnapshots) {}

  @Get()
  @ApiOperation({
    summary: 'Market snapshots',
    description: 'The latest prices first, page by page, without reports. Every role.',
  })
  @ApiOkResponse({ type: SnapshotListDto, description: 'A page of snapshots.' })
  @ApiProblems(400, 401, 503)
  listSnapshots(@Query() query: SnapshotListQueryDto): Promise<SnapshotListDto> {
    return this.snapshots.list(query);
  }

  @Get(':snapshotId')
  @ApiParam({ name: 'snapshotId', description: 'Id of the snapshot.', example: 'a'.repeat(64) })
  @ApiOperation({
    summary: 'A market snapshot',
    description: 'What was taken, and what was refused or flagged and why. Without the prices. Every role.',
  })
  @ApiOkResponse({ type: SnapshotDto, description: 'The snapshot and the report of its import.' })
  @ApiProblems(401, 404, 503)
  findSnapshot(@Param('snapshotId') id: string): Promise<SnapshotDto> {
    return this.snapshots.find(id);
  }

  @Post()
  @Roles('risk')
  @ApiIdempotencyKey()
  @UseGuards(UploadGuard)
  @UseInterceptors(FORM)
  @ApiExtraModels(NewSnapshotDto, FileCountDto)
  @ApiOperation({
    summary: 'Store a market snapshot',
    description:
      'Role risk. Files of a form, or a market in JSON; whole or not at all. Volatilities are solved from the marks, ' +
      'and a quote without a solution gets a stated substitute. A row of a file that cannot be taken is refused by ' +
      'itself and is in the report. A snapshot never changes: its id is the hash of its content, and storing the same ' +
      'content again answers 200 with the same id. Prices are dollars per share or index points.',
    requestBody: NEW_SNAPSHOT_BODY,
  })
  @ApiCreatedResponse({ type: SnapshotDto, headers: LOCATION, description: 'It is stored now.' })
  @ApiOkResponse({ type: SnapshotDto, headers: LOCATION, description: 'The same content was stored already.' })
  @ApiProblems(400, 401, 403, 413, 415, 422, 503)
  async createSnapshot(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SnapshotDto> {
    const { snapshot, isNew } = isForm(request) ? await this.load(request) : await this.save(request);
    response.status(isNew ? 201 : 200).set('Location', `/v1/market-snapshots/${snapshot.id}`);
    return snapshot;
  }

  private async load(request: Request): Promise<StoredNow> {
    try {
      const form = await validated(SnapshotFormDto, { ...(request.body as object) });
      return await this.snapshots.load(uploadedFiles(request), form);
    } finally {
      await removeUploads(request);
    }
  }

  private async save(request: Request): Promise<StoredNow> {
    const market = await statedMarket(request);
    return this.snapshots.save(newPrices(market), { feed: market.feed, source: market.source });
  }
}
