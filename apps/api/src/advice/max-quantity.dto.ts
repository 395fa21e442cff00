import { DecimalField } from '../fields/decimal-field.js';
import { NestedField } from '../fields/nested-field.js';
import { MAX_LEGS, OrderLegDto } from '../what-if/order.dto.js';
import { ShadowPortfolioDto } from '../what-if/what-if.dto.js';

/** One unit of an order. */
export class OrderUnitDto {
  @DecimalField({
    optional: true,
    nullable: true,
    description: 'As the price of an order: per share; of several legs the net price of one unit. Absent: the mark.',
    example: '2.73',
  })
  price?: string | number | null;

  @NestedField(() => OrderLegDto, {
    list: { minItems: 1, maxItems: MAX_LEGS },
    description: 'What one unit trades.',
  })
  legs!: OrderLegDto[];
}

const OrderField = (): PropertyDecorator =>
  NestedField(() => OrderUnitDto, { description: 'One unit of the order whose quantity is asked for.' });

const MostField = (): PropertyDecorator =>
  DecimalField({
    optional: true,
    ...{ positive: true, whole: true, max: 1e9 },
    description: 'Units to look at, from 1. Default 1,000,000.',
    example: '10000',
  });

export class MaxQuantityRequestDto {
  @OrderField()
  order!: OrderUnitDto;

  @MostField()
  most?: string | number;
}

/** The same about a portfolio that is not stored. */
export class ShadowMaxQuantityRequestDto extends ShadowPortfolioDto implements MaxQuantityRequestDto {
  @OrderField()
  order!: OrderUnitDto;

  @MostField()
  most?: string | number;
}
