export { aBranch, aDocument, aTransform, titleOf, type ScopeText } from './a-document.ts';
export { arbitraryFlowDocument, arbitraryTriggerData, type ArbitraryFlowOptions } from './arbitrary-flow-document.ts';
export { fakeCatalog, fakeConnector, runFakeOperation } from './fake-connector.ts';
