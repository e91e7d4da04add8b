/**
 * How many letters have to be changed, added, left out or swapped with their neighbour until a word is found in a
 * text: 0 when it is there. Work grows with the product of the lengths, so both are short.
 */
export function distanceWithin(word: string, text: string): number {
  const letters = [...word];
  const line = [...text];
  // Rows of the usual table, but beginning anywhere in the text costs nothing, and so does ending anywhere.
  let before: number[] = [];
  let previous: number[] = Array.from({ length: line.length + 1 }, () => 0);
  for (const [row, letter] of letters.entries()) {
    const current = [row + 1];
    for (const [column, other] of line.entries()) {
      const changed = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      const left = (previous[column + 1] ?? 0) + 1;
      const added = (current[column] ?? 0) + 1;
      const swaps = row > 0 && column > 0 && letter === line[column - 1] && letters[row - 1] === other;
      const swapped = swaps ? (before[column - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(changed, left, added, swapped));
    }
    before = previous;
    previous = current;
  }
  return Math.min(...previous);
}

/** How many slips of the finger are forgiven in a word. */
export const forgiven = (word: string) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** Those candidates that a mistyped word can mean: the person's own first, then the fewest slips, then the shortest. */
export function closest<T extends { searchText: string; mine: boolean; name: string }>(
  word: string,
  candidates: readonly T[],
): T[] {
  const judged = candidates.map((candidate) => {
    const distances = candidate.searchText
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const within = distanceWithin(word, line);
        const begins = within <= forgiven(word) && distanceWithin(word, line.slice(0, word.length + 1)) === within;
        return within + (begins ? 0 : 0.5);
      });
    return { candidate, distance: Math.min(...distances) };
  });
  return judged
    .filter(({ distance }) => Math.floor(distance) <= forgiven(word))
    .sort(
      (a, b) =>
        Number(b.candidate.mine) - Number(a.candidate.mine) ||
        a.distance - b.distance ||
        a.candidate.name.length - b.candidate.name.length,
    )
    .map(({ candidate }) => candidate);
}
