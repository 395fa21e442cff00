import { Module } from '@nestjs/common';
import { HouseRuleRepository, SnapshotRepository, WhatIfRepository } from '@app/store';
import { PairingSolver } from '../what-if/reg-t-context.js';
import { StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import { Valuations } from '../what-if/valuations.js';
import { WhatIfModule } from '../what-if/what-if.module.js';
import { Explanations } from './explanations.js';
import { ExplanationsController } from './explanations.controller.js';
import { Hedges } from './hedges.js';
import { HedgesController } from './hedges.controller.js';
import { MaxQuantities } from './max-quantities.js';
import { MaxQuantityController } from './max-quantity.controller.js';
import { Standings } from './standings.js';

/** Over what-ifs: what would pass, what would fix it, and why it changed. */
@Module({
  imports: [WhatIfModule],
  controllers: [MaxQuantityController, HedgesController, ExplanationsController],
  providers: [
    {
      provide: Standings,
      inject: [StoredWhatIfs, Valuations, PairingSolver],
      useFactory: (...given: ConstructorParameters<typeof Standings>) => new Standings(...given),
    },
    {
      provide: MaxQuantities,
      inject: [Standings],
      useFactory: (standings: Standings) => new MaxQuantities(standings),
    },
    {
      provide: Hedges,
      inject: [Standings, SnapshotRepository, PairingSolver],
      useFactory: (standings: Standings, snapshots: SnapshotRepository, solver: PairingSolver) =>
        new Hedges(standings, snapshots, solver),
    },
    {
      provide: Explanations,
      inject: [StoredWhatIfs, SnapshotRepository, HouseRuleRepository, WhatIfRepository, PairingSolver],
      useFactory: (...given: ConstructorParameters<typeof Explanations>) => new Explanations(...given),
    },
  ],
})
export class AdviceModule {}
