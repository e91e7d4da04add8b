/** Where a page of a list begins: there, or, when the list has become shorter than that meanwhile, where its last page does. */
export const pageStart = (from: number, total: number, length: number): number =>
  from < total ? from : Math.max(0, Math.floor((total - 1) / length) * length);
