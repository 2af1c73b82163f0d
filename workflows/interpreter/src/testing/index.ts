export { createSettledPort, type Choose } from './settled-port.ts';
export { arbitraryPlan, samplePlans } from './arbitrary-plan.ts';
export { aPlan, operation, step, transform, type ScopeSketch, type StepSketch } from './plan-builder.ts';
