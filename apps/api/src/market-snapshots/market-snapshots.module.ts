import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Module, type OnModuleDestroy } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { Database, SnapshotRepository } from '@app/store';
import { MarketSnapshots } from './market-snapshots.js';
import { MarketSnapshotsController } from './market-snapshots.controller.js';

const UPLOAD_FOLDER = Symbol('upload folder');

/** A folder of this process alone, where files wait to be loaded; nobody else may look into it. */
@Module({
  providers: [{ provide: UPLOAD_FOLDER, useFactory: () => mkdtempSync(join(tmpdir(), 'marginal-uploads-')) }],
  exports: [UPLOAD_FOLDER],
})
class UploadFolderModule implements OnModuleDestroy {
  constructor(@Inject(UPLOAD_FOLDER) private readonly folder: string) {}

  onModuleDestroy(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

@Module({
  imports: [
    MulterModule.registerAsync({
      imports: [UploadFolderModule],
      inject: [UPLOAD_FOLDER],
      useFactory: (dest: string) => ({ dest }),
    }),
  ],
  controllers: [MarketSnapshotsController],
  providers: [
    {
      provide: MarketSnapshots,
      inject: [Database, SnapshotRepository],
      useFactory: (database: Database, snapshots: SnapshotRepository) => new MarketSnapshots(database, snapshots),
    },
  ],
})
export class MarketSnapshotsModule {}
