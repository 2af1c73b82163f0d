import { readEnvironment } from '@patchbay/config';
import { request } from 'undici';

const target = readEnvironment()['BENCH_TARGET'] ?? '';

/** One HTTP call of the hand-written workflow. */
export async function get(number: number): Promise<unknown> {
  const { body } = await request(`${target}${number}`);
  return body.json();
}
