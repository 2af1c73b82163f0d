/** What ends a dialog of this folder: an event of this name, with the result as its detail. */
export const dialogEnd = 'pb-dialog-end';

/** Puts a dialog element into the document and waits for its end. Going to another page ends it too. */
export function hostDialog(element: HTMLElement): Promise<unknown> {
  document.body.append(element);
  return new Promise((resolve) => {
    element.addEventListener(dialogEnd, (event) => {
      element.remove();
      resolve((event as CustomEvent<unknown>).detail);
    });
  });
}
