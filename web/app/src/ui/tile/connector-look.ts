import type { ConnectorSummary } from '@patchbay/api-contract/client';
import { initialsOf } from '../../format/initials.ts';
import type { TileLook } from './tile.ts';

/** The tile of a connector: its picture, or the first letters of its name. */
export function connectorLook({ image, name }: Pick<ConnectorSummary, 'image' | 'name'>): TileLook {
  const { dataUri, tile } = image;
  return dataUri === undefined ? { tile, letters: initialsOf(name) } : { tile, dataUri };
}
