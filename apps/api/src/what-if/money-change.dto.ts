import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';

/** A property that is money: dollars as text with two decimals. */
export const money = (description: string, example = '125000.00') =>
  ({
    type: String,
    pattern: '^-?\\d+\\.\\d{2}$',
    description,
    example,
  }) as const satisfies ApiPropertyOptions;

export class MoneyChangeDto {
  @ApiProperty(money('Dollars on the portfolio as it is.', '0.00'))
  before!: string;

  @ApiProperty(money('Dollars when every order has filled whole.'))
  after!: string;

  @ApiProperty(money('After less before, exact to the cent.'))
  change!: string;
}
