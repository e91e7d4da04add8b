/** The longest ids of Teams (of direct conversations) have about 130 characters. */
const longest = 500;

/**
 * Whether an id can be put into a path as it is, which the SDK does without encoding it. Teams' own have colons,
 * semicolons and at signs; none has anything that would leave its place in the path or end the path.
 */
export function fitsPath(id: string): boolean {
  return id.length > 0 && id.length <= longest && !/[/\\?#%\s\p{C}]|^\.{1,2}$/u.test(id);
}
