/**
 * How many letters have to be changed, added, left out or swapped with their neighbour until a word is found in a
 * text: 0 when it is there. Work grows with the product of the lengths, so both are short.
 */
export function distanceWithin(word: string, text: string): number {
  const width = text.length + 1;
  // Rows of the usual table, but beginning anywhere in the text costs nothing, and so does ending anywhere.
  let before = new Uint16Array(width);
  let previous = new Uint16Array(width);
  let current = new Uint16Array(width);
  for (let row = 1; row <= word.length; row += 1) {
    current[0] = row;
    const letter = word.charCodeAt(row - 1);
    for (let column = 1; column < width; column += 1) {
      const other = text.charCodeAt(column - 1);
      const changed = (previous[column - 1] ?? 0) + (letter === other ? 0 : 1);
      let least = Math.min(changed, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      const swaps =
        row > 1 && column > 1 && letter === text.charCodeAt(column - 2) && word.charCodeAt(row - 2) === other;
      if (swaps) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      current[column] = least;
    }
    [before, previous, current] = [previous, current, before];
  }
  return previous.reduce((least, distance) => Math.min(least, distance), word.length);
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
