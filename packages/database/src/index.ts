export {
  createDatabase,
  type Database,
  type DatabaseConnection,
  type DatabaseOptions,
  type Transaction,
} from './database.ts';
export { isForeignKeyViolation, isUniqueViolation, onUniqueViolation } from './database-error.ts';
export {
  revertMigrations,
  runMigrations,
  type AppliedMigration,
  type Migration,
  type MigrationModule,
} from './migrations.ts';
export {
  containsPattern,
  narrowToText,
  parseSort,
  readPage,
  type PageRequest,
  type PageResult,
  type SortOrder,
} from './page.ts';
export { toJsonb } from './storable.ts';
export { createTenantScope, type ColumnValue, type RowValues, type TenantScope } from './tenant-scope.ts';
