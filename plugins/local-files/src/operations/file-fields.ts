import { z } from 'zod';

const path = z.string().max(4_000);

/** Fields of every operation that looks for files. */
export const fileFields = {
  paths: z.array(path).min(1).max(100).default(['.']).meta({
    title: 'Paths',
    description: 'Files and folders, relative to the folder of the tenant.',
  }),
  extensions: z.array(z.string().min(1).max(40)).max(100).default([]).meta({
    title: 'Extensions',
    description: 'For example csv or txt; none: all files.',
  }),
  recursive: z.boolean().default(true).meta({ title: 'Look into folders' }),
  pageSize: z.int().min(1).max(1_000).default(100).meta({ title: 'Files per page' }),
};

/** The field that every operation of pages has. */
export const cursor = z.string().max(5_000).optional().meta({
  title: 'Cursor',
  description: 'From the page before; empty for the first page.',
});

/** What every operation of pages returns beside its records. */
export const nextCursor = z.string().optional().meta({ title: 'Cursor', description: 'Absent on the last page.' });

/** Fields that few people need. */
export const pageUi = { '/pageSize': { isAdvanced: true }, '/cursor': { isAdvanced: true } };
