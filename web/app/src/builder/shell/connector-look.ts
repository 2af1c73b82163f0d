import type { Connector } from '@patchbay/api-contract/client';
import { initialsOf } from '../../format/initials.ts';
import type { TileLook } from '../../ui/tile/tile.ts';

/** Tile of a connector: its picture, as it stands in the draft, or its letters. */
export function lookOfConnector(connector: Connector): TileLook {
  const { icon: given, image, name } = connector;
  const dataUri = given.startsWith('data:image/') ? given : image.dataUri;
  const letters = initialsOf(name === '' ? 'New' : name);
  return dataUri === undefined ? { tile: image.tile, letters } : { tile: image.tile, dataUri };
}
