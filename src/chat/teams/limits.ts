/** Where a card stands: buttons are Action.Execute in messages and Action.Submit in dialogs. */
export type Surface = 'message' | 'dialog';
