import { Body, Controller, Headers, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblems } from '../console/api-problems.js';
import { ReadBody } from '../json-body/read-body.decorator.js';
import { analysisCsv } from './analysis-csv.js';
import { analysisRequest } from './csv-request.js';
import { reportHtml } from './report-html.js';
import { REPORT_POLICY } from './report-style.js';
import { ShadowAnalyses } from './shadow-analyses.js';
import { ShadowAnalysisQueryDto, ShadowAnalysisRequestDto } from './shadow-analysis.dto.js';
import { ANALYSIS_EXAMPLES, POSITION_FILE_EXAMPLE } from './shadow-analysis-examples.js';
import { ShadowAnalysisReplyDto } from './shadow-analysis-reply.dto.js';

const TEXT = { type: 'string' as const };

@ApiTags('what-if')
@ApiBearerAuth()
@Controller('v1/shadow-analyses')
export class ShadowAnalysesController {
  constructor(private readonly analyses: ShadowAnalyses) {}

  @Post()
  @HttpCode(200)
  @ReadBody({ csv: true })
  @ApiExtraModels(ShadowAnalysisRequestDto, ShadowAnalysisReplyDto)
  @ApiOperation({
    summary: 'Would this book need less under portfolio margin?',
    description:
      'A whole book under both regimes, by underlying and in total, on one or several days: what is required, what ' +
      'portfolio margin sets free, which conditions of eligibility are open. Dollars as text with two decimals. ' +
      'Nothing is stored; every role.\n\n' +
      'The book is JSON, or text/csv in one of two layouts, told apart by the header: `symbol,quantity` (+ long, ' +
      '− short) or a clearing position file `account,symbol,long,short` (counts ≥ 0, which net; a file of several ' +
      'accounts needs `account` in the query). Columns may stand in any order, others are not read. With text/csv the ' +
      'query says the rest, and faults are named by the pointers of the JSON form.\n\n' +
      '`Accept` decides the form of the answer: application/json, text/csv (a row an underlying and day, and a TOTAL) ' +
      'or text/html, one page to print.',
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { $ref: getSchemaPath(ShadowAnalysisRequestDto) },
          examples: ANALYSIS_EXAMPLES,
        },
        'text/csv': { schema: TEXT, example: POSITION_FILE_EXAMPLE },
      },
    },
  })
  @ApiOkResponse({
    description: 'The book under both regimes.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ShadowAnalysisReplyDto) } },
      'text/csv': { schema: TEXT },
      'text/html': { schema: TEXT },
    },
  })
  @ApiProblems(400, 401, 413, 415, 422, 503)
  async analyseBook(
    @Headers('content-type') contentType: string | undefined,
    @Body() body: unknown,
    @Query() query: ShadowAnalysisQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ShadowAnalysisReplyDto | string> {
    const analysis = await this.analyses.answer(await analysisRequest(contentType ?? '', body, query));
    response.vary('Accept');
    // Whoever accepts none of them gets JSON, as RFC 9110 allows.
    switch (request.accepts('application/json', 'text/csv', 'text/html')) {
      case 'text/csv':
        response.set('Content-Type', 'text/csv; charset=utf-8; header=present');
        return analysisCsv(analysis);
      case 'text/html':
        response.set({ 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': REPORT_POLICY });
        return reportHtml(analysis);
      default:
        return analysis;
    }
  }
}
