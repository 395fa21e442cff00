import { Module } from '@nestjs/common';
import { AccountRepository, SnapshotRepository } from '@app/store';
import { StoredWhatIfs } from '../what-if/stored-what-ifs.js';
import { WhatIfModule } from '../what-if/what-if.module.js';
import { Accounts } from './accounts.js';
import { AccountsController } from './accounts.controller.js';

@Module({
  imports: [WhatIfModule],
  controllers: [AccountsController],
  providers: [
    {
      provide: Accounts,
      inject: [AccountRepository, SnapshotRepository, StoredWhatIfs],
      useFactory: (accounts: AccountRepository, snapshots: SnapshotRepository, whatIfs: StoredWhatIfs) =>
        new Accounts(accounts, snapshots, whatIfs),
    },
  ],
})
export class AccountsModule {}
