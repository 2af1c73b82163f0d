export { createEditor, type EditOutcome, type Editor, type EditorOptions, type EditorState } from './editor/editor.ts';
export { mergeWindowMs } from './editor/history.ts';
export { type Command, type CommandResult, type Denial } from './commands/command.ts';
export { addStep, type StepPlace } from './commands/add-step.ts';
export {
  changeFlow,
  changeStep,
  changeTrigger,
  renameStep,
  renameStepKey,
  setDisabled,
  setInput,
  setSample,
} from './commands/change-step.ts';
export { copySteps, parseCopiedSteps, pasteSteps, type CopiedSteps } from './commands/clipboard.ts';
export { checkConnection, connect, disconnect } from './commands/connect.ts';
export { arrange, moveSteps } from './commands/move-steps.ts';
export { coreStepTitles, newStep, type StepTemplate } from './commands/new-step.ts';
export { removeSteps } from './commands/remove-steps.ts';
export { wrapSteps } from './commands/wrap-steps.ts';
export { freeKey, scopeOfStep, toKey, withInnerSteps } from './commands/scope-edits.ts';
export { firstSteps } from './geometry/layout-edges.ts';
export { layoutScene, readingOrder } from './geometry/layout-scene.ts';
export { measures, snap } from './geometry/measures.ts';
export { moveScene, withContents, type MovedPart } from './geometry/move-scene.ts';
export { portIds } from './geometry/ports.ts';
export { laneOrigin, laneScopes } from './geometry/scope-frame.ts';
export {
  edgeId,
  overlaps,
  triggerKey,
  type Box,
  type CanvasScene,
  type Point,
  type SceneEdge,
  type SceneLane,
  type SceneNode,
  type ScenePort,
} from './geometry/scene.ts';
export { fromElkResult, toElkGraph, type ElkNode } from './layout/elk-graph.ts';
export { hasMissingPositions, layoutDocument, type Positions } from './layout/layout-document.ts';
export { mergeDocuments, type MergedDocument } from './merge/merge-documents.ts';
export { type MergeConflict, type MergeSide } from './merge/merge-context.ts';
export { moveCursor, type CursorMove } from './selection/move-cursor.ts';
export { followRename } from './selection/follow-rename.ts';
export { cleanSelection, type Selection } from './selection/selection.ts';
export { type Camera } from './engine/camera.ts';
export { createNodeDrag, type NodeDrag, type NodeDragOptions } from './engine/node-drag.ts';
export { createPanZoom, noPanClass, type PanZoom, type PanZoomMode, type PanZoomOptions } from './engine/pan-zoom.ts';
export { portClasses, portId, startWireDrag, type DraftWire, type WireDragOptions } from './engine/wire-drag.ts';
export { suggestMappings, type MappingSuggestion, type SuggestionSource } from './mapping/suggest-mappings.ts';
