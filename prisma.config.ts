import { defineConfig } from 'prisma/config';

/** For Prisma's own command line (`migrate dev`), where its engine may be downloaded; the service does not read this. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
