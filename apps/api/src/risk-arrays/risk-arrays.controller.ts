import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../console/api-problems.js';
import { RiskArrays } from './risk-arrays.js';
import { RiskArraysReplyDto, RiskArraysRequestDto } from './risk-arrays.dto.js';

const EXAMPLES = {
  regulatory: {
    summary: 'The ten regulatory points, on a market given here',
    value: {
      market: {
        asOf: '2007-02-23T21:00:00.000Z',
        rates: [{ days: 57, rate: 0.0508 }],
        underlyings: [{ symbol: 'IBM', type: 'EQUITY', price: '97.73', productClass: 'EQUITY', classGroup: 'IBM' }],
        options: [{ symbol: 'IBM   070421C00100000', price: '1.68', exercise: 'AMERICAN', multiplier: '100' }],
      },
      symbols: ['IBM', 'IBM   070421C00100000'],
    },
  },
  surface: {
    summary: 'Price moves by volatility moves of my own',
    value: {
      market: {
        asOf: '2007-02-23T21:00:00.000Z',
        rates: [{ days: 57, rate: 0.0508 }],
        underlyings: [
          { symbol: 'SPX', type: 'INDEX', price: '1451.19', productClass: 'HIGH_CAP_INDEX', classGroup: 'SPX' },
        ],
        options: [
          { symbol: 'SPX   070421P01400000', impliedVolatility: 0.13, exercise: 'EUROPEAN', multiplier: '100' },
        ],
      },
      symbols: ['SPX', 'SPX   070421P01400000'],
      priceMoves: [-0.08, 0, 0.06],
      volMoves: [0, 0.5],
    },
  },
};

@ApiTags('market')
@ApiBearerAuth()
@Controller('v1/risk-arrays')
export class RiskArraysController {
  constructor(private readonly riskArrays: RiskArrays) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'What is an instrument worth as the market moves?',
    description:
      'Revalues one unit of each instrument, per share and before the multiplier, at every valuation point: the price ' +
      'moves at once, the volatility by its move, and no time passes. An index has an array although it cannot be held. ' +
      'Dollars as text with 8 decimals; pnl + is a gain of the holder of a long unit. Every role. Nothing is stored. ' +
      'One call may ask for symbols × volMoves × (priceMoves + 10) up to 40,000; absent moves count as the ten ' +
      'regulatory points and one volatility.',
  })
  @ApiBody({ type: RiskArraysRequestDto, examples: EXAMPLES })
  @ApiOkResponse({ type: RiskArraysReplyDto, description: 'One array a symbol asked for.' })
  @ApiProblems(400, 401, 404, 413, 415, 422, 503)
  computeRiskArrays(@Body() request: RiskArraysRequestDto): Promise<RiskArraysReplyDto> {
    return this.riskArrays.answer(request);
  }
}
