import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ChoiceField } from './choice-field.js';
import { DecimalField } from './decimal-field.js';
import { NestedField } from './nested-field.js';
import { NumberField } from './number-field.js';

class LegDto {
  @ChoiceField({ description: 'Side.', choices: ['BUY', 'SELL'], example: 'BUY' }) side!: string;
}
class OrderDto {
  @NestedField(() => LegDto, { description: 'Legs.', list: { minItems: 1, maxItems: 9 } }) legs!: LegDto[];
  @NestedField(() => LegDto, { description: 'Hedge.', optional: true, nullable: true }) hedge?: LegDto | null;
  @NestedField(() => LegDto, { description: 'Main.' }) main!: LegDto;
  @DecimalField({ description: 'Price.', example: '1.68', optional: true, nullable: true }) price?: string | null;
  @DecimalField({ description: 'Quantity.', positive: true }) quantity!: string;
  @NumberField({ description: 'Moves.', min: -1, max: 1, list: { maxItems: 3 }, optional: true }) moves?: number[];
}

@Controller()
class OrderController {
  @Post()
  create(@Body() body: OrderDto): object {
    return body;
  }
}
@Module({ controllers: [OrderController] })
class OrderModule {}

describe('the fields of a DTO in the OpenAPI document', () => {
  it('say what is validated', async () => {
    const app = await NestFactory.create(OrderModule, { logger: false });
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().setOpenAPIVersion('3.1.0').build());
    await app.close();
    const leg = { $ref: '#/components/schemas/LegDto' };
    const text = { type: 'string', pattern: expect.stringContaining('\\d') as unknown };
    expect(document.components?.schemas?.OrderDto).toEqual({
      type: 'object',
      required: ['legs', 'main', 'quantity'],
      properties: {
        legs: { description: 'Legs.', type: 'array', items: leg, minItems: 1, maxItems: 9 },
        hedge: { description: 'Hedge.', anyOf: [leg, { type: 'null' }] },
        main: { description: 'Main.', allOf: [leg] },
        price: { description: 'Price.', example: '1.68', oneOf: [text, { type: 'number' }, { type: 'null' }] },
        quantity: { description: 'Quantity.', oneOf: [text, { type: 'number', exclusiveMinimum: 0 }] },
        moves: {
          description: 'Moves.',
          type: 'array',
          items: { type: 'number', minimum: -1, maximum: 1 },
          maxItems: 3,
        },
      },
    });
    expect(document.components?.schemas?.LegDto).toMatchObject({
      properties: { side: { type: 'string', enum: ['BUY', 'SELL'], example: 'BUY' } },
    });
  });
});
