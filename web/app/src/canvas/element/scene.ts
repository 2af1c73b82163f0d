import type { Box, Camera } from '@patchbay/canvas-core';

export type { Camera } from '@patchbay/canvas-core';

/** Size of something on the screen. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export const minZoom = 0.1;
export const maxZoom = 2;

/** The part of the flow that is in view, with a margin as a share of the view. */
export function viewBox(camera: Camera, size: Size, margin: number): Box {
  const width = size.width / camera.zoom;
  const height = size.height / camera.zoom;
  return {
    x: -camera.x / camera.zoom - width * margin,
    y: -camera.y / camera.zoom - height * margin,
    width: width * (1 + 2 * margin),
    height: height * (1 + 2 * margin),
  };
}

/** Whether the outer box holds the inner one completely. */
export const contains = (outer: Box, inner: Box): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height;

/** The camera that shows a box from its upper edge on, in the middle of the width, never larger than `atMost`. */
export function fitCamera(box: Box, size: Size, atMost = 1): Camera {
  const padding = 40;
  const zoom = Math.max(
    minZoom,
    Math.min(
      atMost,
      (size.width - 2 * padding) / Math.max(1, box.width),
      (size.height - 2 * padding) / Math.max(1, box.height),
    ),
  );
  return { x: (size.width - box.width * zoom) / 2 - box.x * zoom, y: padding - box.y * zoom, zoom };
}

/** The nearest camera that shows the whole box with some room around it. */
export function revealCamera(camera: Camera, box: Box, size: Size): Camera {
  const room = 24;
  const left = box.x * camera.zoom + camera.x;
  const top = box.y * camera.zoom + camera.y;
  const right = left + box.width * camera.zoom;
  const bottom = top + box.height * camera.zoom;
  const dx =
    left < room ? room - left : right > size.width - room ? Math.max(size.width - room - right, room - left) : 0;
  const dy =
    top < room ? room - top : bottom > size.height - room ? Math.max(size.height - room - bottom, room - top) : 0;
  return dx === 0 && dy === 0 ? camera : { ...camera, x: camera.x + dx, y: camera.y + dy };
}
