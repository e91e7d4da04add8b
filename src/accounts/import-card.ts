import type { Card } from '../chat/card.ts';
import { cut } from '../text/cut.ts';
import type { Text } from '../text/text.ts';
import { problemLine } from './import.ts';
import type { FileProblem, ImportDone, ImportResult } from './importing.ts';

/** What became of an import; `most` rows with mistakes are listed. */
export function importCard(result: ImportResult, text: Text, most = 15): Card {
  if (!result.ok) {
    const title = text.words('accounts.import.refused');
    return { title, body: [{ kind: 'warning', words: fileProblem(result, text) }, again(text)] };
  }
  const { problems, unknownColumns, stored, dryRun } = result;
  const count = (name: 'created' | 'changed' | 'unchanged', value: number) => ({
    label: text.plain(`accounts.import.${name}`),
    value: text.number(value),
  });
  const refused = !stored && !dryRun;
  return {
    title: text.words(titleOf(result)),
    body: [
      ...(refused
        ? [
            {
              kind: 'warning',
              words: text.words('accounts.import.refusedWhy', { count: problems.length }),
            } as const,
          ]
        : []),
      {
        kind: 'facts',
        facts: [
          count('created', refused ? 0 : result.created),
          count('changed', refused ? 0 : result.changed),
          count('unchanged', result.unchanged),
          { label: text.plain('accounts.import.bad'), value: text.number(problems.length) },
        ],
      },
      ...(unknownColumns.length === 0
        ? []
        : [
            {
              kind: 'note',
              words: text.words('accounts.import.unknownColumns', { columns: cut(unknownColumns.join(', '), 500) }),
            } as const,
          ]),
      ...(problems.length === 0
        ? []
        : [
            {
              kind: 'list',
              items: problems.slice(0, most).map((problem) => ({ words: problemLine(problem, text) })),
              ...(problems.length > most ? { more: text.words('chat.more', { count: problems.length - most }) } : {}),
            } as const,
          ]),
      ...(stored ? [] : [again(text)]),
    ],
  };
}

function titleOf({ stored, dryRun }: ImportDone) {
  if (stored) return 'accounts.import.done';
  return dryRun ? 'accounts.import.tried' : 'accounts.import.refused';
}

const again = (text: Text) =>
  ({
    kind: 'buttons',
    buttons: [{ label: text.plain('accounts.button.import'), opens: 'accounts.import' }],
  }) as const;

function fileProblem(problem: FileProblem, text: Text): string {
  switch (problem.problem) {
    case 'empty':
    case 'encoding':
      return text.plain(`accounts.import.problem.${problem.problem}`);
    case 'quotes':
      return text.plain('accounts.import.problem.quotes', { line: problem.line });
    case 'noNameColumn':
    case 'twiceColumn':
      return text.plain(`accounts.import.problem.${problem.problem}`, {
        columns: cut(problem.columns.map((column) => column.trim()).join(', '), 500),
      });
  }
}
