import { Module } from '@nestjs/common';

/** The features of the service, one module each. The shell around them is in application.ts. */
@Module({ imports: [] })
export class AppModule {}
